"""What each map before has its share in a cell that is chosen: the slice of the kernel for it, and what that adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.cnn.inside import Sum
from core.run.values import Floats
from playground.topics.cnn.mosaic_plan import GAP, Column
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Signed
from widgets.grids.tiles import Tiles

_BELOW = 2.0  # px below a map


@dataclass(frozen=True, eq=False)
class Shares:
    """Those of the maps of a column, of its pooled maps where it pools, in the sum of a cell behind it."""

    column: Column
    told: Sum
    full: float  # at which weight the colours are full
    shape: tuple[int, int]  # of a map

    def items(self) -> Iterator[Item]:
        """Yield the slices where a unit has room for them, and the numbers where it has room for these."""
        slices, column = self.slices, self.column
        begin, below = column.begins[-1], self.shape[0] * column.cell + _BELOW
        corners = [(x + begin, y + below) for x, y in column.units]
        rows, line = slices.shape[1] * self.cell, text_height("tick")
        if below + rows + line <= column.room:
            yield Tiles("share slices", slices, Signed(self.full), corners, self.cell)
            corners = [(x, y + rows) for x, y in corners]
            below += rows
        if below + line <= column.room:
            yield from self._numbers(corners)

    @property
    def slices(self) -> Floats:
        """The slices K[m, c] of the kernel, (maps shown, rows, columns)."""
        return np.asarray(self.told.weights[: len(self.column.units)])

    @property
    def cell(self) -> float:
        """How wide the cells of a slice are: it is as wide as the map at most."""
        return float(max(2, self.shape[1] * self.column.cell // self.slices.shape[2] // 2))

    def _numbers(self, corners: Sequence[tuple[float, float]]) -> Iterator[Caption]:
        wide = self.shape[1] * self.column.cell
        for share, (x, y) in zip(self.told.by_map.tolist(), corners, strict=False):
            colour = "blue" if share > 0 else "vermillion" if share < 0 else "muted"
            told = ("+" if share > 0 else "") + numbers.fixed(share, 2)
            if text_width(told, "tick") <= wide + 2 * GAP - 2:  # it stands over no map
                yield Caption(told, x + wide + GAP - 1, y, "tick", colour, "right", moves=True)
