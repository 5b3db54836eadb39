"""The tab through what a user does: a cell is pointed at, clicked, let go; beats are called by their layers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.cnn import arrays
from core.run.explanation import Focus
from widgets.base import numbers
from widgets.grids.grid import Placed
from widgets.grids.tiles import Tiles


def test_a_cell_pointed_at_is_told_and_a_click_holds_it(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    settle()
    tab.mosaic.hovered.emit("1", 8 * 2 + 4, 3)
    assert tab.view().pointed == Focus("cell", (1, 2, 4, 3))
    assert tab.explanation(tab.view()).sentence == "window"
    tab.mosaic.clicked.emit("1", 8 * 2 + 4, 3)
    tab.mosaic.left.emit()
    assert tab.view().pointed is None
    assert tab.view().focus == Focus("cell", (1, 2, 4, 3))
    assert tab.pinned()
    tab.mosaic.clicked.emit("1", 8 * 2 + 4, 3)
    assert not tab.pinned()
    assert tab.explanation(tab.view()).sentence == "step"


def test_the_status_bar_says_what_is_pointed_at(tab: Any, settle: Any) -> None:
    said: list[str] = []
    tab.status.connect(said.append)
    tab.run.advance(3)
    settle()
    tab.mosaic.hovered.emit("3", 4 * 4 + 2, 1)
    value = arrays(tab.view().state, tab.run.params)["layer_3.output"][4, 2, 1]
    place = "Layer 3, conv: map 4, row 2, column 1 gives"
    assert said[-1] == f"{place} {numbers.compact(float(value))}; its field is 8 × 8 pixels"
    tab.mosaic.left.emit()
    assert not said[-1]


def test_the_end_is_known_before_it_is_played(tab: Any) -> None:
    assert tab.known_steps() == 460


def test_beats_are_called_by_their_layers(tab: Any) -> None:
    names = [tab.beat_name(beat) for beat in tab.beats()]
    assert names[:8] == ["conv", "max pool", "conv", "max pool", "flatten", "dense", "dense", "Loss"]
    assert names[8:10] == ["← dense", "← dense"]
    assert names[-2:] == ["← conv", "Update"]


def test_what_is_shown_and_pushed_changes_the_picture_and_not_the_run(tab: Any, settle: Any) -> None:
    tab.run.advance(5)
    settle()
    before = tab.run.timeline.frame(5).state
    placed = tab.mosaic.placed("0").grid.values
    tab.set_parameter("push", [0, 1])
    settle()
    assert tab.run.timeline.frame(5).state == before
    assert (tab.mosaic.placed("0").grid.values[:, 1:] == placed[:, :-1]).all()


def test_other_layers_are_another_mosaic(tab: Any, settle: Any) -> None:
    layers = [{"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}]
    tab.set_parameter("layers", layers)
    settle()
    assert tab.mosaic.placed("1") is not None
    assert [item.name for item in tab.mosaic.items() if isinstance(item, Placed | Tiles)] == ["0", "1"]


def test_a_weight_is_typed(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    tab.bring_forward("cells")
    settle()
    assert list(tab.cells.tables) == [f"layer_{k}.{name}" for k in (1, 3, 6, 7) for name in "Wb"]
    kernels = np.array(arrays(tab.view().state, tab.run.params)["layer_1.W"])
    kernels[2, 0, 1, 1] = 5.0
    tab.cells.typed.emit("layer_1.W", kernels)
    tab.cells.typed.emit("layer_1.b", np.arange(8.0)[None])
    settle()
    row = arrays(tab.view().state, tab.run.params)
    assert row["layer_1.W"][2, 0, 1, 1] == 5.0
    assert row["layer_1.b"].tolist() == list(range(8))


def test_the_digit_is_pushed_by_hand(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    settle()
    tab.mosaic.pressed.emit("0", 4, 4)
    for place in ((4, 3), (5, 3), (5, 2)):
        tab.mosaic.dragged.emit("0", *place)
    tab.mosaic.dragged.emit("1", 3, 3)  # the pointer leaves the digit
    tab.mosaic.released.emit()
    settle()
    assert tab.run.params.push == (1, -2)
    assert not tab.mosaic.placed("0").grid.values[0].any()
    tab.mosaic.pressed.emit("1", 4, 4)
    tab.mosaic.dragged.emit("0", 0, 0)
    assert tab.run.params.push == (1, -2)


@pytest.mark.parametrize("size", [(1100, 700), (1280, 800), (1440, 900)])
def test_the_maps_stand_still_whatever_is_pointed_at(size: tuple[int, int], tab: Any, settle: Any) -> None:
    tab.window().resize(*size)
    tab.run.advance(3)
    settle()
    height = tab.mosaic.height()
    assert height > size[1] / 5  # the numbers leave it room
    for name, row, column in (("1", 8 * 2 + 3, 2), ("3", 4 * 2 + 1, 2), ("2", 1, 1), ("6", 3, 0)):
        tab.mosaic.hovered.emit(name, row, column)
        settle()
        assert tab.mosaic.height() == height
