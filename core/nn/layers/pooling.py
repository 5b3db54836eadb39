"""Pooling: of each window one number, channel by channel; nothing to learn.

    max       y = the largest cell     its slope flows back to that cell, the first of several equals
    average   y = the mean of cells    every cell gets its share of the slope

Padded cells never count: they are −∞ for the maximum, and left out of the average. Sources: Weng, Ahuja & Huang (1992)
and Riesenhuber & Poggio (1999) for the maximum; LeCun et al. (1989) for the average.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.nn.convolution import pair
from core.nn.layers import shapes
from core.nn.layers.layer import Floats, Kept, Record, Size, Weights, written_of
from core.nn.layers.shapes import Cells, Shape
from core.nn.layers.windows import Padding, Windows, batch_first, batch_last, windows_along, windows_over
from core.run.values import frozen


@frozen
class Pooling(Record):
    """What both have in common: windows beside each other, unless strides say otherwise."""

    pool_size: Size | tuple[Size, Size] = 2
    strides: Size | tuple[Size, Size] | None = None  # None: as large as a window
    padding: Padding = "valid"

    def windows(self, rows: int, columns: int) -> Windows:
        """Return how its windows lie over pictures of that size."""
        size, strides = pair(self.pool_size), pair(self.strides or self.pool_size)
        return windows_over((rows, columns), size, strides, (1, 1), self.padding)

    def shape(self, given: Shape) -> Shape:
        """Return (batch, channels, rows, columns) of what is left."""
        kind = type(self).__name__
        batch, _, _, channels = written_of(kind, given, shapes.PICTURE)
        size, strides = pair(self.pool_size), pair(self.strides or self.pool_size)
        return shapes.named(batch, *windows_along(kind, given, size, strides, (1, 1), self.padding), channels)

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return the window's cells in the same channel."""
        batch, channels, rows, columns = cells
        windows = self.windows(*(axis.size or 0 for axis in given[2:]))
        return batch, channels, windows.rows.seen(rows), windows.columns.seen(columns)

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return the places of the windows that see the cells, in the same channel."""
        batch, channels, rows, columns = cells
        windows = self.windows(*(axis.size or 0 for axis in given[2:]))
        return batch, channels, windows.rows.seeing(rows), windows.columns.seeing(columns)


@frozen
class MaxPooling2D(Pooling):
    """The largest cell of each window."""

    type: Literal["MaxPooling2D"] = "MaxPooling2D"

    def forward(self, _weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return the largest cells, (batch, channels, rows, columns)."""
        windows = self.windows(*x.shape[2:])
        padded = windows.padded(x, -np.inf)
        first, *others = windows.views(padded)
        largest = first.copy()
        for cells in others:
            np.maximum(largest, cells, out=largest)
        return batch_first(largest), (windows, padded, largest)

    def backward(self, _weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x: the slope of each window at its first largest cell."""
        windows, padded, largest = kept
        slope = batch_last(slope)
        made = windows.empty_padded(len(slope), slope.shape[-1])
        is_open = np.ones(largest.shape, dtype=bool)  # no cell of the window was found yet
        for met in windows.meetings:
            is_it = is_open & (padded[met] == largest)
            made[met] += slope * is_it
            is_open &= ~is_it
        return batch_first(windows.inside(made)), {}


@frozen
class AveragePooling2D(Pooling):
    """The mean of each window's cells."""

    type: Literal["AveragePooling2D"] = "AveragePooling2D"

    def forward(self, _weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return the means, (batch, channels, rows, columns)."""
        windows = self.windows(*x.shape[2:])
        total = sum(windows.views(windows.padded(x)))
        return batch_first(np.asarray(total / _real_cells(windows))), windows

    def backward(self, _weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x: each window's slope, shared out among its cells."""
        windows: Windows = kept
        shares = batch_last(slope) / _real_cells(windows)
        made = windows.empty_padded(len(shares), shares.shape[-1])
        for met in windows.meetings:
            made[met] += shares
        return batch_first(windows.inside(made)), {}


def _real_cells(windows: Windows) -> NDArray[np.int64]:
    """Return how many cells of each window lie inside the picture, (1, windows down, windows across, 1)."""
    down, across = (
        np.array([len(along.seen((i,))) for i in range(along.count)]) for along in (windows.rows, windows.columns)
    )
    return np.outer(down, across)[None, :, :, None]
