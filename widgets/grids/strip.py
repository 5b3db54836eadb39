"""Rows of one matrix laid end to end on a board: grids of one row each, coloured together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.rendering import rendering_of
from widgets.grids.grid import Grid, Placed
from widgets.grids.grid_painting import lattice, paint, paint_frames, pen


@dataclass(frozen=True, eq=False)
class Strip:
    """The rows of a grid without ring, beside each other, each `pace` px after the last; told by row and column.

    It looks as if each row were a grid by itself, and takes a third of the time.
    """

    name: str
    grid: Grid
    left: float
    top: float
    cell: float
    high: float
    pace: float

    def part(self, row: int) -> Placed:
        """A row as a grid by itself."""
        own = [replace(outline, row=0) for outline in self.grid.outlines if outline.row == row]
        grid = replace(self.grid, values=self.grid.values[[row]], outlines=own)
        return Placed(self.name, grid, self.left + row * self.pace, self.top, self.cell, self.high)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point, None outside."""
        row, beyond = divmod(x - self.left, self.pace)
        column = floor(beyond / self.cell)
        inside = 0 <= row < self.grid.rows and column < self.grid.columns and 0 <= y - self.top < self.high
        return (int(row), column) if inside else None

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        rendering = rendering_of(painter, True)
        if rendering.vector or self.cell < 1:
            for row in range(self.grid.rows):
                paint(painter, self.part(row), rendering)
        else:
            self._paint_together(painter)

    def _paint_together(self, painter: QPainter) -> None:
        wide, columns = self.grid.columns * self.cell, self.grid.columns
        rects = [QRectF(self.left + k * self.pace, self.top, wide, self.high) for k in range(self.grid.rows)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for rect, pixels in zip(rects, self.grid.pixels(), strict=True):
            painter.drawImage(rect, QImage(pixels.data, columns, 1, 4 * columns, QImage.Format.Format_RGB32))
        painter.setPen(pen(theme.current().color("border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if min(self.cell, self.high) >= self.grid.finest:
            painter.drawLines([line for rect in rects for line in lattice(rect, (self.cell, self.high))])
        painter.drawRects(rects)
        for row in {outline.row for outline in self.grid.outlines}:
            paint_frames(painter, self.part(row))
