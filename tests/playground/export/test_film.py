from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from playground.export.film import Film
from playground.export.pictures import Origin, of_panel
from playground.tab.topic_tab import TopicTab


def film(tab: TopicTab, steps: list[int], panel: str = "loss") -> Film:
    origin = Origin("", tab.run.recipe, steps[-1])
    return Film(tab, of_panel(tab.plots()[panel]), steps, ".apng", 1, 12, origin)


def frames(made: Film) -> list[NDArray[np.int64]]:
    file = io.BytesIO()
    made.write(file, lambda: None)
    with Image.open(file) as shown:
        found = []
        for i in range(shown.n_frames):  # type: ignore[attr-defined]
            shown.seek(i)
            found.append(np.asarray(shown.convert("RGB"), dtype=np.int64))
        return found


@pytest.fixture
def played(tab: TopicTab) -> TopicTab:
    tab.run.advance(40)
    tab.run.seek(25)
    return tab


def test_the_run_comes_back_as_it_was(played: TopicTab) -> None:
    run = played.run
    timeline, range_of = run.timeline, played.plots()["loss"].viewport_now()  # type: ignore[attr-defined]
    made = film(played, [0, 10, 20])
    for _ in made.draw():
        assert run.timeline is not timeline
    assert (run.timeline, run.position) == (timeline, 25)
    assert played.plots()["loss"].viewport_now() == range_of  # type: ignore[attr-defined]
    assert "set_range" not in vars(played.plots()["loss"])


def test_the_run_comes_back_when_it_is_ended_midway(played: TopicTab) -> None:
    timeline = played.run.timeline
    played.run.pin()
    slices = film(played, list(range(30))).draw()
    for _ in range(5):
        next(slices)
    assert not played.run.pinned  # a run is not compared with itself
    slices.close()
    assert (played.run.timeline, played.run.position) == (timeline, 25)
    assert played.run.pinned == timeline


def test_a_frame_shows_no_step_to_come(played: TopicTab) -> None:
    made = film(played, [5, 40])
    shown = []
    for _ in made.draw():
        shown.append((played.run.position, played.run.timeline.recorded))
    assert [(t, recorded) for t, recorded in shown if t == recorded] == [(5, 5), (40, 40)]  # drawn, not on the way
    early, late = frames(made)
    right = early.shape[1] // 2
    faint = (np.abs(late[:, right:] - early[:, right:]).sum(axis=2) > 0).mean()
    assert faint > 0.005  # the lines in the right half are in the last frame alone


def test_axes_are_those_of_the_whole_record(played: TopicTab) -> None:
    made = film(played, [2, 10, 30])
    list(made.draw())
    pictures = frames(made)
    assert all(np.array_equal(picture[:, :45], pictures[0][:, :45]) for picture in pictures)


def test_the_same_recipe_gives_the_same_frames(played: TopicTab) -> None:
    one, two = film(played, [3, 9, 27]), film(played, [3, 9, 27])
    list(one.draw())
    list(two.draw())
    assert all(np.array_equal(a, b) for a, b in zip(frames(one), frames(two), strict=True))
