from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from widgets.base.ended_line import EndedLine

LONG = "200 × 2 array of one's own"
pytestmark = pytest.mark.usefixtures("dressed")


def made(qtbot: QtBot, width: int) -> EndedLine:
    line = EndedLine()
    qtbot.addWidget(line)
    line.resize(width, 30)
    return line


def test_a_text_that_is_too_long_ends_in_dots(qtbot: QtBot) -> None:
    line = made(qtbot, 90)
    line.setText(LONG)
    assert line.shown().endswith("…")
    assert LONG.startswith(line.shown()[:-1])
    assert line.text() == LONG
    line.setText("2")
    assert line.shown() == "2"


def test_what_is_seen_follows_what_it_is_cut_to(qtbot: QtBot) -> None:
    line = made(qtbot, 90)
    line.setText(LONG)
    cut = line.grab().toImage()
    line.setText(f"{line.shown()[:-1]} more that has no room")
    assert line.grab().toImage() == cut


def test_it_is_set_smaller_before_it_is_cut(qtbot: QtBot) -> None:
    line = made(qtbot, 400)
    line.setText(LONG)
    narrow = next(width for width in range(400, 0, -1) if _room(line, width) < _needed(line))
    line.resize(narrow, 30)
    assert line.shown() == LONG


def test_where_it_has_room_it_looks_as_any_other(qtbot: QtBot) -> None:
    line, other = made(qtbot, 300), QLineEdit("2")
    qtbot.addWidget(other)
    other.resize(300, 30)
    line.setText("2")
    assert line.grab().toImage() == other.grab().toImage()


def test_no_font_is_asked_for_in_no_size(qtbot: QtBot) -> None:
    line = made(qtbot, 20)
    line.setStyleSheet("font-size: 1px")  # as it is measured where there is no font
    line.setText(40 * LONG)
    line.grab()  # a warning of Qt's would end the test
    assert line.shown() != line.text()


def test_who_types_in_it_sees_what_he_types(qtbot: QtBot) -> None:
    line = made(qtbot, 90)
    line.setText(LONG)
    cut = line.grab().toImage()
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.deselect()
    assert line.grab().toImage() != cut


def _needed(line: EndedLine) -> int:
    return line.fontMetrics().horizontalAdvance(LONG)


def _room(line: EndedLine, width: int) -> int:
    """What a line of that width has inside: its size hint is 17 letters and what is around them."""
    return width - (line.sizeHint().width() - line.fontMetrics().horizontalAdvance("x") * 17)
