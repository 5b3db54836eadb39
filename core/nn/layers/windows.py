"""How the windows of a convolution or a pool lie over a batch of pictures, with Keras's two ways of padding.

    valid   no padding: ⌊(n − d(k − 1) − 1)/s⌋ + 1 windows fit along n cells
    same    ⌈n/s⌉ windows; the cells that are missing are added half before and half behind, an odd one behind

k is the size of a window, s the stride, d the dilation. Pictures are (batch, channels, rows, columns). In memory the
batch comes last: then whatever is done to one cell of a window is done to a run of neighbouring numbers, and a matrix
product gives the maps of a batch in the very order in which the next layer reads them.

Source: Dumoulin & Visin (2016), A guide to convolution arithmetic, relations 6 and 15; padding as in Keras.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np

from core.nn.convolution import Pair, output_size
from core.nn.layers import shapes
from core.nn.layers.shapes import Shape
from core.run.refusal import Refusal
from core.run.values import Floats

Counts = tuple[int | None, int | None]
Padding = Literal["valid", "same"]


def batch_last(x: Floats) -> Floats:
    """Return a view (channels, rows, columns, batch) of pictures."""
    return x.transpose(1, 2, 3, 0)


def batch_first(x: Floats) -> Floats:
    """Return a view (batch, channels, rows, columns) of pictures whose batch is last."""
    return x.transpose(3, 0, 1, 2)


@dataclass(frozen=True)
class Along:
    """The windows along one axis of pictures."""

    n: int  # cells of the picture
    k: int
    stride: int
    dilation: int
    padding: Padding

    @property
    def reach(self) -> int:
        """From the first to the last cell a window sees."""
        return self.dilation * (self.k - 1) + 1

    @cached_property
    def count(self) -> int:
        """How many windows there are; 0 if none fits."""
        if self.padding == "same":
            return -(-self.n // self.stride)
        return output_size(self.n, self.k, 0, self.stride, self.dilation)

    @cached_property
    def around(self) -> Pair:
        """How many cells are added before and behind."""
        missing = 0 if self.padding == "valid" else max(0, (self.count - 1) * self.stride + self.reach - self.n)
        return missing // 2, missing - missing // 2

    def met_by(self, a: int) -> slice:
        """Return which padded cells meet cell a of the windows, one for each window."""
        first = a * self.dilation
        return slice(first, first + (self.count - 1) * self.stride + 1, self.stride)

    def span(self, first: int, last: int) -> Pair:
        """Return the first and the last cell that the windows first … last see; they may lie in the padding."""
        before = self.around[0]
        return first * self.stride - before, last * self.stride - before + self.reach - 1

    def seen(self, windows: tuple[int, ...]) -> tuple[int, ...]:
        """Return which cells of the picture some windows see, padding left out."""
        begins = [i * self.stride - self.around[0] for i in windows]
        cells = {begin + a * self.dilation for begin in begins for a in range(self.k)}
        return tuple(sorted(cell for cell in cells if 0 <= cell < self.n))

    def seeing(self, cells: tuple[int, ...]) -> tuple[int, ...]:
        """Return which windows see some cells of the picture."""
        begins = {cell + self.around[0] - a * self.dilation for cell in cells for a in range(self.k)}
        windows = {begin // self.stride for begin in begins if begin % self.stride == 0}
        return tuple(sorted(i for i in windows if 0 <= i < self.count))


@dataclass(frozen=True)
class Windows:
    """The windows over a picture: those along its rows and those along its columns."""

    rows: Along
    columns: Along

    @cached_property
    def cells(self) -> list[Pair]:
        """The cells of a window, row by row."""
        return [(a, b) for a in range(self.rows.k) for b in range(self.columns.k)]

    def met_by(self, a: int, b: int) -> tuple[slice, slice, slice]:
        """Return which cells of padded pictures, batch last, meet cell (a, b) of the windows."""
        return slice(None), self.rows.met_by(a), self.columns.met_by(b)

    @cached_property
    def meetings(self) -> list[tuple[slice, slice, slice]]:
        """Which cells of padded pictures, batch last, meet each cell of the windows, in the order of `cells`."""
        return [self.met_by(a, b) for a, b in self.cells]

    def views(self, padded: Floats) -> Iterator[Floats]:
        """Give for each cell of a window what it meets, (channels, windows down, windows across, batch)."""
        return (padded[met] for met in self.meetings)

    def padded(self, x: Floats, value: float = 0.0) -> Floats:
        """Return pictures (batch, channels, rows, columns) with batch last and `value` around them."""
        x = batch_last(x)
        around = ((0, 0), self.rows.around, self.columns.around, (0, 0))
        if not any(before or behind for before, behind in around):
            return x
        made = np.full([n + sum(more) for n, more in zip(x.shape, around, strict=True)], value)
        self.inside(made)[...] = x
        return made

    def inside(self, padded: Floats) -> Floats:
        """Return the view of padded pictures without what was added."""
        up, left = self.rows.around[0], self.columns.around[0]
        return padded[:, up : up + self.rows.n, left : left + self.columns.n]

    def empty_padded(self, channels: int, batch: int) -> Floats:
        """Return padded pictures, batch last, of 0 everywhere: room to add up what flows back into each cell."""
        rows, columns = (along.n + sum(along.around) for along in (self.rows, self.columns))
        return np.zeros((channels, rows, columns, batch))

    def columns_of(self, x: Floats) -> Floats:
        """Return what all windows see as a matrix: a row for each channel and cell of a window, a column a window."""
        padded = self.padded(x)
        channels, batch = len(padded), padded.shape[-1]
        made = np.empty((channels, len(self.cells), self.rows.count, self.columns.count, batch))
        for cell, met in enumerate(self.views(padded)):
            made[:, cell] = met
        return made.reshape(channels * len(self.cells), -1)


@lru_cache(maxsize=256)  # they are asked for at every step of every layer
def windows_over(picture: Pair, size: Pair, strides: Pair, dilation: Pair, padding: Padding) -> Windows:
    """Return how windows lie over pictures; everything is (rows, columns)."""
    down, across = zip(picture, size, strides, dilation, strict=True)
    return Windows(Along(*down, padding), Along(*across, padding))


def windows_along(layer: str, given: Shape, size: Pair, strides: Pair, dilation: Pair, padding: Padding) -> Counts:
    """Return how many windows there are down and across; None where the picture's size is not fixed.

    Raises Refusal if no window fits.
    """
    counts: list[int | None] = []
    for name, k, s, d in zip(("rows", "columns"), size, strides, dilation, strict=True):
        n = shapes.size_of(given, name)
        along = None if n is None else Along(n, k, s, d, padding)
        if along and not along.count:
            values = {"layer": layer, "axis": name, "needs": along.reach, "given": shapes.offered(given)}
            raise Refusal("layers", "layer_window", values)
        counts.append(along.count if along else None)
    return counts[0], counts[1]
