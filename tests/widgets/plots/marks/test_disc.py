"""A disc fills the places within its radius, and no others."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base.rendering import Rendering
from widgets.plots.marks.disc import Disc
from widgets.plots.viewport import Viewport

pytestmark = pytest.mark.usefixtures("qapp")


def test_places_within_the_radius_are_filled() -> None:
    viewport = Viewport(-2.0, 2.0, -2.0, 2.0, 200.0, 200.0)
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    Disc(1.0).paint(painter, viewport, Rendering())
    painter.end()
    white = QColor("white")
    inside = [image.pixelColor(x, y) for x, y in ((100, 100), (100, 55), (145, 100), (132, 68))]
    outside = [image.pixelColor(x, y) for x, y in ((100, 45), (155, 100), (140, 60), (5, 5))]
    assert all(colour != white for colour in inside)
    assert all(colour == white for colour in outside)
