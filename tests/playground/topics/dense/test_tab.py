"""The tab of both nets, through what a user sees and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core.dense.nets import named
from core.dense.plane import passes
from core.dense.settings import data_of
from core.run.explanation import Focus
from core.run.recipe import Origin, SetArray
from playground.topics.dense.fields import home_of
from playground.topics.dense.plane import line_of
from widgets.grids.network import Network
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.of_seen import OfSeen
from widgets.plots.marks.path import Path
from widgets.plots.plot import Plot


def inputs(tab: Any) -> list[float]:
    """The inputs of the point that the strip is told of."""
    terms = tab.explanation(tab.view()).rows[0][1][0]
    return [float(term.value) for term, after in pairwise(terms) if after.value == "·"]


def handle(plot: Plot, name: str) -> Dot:
    return next(mark for mark in plot.marks if isinstance(mark, Dot) and str(mark.focus) == name)


@pytest.mark.parametrize("net", ["with_bias", "without_bias"])
def test_a_line_is_turned_by_its_ring(tab: Any, net: Any) -> None:
    tab.run.advance(10)
    before = {name: line_of(tab.run.frame.state, name, tab.run.params) for name in ("with_bias", "without_bias")}
    tab.plane.dragged.emit(Focus(f"turn {net}", (1,)), 5.0, 4.0, True)
    after = {name: line_of(tab.run.frame.state, name, tab.run.params) for name in ("with_bias", "without_bias")}
    moved = after[net]
    assert moved.w[0] * 5 + moved.w[1] * 4 + moved.b == pytest.approx(0)
    assert np.hypot(*moved.w) == pytest.approx(np.hypot(*before[net].w))
    other = "without_bias" if net == "with_bias" else "with_bias"
    assert after[other] == before[other]


def test_at_the_start_both_turn_together(tab: Any) -> None:
    tab.plane.dragged.emit(Focus("turn with_bias", (1,)), 5.0, 4.0, True)
    one, other = (line_of(tab.run.frame.state, name, tab.run.params) for name in ("with_bias", "without_bias"))
    assert one.w == other.w


def test_the_bias_shifts_the_solid_line_and_undo_brings_it_back(tab: Any) -> None:
    tab.run.advance(10)
    before = line_of(tab.run.frame.state, "with_bias", tab.run.params)
    tab.plane.dragged.emit(Focus("shift"), 2.0, 2.0, True)
    moved = line_of(tab.run.frame.state, "with_bias", tab.run.params)
    assert moved.w == before.w
    assert handle(tab.plane, "shift").xy != (0.0, 0.0)
    assert moved.w[0] * 2 + moved.w[1] * 2 + moved.b == pytest.approx(0)
    tab.run.undo()
    assert line_of(tab.run.frame.state, "with_bias", tab.run.params) == before


def test_a_point_is_told_of_where_it_is_clicked(tab: Any) -> None:
    tab.run.advance(3)
    tab.choose(Focus("point", (4,)))
    assert tab.focus_name(tab.view()) == "point 5"
    assert inputs(tab) == pytest.approx(
        tab.entry.core.arrays(tab.run.frame.state, tab.run.params)["points"][4].tolist()
    )
    tab.set_parameter("n_samples", 3)
    assert tab.view().focus is None


def test_where_there_is_room_for_one_net_it_is_the_one_that_is_shown(tab: Any) -> None:
    tab.run.advance(3)
    for bare, last in ((False, "with_bias"), (True, "without_bias")):
        view = replace(tab.view(), beat="forward", options={"bare": bare})
        assert tab.explanation(view).rows[-1][0] == last


def test_the_list_tells_accuracy_and_the_number_of_weights(tab: Any) -> None:
    tab.run.advance(5)
    row = tab.view().row
    values = tab.row_values(tab.view())
    assert {net: count for net, (_, count) in values.items()} == {"with_bias": "3", "without_bias": "2"}
    assert values["with_bias"][0] == f"{row['with_bias.accuracy']:.3f}"
    tab.set_parameter("activation", "linear")
    tab.run.advance(1)
    assert float(tab.row_values(tab.view())["with_bias"][0]) == pytest.approx(
        tab.view().row["with_bias.loss"], rel=2e-3
    )


def test_tables_come_and_go_with_the_layers_and_are_typed_into(tab: Any, forward: Callable[[str], Any]) -> None:
    cells = forward("cells")
    assert set(cells.tables) == {"W", "b", "without_bias.W"}
    tab.set_parameter("hidden", [3])
    assert set(cells.tables) == {
        "W", "b", "hidden_1.W", "hidden_1.b", "without_bias.W", "without_bias.hidden_1.W",
    }  # fmt: skip
    tab.run.advance(2)
    cells.typed.emit("hidden_1.b", np.array([[1.0, 2.0, 3.0]]))  # as a row of its table
    assert tab.entry.core.arrays(tab.run.frame.state, tab.run.params)["hidden_1.b"].tolist() == [1, 2, 3]
    assert isinstance(tab.run.recipe.edits[-1].edit, SetArray)


def test_what_has_no_picture_says_so(tab: Any, forward: Callable[[str], Any]) -> None:
    assert not forward("along").empty_text
    tab.set_parameter("hidden", [3])
    assert "hidden" in forward("along").empty_text
    tab.set_parameter("hidden", [])
    tab.set_parameter("activation", "linear")
    assert forward("accuracy").empty_text
    tab.set_parameter("points", np.ones((3, 1)))
    assert tab.plane.empty_text


def test_its_name_has_its_sign_in_the_navigation(tab: Any, window: Any) -> None:
    index = [window.tabs.tabText(i) for i in range(window.tabs.count())].index("Dense && bias")
    assert window.tabs.tabText(index).replace("&&", "&") == tab.entry.title


def test_a_cell_under_the_pointer_is_told_of_in_the_strip_and_in_the_plane(tab: Any) -> None:
    tab.run.advance(3)
    tab.batch.resize(340, 200)
    tab.batch.hovered.emit("z", 1, 0)
    point = tab.pointed.at[0]
    assert tab.focus_name(tab.view()) == f"point {point + 1}"
    assert inputs(tab) == pytest.approx(
        tab.entry.core.arrays(tab.run.frame.state, tab.run.params)["points"][point].tolist()
    )
    tab.batch.left.emit()
    assert tab.pointed is None
    tab.batch.clicked.emit("z", 1, 0)
    assert tab.focus == Focus("output", (point, 0))


def test_d3_the_curve_is_led_through_both_gates_by_its_handles(tab: Any) -> None:
    tab.set_parameter("points", np.array([[2.0], [4.0]]))
    tab.along.dragged.emit(Focus("steep"), 4.0, 0.9, True)
    tab.along.dragged.emit(Focus("middle with_bias"), 3.0, 0.5, True)
    for _ in range(9):  # the one moves what the other has set
        tab.along.dragged.emit(Focus("steep"), 4.0, 0.97, True)
        tab.along.dragged.emit(Focus("middle with_bias"), 3.0, 0.5, True)
    held = tab.entry.core.arrays(tab.run.frame.state, tab.run.params)
    assert passes(float(held["W"][0, 0]), float(held["b"][0]))
    assert {change.edit.name for change in tab.run.recipe.edits} == {"W", "b"}


def test_numbers_of_the_batch_are_typed_where_they_stand(tab: Any) -> None:
    tab.run.advance(3)
    for name, row, column in (("W", 1, 0), ("b", 0, 0), ("x", 0, 1)):
        tab.batch.opened.emit(name, row, column)
        assert tab.editor.isVisibleTo(tab.batch)
        tab.editor.edited.emit(name, row, column, 2.5, True)
        tab.editor.hide()
    assert tab.run.position == 0  # other points begin again
    assert data_of(tab.run.params).x[0, 1] == 2.5
    tab.run.undo()
    own = named(tab.run.frame.state.with_bias.weights, "with_bias", tab.run.params)
    assert own["W"][1, 0] == own["b"][0] == 2.5
    tab.batch.opened.emit("z", 0, 0)
    assert not tab.editor.isVisibleTo(tab.batch)


def test_a_net_with_hidden_layers_has_its_drawing_in_front_and_all_the_room(tab: Any, settle: Any) -> None:
    assert tab.in_view("along")
    tab.set_parameter("hidden", [4])
    settle()
    assert tab.in_view("net")
    assert not tab.in_view("batch")
    tab.bring_forward("loss")
    settle()
    assert tab.in_view("loss")
    assert tab.in_view("batch")
    tab.set_parameter("hidden", [])
    settle()
    assert tab.in_view("along")


def test_a_unit_under_the_pointer_is_shown_in_the_plane(tab: Any, settle: Any) -> None:
    tab.set_parameter("hidden", [4])
    settle()
    drawing = next(item for item in tab.net.items() if isinstance(item, Network))
    assert tab.net.cell_at(drawing.columns[1][2].box.center()) == ("net", 1, 2)
    tab.net.hovered.emit("net", 1, 2)
    assert tab.pointed == Focus("hidden", (1, 2))
    (border,) = (m.made(home_of(tab.run.params)) for m in tab.plane.marks if isinstance(m, OfSeen) and not m.is_ground)
    assert isinstance(border, Path)
    assert border.focus == Focus("hidden", (1, 2))
    tab.net.clicked.emit("net", 1, 2)
    assert tab.focus == Focus("hidden", (1, 2))
    tab.set_parameter("hidden", [2])
    assert tab.view().focus is None


@pytest.mark.parametrize(("column", "name"), [(1, "hidden_1.W"), (2, "W")])
def test_a_double_click_on_a_unit_opens_its_weights(tab: Any, settle: Any, column: int, name: str) -> None:
    tab.set_parameter("hidden", [4])
    settle()
    tab.net.opened.emit("net", column, 0)
    settle()
    assert tab.in_view("cells")
    assert tab.cells.tables[name].isVisibleTo(tab)


def test_the_axes_have_the_names_of_the_columns_of_a_file(tab: Any) -> None:
    origins = Origin("points", "plants.csv", ("height", "width")), Origin("targets", "plants.csv", ("kind",))
    with tab.run.reading(*origins):
        tab.run.restart_with({"points": [[0.0, 1.0], [2.0, -1.0], [1.0, 1.0]], "targets": [0, 1, 1]})
    assert [tab.plane.axes[side].name for side in ("bottom", "left")] == ["height", "width"]
    with tab.run.reading(Origin("points", "one.csv", ("height",)), Origin("targets", "one.csv", ("kind",))):
        tab.run.restart_with({"points": [[0.0], [2.0], [1.0]], "targets": [0, 1, 1]})
    tab.bring_forward("along")
    assert tab.along.axes["bottom"].name == "height"
