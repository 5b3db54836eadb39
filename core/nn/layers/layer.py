"""What a layer is: which shapes it takes and gives, the weights it starts with, a batch carried forward and back.

    y, kept   = layer.forward(weights, x)
    ∂L/∂x, ∂L/∂weights = layer.backward(weights, kept, ∂L/∂y)

Arguments and defaults are Keras's. Sources: Keras's documentation of each layer for shapes, arguments and starts;
Rumelhart, Hinton & Williams (1986) for the way back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Any, Literal, Protocol, cast

from annotated_types import Ge, Le
from numpy.random import Generator

from core.nn.layers.shapes import Cells, Shape, Sizes, fit, names_of, offered, text_of, written
from core.run.parameters import FIRST
from core.run.refusal import Refusal
from core.run.values import Floats, frozen

Weights = Mapping[str, Floats]
Kept = Any  # what the way back needs of the way forward; each layer's own
Start = Literal["glorot", "he"]
Size = Annotated[int, Ge(1), Le(1_000_000)]
Told = tuple[Size | None, ...]  # as written and typed by a learner


@dataclass(frozen=True)
class Count:
    """A number of weights as a learner would count them: (3·3·1 + 1)·8.

    `terms` are added up, the named factors in each multiplied; there are `times` times as many.
    """

    terms: tuple[tuple[tuple[str, int], ...], ...] = ()
    times: tuple[str, int] = ("units", 0)

    @property
    def total(self) -> int:
        """The number itself."""
        return sum(math.prod(n for _, n in term) for term in self.terms) * self.times[1]

    @property
    def formula(self) -> str:
        """The sum in numbers and signs; a single 0 where there are no weights."""
        if not self.terms:
            return "0"
        inside = " + ".join("·".join(str(n) for _, n in term) for term in self.terms)
        return f"({inside})·{self.times[1]}" if len(self.terms) > 1 else f"{inside}·{self.times[1]}"


class Layer(Protocol):
    """What every layer can do. None of it changes its arguments."""

    @property
    def type(self) -> str:
        """The name of its kind, as in Keras."""

    def shape(self, given: Shape) -> Shape:
        """Return the shape that it makes of a given one. Raises Refusal where they do not fit."""

    def sizes(self, given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shape of each of its weights."""

    def count(self, given: Shape) -> Count:
        """Return how many weights it has, and how that is counted."""

    def start(self, given: Shape, rng: Generator, start: Start = "glorot") -> Weights:
        """Return its first weights."""

    def forward(self, weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return what it makes of a batch, and what the way back needs."""

    def backward(self, weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x and ∂L/∂weights from `slope` = ∂L/∂y."""

    def slopes(self, weights: Weights, kept: Kept, slope: Floats) -> Weights:
        """Return ∂L/∂weights alone."""

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return the cells of its input that these cells of its output are computed from."""

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return the cells of its output that are computed from these cells of its input; of several, a block."""

    def told(self) -> dict[str, Sizes]:
        """Return what it was told of its input, by argument and with the batch."""


@frozen
class Record:
    """What any layer may be told of its input, though only the first needs it; and the ways of one without weights."""

    _: KW_ONLY
    input_shape: Annotated[Told | None, FIRST] = None  # without the batch
    input_dim: Annotated[Size | None, FIRST] = None  # the same as input_shape=(input_dim,)
    batch_input_shape: Annotated[Told | None, FIRST] = None  # with the batch

    def told(self) -> dict[str, Sizes]:
        """Return what it was told of its input, by argument and with the batch."""
        said: dict[str, Sizes] = {}
        if self.input_shape is not None:
            said["input_shape"] = (None, *self.input_shape)
        if self.input_dim is not None:
            said["input_dim"] = (None, self.input_dim)
        if self.batch_input_shape is not None:
            said["batch_input_shape"] = self.batch_input_shape
        return said

    def sizes(self, _given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shape of each of its weights: there are none."""
        return {}

    def count(self, _given: Shape) -> Count:
        """Return that it has no weights."""
        return Count()

    def start(self, _given: Shape, _rng: Generator, _start: Start = "glorot") -> Weights:
        """Return its first weights: there are none."""
        return {}

    def slopes(self, weights: Weights, kept: Kept, slope: Floats) -> Weights:
        """Return ∂L/∂weights alone."""
        by_weights: Weights = cast(Any, self).backward(weights, kept, slope)[1]
        return by_weights


def written_of(layer: str, given: Shape, needs: tuple[str, ...]) -> Sizes:
    """Return the written sizes of a shape that must have these axes. Raises Refusal if it has more or fewer."""
    sizes = written(given)
    if len(sizes) != len(needs):
        raise Refusal("layers", "layer_axes", {"layer": layer, "needs": text_of(needs), "given": text_of(sizes)})
    return sizes


def inputs_of(layer: str, given: Shape) -> int:
    """Return the size of the last written axis. Raises Refusal if it is not fixed: weights are made for it."""
    size = written(given)[-1]
    if size is None:
        values = {"layer": layer, "axis": names_of(len(given))[-1], "given": offered(given)}
        raise Refusal("layers", "layer_axis_open", values)
    return size


def name_of(layer: Layer) -> str:
    """Return the kind of a layer; of a wrapper also what it wraps."""
    return str(getattr(layer, "name", layer.type))


def agree(layer: Layer, given: Shape) -> None:
    """Raise Refusal if a layer that is not the first was told a shape which is not the one it is given.

    One that is right changes nothing. An Embedding is not asked unless it was told something.
    """
    for name, sizes in layer.told().items():
        if not fit(sizes, written(given)) and any(size is not None for size in sizes):
            said = {"name": name, "allowed": text_of(sizes), "given": offered(given)}
            raise Refusal("layers", "layer_told_otherwise", {"layer": name_of(layer), **said})
