"""`--session` and `--scene`: the run of a file or a scene, traced without naming its topic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.run.recipe import Recipe
from playground.command_line.cli import main
from playground.files import session
from playground.topic_list import topic

CORE = topic("kmeans").core


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "mine.mlplay"
    session.save(path, session.Session(Recipe("kmeans", CORE.VERSION, 3, CORE.Params(n_clusters=3)), 2, 6))
    return path


def test_a_session_is_traced_as_far_as_it_was_recorded(saved: Path, tmp_path: Path) -> None:
    assert main(["trace", "--session", str(saved), "-o", str(tmp_path / "a.json")]) == 0
    assert (
        main(
            ["trace", "kmeans", "--set", "n_clusters=3", "--seed", "3", "--steps", "6", "-o", str(tmp_path / "b.json")]
        )
        == 0
    )
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_scene_is_traced_to_its_end(tmp_path: Path) -> None:
    assert main(["trace", "--scene", "saddle", "-o", str(tmp_path / "a.json")]) == 0
    told = json.loads((tmp_path / "a.json").read_text())
    assert told["topic"] == "optimizers"
    assert len(told["step"]) > 1


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ([], "TOPIC"), (["kmeans", "--scene", "saddle"], "TOPIC"), (["--scene", "saddel"], "--scene"),
        (["--scene", "saddle", "--set", "noise=1"], "--set"), (["--session", "nowhere.mlplay"], "file"),
        (["kmeans", "--run", "run"], "--run"), (["--scene", "saddle", "--run", "runn"], "--run"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(
    options: list[str], field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", *options]) == 2
    assert capsys.readouterr().err.startswith(f"ml-playground: {field}: ")
