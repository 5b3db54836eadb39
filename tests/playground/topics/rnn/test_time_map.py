"""The map of steps and places: its cells are means of accuracy by time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.rnn import arrays
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.rnn.tab import RnnTab
from playground.topics.rnn.time_map import LEAST_MEAN, MOST_COLUMNS, TimeMap
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


def test_of_many_to_one_only_the_last_place_is_known(record: Record, entry: Any) -> None:
    values = placed(TimeMap(View(record(10, mode="many-to-one"), 10), entry.texts)).grid.values
    assert np.isnan(values).all(axis=1).tolist() == [False] + [True] * 7


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
