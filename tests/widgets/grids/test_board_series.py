"""Lines, cursors, places and letters on boards."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.grids.board_series import Cells, Cursor, Polyline, RunLetter, Words


def drawn(paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def is_inked(image: QImage, x: int, y: int) -> bool:
    return QColor(image.pixel(x, y)) != theme.current().color("panel")


def test_a_line_has_gaps_where_points_are_unknown(qapp: QApplication) -> None:
    points = np.array([[5.0, 50], [25, 50], [np.nan, np.nan], [65, 50], [95, 50]])
    image = drawn(Polyline(points, "blue").paint)
    assert [is_inked(image, x, 50) for x in (15, 45, 80)] == [True, False, True]


def test_the_line_of_another_run_is_dashed(qapp: QApplication) -> None:
    points = np.array([[0.0, 50], [100, 50]])
    whole, dashed = (drawn(Polyline(points, "blue", letter=letter).paint) for letter in ("", "B"))
    inked = [sum(is_inked(image, x, 50) for x in range(100)) for image in (whole, dashed)]
    assert inked[0] == 100 > inked[1] > 30


def test_words_stand_in_the_middle_of_their_columns(dressed: QApplication) -> None:
    texts, colours = ("0.5", "", "a word that is far too long"), ("muted", "muted", "green")
    image = drawn(Words(texts, 10.0, 40.0, 30.0, "tick", colours).paint)
    inked = [x for x in range(100) if any(is_inked(image, x, y) for y in range(35, 60))]
    assert 10 < min(inked) < 25 < 30  # of the first word
    assert not [x for x in inked if 40 <= x < 68]
    assert max(inked) <= 100
    first = [x for x in inked if x < 40]
    assert abs(min(first) + max(first) - 2 * 25) <= 3


def test_places_are_told_by_row_and_column(qapp: QApplication) -> None:
    cells = Cells("bars", QRectF(10, 20, 40, 30), columns=4, rows=3)
    assert cells.cell_at(11, 21) == (0, 0)
    assert cells.cell_at(49, 49) == (2, 3)
    assert cells.cell_at(51, 25) is None
    assert cells.cell_at(25, 19) is None


def test_a_cursor_frames_its_column_under_its_tab(qapp: QApplication) -> None:
    image = drawn(Cursor(QRectF(30, 10, 40, 80), QRectF(20, 5, 60, 16), "t = 3").paint)
    assert is_inked(image, 30, 50)
    assert not is_inked(image, 50, 50)
    assert is_inked(image, 22, 12)


def test_the_run_in_front_has_a_filled_letter(qapp: QApplication) -> None:
    ours, theirs = (drawn(RunLetter(QPointF(50, 50), "B", is_front).paint) for is_front in (True, False))
    assert is_inked(ours, 45, 45)
    assert not is_inked(theirs, 45, 45)
