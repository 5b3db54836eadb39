"""An axis is followed as the cells on it are: it is kept where a cell comes from its own place alone, or a window."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    Stack,
    TimeDistributed,
    stack_of,
)
from core.shapes.carried import carried, ends_at, places_of
from core.shapes.cells import comes_from, sizes_of

LAYERS = (
    Dense(3, input_shape=(4, 5)), Dense(3, input_shape=(5,)), Conv2D(3, 3, input_shape=(7, 6, 2)),
    MaxPooling2D(2, input_shape=(6, 4, 2)), AveragePooling2D(2, input_shape=(6, 4, 2)),
    Embedding(9, 3, input_length=4), SimpleRNN(3, input_shape=(5, 4)),
    SimpleRNN(3, return_sequences=True, input_shape=(5, 4)), TimeDistributed(Dense(3), input_shape=(4, 5)),
    TimeDistributed(Conv2D(2, 3), input_shape=(3, 5, 6, 2)),
)  # fmt: skip


def is_kept(made: Stack, axis: int) -> bool:
    """Ask the cells: whether moving along the axis moves what a cell reads, and it never reads the whole axis."""
    sizes = sizes_of(made.shapes[0])
    out = sizes_of(made.shapes[1])
    if axis > len(out):
        return False
    at = [0] * len(out)
    first = comes_from(made, 1, tuple(at))[0]
    at[axis - 1] = out[axis - 1] - 1
    last = comes_from(made, 1, tuple(at))[0]
    others = tuple(i for i in range(len(sizes)) if i != axis - 1)
    return not np.array_equal(first.any(axis=others), last.any(axis=others))


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_it_agrees_with_the_cells(layer: Any) -> None:
    made = stack_of((layer,))
    rnn_time = isinstance(layer, SimpleRNN) and layer.return_sequences  # each state reads all times up to its own
    for axis in range(1, len(made.shapes[0])):
        expected = is_kept(made, axis) or (rnn_time and axis == 1)
        assert bool(carried(layer, made.shapes[0], axis)) == expected, axis
    assert carried(layer, made.shapes[0], 0) == {0}


def test_an_axis_through_the_usual_stack() -> None:
    made = stack_of((Embedding(41, 8, input_length=4), Flatten(), Dense(16)))
    assert places_of(made, 0, 1) == {0: {1}, 1: {1}, 2: {1}}
    assert places_of(made, 1, 2) == {1: {2}, 2: {1}}
    assert places_of(made, 2, 1) == {0: {1}, 1: {1, 2}, 2: {1}}
    assert places_of(made, 3, 1) == {3: {1}}
    assert places_of(made, 2, 0) == {0: {0}, 1: {0}, 2: {0}, 3: {0}}
    assert (ends_at(made, 0, 1), ends_at(made, 3, 1), ends_at(made, 0, 0)) == (3, None, None)


def test_a_picture_keeps_rows_and_loses_its_channels() -> None:
    made = stack_of((Conv2D(3, 3, input_shape=(8, 6, 2)), MaxPooling2D(2), TimeDistributed(Dense(2))))
    assert places_of(made, 0, 1) == {0: {1}, 1: {1}, 2: {1}, 3: {1}}
    assert ends_at(made, 0, 3) == 1
    assert ends_at(made, 1, 3) == 3
