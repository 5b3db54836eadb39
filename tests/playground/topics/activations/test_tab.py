"""The tab through what a user does: a tile and a point are clicked, x is dragged, a weight is typed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from core.run.explanation import Focus
from core.run.recipe import SetArray
from playground.topics.activations.shown import COLOURS
from playground.topics.activations.tile import Tile
from widgets.base import numbers
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Hit, Mark
from widgets.plots.viewport import Viewport


def test_a_click_on_a_tile_chooses_its_net_and_a_point_is_told_of(tab: Any) -> None:
    tab.run.advance(4)
    relu = next(tile for tile in tab.mosaic.tiles if "ReLU" in tile.title.text())
    relu.plot.clicked.emit(0.0, 0.0, None)
    assert tab.view().focus == Focus("relu", (0, 0, 0))
    relu.plot.clicked.emit(0.0, 0.0, Hit(Focus("point", (7,)), 1.0))
    assert tab.view().focus == Focus("relu", (0, 0, 7))
    assert "7" not in tab.focus_name(tab.view())
    assert "8" in tab.focus_name(tab.view())
    (chosen,) = (tile for tile in tab.mosaic.tiles if tile.title.is_chosen)
    assert "ReLU" in chosen.title.text()
    QTest.mouseClick(tab.mosaic.tiles[1].title, Qt.MouseButton.LeftButton)
    assert tab.view().focus == Focus("tanh", (0, 0, 7))


def test_a_click_on_a_square_chooses_its_unit(tab: Any) -> None:
    tab.run.advance(2)
    place = next(tile for tile in tab.mosaic.tiles if "tanh" in tile.title.text())
    place.units.clicked.emit("layer 1", 0, 6)
    assert tab.view().focus == Focus("tanh", (1, 6, 0))
    assert tab.explanation(tab.view()).values["unit"] == "7"


def test_tiles_wait_where_a_picture_beside_is_drawn_and_are_not_behind_once_it_stands(
    tab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[list[str]] = [[]]
    for name, plots in (("tile", [place.plot for place in tab.mosaic.tiles]), ("beside", [tab.curve, tab.loss])):
        for plot in plots:
            monkeypatch.setattr(plot, "set_marks", lambda _marks, n=name: drawn[-1].append(n))
    box = tab.transport.speed_box
    box.setCurrentIndex(box.findData(60))
    tab.set_playing(True)
    drawn.clear()
    for _ in range(16):
        drawn.append([])
        tab.run.advance()
    between, beside = sorted((drawn[::2], drawn[1::2]), key=lambda frames: ["tile"] not in frames)
    assert between == [["tile"]] * 8  # a frame of its own, between any two for what stands beside
    assert sorted(beside) == [[]] * 4 + [["beside"]] * 4  # the others are for list and strip
    drawn.append([])
    tab.set_playing(False)
    assert sorted(drawn[-1]) == ["beside", "beside", "tile", "tile", "tile"]


@pytest.mark.parametrize("functions", [["gelu"], ["elu", "tanh"], ["sigmoid", "tanh", "relu", "elu", "swish"]])
def test_there_is_a_tile_for_every_net(tab: Any, settle: Any, functions: list[str]) -> None:
    tab.set_parameter("functions", functions)
    settle()
    shown = [tile for tile in tab.mosaic.tiles if tile.isVisibleTo(tab.mosaic)]
    assert [tile.title.text().split("   ")[0] for tile in shown] == [tab.texts.name(function) for function in functions]
    boxes = {row.choice: tab.findChild(QCheckBox, f"param.functions.{row.choice}") for row in tab.choices()}
    assert {choice for choice, box in boxes.items() if box.isChecked()} == set(functions)


def test_the_last_net_stays(tab: Any) -> None:
    said: list[str] = []
    tab.status.connect(said.append)
    for choice in ("sigmoid", "tanh", "relu"):
        tab.rows.toggled.emit(choice, False)
    assert tab.run.params.functions == ("relu",)
    assert said[-1]


def test_x_is_dragged_along_the_curve(tab: Any) -> None:
    tab.curve.dragged.emit(Focus("x"), -2.5, 0.0, True)
    assert any(getattr(mark, "label", "") == "x = −2.50" for mark in tab.curve.marks)
    assert not tab.run.recipe.edits


def test_x_in_hand_goes_along_the_axis_by_keys(tab: Any) -> None:
    low, high, _, _ = tab.curve.home
    assert tab.curve.take(Focus("x"))
    knob: Any = QApplication.focusWidget()
    for key, place in ((Qt.Key.Key_Right, 1 + (high - low) / 100), (Qt.Key.Key_Home, low), (Qt.Key.Key_End, high)):
        QTest.keyClick(knob, key)
        assert tab.place == pytest.approx(place, abs=1e-4)
    assert not tab.run.can_undo


def test_a_weight_that_is_typed_holds_for_its_net_alone(tab: Any, forward: Any) -> None:
    tab.run.advance(3)
    tab.choose(Focus("tanh", (0, 0)))
    forward("cells")
    assert set(tab.cells.tables) == {f"tanh.layer_{k}.{kind}" for k in (1, 2, 3) for kind in "Wb"}
    tab.cells.typed.emit("tanh.layer_1.b", np.full((1, 8), 3.0))
    nets = tab.run.frame.state.nets
    held = tab.entry.core.arrays(tab.run.frame.state, tab.run.params)
    assert held["tanh.layer_1.b"].tolist() == [3.0] * 8
    assert held["relu.layer_1.b"].tolist() != [3.0] * 8
    assert len(nets) == 3


def test_the_weights_are_those_of_the_net_chosen_whatever_is_pointed_at(tab: Any, forward: Any) -> None:
    tab.choose(Focus("tanh", (0, 0)))
    forward("cells")
    shown = dict(tab.cells.tables)
    tab.mosaic.tiles[2].units.hovered.emit("layer 0", 0, 1)
    assert tab.view().pointed == Focus("relu", (0, 1, 0))
    assert tab.cells.tables == shown


def test_every_beat_is_told_and_named(tab: Any) -> None:
    tab.run.advance(3)
    told = set()
    for beat in tab.beats():
        tab.show_beat(beat)
        told.add(repr(tab.explanation(tab.view())))
    assert len(told) == 4


def test_eight_nets_leave_room_to_the_curve(tab: Any, settle: Any) -> None:
    before = tab.mosaic.width()
    tab.set_parameter("functions", list(COLOURS))
    settle()
    assert tab.mosaic.width() <= before + 2


def test_many_tables_of_weights_do_not_push_the_nets_aside(tab: Any, settle: Any) -> None:
    tab.set_parameter("layers", 6)
    settle()
    assert tab.mosaic.width() > tab.curve.width()


def focused() -> Any:
    return QApplication.focusWidget()


def test_a_bias_is_typed_over_the_curve_and_its_unit_dies(tab: Any, settle: Any) -> None:
    tab.run.advance(5)
    tab.choose(Focus("relu", (0, 3)))
    tab.take_focus()
    QTest.keyClick(focused(), Qt.Key.Key_B)
    assert focused() is tab.bias.edit
    QTest.keyClicks(focused(), "-20")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    held = tab.entry.core.arrays(tab.run.frame.state, tab.run.params)
    assert held["relu.layer_1.b"][3] == -20
    assert held["tanh.layer_1.b"][3] != -20
    settle()
    assert focused() in tab.plots().values()
    assert any("✗" in getattr(mark, "text", "") for mark in tab.curve.marks)
    tab.run.undo()
    assert tab.entry.core.arrays(tab.run.frame.state, tab.run.params)["relu.layer_1.b"][3] != -20


def test_the_field_of_the_bias_is_there_for_the_first_layer_alone(tab: Any) -> None:
    tab.choose(Focus("relu", (1, 3)))
    assert not tab.bias.edit.isVisibleTo(tab)
    tab.choose(Focus("relu", (0, 3)))
    assert tab.bias.edit.isVisibleTo(tab)
    assert tab.centre.deck_of(tab.curve).isAncestorOf(tab.bias)  # in its header
    assert not tab.curve.isAncestorOf(tab.bias)
    tab.bias.edit.setText("twelve")
    tab.bias.edit.editingFinished.emit()
    assert tab.bias.edit.text() == "0"
    assert not tab.run.recipe.edits


def test_a_bias_is_that_of_the_unit_chosen_whatever_is_pointed_at(tab: Any) -> None:
    tab.run.advance(5)
    tab.choose(Focus("relu", (0, 3)))
    tab.mosaic.tiles[1].units.hovered.emit("layer 1", 0, 5)
    assert tab.bias.edit.isVisibleTo(tab)  # or the tabs beside it would come and go
    tab.bias.typed.emit(-7.0)
    held = tab.entry.core.arrays(tab.run.frame.state, tab.run.params)
    assert held["relu.layer_1.b"].tolist().count(-7.0) == 1
    assert held["relu.layer_1.b"][3] == -7
    assert -7 not in held["tanh.layer_1.b"]


def test_the_bias_stands_beside_the_curve_alone(tab: Any, settle: Any, forward: Any) -> None:
    tab.window().resize(1100, 700)  # the curve shares its deck
    settle()
    for panel in ("loss", "curve"):
        forward(panel)
        assert tab.bias.edit.isVisible() == (panel == "curve")


def test_numbers_choose_nets_and_arrows_lead_from_square_to_square(tab: Any) -> None:
    tab.run.advance(2)
    tab.take_focus()
    QTest.keyClick(focused(), Qt.Key.Key_3)
    assert tab.view().focus == Focus("relu", (0, 0, 0))
    QTest.keyClick(focused(), Qt.Key.Key_7)
    assert tab.view().focus == Focus("relu", (0, 0, 0))
    row = next(tile.units for tile in tab.mosaic.tiles if "ReLU" in tile.title.text())
    row.setFocus()
    for _ in range(9):
        QTest.keyClick(row, Qt.Key.Key_Right)
    assert tab.view().focus == Focus("relu", (1, 1, 0))
    assert tab.run.position == 2
    QTest.keyClick(row, Qt.Key.Key_Left)
    assert tab.view().focus == Focus("relu", (1, 0, 0))


def test_what_is_pointed_at_is_told_of_in_every_picture(tab: Any) -> None:
    tab.run.advance(3)
    tab.choose(Focus("tanh", (0, 1)))
    tab.mosaic.tiles[2].plot.hit_changed.emit(Hit(Focus("point", (9,)), 1.0))
    assert tab.view().pointed == Focus("tanh", (0, 1, 9))
    assert all(tile.plot.lit == Focus("point", (9,)) for tile in tab.mosaic.tiles[:3])
    assert tab.curve.lit == Focus("point", (9,))
    tab.mosaic.tiles[2].plot.hit_changed.emit(None)
    assert tab.view().pointed is None
    said: list[str] = []
    tab.status.connect(said.append)
    tab.mosaic.tiles[2].units.hovered.emit("layer 1", 0, 4)
    assert said[-1].startswith("ReLU, layer 2, unit 5: inputs ")
    assert "layer 2, unit 5" in tab.numbers.subtitle()
    tab.mosaic.tiles[2].units.left.emit()
    assert "layer 1, unit 2" in tab.numbers.subtitle()


def test_escape_lets_go_of_the_net_and_a_net_that_is_gone_is_let_go(tab: Any) -> None:
    tab.choose(Focus("tanh", (0, 1)))
    assert tab.rows.focus_row() == "tanh"
    tab.escape()
    assert tab.focus is None
    tab.choose(Focus("tanh", (0, 1)))
    tab.set_parameter("functions", ["relu"])
    assert tab.focus is None
    assert tab.rows.focus_row() == "relu"


def test_while_each_frame_has_its_step_one_tile_a_frame_is_drawn(tab: Any, monkeypatch: Any, settle: Any) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(Tile, "draw", lambda tile, _plot: drawn.append(tile.function))
    box = tab.transport.speed_box
    box.setCurrentIndex(box.findData(60))
    tab.set_playing(True)
    drawn.clear()
    for _ in range(60):  # in every second of which a tile does not wait
        tab.run.advance(1)
    assert sorted(drawn) == sorted(["sigmoid", "tanh", "relu"] * 10)
    drawn.clear()
    tab.set_playing(False)
    assert set(drawn) == {"sigmoid", "tanh", "relu"}


def test_while_it_plays_lines_of_the_tiles_are_drawn_fast(tab: Any, settle: Any) -> None:
    drawn: list[bool] = []

    class Asked(Mark):
        def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
            drawn.append(rendering.smooth)

    settle()
    for playing in (True, False):
        tab.set_playing(playing)
        tab.mosaic.tiles[1].plot.set_marks([Asked()])
        settle()
    assert drawn == [False, True]


def test_at_the_cursor_stands_the_net_told_of(tab: Any) -> None:
    tab.run.advance(3)
    tab.choose(Focus("tanh", (0, 0)))
    rows = [measure.row(tab.view(), []) for measure in tab.measures(tab.view())]
    assert [row.label for row in rows][:2] == ["loss, tanh", "accuracy, tanh"]
    assert rows[0].values == (numbers.compact(tab.view().row["tanh.loss"]),)


def test_sums_beyond_all_bounds_are_drawn_as_far_as_they_can_be(tab: Any, settle: Any, forward: Any) -> None:
    tab.set_parameter("layers", 20)
    tab.run.advance(2)
    for k in range(1, 21):
        tab.run.gesture(SetArray(f"layer_{k}.W", np.full((2 if k == 1 else 8, 8), 1e12)))
    for layer in (0, 1, 19):
        for function in ("relu", "tanh"):
            tab.choose(Focus(function, (layer, 0, 0)))
            for panel in ("curve", "gradient", "outputs", "loss"):
                forward(panel)
    assert np.isfinite(tab.outputs.home).all()
    assert np.isfinite(tab.curve.home).all()
