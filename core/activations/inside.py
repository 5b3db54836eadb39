"""What goes on inside a net: where the inputs of its units lie on the curve, and what of the error reaches its layers.

A function is called flat where its slope is under 1 % of its greatest: what comes in there hardly moves the weights
before. A unit all of whose inputs lie there is dead, as far as the points go.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.activations.algorithm import net_of
from core.activations.settings import Function, Params, data_of
from core.nn import activations
from core.nn.activations import sigmoid
from core.nn.training import Look
from core.run.values import Floats, kept, locked

FLAT = 0.01  # of the greatest slope
_SINGLE = 1e6  # weights below it overflow nowhere in single precision
_STEEPEST_AT: dict[Function, float] = {  # where f′ is greatest; elsewhere than at these it is as great
    "sigmoid": 0.0, "tanh": 0.0, "relu": 1.0, "leaky-relu": 1.0, "elu": 1.0, "gelu": 2.0**0.5,
    "swish": 2.399357280520005, "softplus": 40.0,
}  # fmt: skip


def steepness(function: Function, slopes: Floats) -> Floats:
    """Return the size of slopes as shares of the greatest that the function has, in the shape of `slopes`."""
    greatest = activations.slope(function, np.array([_STEEPEST_AT[function]]))
    return np.asarray(np.abs(slopes) / greatest)


def is_flat(function: Function, z: Floats) -> NDArray[np.bool_]:
    """Tell of each sum z whether it lies where the function is flat."""
    return np.asarray(steepness(function, activations.slope(function, z)) < FLAT)


@dataclass(frozen=True, eq=False)
class Inside:
    """A net with certain weights before all points, hidden layer by hidden layer."""

    function: Function
    x: Floats  # (n, 2)
    look: Look

    @cached_property
    def sums(self) -> tuple[Floats, ...]:
        """What comes into the units of each hidden layer, z (n, units); a column of it is the rug of a unit."""
        weights = self.look.net.stack.named(self.look.weights)
        pairs = enumerate((self.x, *self.look.made.outputs[:-2]), 1)
        return tuple(a @ weights[f"layer_{k}.W"] + weights[f"layer_{k}.b"] for k, a in pairs)

    @cached_property
    def slopes(self) -> tuple[Floats, ...]:
        """f′(z) of each hidden layer, (n, units)."""
        return tuple(activations.slope(self.function, z) for z in self.sums)

    @cached_property
    def steepness(self) -> Floats:
        """Of each unit the mean |f′(z)| over the points as a share of the greatest slope, (layers, units)."""
        return np.array([steepness(self.function, slopes).mean(axis=0) for slopes in self.slopes])

    @cached_property
    def flat(self) -> NDArray[np.int64]:
        """Of each unit for how many points the function is flat, (layers, units)."""
        return np.array([(steepness(self.function, slopes) < FLAT).sum(axis=0) for slopes in self.slopes])

    @property
    def dead(self) -> NDArray[np.bool_]:
        """Of each unit whether the function is flat for all points, (layers, units)."""
        return np.equal(self.flat, len(self.x))

    @property
    def probabilities(self) -> Floats:
        """What the net makes of each point, p of class 1, (n,)."""
        return self.look.outputs[:, 0]

    @cached_property
    def gradient_by_layer(self) -> Floats:
        """‖∂L/∂W‖ of each hidden layer, (layers,), where L is the mean loss over all points."""
        slopes = self.look.net.stack.named(self.look.gradient)
        with np.errstate(over="ignore"):  # a net about to leave all bounds
            return np.array([np.linalg.norm(slopes[f"layer_{k}.W"]) for k in range(1, len(self.sums) + 1)])


@kept(32)
def inside(weights: Floats, function: Function, params: Params) -> Inside:
    """Return what goes on in a net with a function and weights, a vector of a state's, before all points."""
    data = data_of(params)
    return Inside(function, data.x, net_of(function, params).look(weights, data.x, data.t))


def reaches(weights: Floats, function: Function, params: Params) -> Floats:
    """Return the lowest and the highest sum z of each unit over all points, (2, layers, units)."""
    data = data_of(params)
    with np.errstate(all="ignore"):  # of a net about to leave all bounds
        sums = Inside(function, data.x, net_of(function, params).look(weights, data.x, data.t)).sums
    return locked(np.array([[z.min(axis=0) for z in sums], [z.max(axis=0) for z in sums]]))


def field(weights: Floats, function: Function, params: Params, x: Floats, y: Floats, *, single: bool = False) -> Floats:
    """Return p of class 1 at every place of a grid, (len(y), len(x)): a row for each y. The grid is kept.

    What is only to be seen may be computed in single precision, in half the time, where weights leave room for that.
    """
    kind: Any = np.float32 if single and np.abs(weights).max() < _SINGLE else np.float64
    grid = _grid(x, y).astype(kind)
    with np.errstate(all="ignore"):  # what a net that leaves all bounds makes of a place may be no number
        scores = net_of(function, params).bare[0].forward(weights.astype(kind), grid).outputs[-1]
        return np.asarray(sigmoid(scores), dtype=np.float64).reshape(len(y), len(x))


@kept(8)
def _grid(x: Floats, y: Floats) -> Floats:
    return locked(np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))]))
