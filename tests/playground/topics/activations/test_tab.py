"""The tab through what a user does: a tile and a point are clicked, x is dragged, a weight is typed."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QCheckBox

from core.run.explanation import Focus
from playground.topics.activations.shown import COLOURS
from widgets.plots.marks.mark import Hit


def test_a_click_on_a_tile_chooses_its_net_and_a_point_is_told_of(tab: Any) -> None:
    tab.run.advance(4)
    relu = next(tile for tile in tab.mosaic.tiles if "ReLU" in tile.name.text())
    relu.plot.clicked.emit(0.0, 0.0, None)
    assert tab.view().focus == Focus("relu", (0, 0, 0))
    relu.plot.clicked.emit(0.0, 0.0, Hit(Focus("point", (7,)), 1.0))
    assert tab.view().focus == Focus("relu", (0, 0, 7))
    assert "7" not in tab.focus_name(tab.view())
    assert "8" in tab.focus_name(tab.view())
    bold = [tile.name.text() for tile in tab.mosaic.tiles if "<b>" in tile.name.text()]
    assert len(bold) == 1
    assert "ReLU" in bold[0]


def test_a_click_on_a_square_chooses_its_unit(tab: Any) -> None:
    tab.run.advance(2)
    place = next(tile for tile in tab.mosaic.tiles if "tanh" in tile.name.text())
    place.units.clicked.emit("layer 1", 0, 6)
    assert tab.view().focus == Focus("tanh", (1, 6, 0))
    assert tab.explanation(tab.view()).values["unit"] == "7"


@pytest.mark.parametrize("functions", [["gelu"], ["elu", "tanh"], ["sigmoid", "tanh", "relu", "elu", "swish"]])
def test_there_is_a_tile_for_every_net(tab: Any, settle: Any, functions: list[str]) -> None:
    tab.set_parameter("functions", functions)
    settle()
    shown = [tile for tile in tab.mosaic.tiles if tile.isVisibleTo(tab.mosaic)]
    assert [re.sub("<.*?>", "", tile.name.text()).split("   ")[0] for tile in shown] == [
        tab.texts.name(function) for function in functions
    ]
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
