"""The settings of a stack: its layers, the size of a batch, a nested list; and which of them do not go together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

from annotated_types import Ge, Le, Len

from core.nn.layers import Dense, Embedding, Flatten, LayerRecord, Shape, Stack, stack_of
from core.nn.layers.layer import name_of
from core.run.parameters import RESTART
from core.run.refusal import Refusal
from core.run.values import LARGEST, Nested, frozen, kept
from core.shapes.nested import shape_of

MOST_LAYERS = 50
MOST_AXES = 32  # of a tensor, the batch among them; arrays have no more than some dozens
_Batch = Annotated[int, Ge(1), Le(4096)]


@frozen
class Params:
    """Layers as they are typed, the first of which is told its input; and numbers in brackets, whose shape is asked."""

    layers: Annotated[tuple[LayerRecord, ...], Len(1, MOST_LAYERS), RESTART] = (
        Embedding(41, 8, input_length=4), Flatten(), Dense(16),
    )  # fmt: skip
    batch_size: Annotated[_Batch | None, RESTART] = None  # None: not fixed
    data: Annotated[Nested, RESTART] = ((1,), (2,), (3,))


@kept(16)
def stack(params: Params) -> Stack:
    """Return the stack of the layers. Raises Refusal where they do not fit."""
    return stack_of(params.layers, params.batch_size)


def check(params: Params) -> Refusal | None:
    """Refuse layers that make no stack, tensors that nobody can count any more, and ragged data."""
    try:
        made = stack(params)
        shape_of(params.data)
    except Refusal as refusal:
        return refusal
    return next(_too_large(made), None)


def _too_large(made: Stack) -> Iterator[Refusal]:
    for k, (layer, shape, count) in enumerate(zip(made.layers, made.shapes[1:], made.counts, strict=True), 1):
        named = {"layer": name_of(layer), "place": k}
        if len(shape) > MOST_AXES:
            yield Refusal("layers", "layers_axes", {**named, "given": len(shape), "allowed": MOST_AXES})
        if (most := max(cells_in(shape), cells_in(made.shapes[k - 1]), count.total)) > LARGEST:
            yield Refusal("layers", "layers_size", {**named, "given": str(most), "allowed": f"{LARGEST:.0f}"})


def cells_in(shape: Shape) -> int:
    """Return how many cells a tensor has, an axis that is not fixed counted as one."""
    return math.prod(axis.size or 1 for axis in shape)
