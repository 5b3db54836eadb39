"""Layers as a learner types them, and the stack they make.

    {"type": "Conv2D", "filters": 8, "kernel_size": [3, 3], "padding": "same", "input_shape": [28, 28, 1]}

A record is the layer itself: Keras's argument names, `type` saying which. Only the first needs to be told its input,
by `input_shape`, `input_dim` (on an Embedding that is its vocabulary, and `input_length` tells the shape) or
`batch_input_shape`; what they say must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from core.nn.layers import shapes
from core.nn.layers.convolution import Conv2D
from core.nn.layers.dense import Dense
from core.nn.layers.embedding import Embedding
from core.nn.layers.flatten import Flatten
from core.nn.layers.layer import Layer, name_of
from core.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from core.nn.layers.recurrent import SimpleRNN
from core.nn.layers.shapes import Shape, Sizes
from core.nn.layers.stack import Stack, stacked
from core.nn.layers.time_distributed import BY_TYPE, TimeDistributed
from core.run.refusal import Refusal

LayerRecord = Annotated[
    Dense | Conv2D | MaxPooling2D | AveragePooling2D | Flatten | Embedding | SimpleRNN | TimeDistributed, BY_TYPE
]


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
