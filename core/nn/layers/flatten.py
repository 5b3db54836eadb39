"""Flatten: all axes but the batch laid end to end, the last one fastest.

Pictures are laid out as they are computed, (channels, rows, columns); Keras, which computes them channels last, has
the same numbers in another order. Nothing is lost and nothing is learned, and the way back is the same way.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from core.nn.layers import shapes
from core.nn.layers.layer import Floats, Kept, Record, Weights
from core.nn.layers.shapes import Cells, Shape
from core.run.values import frozen


@frozen
class Flatten(Record):
    """One long row for each example."""

    type: Literal["Flatten"] = "Flatten"

    def shape(self, given: Shape) -> Shape:
        """Return (batch, product of all other sizes); the product is not fixed where one of them is not."""
        batch, *others = (axis.size for axis in given)
        return shapes.named(batch, None if None in others else math.prod(n for n in others if n is not None))

    def forward(self, _weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return (batch, cells)."""
        return x.reshape(len(x), -1), x.shape

    def backward(self, _weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return the slope in the shape of x."""
        return slope.reshape(kept), {}

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return the one cell that was laid there; of several, the smallest block that holds them."""
        sizes = [axis.size or 0 for axis in given[1:]]
        found = np.unravel_index(np.array(cells[1]), sizes) if sizes else ()
        return (cells[0], *(tuple(sorted(set(axis.tolist()))) for axis in found))

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return where the cells are laid."""
        places = np.zeros(1, dtype=np.int64)
        for axis, own in zip(given[1:], cells[1:], strict=True):
            places = np.add.outer(places * (axis.size or 0), np.array(own, dtype=np.int64)).ravel()
        return cells[0], tuple(places.tolist())
