"""Data on its way through a stack of layers: each step takes it through one layer more.

    shape_0 = what the first layer is told,   shape_k = layer_k(shape_{k−1})
    y_0 = x,                                  y_k = layer_k(y_{k−1})

Only the first layer is told a shape, all others follow; and no shape depends on a number. What has few enough numbers
is computed as well, so that a cell can be asked what it is made of: one example goes through weights drawn by the seed.

The layers are those of `core.nn.layers`, with Keras's names; shapes are written as Keras writes them, channels last.
Source: Keras's documentation of each layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator

from core.nn.layers import Embedding, Layer, Stack, TimeDistributed, written
from core.nn.layers.shapes import Sizes, as_computed, fit
from core.run.refusal import Refusal
from core.run.streams import Streams, data
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import Array, Floats, Ints, frozen, kept, locked
from core.shapes.nested import shape_of
from core.shapes.settings import Params, cells_in, stack

VERSION = 1
EDITS = ()
CONSTANT_ARRAYS = frozenset({"shapes", "data_shape"})

MOST_NUMBERS = 100_000  # weights and cells that are computed: more can be counted, but not looked at
_NONE = locked(np.empty(0))


@frozen
class State:
    """How far the data has come; what goes in, and what it meets."""

    t: int  # layers it has been through
    x: Array  # one example, channels first; empty where numbers are not computed
    weights: Array  # of all layers, a vector

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights of one layer. Raises ValueError for another shape."""
        made = stack(params)
        if value.shape != made.places[name][1]:
            raise ValueError(f"{name} must keep its shape {made.places[name][1]}")
        return replace(self, weights=made.vector({**made.named(self.weights), name: value}))


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: all weights, where numbers are computed."""
    return tuple(stack(params).places) if has_numbers(params) else ()


@kept(16)
def has_numbers(params: Params) -> bool:
    """Tell whether one example is computed: its sizes are fixed, and there are not too many numbers."""
    made = stack(params)
    is_fixed = all(axis.size is not None for shape in made.shapes for axis in shape[1:])
    numbers = sum(count.total for count in made.counts) + sum(cells_in(shape[1:]) for shape in made.shapes)
    return is_fixed and numbers <= MOST_NUMBERS


def start(params: Params, rng: Streams) -> State:
    """Return the example before the first layer, and drawn weights."""
    if not has_numbers(params):
        return State(0, _NONE, _NONE)
    return State(0, example(params, data(rng.seed)), stack(params).start(rng.generator))


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the data one layer further."""
    return replace(state, t=state.t + 1)


# ---- the numbers of one example


def example(params: Params, rng: Generator) -> Floats:
    """Return what goes in, channels first: the first of the typed data where it has the input's shape, else drawn.

    Drawn numbers have one decimal; where a layer looks numbers up they are whole, and have a row in each table.
    """
    given, rows = written(stack(params).shapes[0])[1:], rows_of(params.layers)
    if (typed := typed_example(params)) is not None:
        return np.array(as_computed(typed[None])[0])
    shape = tuple(n or 0 for n in given)
    drawn = rng.integers(0, rows, shape).astype(np.float64) if rows else np.round(rng.uniform(-1.0, 1.0, shape), 1)
    return np.array(as_computed(drawn[None])[0])


def typed_example(params: Params) -> Floats | None:
    """Return the first example of the data, as written, or None where they are no batch of the stack's input."""
    given, rows, shape = written(stack(params).shapes[0]), rows_of(params.layers), shape_of(params.data)
    if not shape or not shape[0] or not fit(given, shape):
        return None
    first = np.array(params.data[0], dtype=np.float64)
    has_rows = not rows or bool(((first >= 0) & (first < rows) & (first == np.floor(first))).all())
    return first if has_rows else None


def rows_of(layers: Sequence[Layer]) -> int:
    """Return how many rows the smallest table has in which the layers look numbers up; 0 where none does."""
    inner = [layer.layer if isinstance(layer, TimeDistributed) else layer for layer in layers]
    return min((layer.input_dim for layer in inner if isinstance(layer, Embedding)), default=0)


@kept(8)
def _journey(x: Floats, weights: Floats, params: Params) -> tuple[Floats, ...]:
    made, y, found = stack(params), x[None], []
    for layer, own in zip(made.layers, made.by_layer(weights), strict=True):
        with np.errstate(all="ignore"):
            try:
                y, _ = layer.forward(own, y)
            except Refusal:  # a number that has no row in a table
                break
        if not np.isfinite(y).all():
            break
        found.append(y[0])
    return tuple(found)


def tensors(state: State, params: Params) -> tuple[Floats, ...]:
    """Return the example and what each layer makes of it, channels first and without the batch.

    There are none where numbers are not computed. They end where a table has no row for a number, or where one is not
    finite any more.
    """
    return (state.x, *_journey(state.x, state.weights, params)) if has_numbers(params) else ()


# ---- what a frame shows


def series(state: State, params: Params) -> Series:
    """Return the layer of the step, the first being 0, and how many weights it has."""
    made, k = stack(params), state.t - 1
    if not 0 <= k < len(made.layers):
        return {"layer": NOTHING, "parameters": NOTHING}
    return {"layer": float(k), "parameters": float(made.counts[k].total)}


def arrays(state: State, params: Params) -> Arrays:
    """Return the shapes between the layers and that of the data; and the numbers, where they are computed.

    What a layer gives is there from the step on that leads through it.
    """
    made = stack(params)
    shown: Arrays = {"shapes": shapes_table(made), "data_shape": np.array(shape_of(params.data), dtype=np.int64)}
    if not has_numbers(params):
        return shown
    known = tensors(state, params)[1 : state.t + 1]
    sizes = [tuple(axis.size or 0 for axis in shape[1:]) for shape in made.shapes[1:]]
    outputs = [known[k] if k < len(known) else np.full(size, NOTHING) for k, size in enumerate(sizes)]
    named = {f"layer_{k}.output": y for k, y in enumerate(outputs, 1)}
    return {**shown, "input": state.x, **made.named(state.weights), **named}


def shapes_table(made: Stack) -> Ints:
    """Return the shapes as written, a row each, (layers + 1, widest): 0 where a size is not fixed, −1 beyond the last.

    Row 0 is the input.
    """
    rows: list[Sizes] = [written(shape) for shape in made.shapes]
    table = np.full((len(rows), max(map(len, rows))), -1, dtype=np.int64)
    for row, sizes in zip(table, rows, strict=True):
        row[: len(sizes)] = [size or 0 for size in sizes]
    return table


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return `end` when the data has come through the last layer."""
    last = len(params.layers)
    return ("end",) if before.t < last <= after.t else ()
