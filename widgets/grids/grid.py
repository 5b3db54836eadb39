"""A matrix to be shown as a grid of cells: its values, how they become colours, and where it stands.

Cells are counted from the first one inside the ring: those of the ring have indices below 0 or beyond the last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor, prod
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.grids.number_format import NumberForm, RoundedForm

Pixels = NDArray[np.uint32]  # as 0xffRRGGBB: the form that Qt paints fastest
_Table = Literal["signed", "grey", "green", "light"]

LARGEST_CELL = 40.0  # px
_LEAST_CELL = 1 / 32  # px: a picture of 512 cells is still to be seen
_NOISE = 1e-9


@dataclass(frozen=True)
class Signed:
    """Vermillion at −limit, panel at 0, blue at limit; a limit of 0 is taken for 1, one below the floor for that."""

    table: ClassVar[_Table] = "signed"
    limit: float
    floor: float = 0.0  # as far as sums that come to 0 may be off by rounding

    @property
    def ends(self) -> tuple[float, float]:
        """The values of the first and the last colour."""
        limit = max(self.limit, self.floor) or 1.0
        return -limit, limit


def rounding(*factors: Floats) -> float:
    """Return below which size a sum of products of these is noise of rounding: 1e−9 of the largest possible product."""
    return _NOISE * prod(float(np.abs(factor).max(initial=0.0)) for factor in factors)


@dataclass(frozen=True)
class _Between:
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The values of the first and the last colour."""
        return self.low, self.high if self.high != self.low else self.low + 1.0


class Ink(_Between):
    """Panel at `low`, nearly the colour of text at `high`: a drawing on paper in either theme."""

    table: ClassVar[_Table] = "grey"


class Right(_Between):
    """Panel at `low`, green at `high`: how much of it is right."""

    table: ClassVar[_Table] = "green"


class Light(_Between):
    """Black at `low`, white at `high`, as a photograph; three channels (3, rows, columns) are red, green and blue."""

    table: ClassVar[_Table] = "light"


Ramp = Signed | Ink | Right | Light


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
    many rows and columns of padding lie around. The edges of cells smaller than `finest` px are left out. With `filled`
    so many cells, row by row, are reached as yet; those ahead are shown with the opacity `ahead`, with 0 not at all.
    `hatched` (rows, columns) tells which cells have lines across them, beneath their numbers. A board paints a `kept`
    grid once and keeps the picture.
    """

    values: Floats
    ramp: Ramp
    form: NumberForm | RoundedForm | None = None
    ring: tuple[int, int] = (0, 0)
    ring_text: str = "0"
    outlines: Sequence[Outline] = ()
    frame: str = "border"  # the colour of the edge around all; "" for one that is the cells' own
    bold: bool = False
    finest: float = 10.0
    kept: bool = False
    filled: int | None = None
    ahead: float = 0.0
    hatched: NDArray[np.bool_] | None = None

    @cached_property
    def shown(self) -> Floats:
        """The values, nan where a cell is not to be seen yet."""
        if self.filled is None or self.ahead:
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
    def plane(self) -> Floats:
        """One value a cell, (rows, columns): of a picture the mean of its channels."""
        return self.shown if self.shown.ndim == 2 else self.shown.mean(axis=0)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Where each cell (rows, columns) stands on its ramp: an index into its colours, −1 where it is empty."""
        low, high = self.ramp.ends
        highest = len(_colours(theme.current(), self.ramp.table)) - 2
        share = np.asarray((self.plane - low) / (high - low))
        np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)  # np.clip takes longer than a small grid
        share *= highest
        np.rint(share, out=share)
        share[np.isnan(share)] = -1.0
        return share.astype(np.intp)

    def pixels(self) -> Pixels:
        """The colours of all cells, (rows, columns)."""
        if isinstance(self.ramp, Light) and self.values.ndim == 3:
            low, high = self.ramp.ends
            return _packed(np.rint(255 * np.clip((np.moveaxis(self.values, 0, 2) - low) / (high - low), 0, 1)))
        return self._faded(_colours(theme.current(), self.ramp.table)[self.places])

    def _faded(self, made: Pixels) -> Pixels:
        """The colours, those of cells ahead as they look through to the panel."""
        if self.has_ahead:
            ground = theme.current().color("panel")
            panel = np.array([ground.red(), ground.green(), ground.blue()])
            seen = made[self.is_ahead]
            parts = np.stack([seen >> shift & 0xFF for shift in (16, 8, 0)], axis=-1)
            made[self.is_ahead] = _packed(np.rint(panel + self.ahead * (parts - panel)))
        return made

    @property
    def has_ahead(self) -> bool:
        """Whether any cells are seen though they are not reached yet; quicker than to ask which."""
        return bool(self.ahead) and self.filled is not None and self.filled < self.rows * self.columns

    @cached_property
    def is_ahead(self) -> NDArray[np.bool_]:
        """Which cells are seen though they are not reached yet, (rows, columns)."""
        cells = np.arange(self.rows * self.columns).reshape(self.rows, self.columns)
        return cells >= (self.filled if self.has_ahead and self.filled is not None else cells.size)

    def is_dark(self) -> NDArray[np.bool_]:
        """Which cells want white numbers on them, (rows, columns)."""
        return _is_dark(theme.current(), self.ramp.table)[self.places]


@dataclass(frozen=True, eq=False)
class Placed:
    """A grid at its place on a board; the ring lies inside `rect`.

    `cell` is the side of a cell in px, or its width where it has another height, `high`.
    """

    name: str
    grid: Grid
    left: float
    top: float
    cell: float
    high: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a cell, above 0 where a board has no room for it."""
        return max(self.cell, _LEAST_CELL), max(self.high or self.cell, _LEAST_CELL)

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
        (down, across), (wide, high) = self.grid.ring, self.size
        row, column = floor((y - self.top) / high) - down, floor((x - self.left) / wide) - across
        inside = -down <= row < self.grid.rows + down and -across <= column < self.grid.columns + across
        return (row, column) if inside else None

    def _rect(self, row: int, column: int, rows: int, columns: int) -> QRectF:
        (down, across), (wide, high) = self.grid.ring, self.size
        return QRectF(self.left + (column + across) * wide, self.top + (row + down) * high, columns * wide, rows * high)


def cell_size(width: float, height: float, rows: int, columns: int, largest: float = LARGEST_CELL) -> float:
    """The side of a cell so that rows and columns fit into the room: whole pixels where a cell has some."""
    side = min(largest, width / max(1, columns), height / max(1, rows))
    return float(floor(side)) if side >= 2 else max(side, _LEAST_CELL)


@lru_cache(maxsize=8)
def _colours(shown: theme.Theme, table: _Table) -> Pixels:
    """The colours of a ramp (n,), lowest first, and at the end, where −1 leads, that of an empty cell."""
    ramp = _packed(np.repeat(np.arange(256)[:, None], 3, axis=1) if table == "light" else shown.table(table))
    return np.append(ramp, np.uint32(shown.color("sunken").rgb()))


def _packed(parts: NDArray[np.generic]) -> Pixels:
    red, green, blue = np.moveaxis(parts[..., :3].astype(np.uint32), -1, 0)
    made: Pixels = 0xFF000000 | red << 16 | green << 8 | blue
    return made


@lru_cache(maxsize=8)
def _is_dark(shown: theme.Theme, table: _Table) -> NDArray[np.bool_]:
    """Which colours of a ramp want white numbers on them, (n,)."""
    return np.array([shown.text_on(QColor(colour)).lightness() > 127 for colour in _colours(shown, table).tolist()])
