"""A reach is drawn where its distance says, by the straight line or by both ways added up."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import paint_marks
from widgets.plots.marks.reach import Reach
from widgets.plots.viewport import Viewport

pytestmark = pytest.mark.usefixtures("qapp")
WHITE = QColor("white")


def painted(mark: Reach) -> QImage:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    paint_marks(painter, Viewport(-2.0, 2.0, -2.0, 2.0, 200.0, 200.0), Rendering(), [mark])
    painter.end()
    return image


def seen(image: QImage, x: int, y: int) -> bool:
    return any(image.pixelColor(x + i, y + j) != WHITE for i in (-1, 0, 1) for j in (-1, 0, 1))


def test_norm_2_is_a_circle_and_norm_1_a_square_on_its_corner() -> None:
    circle, square = (painted(Reach(0.0, 0.0, 1.0, "blue", norm)) for norm in (2, 1))
    for x, y in ((150, 100), (100, 50), (50, 100), (100, 150)):
        assert seen(circle, x, y)
        assert seen(square, x, y)
    assert seen(circle, 135, 65)
    assert not seen(square, 135, 65)
    assert seen(square, 125, 75)
    assert not seen(circle, 125, 75)
    assert not seen(circle, 100, 100)


def test_a_filled_one_is_tinted_and_what_is_no_number_is_not_drawn() -> None:
    assert seen(painted(Reach(0.0, 0.0, 1.0, "blue", filled=True)), 100, 100)
    assert painted(Reach(float("nan"), 0.0, 1.0, "blue")) == painted(Reach(0.0, 0.0, float("inf"), "blue"))
