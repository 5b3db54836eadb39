"""Embedding: a number is looked up in a table, and its row taken instead.

    y[…] = E[x[…]]          E (input_dim, output_dim)
    ∂L/∂E[w] = Σ of ∂L/∂y over all places where x = w

It is a one-hot row times E, without the multiplications by 0. Numbers have no slope, so nothing flows further back.
Source: Bengio et al. (2003), section 2, the matrix C.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.random import Generator

from core.nn.layers import shapes
from core.nn.layers.layer import Count, Floats, Kept, Record, Size, Start, Weights
from core.nn.layers.shapes import Cells, Shape, Sizes
from core.run.parameters import FIRST
from core.run.refusal import Refusal
from core.run.values import frozen

SPREAD = 0.05  # first weights lie evenly in ±0.05, as in Keras


@frozen
class Embedding(Record):
    """A table of `input_dim` rows, the vectors of the numbers 0 … input_dim − 1."""

    input_dim: Size
    output_dim: Size
    input_length: Annotated[Size | None, FIRST] = None
    type: Literal["Embedding"] = "Embedding"

    def told(self) -> dict[str, Sizes]:
        """Return what it was told of its input: input_dim is the vocabulary here, and input_length gives the shape."""
        said = Record.told(self)
        del said["input_dim"]
        if self.input_length is not None or not said:
            said["input_length"] = (None, self.input_length)
        return said

    def shape(self, given: Shape) -> Shape:
        """Return the given shape with one axis more, of output_dim."""
        return shapes.named(*shapes.written(given), self.output_dim)

    def sizes(self, given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shape of E."""
        return {"E": (self.input_dim, self.output_dim)}

    def count(self, given: Shape) -> Count:
        """Return input_dim·output_dim."""
        return Count(((("input_dim", self.input_dim),),), ("output_dim", self.output_dim))

    def start(self, given: Shape, rng: Generator, start: Start = "glorot") -> Weights:
        """Return vectors spread evenly and narrowly about 0."""
        return {"E": rng.uniform(-SPREAD, SPREAD, (self.input_dim, self.output_dim))}

    def forward(self, weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return the rows of E that x names. Raises Refusal for a number that has none."""
        numbers = shapes.as_written(x).astype(np.int64)
        outside = numbers[(numbers < 0) | (numbers >= self.input_dim)]
        if outside.size:
            raise Refusal("layers", "layer_no_row", {"given": int(outside[0]), "allowed": self.input_dim - 1})
        return shapes.as_computed(weights["E"][numbers]), numbers

    def backward(self, weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return zeros, since numbers have no slope, and the slope of E."""
        by_row = np.zeros_like(weights["E"])
        np.add.at(by_row, kept, shapes.as_written(slope))  # a word may stand in many places: all are added
        return shapes.as_computed(np.zeros(kept.shape)), {"E": by_row}

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return the number that was looked up."""
        return shapes.channels_first(shapes.channels_last(cells)[:-1])

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return the whole row that is taken."""
        return shapes.channels_first((*shapes.channels_last(cells), shapes.places(self.output_dim)))
