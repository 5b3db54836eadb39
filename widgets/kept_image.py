"""Pictures kept while what they show stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from widgets import theme
from widgets.viewport import Floats, Viewport

_SMALLEST_BLOCK = 32


def stable_length(length: int) -> int:
    """How much of a growing array to put into a kept picture: whole blocks of a 16th to a 32nd of its length.

    It depends on the length alone, so that a frame looks the same however it was reached.
    """
    block = max(_SMALLEST_BLOCK, 1 << max(0, length.bit_length() - 5))
    return length - length % block


class KeptImages:
    """Transparent pictures of one viewport, kept while the data they show are the same bytes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._images: dict[str, QImage] = {}

    def prepare(self, data: Iterable[Floats], look: object, viewport: Viewport, scale: float) -> None:
        """Let go of the pictures unless data, look, viewport, theme and scale are those of the last call.

        Bytes are compared because equal slices made at different times are different arrays.
        """
        key = (look, viewport, theme.current().name, scale, tuple(array.tobytes() for array in data))
        if key != self._key:
            self._images.clear()
            self._key, self._viewport, self._scale = key, viewport, scale

    def image(self, name: str, draw: Callable[[QPainter], None]) -> QImage:
        """The picture of this name, painted by `draw` when it is asked for first."""
        if name not in self._images:
            image = transparent_image(self._viewport.width, self._viewport.height, self._scale)
            painter = QPainter(image)
            draw(painter)
            painter.end()
            self._images[name] = image
        return self._images[name]


def transparent_image(width: float, height: float, scale: float) -> QImage:
    """An empty image for `width` by `height` logical pixels."""
    image = QImage(ceil(width * scale), ceil(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    return image
