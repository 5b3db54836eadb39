"""A stack of layers: each takes the shape that the one before gives, and each batch goes through all of them.

    y_0 = x,   y_k = layer_k(y_{k−1})          ∂L/∂y_{k−1} from ∂L/∂y_k, last layer first

The weights of all layers lie in one vector, so that an update rule moves them together (Nesterov looks ahead with all
of them) and the length of a gradient is one norm. `layer_k.W` is a view of it; k counts every layer from 1.

Source: Rumelhart, Hinton & Williams (1986).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, cast

import numpy as np
from numpy.random import Generator

from core.nn.activations import Activation
from core.nn.layers.layer import Count, Floats, Kept, Layer, Start, Weights, agree, name_of
from core.nn.layers.recurrent import SimpleRNN, Unrolled
from core.nn.layers.shapes import Cells, Shape
from core.nn.layers.time_distributed import TimeDistributed
from core.run.refusal import Refusal

States = Mapping[int, Floats]  # of each stateful layer, by its place from 1: what it begins with


@dataclass(frozen=True, eq=False)
class Pass:
    """A batch on its way through a stack."""

    outputs: tuple[Floats, ...]  # of each layer
    kept: tuple[Kept, ...]  # by each layer for the way back


@dataclass(frozen=True, eq=False)
class Stack:
    """Layers that fit, and the shapes between them."""

    layers: tuple[Layer, ...]
    shapes: tuple[Shape, ...]  # of the input, then of what each layer gives

    @cached_property
    def _by_layer(self) -> list[list[tuple[str, slice, tuple[int, ...]]]]:
        """Where the weights of each layer lie in the vector of all, and their shape, by the names the layer uses."""
        found, begin = [], 0
        for layer, given in zip(self.layers, self.shapes, strict=False):
            own = []
            for name, shape in layer.sizes(given).items():
                own.append((name, slice(begin, begin + math.prod(shape)), shape))
                begin = own[-1][1].stop
            found.append(own)
        return found

    @cached_property
    def places(self) -> dict[str, tuple[slice, tuple[int, ...]]]:
        """The same by the names of a stack, `layer_k.W`."""
        every = enumerate(self._by_layer, 1)
        return {f"layer_{k}.{name}": (where, shape) for k, own in every for name, where, shape in own}

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """How many weights each layer has, and how that is counted."""
        return tuple(layer.count(given) for layer, given in zip(self.layers, self.shapes, strict=False))

    def start(self, rng: Generator, start: Start = "glorot") -> Floats:
        """Return the vector of all first weights."""
        drawn = [layer.start(given, rng, start) for layer, given in zip(self.layers, self.shapes, strict=False)]
        return _in_one(drawn)

    def named(self, vector: Floats) -> dict[str, Floats]:
        """Return the weights (or the gradient) by name, as views of the vector."""
        return {name: vector[where].reshape(shape) for name, (where, shape) in self.places.items()}

    def by_layer(self, vector: Floats) -> list[dict[str, Floats]]:
        """Return the weights of each layer by the names it uses itself, as views of the vector."""
        return [{name: vector[where].reshape(shape) for name, where, shape in own} for own in self._by_layer]

    def vector(self, weights: Weights) -> Floats:
        """Return the vector of all weights from those by name."""
        return np.concatenate([np.empty(0), *(np.ravel(weights[name]) for name in self.places)])

    def forward(self, vector: Floats, x: Floats, states: States | None = None) -> Pass:
        """Return what each layer makes of a batch; stateful layers begin with `states`, or with 0."""
        outputs: list[Floats] = []
        kept: list[Kept] = []
        for k, (layer, weights) in enumerate(zip(self.layers, self.by_layer(vector), strict=True), 1):
            if states and k in states:
                y, memory = cast(SimpleRNN, layer).forward(weights, x, states[k])
            else:
                y, memory = layer.forward(weights, x)
            outputs.append(y)
            kept.append(memory)
            x = y
        return Pass(tuple(outputs), tuple(kept))

    def backward(self, vector: Floats, made: Pass, slope: Floats) -> tuple[Floats, Floats]:
        """Return ∂L/∂x and the gradient, a vector, from the slope of what the last layer gave."""
        slopes: list[Weights] = []
        for came, by_weights in self.way_back(vector, made, slope):
            slope = came
            slopes.insert(0, by_weights)
        return slope, _in_one(slopes)

    def gradient(self, vector: Floats, made: Pass, slope: Floats) -> Floats:
        """Return the gradient alone: what would come back to x is not made."""
        slopes: list[Weights] = []
        for came, by_weights in islice(self.way_back(vector, made, slope), len(self.layers) - 1):
            slope = came
            slopes.insert(0, by_weights)
        first = self.layers[0].slopes(self.by_layer(vector)[0], made.kept[0], slope)
        return _in_one([first, *slopes])

    def way_back(self, vector: Floats, made: Pass, slope: Floats) -> Iterator[tuple[Floats, Weights]]:
        """Yield of each layer, the last first, ∂L/∂ of what it was given and the slopes of its weights."""
        weights = self.by_layer(vector)
        for layer, own, kept in reversed(list(zip(self.layers, weights, made.kept, strict=True))):
            slope, by_weights = layer.backward(own, kept, slope)
            yield slope, by_weights

    def outputs(self, made: Pass) -> dict[str, Floats]:
        """Return what each layer gave by name, `layer_k.output`, with the batch first."""
        return {f"layer_{k}.output": y for k, y in enumerate(made.outputs, 1)}

    def states(self, made: Pass) -> dict[int, Floats]:
        """Return what each stateful layer begins the next batch with."""
        pairs = enumerate(zip(self.layers, made.kept, strict=True), 1)
        return {k: cast(Unrolled, kept).last for k, (layer, kept) in pairs if _is_stateful(layer)}

    def sees(self, k: int, cells: Cells) -> list[Cells]:
        """Return the cells that some cells of what layer k gives come from: in its input, in that before it, … in x.

        The sizes of all axes but the batch must be fixed.
        """
        found = []
        for layer, given in reversed(list(zip(self.layers[:k], self.shapes[:k], strict=True))):
            cells = layer.sees(given, cells)
            found.append(cells)
        return found

    def of_scores(self) -> tuple[Stack, Activation | None]:
        """Return the stack without the function of its last layer, and that function: losses are told scores."""
        *before, last = self.layers
        bare, function = _without_function(last)
        return replace(self, layers=(*before, bare)), function


def _in_one(weights: Sequence[Weights]) -> Floats:
    return np.concatenate([np.empty(0), *(np.ravel(array) for own in weights for array in own.values())])


def _is_stateful(layer: Layer) -> bool:
    return isinstance(layer, SimpleRNN) and layer.stateful


def _without_function(layer: Layer) -> tuple[Layer, Activation | None]:
    """Return a layer that gives its sums z, and the function taken off; a recurrent one needs its own inside."""
    if isinstance(layer, TimeDistributed):
        inner, function = _without_function(layer.layer)
        return replace(layer, layer=cast(Any, inner)), function
    function = None if isinstance(layer, SimpleRNN) else getattr(layer, "activation", None)
    return (replace(cast(Any, layer), activation=None), function) if function else (layer, None)


def stacked(layers: Sequence[Layer], given: Shape) -> Stack:
    """Return the layers with the shapes between them. Raises Refusal naming the first that does not fit.

    Its values are `place`, from 1, `layer` and `after`, the kinds of both layers, and `given`, the shape offered.
    """
    found = [given]
    for k, layer in enumerate(layers, 1):
        after = name_of(layers[k - 2]) if k > 1 else "the input"
        try:
            if k > 1:
                agree(layer, found[-1])
            found.append(layer.shape(found[-1]))
        except Refusal as refused:
            raise Refusal(refused.field, refused.key, {**refused.values, "after": after, "place": k}) from None
    return Stack(tuple(layers), tuple(found))
