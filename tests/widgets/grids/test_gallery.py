from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.grids.gallery import GridGallery
from widgets.grids.grid import Grid, Signed

TILES = [(name, name.title(), Grid(np.full((3, 3), value), Signed(1))) for name, value in (("low", -1), ("high", 1))]


@pytest.fixture
def gallery(dressed: Any, qtbot: QtBot) -> GridGallery:
    made = GridGallery("things")
    qtbot.addWidget(made)
    made.set_title("Things", "click to use")
    made.set_tiles(TILES)
    made.resize(200, 120)
    made.show()
    qtbot.waitExposed(made)
    return made


def tile(gallery: GridGallery, id: str) -> QAbstractButton:
    found = gallery.findChild(QAbstractButton, f"gallery.things.{id}")
    assert isinstance(found, QAbstractButton)
    return found


def test_a_click_chooses_and_marks_one(gallery: GridGallery, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gallery.chosen) as told:
        QTest.mouseClick(tile(gallery, "high"), Qt.MouseButton.LeftButton)
    assert told.args == ["high"]
    assert gallery.current() == "high"
    tile(gallery, "low").click()
    assert gallery.current() == "low"
    tile(gallery, "low").click()
    assert gallery.current() == "low"  # the one in use is not put out by a second click


def test_marking_tells_nothing_and_an_unknown_id_marks_none(gallery: GridGallery) -> None:
    told: list[str] = []
    gallery.chosen.connect(told.append)
    gallery.set_current("high")
    assert tile(gallery, "high").isChecked()
    gallery.set_current("nothing")
    assert gallery.current() == ""
    assert told == []


def test_each_shows_its_grid_and_its_name(gallery: GridGallery) -> None:
    for id, value in (("low", -1.0), ("high", 1.0)):
        button = tile(gallery, id)
        image = button.grab().toImage()
        assert image.pixel(image.width() // 2, 24) == theme.current().signed(value).rgb()
        assert button.accessibleName() == id.title()
    gallery.set_tiles([("low", "Tief", TILES[1][2])])
    assert tile(gallery, "low").text() == "Tief"


def test_tiles_are_reached_and_pressed_by_key(gallery: GridGallery, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gallery.chosen):
        QTest.keyClick(tile(gallery, "low"), Qt.Key.Key_Space)
