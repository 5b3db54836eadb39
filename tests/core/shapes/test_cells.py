"""Cells that a cell comes from and goes to, against what changes when one number is changed."""

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
from core.nn.layers.shapes import as_computed, as_written
from core.shapes.cells import can_be_followed, comes_from, goes_to, reads, sizes_of
from core.shapes.settings import Params, stack

STACKS: dict[str, list[Any]] = {
    "dense": [Dense(3, input_shape=(4,)), Dense(2)],
    "sequence": [SimpleRNN(3, return_sequences=True, input_shape=(4, 2)), TimeDistributed(Dense(2)), Flatten()],
    "last state": [SimpleRNN(2, input_shape=(3, 2))],
    "words": [Embedding(30, 3, input_length=4), Flatten(), Dense(2)],
    "words in sentences": [TimeDistributed(Embedding(30, 2), input_shape=(2, 3)), TimeDistributed(Flatten())],
    "letters": [Flatten(input_shape=(2, 3)), Embedding(30, 2), SimpleRNN(2, return_sequences=True)],
    "picture": [
        Conv2D(2, 2, padding="same", strides=2, input_shape=(6, 5, 2)), AveragePooling2D(2, strides=1), Flatten(),
        Dense(2),
    ],
    "holes": [Conv2D(1, 2, dilation_rate=3, input_shape=(6, 5, 1)), MaxPooling2D((2, 1))],
    "same padding": [Conv2D(1, 3, dilation_rate=4, padding="same", input_shape=(5, 5, 1)), Conv2D(1, 2)],
    "film": [
        TimeDistributed(Conv2D(2, 2), input_shape=(2, 4, 3, 1)), TimeDistributed(MaxPooling2D((3, 1))),
        TimeDistributed(Flatten()), SimpleRNN(2),
    ],
    "films of films": [TimeDistributed(TimeDistributed(Dense(2)), input_shape=(2, 2, 3))],
    "picture by rows": [TimeDistributed(SimpleRNN(2), input_shape=(3, 2, 2))],
}  # fmt: skip


def numbers_changed(made: Stack) -> list[np.ndarray[Any, Any]]:
    """Return for each tensor whether its cell (last axes) changes with a cell of the data (first), as written.

    Weights and numbers are at random, so that nothing cancels; a maximum is asked with a cell made by far the largest.
    """
    rng = np.random.default_rng(1)
    words = any("Embedding" in str(layer) for layer in made.layers)
    given = sizes_of(made.shapes[0])
    x = rng.integers(0, 20, given).astype(float) if words else rng.uniform(0.1, 1.0, given)
    weights = rng.uniform(0.1, 0.4, made.start(rng).shape)
    outputs = forward(made, weights, x)
    found = [np.zeros((*given, *y.shape), dtype=bool) for y in outputs]
    for cell in np.ndindex(given):
        other = x.copy()
        other[cell] += 7 if words else 1e3 if any("Max" in str(layer) for layer in made.layers) else 0.5
        for mask, y, z in zip(found, outputs, forward(made, weights, other), strict=True):
            mask[cell] = y != z
    return found


def forward(made: Stack, weights: Any, x: Any) -> list[np.ndarray[Any, Any]]:
    made = Stack(tuple(linear(layer) for layer in made.layers), made.shapes)
    passed = made.forward(weights, as_computed(x[None]))
    return [x, *(as_written(y)[0] for y in passed.outputs)]


def linear(layer: Any) -> Any:
    """Return a recurrent layer without tanh: no change shall drown in its flat ends."""
    if isinstance(layer, TimeDistributed):
        return TimeDistributed(linear(layer.layer))
    return SimpleRNN(layer.units, None, return_sequences=layer.return_sequences) if layer.type == "SimpleRNN" else layer


@pytest.mark.parametrize("name", STACKS)
def test_a_cell_comes_from_the_data_that_change_it(name: str) -> None:
    made = stack_of(STACKS[name])
    for k, changes in enumerate(numbers_changed(made)):
        for at in np.ndindex(sizes_of(made.shapes[k])):
            masks = comes_from(made, k, at)
            np.testing.assert_array_equal(masks[0], changes[(..., *at)])
            assert len(masks) == k + 1
            assert np.argwhere(masks[-1]).tolist() == [list(at)]


@pytest.mark.parametrize("name", STACKS)
def test_a_cell_of_the_data_goes_to_all_that_it_changes(name: str) -> None:
    made = stack_of(STACKS[name])
    changed = numbers_changed(made)
    for at in np.ndindex(sizes_of(made.shapes[0])):
        masks = goes_to(made, 0, at)
        assert len(masks) == len(changed)
        for mask, changes in zip(masks, changed, strict=True):
            np.testing.assert_array_equal(mask, changes[at])


def test_a_cell_in_between_goes_on_from_there() -> None:
    made = stack_of(STACKS["words"])
    masks = goes_to(made, 1, (1, 2))
    assert [mask.shape for mask in masks] == [(4, 3), (12,), (2,)]
    assert np.flatnonzero(masks[1]).tolist() == [5]
    assert masks[2].all()


def test_the_cell_of_the_picture() -> None:
    """Cell 13 of Flatten is place 1, feature 5, and comes from place 1 of the data."""
    made = stack(Params())
    masks = comes_from(made, 2, (13,))
    assert np.argwhere(masks[1]).tolist() == [[1, 5]]
    assert np.argwhere(masks[0]).tolist() == [[1]]
    assert goes_to(made, 2, (13,))[1].all()


def test_one_layer_alone() -> None:
    made = stack_of([Conv2D(2, 3, input_shape=(5, 5, 1))])
    seen = reads(made.layers[0], made.shapes[0], (1, 2, 0))
    assert np.argwhere(seen[:, :, 0]).tolist() == [[i, j] for i in (1, 2, 3) for j in (2, 3, 4)]


def test_what_cannot_be_followed_says_so() -> None:
    assert can_be_followed(stack(Params()))
    assert not can_be_followed(stack(Params(layers=(Dense(2, input_shape=(None, 4)),))))
    assert not can_be_followed(stack(Params(layers=(Dense(2, input_shape=(5000, 1000)),))))
    assert can_be_followed(stack(Params(layers=(Conv2D(2, 3, input_shape=(224, 224, 3)), Flatten()))))
