"""Pictures of grids, kept while they would look the same: only outlines, and how far a grid is filled, may change."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import transparent_image
from widgets.base.labels import plot_font
from widgets.base.rendering import Rendering
from widgets.grids.grid import Placed
from widgets.grids.grid_painting import paint_cells


class Look:
    """All that the cells of a grid look like depends on; looks are equal where grids are painted alike."""

    def __init__(self, placed: Placed, scale: float) -> None:
        grid = placed.grid
        self.placed = Placed(placed.name, replace(grid, outlines=(), filled=None), 0.0, 0.0, placed.cell)
        self.scale = scale
        drawn = grid.ramp, grid.form, grid.ring, grid.ring_text, grid.bold, grid.finest, placed.cell
        self._key = (_numbers(grid.values), drawn, scale, theme.current(), plot_font("cell").key())

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Look) and self._key == other._key


def _numbers(values: Floats) -> tuple[object, ...]:
    """What tells two arrays apart: their bytes; of locked ones, which a look keeps alive, their place in memory."""
    if values.flags.writeable:
        return values.shape, values.tobytes()
    return values.shape, values.strides, values.__array_interface__["data"][0]


def still_key(placed: Placed, scale: float) -> tuple[object, ...]:
    """What the part of a kept grid that stays from step to step depends on."""
    empty = placed.grid.filled is not None
    return placed.left, placed.top, empty, placed.grid.values.shape if empty else None, Look(placed, scale)


def paint_still(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint the part of a kept grid that stays: all its cells, or their empty places where it is filled by steps."""
    if rendering.vector:
        paint_cells(painter, placed, rendering)
    elif placed.grid.filled is not None:
        nothing = np.full(placed.grid.values.shape, np.nan)
        paint_cells(painter, replace(placed, grid=replace(placed.grid, values=nothing, filled=None)), rendering)
    else:
        painter.drawImage(placed.rect.topLeft(), _image(Look(placed, rendering.scale)))


def paint_filled(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint the cells of a kept grid that are filled as yet, from the picture of the whole grid."""
    if placed.grid.filled is None or rendering.vector:
        return
    image = _image(Look(placed, rendering.scale))
    rows, rest = divmod(placed.grid.filled, placed.grid.columns)
    for row, down, across in ((0, rows, placed.grid.columns), (rows, 1, rest)):
        part = QRectF(0.0, row * placed.cell, across * placed.cell, down * placed.cell)
        if down and across:
            scale = rendering.scale
            source = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, part.height() * scale)
            painter.drawImage(part.translated(placed.inner.topLeft()), image, source)


@lru_cache(maxsize=32)
def _image(look: Look) -> QImage:
    rect = look.placed.rect
    image = transparent_image(rect.width() + 1, rect.height() + 1, look.scale)  # the last edge lies on the border
    painter = QPainter(image)
    paint_cells(painter, look.placed, Rendering(scale=look.scale))
    painter.end()
    return image
