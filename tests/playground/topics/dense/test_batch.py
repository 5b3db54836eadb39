"""The batch through the last layer: every cell is what its row and its column make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core.dense.settings import data_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.dense.batch import Batch, cell_of, points_in_view
from widgets.grids.board import Caption
from widgets.grids.grid import Placed

Record = Callable[..., Timeline[Any, Any]]
SIZE = (340.0, 200.0)


def placed(view: View, size: tuple[float, float] = SIZE) -> dict[str, Placed]:
    return {item.name: item for item in Batch(view, topic("dense").texts).arrange(*size) if isinstance(item, Placed)}


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("hidden", [(), (5,)])
@pytest.mark.parametrize("units", [1, 2, 7])
def test_each_cell_is_its_sum(record: Record, qapp: Any, hidden: Any, units: int) -> None:
    view = View(record(6, hidden=hidden, units=units), 6)
    shown = {name: item.grid.values for name, item in placed(view).items()}
    batch = Batch(view, topic("dense").texts)
    x = data_of(view.params).x[batch.points(SIZE[1])]
    held = view.timeline.topic.arrays(view.state, view.params)
    h = np.tanh(x @ held["hidden_1.W"] + held["hidden_1.b"]) if hidden else x
    np.testing.assert_allclose(shown["x"], h)
    z = h @ held["W"] + held["b"]
    np.testing.assert_allclose(shown["z"], z[:, batch.units])
    np.testing.assert_allclose(shown["y"], sigmoid(z)[:, batch.units])
    np.testing.assert_array_equal(shown["W"], held["W"][:, batch.units])
    np.testing.assert_array_equal(shown["b"], held["b"][None, batch.units])
    assert batch.units == list(range(min(units, 4)))


def test_the_row_told_of_by_itself_is_framed_too(record: Record, qapp: Any) -> None:
    view = View(record(3), 3)
    far = int(np.hypot(*data_of(view.params).x.T).argmax())
    assert placed(view)["z"].grid.outlines[0].row == Batch(view, topic("dense").texts).points(SIZE[1]).index(far)


def test_softmax_is_over_all_units_though_only_some_are_in_view(record: Record, qapp: Any) -> None:
    view = View(record(3, units=7, activation="softmax"), 3, focus=Focus("unit", (6,)))
    assert Batch(view, topic("dense").texts).units == [3, 4, 5, 6]
    shares = placed(view)["y"].grid.values
    assert (shares.sum(axis=1) < 0.999).all()


def test_the_output_asked_for_frames_what_it_is_made_of(record: Record, qapp: Any) -> None:
    view = View(record(3, units=2), 3, pointed=Focus("output", (77, 1)), focus=Focus("point", (3,)))
    shown, row = placed(view), Batch(view, topic("dense").texts).points(SIZE[1]).index(77)
    frames = {name: item.grid.outlines[0] for name, item in shown.items()}
    assert {name: (frame.row, frame.column, frame.rows, frame.columns) for name, frame in frames.items()} == {
        "x": (row, 0, 1, 2), "W": (0, 1, 2, 1), "b": (0, 1, 1, 1), "z": (row, 1, 1, 1), "y": (row, 1, 1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(("n", "count", "told"), [(200, 5, 0), (200, 5, 77), (200, 5, 199), (3, 9, 2), (1, 5, 0)])
def test_points_in_view_are_spread_and_hold_the_one_told_of(n: int, count: int, told: int) -> None:
    points = points_in_view(n, count, told)
    assert points == sorted(set(points))
    assert len(points) == min(n, count)
    assert told in points


@pytest.mark.parametrize("size", [(340.0, 200.0), (300.0, 130.0), (900.0, 700.0)])
@pytest.mark.parametrize("settings", [{}, {"hidden": (16,)}, {"units": 16}])
def test_everything_stays_on_the_board(record: Record, qapp: Any, size: Any, settings: Any) -> None:
    view = View(record(1, **settings), 1)
    items = Batch(view, topic("dense").texts).arrange(*size)
    for item in items:
        if isinstance(item, Placed):
            assert item.rect.left() >= 0
            assert item.rect.right() <= size[0]
            assert item.rect.bottom() <= size[1]
    rects = [item.rect for item in items if isinstance(item, Placed)]
    assert all(a.right() < b.left() for a, b in pairwise(rects))


def test_a_cell_leads_to_its_point_and_output(record: Record) -> None:
    batch = Batch(View(record(1, units=2), 1), topic("dense").texts)
    points = batch.points(200.0)
    assert cell_of("x", 2, 1, batch, 200.0) == Focus("point", (points[2],))
    assert cell_of("z", 1, 1, batch, 200.0) == Focus("output", (points[1], 1))
    assert cell_of("W", 1, 1, batch, 200.0) is None


def test_numbers_are_learned_without_marks_of_classes(record: Record, qapp: Any) -> None:
    view = View(record(1, activation="linear"), 1)
    texts = [item.text for item in Batch(view, topic("dense").texts).arrange(*SIZE) if isinstance(item, Caption)]
    assert "y" in texts
    assert not {"●", "■"} & set(texts)


@pytest.mark.parametrize("settings", [{}, {"hidden": (3,)}, {"units": 6, "activation": "softmax"}])
def test_of_a_run_beside_the_row_told_of_stands_below(record: Record, settings: Any) -> None:
    own, other = record(5), record(5, learning_rate=0.1, **settings)
    runs = (Compared(own, "A"), Compared(other, "B"))
    view = View(own, 5, focus=Focus("point", (77,)), compared=runs, letter="A")
    shown, alone = placed(view), Batch(View(other, 5, focus=Focus("output", (77, 0))), topic("dense").texts)
    theirs = alone.grids([77])
    for name in ("W", "b", "z", "y"):
        np.testing.assert_array_equal(shown[f"{name} B"].grid.values[0], theirs[name].values[:, 0])
    bottom = max(grid.rect.bottom() for grid in shown.values())
    assert bottom <= SIZE[1]
    assert shown["W B"].rect.top() >= shown["x"].rect.bottom()
    assert not [name for name in placed(replace(view, covered=True)) if name.endswith("B")]


def test_noise_of_rounding_has_no_strong_colours(qapp: Any) -> None:
    entry = topic("dense")
    points, w = np.array([[0.1, 0.2, -0.3], [0.3, 0.6, -0.9]]), np.ones((3, 1))
    params = entry.core.Params(points=points, targets=np.array([0.0, 1.0]))
    run = Timeline(entry.core, Recipe("dense", 1, 0, params, (Change(0, SetArray("W", w)),)))
    z = placed(View(run, 0))["z"].grid
    assert 0 < np.abs(z.values).max() < 1e-15  # 0 but for rounding
    assert z.ramp.ends[1] == pytest.approx(0.9e-9)
