"""The command `trace`, called as a user calls it, in this process."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.run.replay import replay
from core.run.timeline import Timeline
from playground.command_line.cli import main
from playground.recipes.plain_recipes import read_recipe

BOWL = ("--set", "function=bowl", "--set", "start=[3, -2]", "--set", "sgd.learning_rate=0.1")
FEW = (*BOWL, "--set", 'methods=["sgd", "adam"]')


def trace(*options: str) -> None:
    assert main(["trace", "optimizers", *options]) == 0


def printed(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the recipe and the rows of a CSV on stdout."""
    capsys.readouterr()
    trace(*options)
    captured = capsys.readouterr()
    assert captured.err == ""
    first, rest = captured.out.split("\n", 1)
    assert first.startswith("# recipe: ")
    return json.loads(first.removeprefix("# recipe: ")), list(csv.DictReader(rest.splitlines()))


def test_csv_has_the_recipe_a_header_and_a_line_per_row(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, rows = printed(capsys, *FEW, "--steps", "3")
    assert (recipe["topic"], recipe["seed"], recipe["params"]["start"]) == ("optimizers", 0, [3.0, -2.0])
    assert list(rows[0])[:4] == ["step", "sgd.x", "sgd.y", "sgd.loss"]
    assert list(rows[0])[-1] == "event"
    assert [row["step"] for row in rows] == ["0", "1", "2", "3"]
    assert (rows[0]["sgd.step_x"], rows[0]["sgd.loss"]) == ("", "13.0")


def test_every_number_reads_back_as_the_same_double(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, rows = printed(capsys, "--steps", "20", "--set", "noise=0.1")
    for row, (frame, _) in zip(rows, replay(optimizers, read_recipe(recipe), 20), strict=True):
        for name, value in optimizers.series(frame.state, frame.params).items():
            shown = float(row[name]) if row[name] else math.nan
            assert shown == value or (math.isnan(shown) and math.isnan(float(value)))


def test_the_defaults_are_100_steps_and_seed_0(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, rows = printed(capsys)
    assert (len(rows), recipe["seed"]) == (101, 0)


@pytest.mark.parametrize(
    ("steps", "every", "expected"),
    [(10, 4, [0, 4, 8, 10]), (8, 4, [0, 4, 8]), (3, 10, [0, 3]), (0, 1, [0])],
)
def test_every_kth_row_and_the_last(
    capsys: pytest.CaptureFixture[str], steps: int, every: int, expected: list[int]
) -> None:
    _, rows = printed(capsys, "--steps", str(steps), "--every", str(every))
    assert [int(row["step"]) for row in rows] == expected


def test_events_are_those_since_the_row_before(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    options = ("--set", "function=bowl", "--set", "sgd.learning_rate=9", "--set", "momentum.learning_rate=9")
    _, rows = printed(capsys, *options, "--steps", "40")
    told = [(int(row["step"]), key) for row in rows for key in row["event"].split("; ") if key]
    assert {key for _, key in told} >= {"diverged: sgd", "diverged: momentum", "flat: newton"}
    _, sparse = printed(capsys, *options, "--steps", "40", "--every", "40")
    assert sparse[0]["event"] == ""
    assert sparse[1]["event"].split("; ") == [key for _, key in told]
    trace(*options, "--steps", "40", "--every", "40", "-o", str(tmp_path / "a.json"))
    assert json.loads((tmp_path / "a.json").read_text())["events"] == [list(one) for one in told]


def test_a_run_stops_at_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    _, rows = printed(capsys, *BOWL, "--set", "sgd.learning_rate=9", "--set", 'methods=["sgd"]', "--every", "7")
    assert rows[-1]["event"] == "diverged: sgd; end"
    assert int(rows[-1]["step"]) < 20
    assert (rows[-1]["sgd.step_x"], rows[-1]["sgd.x"] != "") == ("", True)


def test_a_change_shows_at_its_row_and_is_used_by_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, rows = printed(capsys, *FEW, "--at", "2:sgd.learning_rate=0.25", "--steps", "3")
    steps = [float(row["sgd.step_x"] or "nan") for row in rows]
    slopes = [float(row["sgd.grad_x"]) for row in rows]
    assert steps[2] == pytest.approx(-0.1 * slopes[1])
    assert steps[3] == pytest.approx(-0.25 * slopes[2])
    assert recipe["changes"] == [{"step": 2, "name": "sgd.learning_rate", "value": 0.25}]


def test_at_0_is_the_same_as_set(capsys: pytest.CaptureFixture[str]) -> None:
    trace("--set", "noise=0.5", "--set", "function=bowl", "--steps", "5")
    one = capsys.readouterr().out
    trace("--at", "0:noise=0.5", "--at", "0:function=bowl", "--steps", "5")
    assert capsys.readouterr().out == one


def test_changes_may_come_in_any_order_and_the_last_of_two_holds(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, _ = printed(capsys, "--at", "7:noise=1", "--at", "3:noise=2", "--at", "3:noise=3", "--steps", "9")
    assert [(change["step"], change["value"]) for change in recipe["changes"]] == [(3, 3.0), (7, 1.0)]


def test_a_gesture_can_be_made_at_any_step(capsys: pytest.CaptureFixture[str]) -> None:
    for step in (0, 2):
        moved = f'{step}:move point={{"method": "sgd", "x": 1, "y": 2}}'
        recipe, rows = printed(capsys, *FEW, "--at", moved, "--steps", "3")
        assert (rows[step]["sgd.x"], rows[step]["sgd.y"]) == ("1.0", "2.0")
        assert recipe["changes"][0]["step"] == step


def test_a_change_at_the_last_step_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    recipe, rows = printed(capsys, "--at", "3:noise=1", "--steps", "3")
    assert len(recipe["changes"]) == 1
    assert len(rows) == 4


@pytest.mark.parametrize("ending", ["csv", "json", "npz"])
def test_the_same_command_writes_the_same_bytes(tmp_path: Path, ending: str) -> None:
    options = ("--set", "noise=1", "--set", "function=logistic-regression", "--set", "batch_size=20", "--steps", "9")
    for name in ("a", "b"):
        trace(*options, "-o", str(tmp_path / f"{name}.{ending}"))
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_the_seed_changes_what_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (printed(capsys, "--set", "noise=1", "--seed", seed, "--steps", "1")[1] for seed in ("0", "1"))
    assert one[0] == other[0]
    assert one[1]["sgd.x"] != other[1]["sgd.x"]


def test_a_file_holds_what_stdout_shows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    trace(*FEW, "-o", str(tmp_path / "a.CSV"))
    assert capsys.readouterr().out == ""
    trace(*FEW)
    assert (tmp_path / "a.CSV").read_bytes() == capsys.readouterr().out.encode()


def test_json_and_npz_hold_the_same_in_full_precision(tmp_path: Path) -> None:
    options = ("--set", "function=logistic-regression", "--set", "batch_size=64", "--at", "3:noise=0.1", "--steps", "6")
    for ending in ("json", "npz"):
        trace(*options, "-o", str(tmp_path / f"a.{ending}"))
    document = json.loads((tmp_path / "a.json").read_text())
    assert set(document) == {"topic", "version", "seed", "params", "changes", "step", "series", "arrays", "events"}
    with np.load(tmp_path / "a.npz", allow_pickle=False) as archive:
        held = dict(archive)
    assert json.loads(str(held["recipe"])) == {
        key: document[key] for key in ("topic", "version", "seed", "params", "changes")
    }
    assert held["step"].tolist() == document["step"] == list(range(7))
    for name, values in document["series"].items():
        np.testing.assert_array_equal(held[name], np.array(values, dtype=float))
    assert document["series"]["sgd.step_x"][0] is None
    assert held["data"].shape == (150, 2)
    assert held["data"].tolist() == document["arrays"]["data"]


def test_arrays_of_uneven_length_are_padded(tmp_path: Path) -> None:
    options = ("--set", "function=linear-regression", "--set", "batch_size=64", "--steps", "3")
    for ending in ("json", "npz"):
        trace(*options, "-o", str(tmp_path / f"a.{ending}"))
    batch = json.loads((tmp_path / "a.json").read_text())["arrays"]["batch"]
    with np.load(tmp_path / "a.npz") as archive:
        held = archive["batch"]
    assert held.shape == (4, 64)
    assert set(held[0]) == {-1}
    assert batch[0] == [None] * 64
    assert [sum(i is not None for i in row) for row in batch] == [0, 64, 64, 22]
    assert (held[3] == -1).sum() == 42


def test_what_is_infinite_does_not_exist(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    options = ("--set", "function=sqrt(x) + y", "--set", "start=[0, 0]", "--steps", "2")
    _, rows = printed(capsys, *options)
    assert rows[0]["sgd.grad_x"] == ""
    trace(*options, "-o", str(tmp_path / "a.json"))
    assert json.loads((tmp_path / "a.json").read_text())["series"]["sgd.grad_x"][0] is None


def test_a_trace_shows_what_the_window_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """Stepped in the window, scrubbed or traced: the same numbers."""
    recipe, rows = printed(
        capsys, "--set", "noise=0.2", "--at", "5:noise=1", "--at", "7:adam.beta_1=0.5", "--steps", "12"
    )
    timeline = Timeline(optimizers, read_recipe(recipe), budget=1)
    timeline.frame(12)
    for t in (9, 3, 12, 0):
        timeline.frame(t)
    for name in timeline.series.names:
        shown = [float(row[name]) if row[name] else math.nan for row in rows]
        assert timeline.series.column(name).tobytes() == np.array(shown).tobytes()


def test_a_regression_takes_a_table_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("id,width,bought\na,1,0\nb,2,0\nc,3,1\nd,4,1\n")
    recipe, _ = printed(
        capsys,
        "--set",
        "function=logistic-regression",
        "--set",
        f"data=@{tmp_path}/own.csv:width,bought",
        "--steps",
        "1",
    )
    assert recipe["params"]["data"] == [[1, 0], [2, 0], [3, 1], [4, 1]]
