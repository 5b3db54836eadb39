"""A tile is opened by a click, or by arrows and Return; what is told stands in the words for a screen reader."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from widgets.base.labels import text_width
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


def test_in_a_high_room_they_stand_below_each_other_and_no_word_is_cut(tiles: PlaneTiles) -> None:
    told = ("raw rank 2.67 of all", "filtered 1.67")
    tiles.set_tiles([PlaneTile(id, id, (), 1.0, told) for id in ("one", "two", "three")])
    tiles.resize(244, 347)
    for place in range(3):
        tile, plane = tiles.tile_rect(place), tiles.plane_rect(place)
        assert tile.contains(plane)
        assert tile.right() - plane.right() > text_width(told[0], "tick")
        assert min(plane.width(), plane.height()) > 80
        assert not any(tile.intersects(tiles.tile_rect(other)) for other in range(place))
    tiles.resize(700, 347)
    assert tiles.tile_rect(2).top() == tiles.tile_rect(0).top()


def test_arrows_go_from_tile_to_tile_and_return_opens(tiles: PlaneTiles) -> None:
    opened: list[str] = []
    tiles.opened.connect(opened.append)
    for key in (Qt.Key.Key_Return, *3 * [Qt.Key.Key_Right], Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(tiles, key)
    assert opened == ["two"]
    assert "told of three" in tiles.accessibleDescription()
