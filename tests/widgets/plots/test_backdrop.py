from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.backdrop import Backdrop
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)
GRID = ((50.5,), (25.5,))


class Half(Mark):
    """A ground whose left half is red."""

    def __init__(self) -> None:
        self.times = 0

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        self.times += 1
        painter.fillRect(0, 0, 50, 100, Qt.GlobalColor.red)


def _paint(backdrop: Backdrop, viewport: Viewport = VIEW, moving: bool = False) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    backdrop.paint(painter, viewport, Rendering(), GRID, moving)
    painter.end()
    return image


def test_grid_and_axis_lines_are_in_the_picture(qapp: QApplication) -> None:
    image, colours = _paint(Backdrop()), theme.current()
    assert image.pixelColor(50, 10) == colours.color("grid")
    assert image.pixelColor(10, 25) == colours.color("grid")
    assert image.pixelColor(0, 10) == colours.color("control")
    assert image.pixelColor(10, 99) == colours.color("control")
    assert image.pixelColor(10, 10) == colours.color("panel")


def test_the_ground_is_drawn_once_for_each_view(qapp: QApplication) -> None:
    backdrop, ground = Backdrop(), Half()
    backdrop.grounds = (ground,)
    _paint(backdrop)
    _paint(backdrop)
    assert ground.times == 1
    _paint(backdrop, Viewport(0, 5, 0, 10, 100, 100))
    assert ground.times == 2


def test_while_moving_the_old_picture_is_moved(qapp: QApplication) -> None:
    backdrop, ground = Backdrop(), Half()
    backdrop.grounds = (ground,)
    _paint(backdrop)
    image = _paint(backdrop, Viewport(2.5, 12.5, 0, 10, 100, 100), moving=True)
    assert ground.times == 1
    assert image.pixelColor(10, 50) == Qt.GlobalColor.red
    assert image.pixelColor(40, 60) == theme.current().color("panel")


def test_no_pixel_is_left_to_chance(qapp: QApplication) -> None:
    """A view that ends within a pixel: what is painted there must not be what lay in memory before."""
    junk = [QImage(100, 100, QImage.Format.Format_RGB32) for _ in range(8)]
    for image in junk:
        image.fill(Qt.GlobalColor.red)
    del junk
    backdrop = Backdrop()
    backdrop.axis_lines = False
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    backdrop.paint(painter, Viewport(0, 10, 0, 10, 99.2, 99.2), Rendering(), ((), ()))
    painter.end()
    assert image.pixelColor(99, 50) == image.pixelColor(50, 99) == theme.current().color("panel")


def test_a_view_without_room_has_a_picture(qapp: QApplication) -> None:
    """Qt paints on none without pixels, and warns of it."""
    backdrop, ground = Backdrop(), Half()
    backdrop.grounds = (ground,)
    _paint(backdrop, Viewport(0, 10, 0, 10, 100, 0))
    assert ground.times == 1
