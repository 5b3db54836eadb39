"""What lies between the grids of a board: the arrow from what comes out back to where it goes in."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.grids.board_lines import Loop

pytestmark = pytest.mark.usefixtures("qapp")


def test_it_runs_around_the_right_and_its_head_is_where_it_goes_in() -> None:
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    Loop(20.0, 40.0, 20.0, 60.0, "purple").paint(painter)
    painter.end()
    inked = {(x, y) for x in range(60) for y in range(80) if image.pixelColor(x, y) != QColor("white")}
    assert {(30, 60), (40, 40), (30, 20)} <= inked  # out, up, in
    assert not any(x > 43 or y < 14 or y > 63 for x, y in inked)
    heights = {height: sum((26, y) in inked for y in range(height - 6, height + 6)) for height in (20, 60)}
    assert heights[20] > heights[60]
