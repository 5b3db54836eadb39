from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from widgets.base.rendering import Rendering, rendering_of


def test_images_tell_their_scale(qapp: QApplication) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    assert rendering_of(painter, smooth=False) == Rendering(smooth=False, vector=False, scale=2.0)
    painter.scale(1.5, 1.5)
    assert rendering_of(painter, smooth=True).scale == 3.0
    painter.end()


def test_vector_devices_are_smooth_and_take_no_pixmaps(qapp: QApplication) -> None:
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    made = rendering_of(painter, smooth=False)
    painter.end()
    assert made.vector
    assert made.smooth
