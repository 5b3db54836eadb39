from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from widgets.base.images import painted_image


@pytest.mark.parametrize(
    ("width", "height", "scale", "made"),
    [(3.2, 2, 1, (4, 2)), (3.2, 2, 2, (7, 4)), (0, 5, 1, (1, 5)), (5, -0.3, 1.5, (8, 1)), (0, 0, 1, (1, 1))],
)
def test_an_image_holds_its_pixels_and_one_where_there_is_no_room(
    width: float, height: float, scale: float, made: tuple[int, int], qapp: QApplication
) -> None:
    def draw(painter: QPainter) -> None:
        assert painter.isActive()
        painter.fillRect(QRectF(0, 0, 9, 9), Qt.GlobalColor.red)

    image = painted_image(width, height, scale, draw)
    assert (image.width(), image.height()) == made
    assert image.pixelColor(0, 0) == Qt.GlobalColor.red
