"""How the runs compared share the right of a row: a map for each, and before it what the run differs in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.run.values import Floats
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.grid import cell_size

GAP = 12.0
HEADER = 24.0  # px above each grid
_AFTER_PART = 22.0  # px: what is said above it may be wider
_PART = 0.15  # of the width of a board, at most for what a run differs in
_LARGEST, _LARGEST_WEIGHT = 27.0, 35.0  # px of a cell; a weight has room for two decimals


@dataclass(frozen=True)
class Column:
    """How the runs compared share a row: how high each is, and how large the cells of part and map."""

    height: float = 0.0
    part: float = 0.0  # px, the widest
    map: float = 0.0
    part_cell: float = 0.0
    map_cell: float = 0.0

    @classmethod
    def of(cls, look: Look, width: float, free: float, high: float, across: int, grown: float) -> Column:
        """Share a row: maps get cells as large as the others that lie across it, as far as that is high enough."""
        if not look.others:
            return cls()
        height = high / len(look.others)
        tall = height - HEADER * scale()
        sizes = [size for other in look.others for map in range(other.rows) if (size := _part_size(look, other, map))]
        cells = [cell_size(_PART * width, tall, *size, grown * _LARGEST_WEIGHT) for size in sizes]
        part_cell = min(cells, default=0.0)
        part = max((columns * part_cell + _AFTER_PART for _, columns in sizes), default=0.0)
        rows, columns = map(max, zip(*(other.sweep.geometry.output for other in look.others), strict=True))
        alike = (free - part - GAP) / (across + columns)
        map_cell = cell_size(alike * columns, tall, rows, columns, grown * _LARGEST)
        return cls(height, part, columns * map_cell, part_cell, map_cell)

    @property
    def width(self) -> float:
        """Px of all of it, with the gap before it."""
        return self.part + self.map + GAP if self.height else 0.0


def has_own_picture(look: Look, other: Look) -> bool:
    """Tell whether a run looks at another picture, or looks at it in other windows."""
    return not np.array_equal(look.state.image, other.state.image) or look.sweep.geometry != other.sweep.geometry


def own_kernel(look: Look, other: Look, map: int) -> Floats | None:
    """Return the layers (layers, kh, kw) of another run's kernel; None where it has none, or the same."""
    if other.pools:
        return None
    weights: Floats = other.weights[map]
    if not look.pools and map < look.rows and np.array_equal(weights, look.weights[map]):
        return None
    return weights[:1] if (weights == weights[0]).all() else weights[:3]


def _part_size(look: Look, other: Look, map: int) -> tuple[int, int] | None:
    """Return rows and columns of what a run differs in; None where that is neither picture nor windows nor kernel."""
    if has_own_picture(look, other):
        rows, columns = (n + 2 * p for n, _, p, _, _ in other.sweep.geometry.axes)
        return rows, columns
    kernel = own_kernel(look, other, map)
    return None if kernel is None else (kernel.shape[1], kernel.shape[0] * kernel.shape[2])
