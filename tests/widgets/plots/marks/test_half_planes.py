from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.half_planes import HalfPlanes
from widgets.plots.viewport import Viewport

VIEW = Viewport(-1, 1, -1, 1, 100, 100)


def picture(sides: HalfPlanes, vector: bool = False) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    sides.paint(painter, VIEW, Rendering(vector=vector))
    painter.end()
    return image


@pytest.mark.parametrize(("w", "b"), [((1.0, 0.0), 0.5), ((-2.0, 1.0), 0.3), ((1e200, 1e200), 0.0), ((0.5, 0.5), 9.0)])
@pytest.mark.parametrize("vector", [False, True])
def test_each_side_has_the_colour_of_its_sign(
    qapp: QApplication, w: tuple[float, float], b: float, vector: bool
) -> None:
    image, colours = picture(HalfPlanes(w, b, ("orange", "blue")), vector), theme.current()
    for x, y in ((-0.9, -0.8), (0.9, -0.8), (-0.9, 0.7), (0.9, 0.7)):
        place, is_above = VIEW.point(x, y).toPoint(), w[0] * x + w[1] * y + b > 0
        assert image.pixelColor(place).rgb() == colours.region("blue" if is_above else "orange").rgb()


@pytest.mark.parametrize("w", [(0.0, 0.0), (1e-310, 0.0)])
def test_without_a_line_there_are_no_sides(qapp: QApplication, w: tuple[float, float]) -> None:
    assert picture(HalfPlanes(w, 1.0, ("orange", "blue"))).pixelColor(50, 50) == QColor("white")
