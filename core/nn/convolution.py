"""Convolution and pooling as layers compute them: how windows lie over a picture, and what is made of each.

    y[m, i, j] = bias[m] + Σ_c Σ_a Σ_b  k[m, c, a, b] · x[c, i·s + a·d − p, j·s + b·d − p]

As in deep learning the kernel is not flipped (mathematicians call this cross-correlation). s is the stride, d the
dilation, p the padding; what lies in the padding counts as 0 in a convolution and does not count at all in pooling.

Sources: Dumoulin & Visin (2016), A guide to convolution arithmetic, relation 6 with dilation of section 5.1;
Goodfellow, Bengio & Courville (2016), eq. 9.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.run.values import Floats

Pair = tuple[int, int]
_BLOCK = 2**20  # numbers laid out at once: a large picture is done some rows at a time


def pair(size: int | Pair) -> Pair:
    """Return (rows, columns) of what may be given as one number for both."""
    return (size, size) if isinstance(size, int) else size


def output_size(n: int, k: int, padding: int, stride: int, dilation: int) -> int:
    """Return how many windows of k cells fit along n cells: ⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1; 0 if none does."""
    return max(0, (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1)


@dataclass(frozen=True)
class Geometry:
    """How windows lie over a picture; every field is (rows, columns)."""

    picture: Pair
    window: Pair  # cells of the kernel, or of the block that is pooled
    padding: Pair = (0, 0)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)

    @property
    def reach(self) -> Pair:
        """Rows and columns from the first to the last cell a window sees: d(k − 1) + 1."""
        rows, columns = (d * (k - 1) + 1 for k, d in zip(self.window, self.dilation, strict=True))
        return rows, columns

    @property
    def axes(self) -> tuple[tuple[int, int, int, int, int], ...]:
        """Picture, window, padding, stride and dilation along the rows, and along the columns."""
        return tuple(zip(self.picture, self.window, self.padding, self.stride, self.dilation, strict=True))

    @property
    def output(self) -> Pair:
        """Rows and columns of the map; 0 where no window fits."""
        rows, columns = (output_size(*axis) for axis in self.axes)
        return rows, columns

    def corner(self, row: int, column: int) -> Pair:
        """Return where the window of an output cell begins, in cells of the picture; below 0 it is in the padding."""
        return row * self.stride[0] - self.padding[0], column * self.stride[1] - self.padding[1]

    def tap(self, a: int, b: int, row: int, column: int) -> Pair:
        """Return which cell of the picture the cell (a, b) of the kernel meets in the window of an output cell."""
        top, left = self.corner(row, column)
        return top + a * self.dilation[0], left + b * self.dilation[1]

    def seen(self, row: int, column: int) -> list[tuple[int, int, int, int]]:
        """Return what an output cell sees of the picture, its receptive field, as (a, b, row, column).

        (a, b) is the cell of the kernel that meets the cell (row, column) of the picture; padding is left out.
        """
        (top, left), (d_rows, d_columns) = self.corner(row, column), self.dilation
        rows = [(a, top + a * d_rows) for a in range(self.window[0])]
        columns = [(b, left + b * d_columns) for b in range(self.window[1])]
        return [(a, b, r, c) for a, r in rows for b, c in columns if self.has(r, c)]

    def cells(self, image: Floats, row: int, column: int) -> Floats:
        """Return what the window of an output cell meets of a picture (channels, a, b), nan in the padding."""
        made = np.full((len(image), *self.window), np.nan)
        for a, b, r, c in self.seen(row, column):
            made[:, a, b] = image[:, r, c]
        return made

    def seers(self, row: int, column: int) -> list[tuple[int, int, int, int]]:
        """Return which output cells see a cell of the picture, its influence, as (a, b, output row, output column)."""
        up = self._meets(row, 0)
        across = self._meets(column, 1)
        return [(a, b, i, j) for a, i in up for b, j in across]

    def _meets(self, place: int, axis: int) -> list[Pair]:
        """Return (a, i) for every cell a of the kernel that meets a place in window i: i·s + a·d − p = place."""
        (_, k, p, s, d), count = self.axes[axis], self.output[axis]
        starts = [(a, place + p - a * d) for a in range(k)]
        return [(a, start // s) for a, start in starts if start % s == 0 and 0 <= start // s < count]

    def coverage(self) -> NDArray[np.int64]:
        """Return how many windows see each cell of the picture, as (rows, columns)."""
        rows, columns = (
            np.array([len(self._meets(place, axis)) for place in range(self.picture[axis])], dtype=np.int64)
            for axis in (0, 1)
        )
        return np.outer(rows, columns)

    def has(self, row: int, column: int) -> bool:
        """Tell whether a cell lies in the picture, not in its padding."""
        return 0 <= row < self.picture[0] and 0 <= column < self.picture[1]


def padded(image: Floats, padding: Pair, value: float = 0.0) -> Floats:
    """Return a picture (channels, rows, columns) with `padding` rows and columns of `value` on every side."""
    (channels, rows, columns), (down, across) = image.shape, padding
    if not (down or across):
        return np.ascontiguousarray(image)
    made = np.full((channels, rows + 2 * down, columns + 2 * across), value)
    made[:, down : down + rows, across : across + columns] = image
    return made


def windows(image: Floats, geometry: Geometry, value: float = 0.0) -> Floats:
    """Return all windows over a picture (channels, rows, columns) as a view (channels, a, b, i, j) of its padded form.

    Element (c, a, b, i, j) is what cell (a, b) of the kernel meets in channel c when the window stands at (i, j).
    """
    x = padded(image, geometry.padding, value)
    channel, row, column = x.strides
    (d_rows, d_columns), (s_rows, s_columns) = geometry.dilation, geometry.stride
    shape = (len(x), *geometry.window, *geometry.output)
    strides = (channel, row * d_rows, column * d_columns, row * s_rows, column * s_columns)
    return np.ndarray(shape, x.dtype, x, 0, strides)


def convolve(image: Floats, kernels: Floats, geometry: Geometry, bias: float | Floats = 0.0) -> Floats:
    """Return the maps (maps, rows, columns) that kernels (maps, channels, kh, kw) make of (channels, rows, columns).

    `bias` is one number, or one for each map.
    """
    maps = len(kernels)
    weights = kernels.reshape(maps, -1)
    seen = windows(image, geometry)
    rows, columns = geometry.output
    at_once = max(1, _BLOCK // max(1, weights.shape[1] * columns))
    if at_once >= rows:
        made = weights @ seen.reshape(weights.shape[1], -1)
    else:
        blocks = [seen[..., i : i + at_once, :].reshape(weights.shape[1], -1) for i in range(0, rows, at_once)]
        made = np.concatenate([weights @ block for block in blocks], axis=1)
    made = made.reshape(maps, rows, columns)
    return made + np.reshape(bias, (-1, 1, 1)) if np.any(bias) else made


def kernel_gradient(image: Floats, slope: Floats, geometry: Geometry) -> Floats:
    """Return the slope of a loss along each weight, (maps, channels, kh, kw), from its slope along each output cell.

    It is a convolution itself: dk[m, c, a, b] = Σ_i Σ_j slope[m, i, j] · x[c, i·s + a·d − p, j·s + b·d − p].
    """
    return np.asarray(np.einsum("mij,cabij->mcab", slope, windows(image, geometry), optimize=True))


def pool(image: Floats, geometry: Geometry, kind: Literal["max", "average"]) -> Floats:
    """Return the largest or the mean cell of every window, channel by channel: (channels, rows, columns).

    Padded cells never count: they are −∞ for the maximum, and left out of the average.
    """
    if kind == "max":
        return np.asarray(windows(image, geometry, -np.inf).max(axis=(1, 2)))
    real = windows(np.ones((1, *geometry.picture)), geometry).sum(axis=(1, 2))
    return np.asarray(windows(image, geometry).sum(axis=(1, 2)) / real)


def sees_only_padding(geometry: Geometry) -> bool:
    """Tell whether some window lies outside the picture altogether, so that there is nothing to pool."""
    return any(
        not any(0 <= i * s + a * d - p < n for a in range(k))
        for (n, k, p, s, d), size in zip(geometry.axes, geometry.output, strict=True)
        for i in range(size)
    )


def as_matrix(kernels: Floats, geometry: Geometry) -> Floats:
    """Return the matrix (maps · rows · columns, channels · rows · columns) that does what the kernels do.

    Its product with the flattened picture is the flattened maps without bias. Cells in which no weight stands are nan
    rather than 0, so that a weight of 0 can be told from no weight; `np.nan_to_num` makes a matrix to calculate with.
    """
    maps, channels = kernels.shape[:2]
    matrix = np.full((maps, *geometry.output, channels, *geometry.picture), np.nan)
    rows, columns = geometry.output
    for i in range(rows):
        for j in range(columns):
            for a, b, row, column in geometry.seen(i, j):
                matrix[:, i, j, :, row, column] = kernels[:, :, a, b]
    return matrix.reshape(maps * rows * columns, -1)
