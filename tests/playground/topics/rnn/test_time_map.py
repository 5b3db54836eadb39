"""The map of steps and places: its cells are means of accuracy by time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.rnn import arrays
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.scenes.mark import Spoken
from playground.scenes.scene import scenes
from playground.topic_list import topic
from playground.topics.rnn.film import Film
from playground.topics.rnn.lately import known_from
from playground.topics.rnn.tab import RnnTab
from playground.topics.rnn.time_map import LEAST_MEAN, MOST_COLUMNS, TimeMap
from widgets.grids.board_lines import Corners
from widgets.grids.board_series import Polyline
from widgets.grids.grid import Placed

Record = Callable[..., Timeline[Any, Any]]
SIZE = (300.0, 200.0)

pytestmark = pytest.mark.usefixtures("dressed")


def placed(shown: TimeMap) -> Placed:
    (grid,) = (item for item in shown.arrange(*SIZE) if isinstance(item, Placed))
    return grid


@pytest.mark.parametrize("t", [1, 5, 23, 40])
def test_a_cell_is_the_mean_of_its_steps_at_its_place(t: int, record: Record, entry: Any) -> None:
    run = record(40, task="parity")
    grid = placed(TimeMap(View(run, t), entry.texts)).grid
    told = np.array([arrays(run.frame(s).made, run.recipe.params)["accuracy_by_time"] for s in range(1, t + 1)])
    assert grid.values.shape == (8, -(-t // LEAST_MEAN))
    for column in range(grid.columns):
        means = told[column * LEAST_MEAN : (column + 1) * LEAST_MEAN].mean(axis=0)
        np.testing.assert_allclose(grid.values[::-1, column], means, rtol=1e-12)  # place 0 below


def test_of_many_to_one_only_the_last_place_is_shown(record: Record, entry: Any) -> None:
    values = placed(TimeMap(View(record(10, mode="many-to-one"), 10), entry.texts)).grid.values
    assert values.shape == (1, 2)
    assert not np.isnan(values).any()


def test_a_place_is_known_at_the_first_step_whose_last_twenty_were_right(record: Record) -> None:
    run = record(300, task="parity", length=4)
    shares = np.array([arrays(run.frame(t).made, run.recipe.params)["accuracy_by_time"] for t in range(1, 301)])
    for place, found in enumerate(known_from(run.series.block("accuracy_0", 4, 1, 301))):
        means = [shares[t - 20 : t, place].mean() for t in range(20, 301)]
        known = [t for t, mean in enumerate(means, 20) if mean >= 0.95 - 1e-12]
        assert found == known[0] if known else np.isnan(found)


def test_the_stair_stands_where_places_are_known_and_the_loss_above_it(record: Record, entry: Any) -> None:
    run, other = record(300, task="parity", length=4), record(200, task="parity", length=4, seed=1)
    view = View(run, 300, compared=(Compared(run, "A"), Compared(other, "B")), letter="A", steps=500)
    items = TimeMap(view, entry.texts).arrange(*SIZE)
    grid = next(item for item in items if isinstance(item, Placed)).inner
    lines = [item for item in items if isinstance(item, Polyline)]
    per_step = grid.width() / 300
    stairs = [line for line in lines if line.colour == "text"]
    assert [line.letter for line in stairs] == ["B", ""]
    known = known_from(run.series.block("accuracy_0", 4, 1, 301))
    np.testing.assert_allclose(stairs[1].points[::2, 0], grid.left() + known * per_step, rtol=1e-9)
    np.testing.assert_allclose(stairs[1].points[[0, -1], 1], [grid.bottom(), grid.top()], atol=1e-6)
    theirs, ours = (line.points for line in lines if line.colour == "blue")
    assert ours[:, 1].max() < grid.top()
    loss = np.array([run.series.row(t)["loss"] for t in (1, 300)])
    drop = np.diff(ours[[0, -1], 1]) / -np.diff(loss)
    np.testing.assert_allclose(ours[0, 1] + (loss[0] - other.series.row(1)["loss"]) * drop, theirs[0, 1], rtol=1e-6)


def test_what_is_pointed_at_is_told(tab: RnnTab) -> None:
    said: list[str] = []
    tab.status.connect(said.append)
    tab.map.hovered.emit("map", 7, 1)
    told = np.mean([tab.run.timeline.series.row(t)["accuracy_0"] for t in range(6, 11)])
    assert said[-1].startswith("Steps 6 to 10, place 0: ")
    assert f"{100 * told:.1f}"[:2] in said[-1]
    tab.map.left.emit()
    assert said[-1] == ""


def test_the_row_of_the_time_in_view_is_framed(record: Record, entry: Any) -> None:
    (frame,) = placed(TimeMap(View(record(10), 10, beat="time_2"), entry.texts)).grid.outlines
    assert (frame.row, frame.columns) == (5, 2)


def test_a_column_stands_over_its_steps_and_all_have_room(record: Record, entry: Any) -> None:
    run = record(400, units=1, length=3, batch_size=1, lag=1)
    for t in (12, 400):
        view = View(run, t, steps=500)
        shown = TimeMap(view, entry.texts)
        grid = placed(shown)
        per_step = grid.cell / shown.steps
        assert grid.inner.left() + 500 * per_step == pytest.approx(SIZE[0] - 8, abs=1.0)
        assert grid.grid.columns <= MOST_COLUMNS
        assert shown.step_of(grid.grid.columns - 1) == t


def test_before_the_answer_nothing_is_shown(record: Record, entry: Any) -> None:
    assert np.isnan(placed(TimeMap(View(record(10), 10, covered=True), entry.texts)).grid.values).all()


def test_a_click_goes_to_the_step(tab: RnnTab) -> None:
    tab.map.clicked.emit("map", 0, 1)
    assert tab.view().t == 2 * LEAST_MEAN


def test_corners_stand_around_the_places_that_a_scene_speaks_of() -> None:
    scene = next(scene for scene in scenes(topic("rnn")) if scene.id == "the_seam")
    view = View(scene.recorded("off"), 200, spoken=Spoken(scene.mark))
    items = TimeMap(view, scene.entry.texts).arrange(*SIZE)
    row = next(item for item in items if isinstance(item, Placed)).inner.height() / 4
    bottom = next(item for item in items if isinstance(item, Placed)).inner.bottom()
    tops = sorted(item.rect.top() for item in items if isinstance(item, Corners))
    np.testing.assert_allclose(tops, [bottom - 2 * row, bottom - row], atol=1.0)
    film = Film(view, scene.entry.texts).arrange(500, 430)
    out = next(item for item in film if isinstance(item, Placed) and item.name == "out").inner
    around = [item.rect for item in film if isinstance(item, Corners)]
    assert len(around) == 2
    np.testing.assert_allclose(
        sorted(rect.left() for rect in around), [out.left(), out.left() + out.width() / 4], atol=1
    )
    asked = View(scene.recorded("off"), 200, spoken=Spoken(scene.mark), covered=True)
    for items in (TimeMap(asked, scene.entry.texts).arrange(*SIZE), Film(asked, scene.entry.texts).arrange(500, 430)):
        assert not [item for item in items if isinstance(item, Corners)]
