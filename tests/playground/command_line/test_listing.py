from __future__ import annotations

import json
from typing import Any

import pytest

from core import optimizers
from playground.command_line.cli import main
from playground.scenes.scene import Outcome, Scene, scenes
from playground.topic_list import TopicEntry, topic
from playground.topics.optimizers import scenes as checks


@pytest.fixture(autouse=True)
def one_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.command_line.listing.TOPICS", (topic("optimizers"),))


def output(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(arguments) == code
    return capsys.readouterr().out


def described(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return next(one for one in json.loads(output(capsys, "topics", "--json")) if one["id"] == "optimizers")


def test_json_names_the_panels(capsys: pytest.CaptureFixture[str]) -> None:
    assert {"id": "surface", "title": "Loss surface"} in described(capsys)["panels"]


def test_topics_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "optimizers     Optimizers" in output(capsys, "topics").splitlines()


def test_a_record_that_holds_one_of_its_own_kind_is_described_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.command_line.listing.TOPICS", (TopicEntry("shapes", "layers", "layers"),))
    (told,) = json.loads(output(capsys, "topics", "--json"))
    records = next(one for one in told["parameters"] if one["name"] == "layers")["records"]
    assert {"Dense", "TimeDistributed"} <= set(records)
    units = next(field for field in records["Dense"] if field["name"] == "units")
    assert (units["limits"], units["required"]) == ([1, 1_000_000], True)
    inside = next(field for field in records["TimeDistributed"] if field["name"] == "layer")
    assert inside["records"] == list(records)


def test_json_tells_all_about_a_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    held = {parameter["name"]: parameter for parameter in described(capsys)["parameters"]}
    rate = held["sgd.learning_rate"]
    assert (rate["type"], rate["default"], rate["limits"], rate["mode"]) == ("number", 0.006, [1e-12, 10], "live")
    assert (held["start"]["type"], held["start"]["mode"]) == ("pair", "restart")
    assert (held["methods"]["mode"], held["methods"]["default"]) == ("view", list(optimizers.Params().methods))
    assert "himmelblau" in held["function"]["choices"]
    assert held["data"]["limits"] is None


def test_json_tells_where_a_parameter_is_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.command_line.listing.TOPICS", (TopicEntry("convolution", "grid", "layers"),))
    (told,) = json.loads(output(capsys, "topics", "--json"))
    where = {one["name"]: one["where"]["operation"] for one in told["parameters"] if "where" in one}
    assert where["kernel"] == ["convolution", "learn"]
    assert where["size"] == ["max pooling", "average pooling"]
    assert not where.keys() & {"dilation", "padding", "stride", "image", "operation"}


def test_json_names_every_series_and_array(capsys: pytest.CaptureFixture[str]) -> None:
    held = described(capsys)
    state = optimizers.start(optimizers.Params(), None)  # type: ignore[arg-type]
    assert held["series"] == list(optimizers.series(state, optimizers.Params()))
    assert held["arrays"] == [
        *({"name": name, "rows": "per row", "settable": True} for name in optimizers.settable(optimizers.Params())),
        {"name": "data", "rows": "constant", "settable": False},
        {"name": "batch", "rows": "per row", "settable": False},
    ]


def test_json_says_which_settings_have_other_beats(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert described(capsys)["beats_where"] == {}
    monkeypatch.setattr("playground.command_line.listing.TOPICS", (topic("convolution"),))
    (held,) = json.loads(output(capsys, "topics", "--json"))
    assert (held["beats"][0], len(held["beats"])) == ("product_0", 9)
    assert held["beats_where"] == {
        "operation=max pooling": [f"product_{k}" for k in range(4)],
        "operation=average pooling": [f"product_{k}" for k in range(4)],
        "operation=learn": ["forward", "error", "backward", "update"],
    }


def test_scenes_are_listed_with_their_claims(capsys: pytest.CaptureFixture[str]) -> None:
    lines = output(capsys, "scenes").splitlines()
    assert len(lines) == len(scenes(topic("optimizers")))
    assert any("saddle" in line and "O3" in line for line in lines)
    listed = json.loads(output(capsys, "scenes", "--json"))
    assert listed[0]["claims"] == ["O1"]
    assert "passed" not in listed[0]


def two(_entry: Any) -> tuple[Scene, ...]:
    return scenes(topic("optimizers"))[:2]


def test_check_counts_what_passed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.command_line.listing.scenes", two)
    assert output(capsys, "scenes", "--check").splitlines()[-1] == "2 passed, 0 failed"


@pytest.mark.parametrize("check", [lambda runs: Outcome(False, {"step": 3}), lambda runs: runs["nothing"]])
def test_a_scene_that_fails_or_stumbles_is_counted(
    check: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.command_line.listing.scenes", two)
    monkeypatch.setattr(checks, "gradient_lowers_the_loss", check)
    lines = output(capsys, "scenes", "--check", code=1).splitlines()
    assert lines[-1] == "1 passed, 1 failed"
    assert lines[0].startswith("FAILED")


def test_checked_json_stays_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.command_line.listing.scenes", two)
    assert main(["scenes", "--check", "--json"]) == 0
    captured = capsys.readouterr()
    assert [one["passed"] for one in json.loads(captured.out)] == [True, True]
    assert captured.err == "2 passed, 0 failed\n"


def test_a_task_must_not_be_done_before_it_is_begun(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = next(scene for scene in scenes(topic("optimizers")) if scene.is_task)
    monkeypatch.setattr("playground.command_line.listing.scenes", lambda entry: (task,))
    monkeypatch.setattr(checks, task.id, lambda run: True)
    assert output(capsys, "scenes", "--check", code=1).endswith("0 passed, 1 failed\n")
