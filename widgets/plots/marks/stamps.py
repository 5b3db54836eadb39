"""Thousands of points in one picture: a stamp of a few pixels at every place, by NumPy instead of the painter."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from widgets.base.arrays import Floats
from widgets.base.images import transparent_image
from widgets.base.markers import marker_sprite
from widgets.plots.viewport import Viewport

_INSIDE = 0.5  # of a marker's own colour, from which on a pixel belongs to the stamp


def stamped(centres: Floats, viewport: Viewport, shape: str, size: float, colour: int, scale: float) -> QImage:
    """The picture of a viewport with a marker at each of the centres (n, 2), in pixels; colour as an opaque QRgb."""
    image = transparent_image(viewport.width, viewport.height, scale)
    width, height = image.width(), image.height()
    stamp = _stamp(shape, size, scale)
    edge = int(np.abs(stamp).max())
    hits = np.zeros((height + 2 * edge, width + 2 * edge), dtype=bool)  # with a margin, from which stamps reach in
    places = (centres * scale + edge).astype(np.intp)
    places = places[((places >= 0) & (places < [width + 2 * edge, height + 2 * edge])).all(axis=1)]
    hits[places[:, 1], places[:, 0]] = True
    painted = np.zeros((height, width), dtype=bool)
    for across, down in (edge - stamp).tolist():
        painted |= hits[down : down + height, across : across + width]
    pixels = np.frombuffer(image.bits(), dtype=np.uint32).reshape(height, width)
    pixels[painted] = colour
    return image


@lru_cache(maxsize=64)
def _stamp(shape: str, size: float, scale: float) -> NDArray[np.intp]:
    """The pixels (m, 2) of a marker as steps across and down from its middle; one pixel at least."""
    white, black = QColor("white").rgba(), QColor("black").rgba()
    sprite = marker_sprite(shape, size, white, black, scale)
    grey = np.frombuffer(sprite.constBits(), dtype=np.uint8).reshape(sprite.height(), sprite.bytesPerLine() // 4, 4)
    down, across = np.nonzero(grey[: sprite.height(), : sprite.width(), 0] > 255 * _INSIDE)
    if not len(across):
        return np.zeros((1, 2), dtype=np.intp)
    return np.column_stack([across - sprite.width() // 2, down - sprite.height() // 2]).astype(np.intp)
