import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.points import Points, paint_points
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)


def _picture(group: Points, vector: bool = False) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_points(painter, VIEW, Rendering(smooth=True, vector=vector), [group])
    painter.end()
    return image


@pytest.mark.parametrize("vector", [False, True])
def test_points_stand_where_they_should(qapp: QApplication, vector: bool) -> None:
    xy = np.array([[2.0, 8.0], [5.05, 4.95], [50.0, 5.0], [np.nan, 1.0]])
    image = _picture(Points("a", xy, "blue", marker="circle"), vector)
    assert image.pixel(50, 50) == theme.current().line("blue").rgb()
    assert image.pixel(20, 20) == theme.current().line("blue").rgb()
    assert image.pixelColor(90, 90) == Qt.GlobalColor.white


def test_hollow_points_show_the_panel_inside(qapp: QApplication) -> None:
    image = _picture(Points("a", np.array([[5.0, 5.0]]), "blue", hollow=True, size=12.0))
    assert image.pixel(50, 50) == theme.current().color("panel").rgb()
    assert image.pixelColor(50, 45) != Qt.GlobalColor.white


def test_another_shape_of_array_is_refused() -> None:
    with pytest.raises(ValueError, match="not \\(n, 2\\)"):
        Points("a", np.zeros(3), "blue")


def test_points_are_equal_when_they_are_the_same_array() -> None:
    xy = np.zeros((2, 2))
    assert Points("a", xy, "blue") == Points("a", xy, "blue")
    assert Points("a", xy, "blue") != Points("a", xy.copy(), "blue")
