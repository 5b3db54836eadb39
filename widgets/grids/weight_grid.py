"""A matrix of weights as a grid of cells that need not be square: signed colours, numbers where they have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from widgets.base import numbers, theme
from widgets.base.arrays import Floats
from widgets.base.labels import plot_font
from widgets.base.rendering import rendering_of

_LEAST_WITH_LINES = 5.0  # px of a cell
_MARGIN = 4.0


@dataclass(frozen=True)
class Frame:
    """A frame around some cells in a series colour."""

    row: int
    column: int
    rows: int
    columns: int
    colour: str
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class WeightGrid:
    """Values (rows, columns) at a place on a board, in cells of `wide` by `high` px; strongest colours at `limit`."""

    name: str
    values: Floats
    limit: float
    left: float
    top: float
    wide: float
    high: float
    frames: Sequence[Frame] = ()

    @property
    def rect(self) -> QRectF:
        """All cells."""
        rows, columns = self.values.shape
        return self.cells(Frame(0, 0, rows, columns, ""))

    def cells(self, frame: Frame) -> QRectF:
        """The cells a frame goes around."""
        x, y = self.left + frame.column * self.wide, self.top + frame.row * self.high
        return QRectF(x, y, frame.columns * self.wide, frame.rows * self.high)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point, None outside."""
        row, column = floor((y - self.top) / self.high), floor((x - self.left) / self.wide)
        rows, columns = self.values.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def paint(self, painter: QPainter) -> None:
        """Paint the grid, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        colours = self._colours(shown)
        rows, columns = self.values.shape
        if rendering_of(painter, True).vector:
            for row, column in np.ndindex(rows, columns):
                painter.fillRect(self.cells(Frame(row, column, 1, 1, "")), QColor(int(colours[row, column])))
        else:
            painter.drawImage(self.rect, QImage(colours.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32))
        if min(self.wide, self.high) >= _LEAST_WITH_LINES:
            painter.setPen(QPen(shown.color("border"), 1.0))
            painter.drawLines(_lattice(self.left, self.top, self.wide, self.high, rows, columns))
        self._paint_numbers(painter, colours)
        for frame in self.frames:
            pen = QPen(shown.line(frame.colour), 2.0)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            if frame.dashed:
                pen.setDashPattern([2.5, 1.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cells(frame).adjusted(0.5, 0.5, -0.5, -0.5))

    def _colours(self, shown: theme.Theme) -> NDArray[np.uint32]:
        """The colours of all cells, (rows, columns), as 0xffRRGGBB: the form that Qt paints fastest."""
        table = _packed(shown)
        middle = (len(table) - 1) / 2
        places = self.values * (middle / self.limit) + (middle + 0.5)
        return table.take(np.minimum(np.maximum(places, 0), len(table) - 1).astype(np.intp), axis=0)

    def decimals(self) -> int | None:
        """How many decimals of the numbers have room in a cell; None if not even one has."""
        metrics = QFontMetricsF(plot_font("tick"))
        if metrics.height() > self.high:
            return None
        room = (self.wide - _MARGIN) / metrics.horizontalAdvance("0")
        whole = len(f"{self.limit:.0f}") + 2  # its sign and the point
        decimals = min(2, floor(room - whole + 0.75))  # sign and point are narrow
        return decimals if decimals >= 1 else None

    def _paint_numbers(self, painter: QPainter, colours: NDArray[np.uint32]) -> None:
        decimals = self.decimals()
        if decimals is None:
            return
        font = plot_font("tick")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        down = (self.high + metrics.ascent() - metrics.descent()) / 2
        ink = _inks(colours)
        for row, values in enumerate(self.values.tolist()):
            for column, value in enumerate(values):
                text = _text(value, decimals)
                painter.setPen(ink[row][column])
                x = self.left + (column + 0.5) * self.wide - metrics.horizontalAdvance(text) / 2
                painter.drawText(QPointF(x, self.top + row * self.high + down), text)


@lru_cache(maxsize=4)
def _packed(shown: theme.Theme) -> NDArray[np.uint32]:
    red, green, blue, _ = shown.table("signed").astype(np.uint32).T
    packed: NDArray[np.uint32] = 0xFF000000 | red << 16 | green << 8 | blue
    return packed


@lru_cache(maxsize=32)
def _lattice(left: float, top: float, wide: float, high: float, rows: int, columns: int) -> list[QLineF]:
    right, bottom = left + columns * wide, top + rows * high
    across, down = (left + i * wide for i in range(columns + 1)), (top + i * high for i in range(rows + 1))
    return [*(QLineF(x, top, x, bottom) for x in across), *(QLineF(left, y, right, y) for y in down)]


def _text(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    if text.startswith("-"):
        return numbers.MINUS + text[1:] if text.strip("-0.") else text[1:]
    return text


def _inks(colours: NDArray[np.uint32]) -> list[list[Qt.GlobalColor]]:
    """Black or white for each cell, by how light it is. Source: WCAG 2.2; the two contrasts meet at 0.179."""
    parts = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1) / 255.0
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light = linear @ [0.2126, 0.7152, 0.0722] > 0.179
    return [[Qt.GlobalColor.black if one else Qt.GlobalColor.white for one in row] for row in light.tolist()]
