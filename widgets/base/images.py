"""Pictures painted once and drawn often."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter


def device_size(width: float, height: float, scale: float) -> QSize:
    """The device pixels of an image for `width` by `height` logical ones: one at least, as Qt paints on no fewer."""
    return QSize(max(1, ceil(width * scale)), max(1, ceil(height * scale)))


def transparent_image(width: float, height: float, scale: float) -> QImage:
    """An empty image for `width` by `height` logical pixels."""
    image = QImage(device_size(width, height, scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    return image


def painted_image(width: float, height: float, scale: float, draw: Callable[[QPainter], None]) -> QImage:
    """A transparent image of that size with what `draw` paints, in logical pixels."""
    image = transparent_image(width, height, scale)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image
