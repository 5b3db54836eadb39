"""What tests of widgets share: an export as a picture and as a vector."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator


class Exports:
    """Paints widgets into pictures of a size of one's own."""

    def image(self, widget: Any, width: int, height: int, ratio: float = 1.0, ground: QColor | int = 0) -> QImage:
        """A picture of so many pixels, black where nothing is painted, or else of the colour `ground`."""
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(ground)
        painter = QPainter(image)
        widget.paint_into(painter, QRectF(0, 0, width / ratio, height / ratio))
        painter.end()
        return image

    def svg(self, widget: Any, width: int, height: int) -> str:
        """The text of a vector file."""
        buffer, generator = QBuffer(), QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(QSize(width, height))
        generator.setResolution(widget.logicalDpiX())
        painter = QPainter(generator)
        widget.paint_into(painter, QRectF(0, 0, width, height))
        painter.end()
        return bytes(buffer.data().data()).decode()


def _has_memory(grab: Callable[[int], QImage], one: int, other: int) -> bool:
    pictures = [grab(stop) for stop in (one, other, one, other)]
    assert pictures[0] != pictures[1], "both look the same"
    return pictures[:2] != pictures[2:]


@pytest.fixture
def has_memory() -> Callable[[Callable[[int], QImage], int, int], bool]:
    """Tell whether a picture of one thing looks otherwise after one of another."""
    return _has_memory


@pytest.fixture
def exports() -> Exports:
    return Exports()
