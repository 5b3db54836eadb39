"""Paints a matrix as a grid: values as colours and as numbers, windows as outlines, padding as a dashed ring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.labels import laid_out, metrics, plot_font, text_width
from widgets.base.numbers import fixed
from widgets.base.rendering import Rendering
from widgets.grids.grid import Grid, Outline, Placed

_MOST_PAINTED_CELLS = 64 * 64  # in a vector picture; more are one image
_FEWEST_PIXELS = 0.5  # of a cell: of smaller ones several are averaged into a pixel
_FILLED = 0.16  # how much of its colour covers a window
_RING_DASHES, _DASHES = (3.0, 2.0), (2.5, 1.5)  # in widths of the line
_FRONT = 1.75  # px of the line between cells that are reached and those ahead
_HATCH = 0.6  # of the way from the panel to the lines of controls
_EMPTY = "·"

Write = Callable[[int, int, str], None]


def paint(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint a grid at its place."""
    paint_cells(painter, placed, rendering)
    paint_frames(painter, placed)


def paint_frames(painter: QPainter, placed: Placed) -> None:
    """Paint the edge around a grid and its outlines, over its cells."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    colours, grid = theme.current(), placed.grid
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if grid.frame:
        painter.setPen(pen(colours.color(grid.frame), 2.5 if grid.frame != "border" else 1.0))
        painter.drawRect(placed.inner)
    if grid.has_ahead and grid.filled:
        painter.setPen(pen(colours.color("text"), _FRONT))
        painter.drawPolyline(front(placed))
    for outline in grid.outlines:
        _paint_outline(painter, placed, outline, colours)


def front(placed: Placed) -> list[QPointF]:
    """The step line between the cells of a grid that are reached and those ahead."""
    (row, column), inner = divmod(placed.grid.filled or 0, placed.grid.columns), placed.inner
    step = placed.cells(Outline(row, column))
    ends = QPointF(inner.left(), step.bottom()), QPointF(inner.right(), step.top())
    return [ends[0], step.bottomLeft(), step.topLeft(), ends[1]] if column else [step.topLeft(), ends[1]]


def paint_cells(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint ring, colours, edges and numbers of a grid, without what lies over its cells."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    colours, grid = theme.current(), placed.grid
    has_lines = min(placed.size) >= grid.finest
    if any(grid.ring):
        _paint_ring(painter, placed, colours, has_lines)
    _paint_colours(painter, placed, rendering)
    if grid.hatched is not None:
        hatch(painter, [placed.cells(Outline(row, column)) for row, column in np.argwhere(grid.hatched).tolist()])
    if has_lines:
        painter.setPen(pen(colours.color("border"), 1.0))
        painter.drawLines(lattice(placed.inner, placed.size, with_ends=not grid.frame))
    _paint_numbers(painter, placed, colours)


def _paint_colours(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    colours = np.ascontiguousarray(placed.grid.pixels())
    rows, columns = colours.shape
    if rendering.vector and colours.size <= _MOST_PAINTED_CELLS:
        for (row, column), colour in np.ndenumerate(colours):
            painter.fillRect(placed.cells(Outline(row, column)), QColor(int(colour)))
        return
    # Images without alpha are stretched quickly, but off by a pixel where cells are no whole pixels; oblong cells,
    # which are painted anew at every step, hide that under their edges.
    is_quick = placed.high or (placed.cell * rendering.scale).is_integer()
    kind = QImage.Format.Format_RGB32 if is_quick else QImage.Format.Format_ARGB32
    image = QImage(colours.data, columns, rows, 4 * columns, kind)
    if placed.cell * rendering.scale < _FEWEST_PIXELS:  # the painter's own way would leave cells out
        size = (placed.inner.size() * rendering.scale).toSize().expandedTo(QSize(1, 1))
        image = image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, placed.cell < 1)
    painter.drawImage(placed.inner, image)


# ---- lines


def hatch(painter: QPainter, rects: Sequence[QRectF]) -> None:
    """Draw lines across rectangles, so thin that a number on them can be read."""
    colours = theme.current()
    colour = colours.mix(colours.color("panel"), colours.color("control"), _HATCH)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
    painter.drawRects(list(rects))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def pen(colour: QColor, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    """The pen of an edge or an outline, whose corners are sharp."""
    return _made_pen(colour.rgba(), width, dashes)


@lru_cache(maxsize=64)
def _made_pen(colour: int, width: float, dashes: tuple[float, ...]) -> QPen:
    made = QPen(QColor.fromRgba(colour), width)
    made.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashes:
        made.setDashPattern(dashes)
    return made


def _paint_ring(painter: QPainter, placed: Placed, shown: theme.Theme, has_lines: bool) -> None:
    painter.fillRect(placed.rect, shown.color("sunken"))
    painter.setPen(pen(shown.color("control"), 1.0, _RING_DASHES))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLines(lattice(placed.rect, placed.size) if has_lines else [])
    painter.drawRect(placed.rect)


def lattice(rect: QRectF, cell: tuple[float, float], with_ends: bool = False) -> list[QLineF]:
    """The lines between cells, and around all of them."""
    return _lines_between(rect.getCoords(), cell, with_ends)


@lru_cache(maxsize=128)  # from step to step grids stand where they stood
def _lines_between(
    corners: tuple[float, float, float, float], cell: tuple[float, float], with_ends: bool
) -> list[QLineF]:
    left, top, right, bottom = corners
    columns, rows = round((right - left) / cell[0]), round((bottom - top) / cell[1])
    first = 0 if with_ends else 1
    across = [left + i * cell[0] for i in range(first, columns + 1 - first)]
    down = [top + i * cell[1] for i in range(first, rows + 1 - first)]
    return [*(QLineF(x, top, x, bottom) for x in across), *(QLineF(left, y, right, y) for y in down)]


def _paint_outline(painter: QPainter, placed: Placed, outline: Outline, shown: theme.Theme) -> None:
    colour = shown.line_colour(outline.colour)
    rect = placed.cells(outline)
    if outline.filled:
        tint = QColor(colour)
        tint.setAlphaF(_FILLED)
        painter.fillRect(rect, tint)
    painter.setPen(pen(colour, outline.width, _DASHES if outline.dashed else ()))
    inset = outline.width / 2 - 0.5
    painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))


# ---- numbers


def _paint_numbers(painter: QPainter, placed: Placed, shown: theme.Theme) -> None:
    grid = placed.grid
    fitting = grid.form.fit(*placed.size, grid.bold) if grid.form is not None else None
    if fitting is None:
        return
    role, decimals = fitting
    write_into = _writer(painter, placed, role)
    if any(grid.ring) and grid.ring_text:
        _write_ring(painter, grid, write_into, shown)
    empty, white = grid.places < 0, grid.is_dark()
    inks = (QColor("#000000"), ~white & ~empty), (QColor("#FFFFFF"), white & ~empty), (shown.color("muted"), empty)
    values = grid.plane.tolist()
    for opacity, part in _by_opacity(grid):
        painter.setOpacity(opacity)
        for ink, chosen in inks:
            painter.setPen(ink)
            for row, column in np.argwhere(chosen & part).tolist():
                value = values[row][column]
                write_into(row, column, fixed(value, decimals) if isfinite(value) else _EMPTY)
    painter.setOpacity(1.0)


def _by_opacity(grid: Grid) -> list[tuple[float, NDArray[np.bool_]]]:
    """The cells that are seen with an opacity: as a rule all of them as they are."""
    if not grid.has_ahead:
        return [(1.0, np.ones((), dtype=bool))]
    return [(1.0, ~grid.is_ahead), (grid.ahead, grid.is_ahead)]


def _writer(painter: QPainter, placed: Placed, role: str) -> Write:
    """What writes a text into the middle of a cell in the font of a role."""
    font, (wide, high) = metrics(role), placed.size
    left, top = placed.inner.left(), placed.inner.top() + (high + font.ascent() - font.descent()) / 2
    painter.setFont(plot_font(role))

    def write_into(row: int, column: int, text: str) -> None:
        made, ascent = laid_out(text, role)
        x = left + (column + 0.5) * wide - text_width(text, role) / 2
        painter.drawStaticText(QPointF(x, top + row * high - ascent), made)

    return write_into


def _write_ring(painter: QPainter, grid: Grid, write_into: Write, shown: theme.Theme) -> None:
    down, across = grid.ring
    painter.setPen(shown.color("muted"))
    for row in range(-down, grid.rows + down):
        for column in range(-across, grid.columns + across):
            if not (0 <= row < grid.rows and 0 <= column < grid.columns):
                write_into(row, column, grid.ring_text)
