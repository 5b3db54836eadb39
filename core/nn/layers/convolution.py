"""Conv2D: kernels that slide over a batch of pictures, each making a map.

    z[n, m, i, j] = b[m] + Σ_c Σ_a Σ_b  W[m, c, a, b] · x[c of n, i·s + a·d − p, j·s + b·d − p]        y = f(z)

With what all windows see laid out in the columns of a matrix X, and a kernel in each row of W, this is one product:

    z = W·X + b      ∂L/∂W = ∂L/∂z·Xᵀ      ∂L/∂b = Σ ∂L/∂z      ∂L/∂X = Wᵀ·∂L/∂z

and ∂L/∂x adds up, for each cell of the picture, what comes back through the windows that see it. Kernels are
(maps, channels, rows, columns) and not flipped, as in `core.nn.convolution`.

Source: Chellapilla, Puri & Simard (2006) for the product; Goodfellow, Bengio & Courville (2016), eq. 9.6 and 9.10-9.13.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.random import Generator

from core.nn import activations
from core.nn.activations import Activation
from core.nn.convolution import pair
from core.nn.layers import shapes
from core.nn.layers.layer import Count, Floats, Kept, Record, Size, Start, Weights, inputs_of, written_of
from core.nn.layers.shapes import Cells, Shape
from core.nn.layers.starts import first_weights
from core.nn.layers.windows import Padding, Windows, batch_first, batch_last, windows_along, windows_over
from core.run.refusal import Refusal
from core.run.values import frozen


@frozen
class Conv2D(Record):
    """`filters` kernels over all channels of a picture."""

    filters: Size
    kernel_size: Size | tuple[Size, Size]
    strides: Size | tuple[Size, Size] = 1
    padding: Padding = "valid"
    dilation_rate: Size | tuple[Size, Size] = 1
    use_bias: bool = True
    activation: Activation | None = None
    type: Literal["Conv2D"] = "Conv2D"

    def windows(self, rows: int, columns: int) -> Windows:
        """Return how its windows lie over pictures of that size."""
        size, strides, dilation = pair(self.kernel_size), pair(self.strides), pair(self.dilation_rate)
        return windows_over((rows, columns), size, strides, dilation, self.padding)

    def shape(self, given: Shape) -> Shape:
        """Return (batch, maps, rows, columns) of the maps."""
        batch = written_of(self.type, given, shapes.PICTURE)[0]
        inputs_of(self.type, given)
        strides, dilation = pair(self.strides), pair(self.dilation_rate)
        if max(strides) > 1 and max(dilation) > 1:  # Keras's rule; the arithmetic would not mind
            values = {"layer": self.type, "given": shapes.text_of(strides), "dilation": shapes.text_of(dilation)}
            raise Refusal("layers", "layer_strides_and_dilation", values)
        counts = windows_along(self.type, given, pair(self.kernel_size), strides, dilation, self.padding)
        return shapes.named(batch, *counts, self.filters)

    def sizes(self, given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shapes of W and b."""
        weights = {"W": (self.filters, inputs_of(self.type, given), *pair(self.kernel_size))}
        return {**weights, "b": (self.filters,)} if self.use_bias else {**weights}

    def count(self, given: Shape) -> Count:
        """Return (rows·columns·channels + 1)·filters, rows and columns being those of a kernel."""
        rows, columns = pair(self.kernel_size)
        kernel = (("rows", rows), ("columns", columns), ("channels", inputs_of(self.type, given)))
        return Count((kernel, (("bias", 1),)) if self.use_bias else (kernel,), ("filters", self.filters))

    def start(self, given: Shape, rng: Generator, start: Start = "glorot") -> Weights:
        """Return drawn kernels, and biases of 0."""
        shape = self.sizes(given)["W"]
        cells = shape[2] * shape[3]
        weights = {"W": first_weights(shape, shape[1] * cells, self.filters * cells, rng, start)}
        return {**weights, "b": np.zeros(self.filters)} if self.use_bias else weights

    def forward(self, weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return the maps f(W·X + b), (batch, maps, rows, columns)."""
        windows = self.windows(*x.shape[2:])
        seen = windows.columns_of(x)
        z = weights["W"].reshape(self.filters, -1) @ seen
        if self.use_bias:
            z += weights["b"][:, None]
        y = activations.value(self.activation, z, axis=0)
        maps = y.reshape(self.filters, windows.rows.count, windows.columns.count, len(x))
        return batch_first(maps), (windows, seen, z, y)

    def backward(self, weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x and the slopes of W and b."""
        by_z, (windows, *_) = self._by_z(kept, slope), kept
        by_seen = weights["W"].reshape(self.filters, -1).T @ by_z
        by_x = batch_first(_added_up(by_seen, windows, weights["W"].shape[1], len(slope)))
        return by_x, self._slopes(weights, kept, by_z)

    def slopes(self, weights: Weights, kept: Kept, slope: Floats) -> Weights:
        """Return the slopes of W and b alone: nothing is added up for the cells of x, which takes as long again."""
        return self._slopes(weights, kept, self._by_z(kept, slope))

    def _by_z(self, kept: Kept, slope: Floats) -> Floats:
        _, _, z, y = kept
        return activations.back(self.activation, z, y, batch_last(slope).reshape(self.filters, -1), axis=0)

    def _slopes(self, weights: Weights, kept: Kept, by_z: Floats) -> Weights:
        _, seen, _, _ = kept
        slopes = {"W": (by_z @ seen.T).reshape(weights["W"].shape)}
        return {**slopes, "b": by_z.sum(axis=1)} if self.use_bias else slopes

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return the window's cells in every channel."""
        batch, _, rows, columns = cells
        _, channels, n_rows, n_columns = (axis.size for axis in given)
        windows = self.windows(n_rows or 0, n_columns or 0)
        return batch, shapes.places(channels), windows.rows.seen(rows), windows.columns.seen(columns)

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return the places of the windows that see the cells, in every map."""
        batch, _, rows, columns = cells
        windows = self.windows(*(axis.size or 0 for axis in given[2:]))
        return batch, shapes.places(self.filters), windows.rows.seeing(rows), windows.columns.seeing(columns)


def _added_up(by_seen: Floats, windows: Windows, channels: int, batch: int) -> Floats:
    """Return for each cell of the pictures, batch last, the sum of what comes back through all windows."""
    made = windows.empty_padded(channels, batch)
    parts = by_seen.reshape(channels, len(windows.cells), windows.rows.count, windows.columns.count, batch)
    for cell, met in enumerate(windows.meetings):
        made[met] += parts[:, cell]
    return windows.inside(made)
