"""Layers as a learner types them, and the stack they make.

    {"type": "Conv2D", "filters": 8, "kernel_size": [3, 3], "padding": "same", "input_shape": [28, 28, 1]}

A record is the layer itself: Keras's argument names, `type` saying which. Only the first needs to be told its input,
by `input_shape`, `input_dim` (on an Embedding that is its vocabulary, and `input_length` tells the shape) or
`batch_input_shape`; what they say must agree.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.nn.layers import shapes
from core.nn.layers.layer import Layer, name_of
from core.nn.layers.shapes import Shape, Sizes
from core.nn.layers.stack import Stack, stacked
from core.run.refusal import Refusal


def stack_of(layers: Sequence[Layer], batch_size: int | None = None) -> Stack:
    """Return the stack of layers as typed, the first of which says what it is given.

    Raises Refusal if there are none, if the first was told nothing or two things, or if one does not fit.
    """
    if not layers:
        raise Refusal("layers", "layers_none", {})
    return stacked(layers, input_of(layers[0], batch_size))


def input_of(first: Layer, batch_size: int | None = None) -> Shape:
    """Return the shape of what the first layer is given, from what it was told.

    Raises Refusal if it was told nothing, or two things that differ; `batch_size` counts as one of them.
    """
    said = first.told()
    if not said:
        raise Refusal("layers", "layer_input_missing", {"layer": name_of(first), "place": 1})
    (name, sizes), *others = said.items()
    for other, more in others:
        sizes = _merged(name, sizes, other, more)
    if batch_size is not None and sizes:
        sizes = _merged("batch_input_shape", sizes, "batch_size", (batch_size, *sizes[1:]))
    if not sizes:
        raise Refusal("layers", "layer_input_missing", {"layer": name_of(first), "place": 1})
    return shapes.named(*sizes)


def _merged(name: str, sizes: Sizes, other: str, more: Sizes) -> Sizes:
    """Return the sizes that two arguments agree on; what one leaves open the other may fix. Raises Refusal."""
    if not shapes.fit(sizes, more):
        values = {"name": name, "given": shapes.text_of(sizes), "other": other, "allowed": shapes.text_of(more)}
        raise Refusal("layers", "layer_input_twice", {**values, "place": 1})
    return tuple(b if a is None else a for a, b in zip(sizes, more, strict=True))
