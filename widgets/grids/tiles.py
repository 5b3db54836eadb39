"""Many small grids of one shape on a board, such as the maps of a layer: coloured together, each at its own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import floor
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.grids.grid import Grid, Outline, Ramp

Corner = tuple[float, float]
_EDGE, _NONE = -1, -2  # in place of a cell


@dataclass(frozen=True, eq=False)
class Tiles:
    """Grids (n, rows, columns) of cells `cell` whole px wide, on one ramp, with their top left corners at `corners`.

    A cell is told by `name`, a row and a column, the rows of all tiles being counted on: tile · rows + row. `outlines`
    go around cells of the tile they name first, or of every tile for None. nan is an empty cell.
    """

    moves: ClassVar[bool] = True  # a board paints it anew at every step

    name: str
    values: Floats
    ramp: Ramp
    corners: Sequence[Corner]
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
        """Paint all tiles, in pixels of the board: one picture with a pixel for each of theirs, cut up into blocks."""
        colours, made = theme.current(), _blocks(tuple(self.corners), self.rows, self.columns, round(self.cell))
        cells = Grid(self.values.reshape(-1, self.columns), self.ramp).pixels()
        ends = np.array([colours.color("panel").rgb(), colours.color("border").rgb()], dtype=cells.dtype)
        pixels = np.concatenate([cells.ravel(), ends])[made.sources]
        (high, wide), data = pixels.shape, pixels.tobytes()  # which the image only looks at
        image = QImage(data, wide, high, 4 * wide, QImage.Format.Format_RGB32)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for place, part in zip(made.places, made.parts, strict=True):
            painter.drawImage(place, image, part)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for which, outline in self.outlines:
            self._paint_outline(painter, outline, range(len(self.corners)) if which is None else (which,))

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


@dataclass(frozen=True, eq=False)
class _Blocks:
    """Tiles that touch each other, block by block: all blocks look alike, and stand in one picture below each other."""

    sources: NDArray[np.intp]  # of each pixel of that picture the cell it shows, −1 for an edge, −2 for none
    places: list[QPoint]
    parts: list[QRect]


@lru_cache(maxsize=64)
def _blocks(corners: tuple[Corner, ...], rows: int, columns: int, cell: int) -> _Blocks:
    wide, high = columns * cell + 1, rows * cell + 1
    count = _touching(corners, wide, high)
    inside = [(x - corners[0][0], y - corners[0][1]) for x, y in corners[:count]]
    across, down = (round(max(at[axis] for at in inside)) + size for axis, size in ((0, wide), (1, high)))
    block = np.full((down, across), _NONE)
    numbers = np.arange(rows * columns).reshape(rows, columns).repeat(cell, axis=0).repeat(cell, axis=1)
    tile = np.full((high, wide), _EDGE)
    tile[1:-1, 1:-1] = numbers[1:, 1:]
    for i, (x, y) in enumerate(inside):
        part = block[round(y) : round(y) + high, round(x) : round(x) + wide]
        part[...] = np.where(tile < 0, tile, tile + i * rows * columns)
    firsts = np.arange(0, len(corners), count)
    sources = np.where(block < 0, block, block + rows * columns * firsts[:, None, None])
    places = [QPoint(round(corners[i][0]), round(corners[i][1])) for i in firsts.tolist()]
    parts = [QRect(0, i * down, across, down) for i in range(len(firsts))]
    return _Blocks(sources.reshape(-1, across), places, parts)


def _touching(corners: Sequence[Corner], wide: int, high: int) -> int:
    """Return how many tiles stand in a block: the first ones that touch, if the others are parted in the same way."""
    left, count = corners[0][0], 1
    for (x, y), after in pairwise(corners):
        if after not in ((x + wide, y), (left, y + high)):
            break
        count += 1
    blocks = np.array(corners[: len(corners) // count * count]).reshape(-1, count, 2)
    is_alike = len(corners) % count == 0 and np.allclose(blocks - blocks[:, :1], blocks[0] - blocks[0, 0])
    return count if is_alike else 1
