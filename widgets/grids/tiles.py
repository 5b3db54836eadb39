"""Many small grids of one shape on a board, such as the maps of a layer: coloured together, each at its own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.grids.grid import Grid, Outline, Ramp


@dataclass(frozen=True, eq=False)
class Tiles:
    """Grids (n, rows, columns) of cells `cell` px wide, on one ramp, with their top left corners at `corners`.

    A cell is told by `name`, a row and a column, the rows of all tiles being counted on: tile · rows + row. `outlines`
    go around cells of the tile they name first, or of every tile for None. nan is an empty cell.
    """

    moves: ClassVar[bool] = True  # a board paints it anew at every step

    name: str
    values: Floats
    ramp: Ramp
    corners: Sequence[tuple[float, float]]
    cell: float
    outlines: Sequence[tuple[int | None, Outline]] = ()

    @property
    def rows(self) -> int:
        """The rows of a tile."""
        return int(self.values.shape[1])

    @property
    def columns(self) -> int:
        """The columns of a tile."""
        return int(self.values.shape[2])

    def rect(self, tile: int) -> QRectF:
        """Where a tile stands."""
        return QRectF(*self.corners[tile], self.columns * self.cell, self.rows * self.cell)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row, counted on through all tiles, and column of the cell at a point; None outside."""
        for tile, (left, top) in enumerate(self.corners):
            row, column = floor((y - top) / self.cell), floor((x - left) / self.cell)
            if 0 <= row < self.rows and 0 <= column < self.columns:
                return tile * self.rows + row, column
        return None

    def paint(self, painter: QPainter) -> None:
        """Paint all tiles, in pixels of the board: one picture of colours, cut up."""
        pixels = np.ascontiguousarray(Grid(self.values.reshape(-1, self.columns), self.ramp).pixels())
        image = QImage(pixels.data, self.columns, len(pixels), 4 * self.columns, QImage.Format.Format_RGB32)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        rects, parts = _rects(tuple(self.corners), self.rows, self.columns, self.cell)
        for rect, part in zip(rects, parts, strict=True):
            painter.drawImage(rect, image, part)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("border"), 1.0))
        painter.drawRects(rects)
        for which, outline in self.outlines:
            self._paint_outline(painter, outline, range(len(rects)) if which is None else (which,))

    def _paint_outline(self, painter: QPainter, outline: Outline, tiles: Sequence[int]) -> None:
        painter.setPen(QPen(theme.current().line_colour(outline.colour), outline.width))
        for tile in tiles:
            left, top = self.corners[tile]
            painter.drawRect(
                QRectF(
                    left + outline.column * self.cell, top + outline.row * self.cell,
                    outline.columns * self.cell, outline.rows * self.cell,
                )
            )  # fmt: skip


@lru_cache(maxsize=64)
def _rects(
    corners: tuple[tuple[float, float], ...], rows: int, columns: int, cell: float
) -> tuple[list[QRectF], list[QRectF]]:
    """Return where the tiles stand, and where each lies in the picture of all, one below the other."""
    places = [QRectF(left, top, columns * cell, rows * cell) for left, top in corners]
    return places, [QRectF(0, tile * rows, columns, rows) for tile in range(len(corners))]
