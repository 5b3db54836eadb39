"""Dense: every input reaches every unit.

    y = f(x·W + b)          W (inputs, units), b (units,)

    ∂L/∂z = ∂L/∂y · f′(z)   ∂L/∂W = xᵀ·∂L/∂z   ∂L/∂b = Σ ∂L/∂z over the batch   ∂L/∂x = ∂L/∂z·Wᵀ

It works on the last written axis alone; what lies before is batch to it. Source: Rumelhart, Hinton & Williams (1986).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.random import Generator

from core.nn import activations
from core.nn.activations import Activation
from core.nn.layers import shapes
from core.nn.layers.layer import Count, Floats, Kept, Record, Size, Start, Weights, inputs_of
from core.nn.layers.shapes import Cells, Shape
from core.nn.layers.starts import first_weights
from core.run.refusal import Refusal
from core.run.values import frozen


@frozen
class Dense(Record):
    """`units` sums over all inputs, each with weights and a bias of its own."""

    units: Size
    use_bias: bool = True
    activation: Activation | None = None
    type: Literal["Dense"] = "Dense"

    def shape(self, given: Shape) -> Shape:
        """Return the shape with the last written axis replaced by the units."""
        sizes = shapes.written(given)
        if len(sizes) < 2:
            needs = {"layer": self.type, "needs": "(batch, …, features)", "given": shapes.text_of(sizes)}
            raise Refusal("layers", "layer_axes", needs)
        inputs_of(self.type, given)
        return shapes.named(*sizes[:-1], self.units)

    def sizes(self, given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shapes of W and b."""
        weights = {"W": (inputs_of(self.type, given), self.units)}
        return {**weights, "b": (self.units,)} if self.use_bias else {**weights}

    def count(self, given: Shape) -> Count:
        """Return (inputs + 1)·units."""
        inputs = (("inputs", inputs_of(self.type, given)),)
        return Count((inputs, (("bias", 1),)) if self.use_bias else (inputs,), ("units", self.units))

    def start(self, given: Shape, rng: Generator, start: Start = "glorot") -> Weights:
        """Return drawn weights, and biases of 0."""
        inputs = inputs_of(self.type, given)
        weights = {"W": first_weights((inputs, self.units), inputs, self.units, rng, start)}
        return {**weights, "b": np.zeros(self.units)} if self.use_bias else weights

    def forward(self, weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return f(x·W + b)."""
        x = shapes.as_written(x)
        z = x @ weights["W"]
        if self.use_bias:
            z += weights["b"]
        y = activations.value(self.activation, z)
        return shapes.as_computed(y), (x, z, y)

    def backward(self, weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x and the slopes of W and b."""
        x, z, y = kept
        by_z = activations.back(self.activation, z, y, shapes.as_written(slope))
        rows, sums = x.reshape(-1, x.shape[-1]), by_z.reshape(-1, self.units)  # all that is batch in one axis
        slopes = {"W": rows.T @ sums}
        if self.use_bias:
            slopes["b"] = sums.sum(axis=0)
        return shapes.as_computed(by_z @ weights["W"].T), slopes

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return all inputs of the same example, and of the same place where there are several."""
        return shapes.channels_first((*shapes.channels_last(cells)[:-1], shapes.places(shapes.written(given)[-1])))

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return all units of the same example, and of the same place where there are several."""
        return shapes.channels_first((*shapes.channels_last(cells)[:-1], shapes.places(self.units)))
