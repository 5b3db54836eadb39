"""A matrix painted as a grid of cells: values as colours and as numbers, windows as outlines, padding as a dashed ring.

Cells are counted from the first one inside the ring: those of the ring have indices below 0 or beyond the last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor, isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import plot_font
from widgets.base.rendering import Rendering
from widgets.grids.number_format import NumberForm

Pixels = NDArray[np.uint8]

SMALLEST_WITH_NUMBERS, LARGEST_CELL = 20.0, 40.0  # px of a cell
_SMALLEST_WITH_LINES = 10.0
_MOST_PAINTED_CELLS = 64 * 64  # in a vector picture; more are one image
_TEXT_MARGIN, _LEAST_MARGIN = 4.0, 2.0
_READABLE_DECIMALS = 2
_FILLED = 0.16  # how much of its colour covers a window
_EMPTY = "·"


@dataclass(frozen=True)
class Signed:
    """Vermillion at −limit, panel at 0, blue at limit; a limit of 0 is taken for 1."""

    limit: float


@dataclass(frozen=True)
class Ink:
    """Panel at `low`, nearly the colour of text at `high`: a drawing on paper in either theme."""

    low: float
    high: float


@dataclass(frozen=True)
class Light:
    """Black at `low`, white at `high`, as a photograph; three channels (3, rows, columns) are red, green and blue."""

    low: float
    high: float


Ramp = Signed | Ink | Light
_Kind = Literal["signed", "grey", "light"]


@dataclass(frozen=True)
class Outline:
    """A frame around cells; `colour` is a token or a series. A filled one is tinted, too."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    colour: str = "accent_text"
    width: float = 2.5
    filled: bool = False
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Grid:
    """One matrix (rows, columns), or a picture (3, rows, columns); nan is a cell not filled yet.

    `form` says how numbers are written, so that all cells are written alike; without it there are none. `ring` is how
    many rows and columns of padding lie around. The cells' edges are left out of a `seamless` grid. With `filled` only
    so many cells, row by row, are shown as yet. A board paints a `kept` grid once and keeps the picture.
    """

    values: Floats
    ramp: Ramp
    form: NumberForm | None = None
    ring: tuple[int, int] = (0, 0)
    ring_text: str = "0"
    outlines: Sequence[Outline] = ()
    frame: str = "border"  # the colour of the edge around all
    bold: bool = False
    seamless: bool = False
    kept: bool = False
    filled: int | None = None

    @cached_property
    def shown(self) -> Floats:
        """The values, nan where a cell is not filled yet."""
        if self.filled is None:
            return self.values
        values = np.array(self.values, dtype=float)
        values.reshape(-1)[self.filled :] = np.nan
        return values

    @property
    def rows(self) -> int:
        """Rows without the ring."""
        return int(self.values.shape[-2])

    @property
    def columns(self) -> int:
        """Columns without the ring."""
        return int(self.values.shape[-1])

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where each cell (rows, columns) stands on its ramp: an index into its colours, −1 where it is empty."""
        values = self.shown if self.shown.ndim == 2 else self.shown.mean(axis=0)
        low, high = _ends(self.ramp)
        highest = len(_colours(theme.current(), _kind(self.ramp))) - 1
        share = np.clip((values - low) / (high - low), 0.0, 1.0) * highest
        return np.where(np.isnan(share), -1.0, np.rint(share)).astype(np.intp)


@dataclass(frozen=True, eq=False)
class Placed:
    """A grid at its place on a board; `cell` is the side of a cell in px. The ring lies inside `rect`."""

    name: str
    grid: Grid
    left: float
    top: float
    cell: float

    @property
    def rect(self) -> QRectF:
        """The whole grid with its ring."""
        down, across = self.grid.ring
        return self._rect(-down, -across, self.grid.rows + 2 * down, self.grid.columns + 2 * across)

    @property
    def inner(self) -> QRectF:
        """The cells without the ring."""
        return self._rect(0, 0, self.grid.rows, self.grid.columns)

    def cells(self, outline: Outline) -> QRectF:
        """The cells an outline goes around."""
        return self._rect(outline.row, outline.column, outline.rows, outline.columns)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point, None outside; cells of the ring count."""
        down, across = self.grid.ring
        row, column = floor((y - self.top) / self.cell) - down, floor((x - self.left) / self.cell) - across
        inside = -down <= row < self.grid.rows + down and -across <= column < self.grid.columns + across
        return (row, column) if inside else None

    def _rect(self, row: int, column: int, rows: int, columns: int) -> QRectF:
        down, across = self.grid.ring
        x, y = self.left + (column + across) * self.cell, self.top + (row + down) * self.cell
        return QRectF(x, y, columns * self.cell, rows * self.cell)


def cell_size(width: float, height: float, rows: int, columns: int, largest: float = LARGEST_CELL) -> float:
    """The side of a cell so that rows and columns fit into the room: whole pixels where a cell has some."""
    side = min(largest, width / max(1, columns), height / max(1, rows))
    return float(floor(side)) if side >= 2 else max(side, 0.25)


def paint(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint a grid at its place."""
    paint_cells(painter, placed, rendering)
    paint_frames(painter, placed)


def paint_frames(painter: QPainter, placed: Placed) -> None:
    """Paint the edge around a grid and its outlines, over its cells."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    shown, grid = theme.current(), placed.grid
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(shown.color(grid.frame), 2.5 if grid.frame != "border" else 1.0))
    painter.drawRect(placed.inner)
    for outline in grid.outlines:
        _paint_outline(painter, placed, outline, shown)


def paint_cells(painter: QPainter, placed: Placed, rendering: Rendering) -> None:
    """Paint ring, colours, edges and numbers of a grid, without what lies over its cells."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    shown, grid = theme.current(), placed.grid
    has_lines = placed.cell >= _SMALLEST_WITH_LINES and not grid.seamless
    if any(grid.ring):
        _paint_ring(painter, placed, shown, has_lines)
    _paint_colours(painter, placed, rendering, shown)
    if has_lines:
        painter.setPen(_pen(shown.color("border"), 1.0))
        painter.drawLines(_lattice(placed.inner, placed.cell))
    if grid.form is not None and placed.cell >= SMALLEST_WITH_NUMBERS:
        _paint_numbers(painter, placed, grid.form, shown)


# ---- colours


def _kind(ramp: Ramp) -> _Kind:
    if isinstance(ramp, Signed):
        return "signed"
    return "grey" if isinstance(ramp, Ink) else "light"


def _ends(ramp: Ramp) -> tuple[float, float]:
    if isinstance(ramp, Signed):
        limit = ramp.limit or 1.0
        return -limit, limit
    return (ramp.low, ramp.high) if ramp.high != ramp.low else (ramp.low, ramp.low + 1.0)


@lru_cache(maxsize=8)
def _colours(shown: theme.Theme, kind: _Kind) -> Pixels:
    """The colours of a ramp (n, 4), lowest first."""
    if kind == "light":
        grey = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 4, axis=1)
        grey[:, 3] = 255
        return grey
    return shown.table(kind)


@lru_cache(maxsize=8)
def _is_dark(shown: theme.Theme, kind: _Kind) -> NDArray[np.bool_]:
    """Which colours of a ramp want white numbers on them, (n,)."""
    colours = [QColor(*colour) for colour in _colours(shown, kind).tolist()]
    return np.array([shown.text_on(colour).lightness() > 127 for colour in colours])


def pixels(grid: Grid) -> Pixels:
    """The colours of all cells, (rows, columns, 4), as red, green, blue and alpha."""
    shown = theme.current()
    if isinstance(grid.ramp, Light) and grid.values.ndim == 3:
        low, high = _ends(grid.ramp)
        made = np.full((grid.rows, grid.columns, 4), 255, dtype=np.uint8)
        made[..., :3] = np.rint(255 * np.clip((np.moveaxis(grid.values, 0, 2) - low) / (high - low), 0, 1))
        return made
    made = _colours(shown, _kind(grid.ramp))[np.maximum(grid.places, 0)]
    made[grid.places < 0] = np.array(shown.color("sunken").getRgb(), dtype=np.uint8)
    return made


def _paint_colours(painter: QPainter, placed: Placed, rendering: Rendering, shown: theme.Theme) -> None:
    colours = np.ascontiguousarray(pixels(placed.grid))
    rows, columns = colours.shape[:2]
    if rendering.vector and rows * columns <= _MOST_PAINTED_CELLS:
        for row in range(rows):
            for column in range(columns):
                painter.fillRect(placed.cells(Outline(row, column)), QColor(*colours[row, column].tolist()))
        return
    image = QImage(colours.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, placed.cell < 1)
    painter.drawImage(placed.inner, image)


# ---- lines


def _pen(colour: QColor, width: float, dashed: bool = False) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setDashPattern([3.0, 2.0])
    return pen


def _paint_ring(painter: QPainter, placed: Placed, shown: theme.Theme, has_lines: bool) -> None:
    painter.fillRect(placed.rect, shown.color("sunken"))
    painter.setPen(_pen(shown.color("control"), 1.0, dashed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLines(_lattice(placed.rect, placed.cell) if has_lines else [])
    painter.drawRect(placed.rect)


def _lattice(rect: QRectF, cell: float) -> list[QLineF]:
    across = [rect.left() + i * cell for i in range(1, round(rect.width() / cell))]
    down = [rect.top() + i * cell for i in range(1, round(rect.height() / cell))]
    return [
        *(QLineF(x, rect.top(), x, rect.bottom()) for x in across),
        *(QLineF(rect.left(), y, rect.right(), y) for y in down),
    ]


def _paint_outline(painter: QPainter, placed: Placed, outline: Outline, shown: theme.Theme) -> None:
    colour = shown.line(outline.colour) if outline.colour in shown.lines else shown.color(outline.colour)
    rect = placed.cells(outline)
    if outline.filled:
        tint = QColor(colour)
        tint.setAlphaF(_FILLED)
        painter.fillRect(rect, tint)
    painter.setPen(_pen(colour, outline.width, outline.dashed))
    inset = outline.width / 2 - 0.5
    painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))


# ---- numbers


def _paint_numbers(painter: QPainter, placed: Placed, form: NumberForm, shown: theme.Theme) -> None:
    fitting = _fitting_font(placed, form)
    if fitting is None:
        return
    font, decimals = fitting
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance("0")
    painter.setFont(font)
    down = placed.cell / 2 + (metrics.ascent() - metrics.descent()) / 2
    if any(placed.grid.ring) and placed.grid.ring_text:
        _paint_ring_texts(painter, placed, wide, down, shown)
    grid, inner = placed.grid, placed.inner
    values = grid.shown if grid.shown.ndim == 2 else grid.shown.mean(axis=0)
    white = _is_dark(shown, _kind(grid.ramp))[np.maximum(grid.places, 0)]
    empty = grid.places < 0
    for colour, chosen in (("#000000", ~white & ~empty), ("#FFFFFF", white & ~empty), ("muted", empty)):
        painter.setPen(shown.color("muted") if colour == "muted" else QColor(colour))
        for row, column in zip(*(part.tolist() for part in np.nonzero(chosen)), strict=True):
            value = float(values[row, column])
            text = form.text(value, decimals) if isfinite(value) else _EMPTY
            x = inner.left() + (column + 0.5) * placed.cell - len(text) * wide / 2
            painter.drawText(QPointF(x, inner.top() + row * placed.cell + down), text)


def _fitting_font(placed: Placed, form: NumberForm) -> tuple[QFont, int] | None:
    """The font in which all numbers fit into a cell, and their decimals; None if they do in neither.

    The smaller of two serves where the larger has no room for the decimals one wants to read.
    """
    found: list[tuple[QFont, int]] = []
    for role, margin in (("cell_bold" if placed.grid.bold else "cell", _TEXT_MARGIN), ("cell_small", _LEAST_MARGIN)):
        font = plot_font(role)
        decimals = form.decimals_in(int((placed.cell - margin) / QFontMetricsF(font).horizontalAdvance("0")))
        found += [(font, decimals)] if decimals is not None else []
    enough = [fit for fit in found if fit[1] >= min(form.decimals, _READABLE_DECIMALS)]
    return next(iter(enough or found), None)


def _paint_ring_texts(painter: QPainter, placed: Placed, wide: float, down: float, shown: theme.Theme) -> None:
    grid, (below, beside) = placed.grid, placed.grid.ring
    painter.setPen(shown.color("muted"))
    for row in range(-below, grid.rows + below):
        for column in range(-beside, grid.columns + beside):
            if 0 <= row < grid.rows and 0 <= column < grid.columns:
                continue
            rect = placed.cells(Outline(row, column))
            x = rect.center().x() - len(grid.ring_text) * wide / 2
            painter.drawText(QPointF(x, rect.top() + down), grid.ring_text)
