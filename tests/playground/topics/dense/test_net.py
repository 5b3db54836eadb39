"""The drawing of the net: its pictures, lines and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from core.dense.nets import named
from core.dense.settings import data_of
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.dense.fields import SMALL, home_of, pictures, signed
from playground.topics.dense.net import Net, unit_at
from widgets.grids.board import Caption
from widgets.grids.network import Network

Record = Callable[..., Timeline[Any, Any]]
ROOM = QRectF(0, 0, 330, 380)


def drawn(view: View, entry: Any) -> Network:
    (net,) = [item for item in Net(view, entry.texts).items(ROOM) if isinstance(item, Network)]
    return net


@pytest.mark.parametrize("bare", [False, True])
def test_lines_are_the_weights_in_view_the_last_row_the_biases(record: Record, entry: Any, bare: bool) -> None:
    run = record(20, hidden=(3, 2))
    name, net = ("without_bias", "with_bias")[not bare], drawn(View(run, 20, options={"bare": bare}), entry)
    own = named(getattr(run.frame(20).state, name).weights, name, run.recipe.params)  # type: ignore[arg-type]
    for lines, layer in zip(net.lines, ("hidden_1.", "hidden_2.", ""), strict=True):
        whole = own[f"{layer}W"] if bare else np.vstack([own[f"{layer}W"], own[f"{layer}b"]])
        np.testing.assert_array_equal(lines.weights, whole)
    assert net.limit == max(float(np.abs(lines.weights).max()) for lines in net.lines)
    assert [len(column) for column in net.columns] == ([2, 3, 2, 1] if bare else [3, 4, 3, 1])


def test_a_unit_shows_what_it_gives_at_each_place(record: Record, entry: Any) -> None:
    run = record(20, hidden=(3,))
    params, weights = run.recipe.params, run.frame(20).state.with_bias.weights
    own, (x0, x1, y0, y1) = named(weights, "with_bias", params), home_of(params)
    x, y = x0 + (5 + 0.5) / SMALL * (x1 - x0), y1 - (2 + 0.5) / SMALL * (y1 - y0)  # third row from the top, sixth cell
    h = np.tanh(np.array([x, y]) @ own["hidden_1.W"] + own["hidden_1.b"])
    p = 1 / (1 + np.exp(-(h @ own["W"] + own["b"])))
    inputs, hidden, last = pictures(weights, params, "with_bias")
    np.testing.assert_allclose([field[2, 5] for field in hidden], h, atol=1e-12)
    assert last[0][2, 5] == pytest.approx(2 * p[0] - 1)
    assert inputs[0][0, 0] == -1 == -inputs[0][0, -1]
    assert inputs[1][0, 0] == 1 == -inputs[1][-1, 0]
    np.testing.assert_array_equal(drawn(View(run, 20), entry).columns[1][0].field, hidden[0])


def test_numbers_without_bounds_are_seen_beside_their_largest() -> None:
    np.testing.assert_allclose(signed(np.array([-4.0, 0.0, 2.0]), "relu"), [-1.0, 0.0, 0.5])
    np.testing.assert_allclose(signed(np.zeros(2), "linear"), 0.0)
    np.testing.assert_allclose(signed(np.array([0.0, 0.5, 1.0]), "sigmoid"), [-1.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("hidden", "focus", "told"),
    [
        ((), None, (0, 0)),
        ((3,), None, None),
        ((3,), Focus("hidden", (1, 2)), (0, 2)),
        ((3,), Focus("unit", (0,)), (1, 0)),
        ((3, 2), Focus("hidden", (2, 1)), (1, 1)),
        ((3,), Focus("point", (7,)), None),
    ],
)
def test_the_weights_of_the_unit_told_of_are_written(
    record: Record, entry: Any, hidden: tuple[int, ...], focus: Focus | None, told: tuple[int, int] | None
) -> None:
    run = record(3, hidden=hidden)
    net = drawn(View(run, 3, focus=focus), entry)
    marked = [(k, int(j)) for k, lines in enumerate(net.lines) for j in np.flatnonzero(lines.told.all(axis=0))]
    assert marked == ([] if told is None else [told])
    assert sum(lines.told.any(axis=0).sum() for lines in net.lines) == len(marked)
    assert list(net.chosen) == [(k + 1, j) for k, j in marked]
    for k, j in marked:
        written = [float(row[j].replace("−", "-")) for row in net.lines[k].words]
        np.testing.assert_allclose(written, net.lines[k].weights[:, j], rtol=0.01)


def test_before_inputs_and_behind_outputs_stand_those_of_the_point(record: Record, entry: Any) -> None:
    run = record(3)
    net = drawn(View(run, 3, focus=Focus("point", (7,))), entry)
    x = data_of(run.recipe.params).x[7]
    own = named(run.frame(3).state.with_bias.weights, "with_bias", run.recipe.params)
    p = 1 / (1 + np.exp(-(x @ own["W"][:, 0] + own["b"][0])))
    for unit, value in zip(net.columns[0], x, strict=False):
        assert float(unit.before.split()[1]) == pytest.approx(value, abs=0.06)
    assert float(net.columns[1][0].behind) == pytest.approx(p, abs=0.006)


def test_while_a_scene_asks_no_unit_shows_what_it_gives(record: Record, entry: Any) -> None:
    net = drawn(View(record(3, hidden=(3,)), 3, covered=True), entry)
    units = [unit for column in net.columns for unit in column]
    assert all(unit.before in ("", "1") and not unit.behind for unit in units)
    assert all(np.isnan(unit.field).all() for unit in units if unit.before != "1")


def test_of_what_is_no_plane_each_unit_has_one_colour(record: Record, entry: Any) -> None:
    run = record(3, points=np.array([[1.0], [3.0]]), targets=np.array([0.0, 1.0]), hidden=(2,))
    net = drawn(View(run, 3, focus=Focus("point", (1,))), entry)
    assert {unit.field.shape for column in net.columns for unit in column} == {(1, 1)}
    own = named(run.frame(3).state.with_bias.weights, "with_bias", run.recipe.params)
    h = np.tanh(np.array([3.0]) @ own["hidden_1.W"] + own["hidden_1.b"])
    np.testing.assert_allclose([unit.field[0, 0] for unit in net.columns[1][:2]], h)


@pytest.mark.parametrize("hidden", [(), (16,), (16, 16, 16), (1, 8)])
@pytest.mark.parametrize("size", [(330, 150), (330, 380), (900, 500)])
def test_all_units_stand_in_the_room_and_none_on_another(
    record: Record, entry: Any, hidden: tuple[int, ...], size: tuple[int, int]
) -> None:
    room = QRectF(0, 0, *size)
    items = Net(View(record(1, hidden=hidden), 1), entry.texts).items(room)
    (net,) = [item for item in items if isinstance(item, Network)]
    boxes = [unit.box for column in net.columns for unit in column]
    assert all(room.contains(box) for box in boxes)
    assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])
    assert len([item for item in items if isinstance(item, Caption)]) == len(net.columns)


def test_a_square_is_of_a_unit_an_input_and_a_bias_of_none(entry: Any) -> None:
    params = entry.core.Params(hidden=(3, 2), units=1)
    assert unit_at(1, 2, params) == Focus("hidden", (1, 2))
    assert unit_at(2, 1, params) == Focus("hidden", (2, 1))
    assert unit_at(3, 0, params) == Focus("unit", (0,))
    assert [unit_at(0, 0, params), unit_at(1, 3, params), unit_at(2, 2, params)] == [None] * 3
