"""A tile is opened by a click, or by arrows and Return; what is told stands in the words for a screen reader."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from widgets.plots.plane_tiles import PlaneTile, PlaneTiles


@pytest.fixture
def tiles(dressed: Any, freed: Any) -> PlaneTiles:
    made = PlaneTiles()
    freed(made)
    made.resize(300, 200)
    made.set_tiles([PlaneTile(id, f"the {id}", (), 1.0, (f"told of {id}",)) for id in ("one", "two", "three")])
    return made


def test_a_click_opens_the_tile_under_it(tiles: PlaneTiles) -> None:
    opened: list[str] = []
    tiles.opened.connect(opened.append)
    for place in (2, 0):
        QTest.mouseClick(tiles, Qt.MouseButton.LeftButton, pos=tiles.tile_rect(place).center().toPoint())
    assert opened == ["three", "one"]


def test_arrows_go_from_tile_to_tile_and_return_opens(tiles: PlaneTiles) -> None:
    opened: list[str] = []
    tiles.opened.connect(opened.append)
    for key in (Qt.Key.Key_Return, *3 * [Qt.Key.Key_Right], Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(tiles, key)
    assert opened == ["two"]
    assert "told of three" in tiles.accessibleDescription()
