"""`--session` and `--scene`: the run of a file or a scene, traced or drawn without naming its topic.

A session is drawn as the window showed it as it was saved, a scene as it ends.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.run.recipe import Recipe
from playground.command_line.cli import main
from playground.command_line.given import found
from playground.export import pictures
from playground.files import session
from playground.recipes.plain_compared import Comparison
from playground.topic_list import topic

CORE = topic("kmeans").core
SMALL = ("--size", "300x220", "--panel")

pytestmark = pytest.mark.usefixtures("settings")


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


def pixels(path: Path) -> NDArray[np.int64]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.int64)


def saved_with_two_runs(tab: Any, panel: str, beat: str, path: Path) -> None:
    """Compare two runs, the second in view, look at a beat of its step, and save that."""
    tab.run.advance(9)
    tab.run.pin()
    tab.set_parameter("learning_rate", 0.04)
    tab.run.advance(6)
    tab.run.seek(12)
    tab.bring_forward(panel)
    tab.show_beat(beat)
    tab.catch_up()
    session.save(path, session.session_of(tab.run.timeline, 12, tab.comparing.comparison(), tab.beat))


@pytest.mark.parametrize(("id", "panel", "beat"), [("dense", "plane", "error"), ("word2vec", "net", "forward")])
def test_a_session_is_drawn_as_the_window_shows_it(
    id: str, panel: str, beat: str, window: Any, settle: Any, tmp_path: Path
) -> None:
    tab, path = window.visit(id), tmp_path / "both.mlplay"
    saved_with_two_runs(tab, panel, beat, path)
    settle()
    shown = pictures.of_panel(tab.shown.page_of(panel))
    assert pictures.image(shown).save(str(tmp_path / "window.png"))
    options = ("--panel", panel, "--size", f"{shown.size.width()}x{shown.size.height()}", "--no-caption")
    drawn = tmp_path / "drawn.png"
    assert main(["render", "--session", str(path), *options, "-o", str(drawn)]) == 0
    assert np.array_equal(pixels(drawn), pixels(tmp_path / "window.png"))
    assert session.open_file(drawn).comparison == tab.comparing.comparison()
    assert session.open_file(drawn).position == 12


def test_an_option_goes_before_what_the_session_says(tmp_path: Path) -> None:
    path, other = tmp_path / "both.mlplay", tmp_path / "other.mlplay"
    core = topic("word2vec").core
    recipe, slow = (Recipe("word2vec", core.VERSION, 0, core.Params(learning_rate=rate)) for rate in (0.1, 0.04))
    beside = Comparison("B", {"A": slow}, "beside")
    session.save(path, session.Session(recipe, 5, 5, comparison=beside, beat="forward"))
    session.save(other, session.Session(recipe))
    asked = ("--step", "3", "--beat", "update", "--runs", "over", "--with", str(other), "-o", str(tmp_path / "a.png"))
    assert main(["render", "--session", str(path), *SMALL, "loss", *asked]) == 0
    drawn = session.open_file(tmp_path / "a.png")
    assert (drawn.position, drawn.comparison.letter, list(drawn.comparison.others)) == (3, "B", ["A", "C"])
    assert drawn.comparison.way == "over"


def test_a_scene_is_drawn_at_its_end_with_its_runs_and_one_of_them_alone(tmp_path: Path) -> None:
    path, scene = tmp_path / "scene.png", found("start_decides")
    assert main(["render", "--scene", scene.id, *SMALL, "inertia", "-o", str(path)]) == 0
    drawn = session.open_file(path)
    assert (drawn.recipe, drawn.position) == (scene.recipe(), scene.length)
    assert list(drawn.comparison.others.values()) == [scene.recipe(name) for name in scene.names[1:]]
    last = scene.names[-1]
    assert main(["render", "--scene", scene.id, "--run", last, *SMALL, "inertia", "-o", str(path)]) == 0
    drawn = session.open_file(path)
    assert (drawn.recipe, drawn.position) == (scene.recipe(last), scene.steps(last))
    assert not drawn.comparison.others
