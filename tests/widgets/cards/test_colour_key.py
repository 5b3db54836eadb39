from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.cards.colour_key import ColourKey


def test_each_word_has_its_square(qtbot: QtBot) -> None:
    key = ColourKey()
    qtbot.addWidget(key)
    assert key.sizeHint().width() == 0
    key.set_entries([("centre", "blue"), ("context", "vermillion")])
    key.resize(key.sizeHint())
    image = key.grab().toImage()
    row = [QColor(image.pixel(x, image.height() // 2)).name() for x in range(image.width())]
    blue, vermillion = (theme.current().line(series).name() for series in ("blue", "vermillion"))
    assert row.index(blue) < row.index(vermillion)
    assert key.accessibleName() == "centre, context"
