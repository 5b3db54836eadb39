"""Pictures to paint into."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage


def transparent_image(width: float, height: float, scale: float) -> QImage:
    """An empty image for `width` by `height` logical pixels."""
    image = QImage(ceil(width * scale), ceil(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    return image
