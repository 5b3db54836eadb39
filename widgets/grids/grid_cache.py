"""Pictures of grids, kept while they would look the same: only outlines, and how far a grid is filled, may change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.images import painted_image
from widgets.base.kept_images import SameBits
from widgets.base.labels import plot_font
from widgets.base.rendering import Rendering
from widgets.grids.grid import Placed
from widgets.grids.grid_painting import paint_cells


@dataclass(frozen=True)
class Look:
    """A grid as it is painted at the corner of a picture; looks are equal where grids are painted alike."""

    placed: Placed = field(compare=False)
    scale: float
    key: tuple[object, ...]  # all that its cells look like depends on

    @classmethod
    def of(cls, placed: Placed, scale: float) -> Look:
        """The look of a grid anywhere."""
        grid = placed.grid
        drawn = grid.ramp, grid.form, grid.ring, grid.ring_text, grid.bold, grid.finest, bool(grid.frame), placed.size
        key = (SameBits(grid.values), drawn, theme.current(), plot_font("cell").key())
        still = replace(placed, left=0.0, top=0.0, grid=replace(grid, outlines=(), filled=None, ahead=0.0))
        return cls(still, scale, key)


def still_key(placed: Placed, scale: float) -> tuple[object, ...]:
    """What the part of a kept grid that stays from step to step depends on."""
    grid = placed.grid
    return placed.left, placed.top, grid.filled is not None, grid.ahead, Look.of(placed, scale)


def paint_still(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint the part of a kept grid that stays: all cells, or where it is filled by steps, what is seen ahead."""
    if rendering.vector:
        paint_cells(painter, placed, rendering)
    elif placed.grid.filled is not None and placed.grid.ahead:
        painter.setOpacity(placed.grid.ahead)
        painter.drawImage(placed.rect.topLeft(), _image(Look.of(placed, rendering.scale)))
        painter.setOpacity(1.0)
    elif placed.grid.filled is not None:
        nothing = np.full(placed.grid.values.shape, np.nan)
        paint_cells(painter, replace(placed, grid=replace(placed.grid, values=nothing, filled=None)), rendering)
    else:
        painter.drawImage(placed.rect.topLeft(), _image(Look.of(placed, rendering.scale)))


def paint_filled(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint the cells of a kept grid that are filled as yet, from the picture of the whole grid."""
    if placed.grid.filled is None or rendering.vector:
        return
    image = _image(Look.of(placed, rendering.scale))
    (wide, high), (rows, rest) = placed.size, divmod(placed.grid.filled, placed.grid.columns)
    for row, down, across in ((0, rows, placed.grid.columns), (rows, 1, rest)):
        part = QRectF(0.0, row * high, across * wide, down * high)
        if down and across:
            scale = rendering.scale
            source = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, part.height() * scale)
            painter.drawImage(part.translated(placed.inner.topLeft()), image, source)


@lru_cache(maxsize=32)
def _image(look: Look) -> QImage:
    rect, rendering = look.placed.rect, Rendering(scale=look.scale)
    size = rect.width() + 1, rect.height() + 1  # the last edge lies on the border
    return painted_image(*size, look.scale, lambda painter: paint_cells(painter, look.placed, rendering))
