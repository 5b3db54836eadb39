"""SimpleRNN: one cell applied along time, carrying a state.

    h_t = f(x_t·W + h_{t−1}·U + b)          W (features, units), U (units, units), b (units,)

The way back goes through time: what reaches h_t comes from the output at t and from h_{t+1}.

    ∂L/∂h_t = slope_t + ∂L/∂z_{t+1}·Uᵀ      ∂L/∂z_t = ∂L/∂h_t · f′(z_t)
    ∂L/∂W = Σ_t x_tᵀ·∂L/∂z_t                ∂L/∂U = Σ_t h_{t−1}ᵀ·∂L/∂z_t      ∂L/∂x_t = ∂L/∂z_t·Wᵀ

No slope flows into the state that a batch begins with. Where x is 0 from some time on, no x·W comes in any more: one
input and many outputs. Sources: Elman (1990); Werbos (1990), Backpropagation through
time; Pascanu, Mikolov & Bengio (2013), eq. 3-5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from core.nn import activations
from core.nn.activations import Activation
from core.nn.layers import shapes
from core.nn.layers.layer import Count, Floats, Kept, Record, Size, Start, Weights, inputs_of, written_of
from core.nn.layers.shapes import Cells, Shape
from core.nn.layers.starts import first_weights, orthogonal
from core.run.refusal import Refusal
from core.run.values import frozen


@dataclass(frozen=True, eq=False)
class Unrolled:
    """What a batch of sequences made of the cell."""

    x: Floats  # (batch, time, features)
    z: Floats  # (batch, time, units)
    h: Floats  # (batch, time + 1, units); h[:, 0] is the state it began with

    @property
    def last(self) -> Floats:
        """The state it ends with, which a stateful layer begins the next batch with."""
        return self.h[:, -1]


@dataclass(frozen=True, eq=False)
class Slopes:
    """What comes back at each time."""

    by_h: Floats  # (batch, time, units): ∂L/∂h_t, all ways that lead from there on
    by_z: Floats  # (batch, time, units)


def unroll(weights: Weights, x: Floats, begin: Floats | None, function: Activation | None) -> Unrolled:
    """Return the states of sequences (batch, time, features) that begin with a state (batch, units), or with 0."""
    z = _time_first(x @ weights["W"] + weights.get("b", 0.0))
    h = np.empty((len(z) + 1, *z.shape[1:]))
    h[0] = 0.0 if begin is None else begin
    U = weights["U"]
    for z_t, before, h_t in zip(z, h, h[1:], strict=False):
        z_t += before @ U
        h_t[...] = activations.value(function, z_t)
    return Unrolled(x, z.swapaxes(0, 1), h.swapaxes(0, 1))


def through_time(U: Floats, made: Unrolled, slope: Floats, function: Activation | None) -> Slopes:
    """Return the slopes at each time from those of the outputs, (batch, time, units)."""
    by_h, z, h = _time_first(slope), made.z.swapaxes(0, 1), made.h.swapaxes(0, 1)[1:]
    by_z, steep, U_T = np.empty(z.shape), activations.steepness(function, z, h), U.T
    for t in reversed(range(len(z))):
        by_z[t] = by_h[t] * steep[t] if steep is not None else activations.back(function, z[t], h[t], by_h[t])
        if t:
            by_h[t - 1] += by_z[t] @ U_T
    return Slopes(by_h.swapaxes(0, 1), by_z.swapaxes(0, 1))


def _time_first(x: Floats) -> Floats:
    """Return a copy (time, batch, …): what belongs to one time then lies together, as the loops take it."""
    return np.array(x.swapaxes(0, 1), dtype=np.float64, order="C")


@frozen
class SimpleRNN(Record):
    """`units` units that see the input and themselves a step ago."""

    units: Size
    activation: Activation | None = "tanh"
    use_bias: bool = True
    return_sequences: bool = False
    stateful: bool = False
    type: Literal["SimpleRNN"] = "SimpleRNN"

    def shape(self, given: Shape) -> Shape:
        """Return (batch, time, units), or (batch, units) of the last time alone."""
        batch, time, _ = written_of(self.type, given, shapes.SEQUENCE)
        inputs_of(self.type, given)
        if self.stateful and batch is None:
            values = {"layer": self.type, "given": shapes.offered(given)}
            raise Refusal("layers", "layer_batch_open", values)
        return shapes.named(batch, time, self.units) if self.return_sequences else shapes.named(batch, self.units)

    def sizes(self, given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shapes of W, U and b."""
        weights = {"W": (inputs_of(self.type, given), self.units), "U": (self.units, self.units)}
        return {**weights, "b": (self.units,)} if self.use_bias else {**weights}

    def count(self, given: Shape) -> Count:
        """Return (features + units + 1)·units."""
        terms = ((("features", inputs_of(self.type, given)),), (("units", self.units),), (("bias", 1),))
        return Count(terms if self.use_bias else terms[:2], ("units", self.units))

    def start(self, given: Shape, rng: Generator, start: Start = "glorot") -> Weights:
        """Return drawn weights, a rotation for U, and biases of 0."""
        features = inputs_of(self.type, given)
        weights = {"W": first_weights((features, self.units), features, self.units, rng, start)}
        weights["U"] = orthogonal(self.units, rng)
        return {**weights, "b": np.zeros(self.units)} if self.use_bias else weights

    def forward(self, weights: Weights, x: Floats, begin: Floats | None = None) -> tuple[Floats, Kept]:
        """Return the states at all times, or at the last alone; `begin` is the one before, (batch, units)."""
        made = unroll(weights, x, begin, self.activation)
        return made.h[:, 1:] if self.return_sequences else made.last, made

    def backward(self, weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x and the slopes of W, U and b."""
        made: Unrolled = kept
        by_z = through_time(weights["U"], made, self.at_all_times(slope, made), self.activation).by_z
        sums = by_z.reshape(-1, self.units)
        slopes = {
            "W": made.x.reshape(len(sums), -1).T @ sums,
            "U": made.h[:, :-1].reshape(len(sums), -1).T @ sums,
        }
        if self.use_bias:
            slopes["b"] = sums.sum(axis=0)
        return by_z @ weights["W"].T, slopes

    def at_all_times(self, slope: Floats, made: Unrolled) -> Floats:
        """Return the slope of the output as one of every time, 0 where nothing was put out."""
        if self.return_sequences:
            return slope
        everywhere = np.zeros(made.z.shape)
        everywhere[:, -1] = slope
        return everywhere

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return all features of all times up to the output's."""
        last = max(cells[1]) + 1 if self.return_sequences else given[1].size
        return cells[0], shapes.places(last), shapes.places(given[2].size)

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return all units, of all times from the input's on where every time is put out."""
        if not self.return_sequences:
            return cells[0], shapes.places(self.units)
        return cells[0], tuple(range(min(cells[1]), given[1].size or 0)), shapes.places(self.units)
