"""What every layer has: what it was told, how its weights are counted."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Count,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    Shape,
    SimpleRNN,
    TimeDistributed,
    named,
)
from core.nn.layers.layer import Record


def test_a_layer_is_told_its_input_in_three_ways() -> None:
    assert Record().told() == {}
    assert Dense(2, input_shape=(3, None)).told() == {"input_shape": (None, 3, None)}
    assert Flatten(input_dim=4).told() == {"input_dim": (None, 4)}
    assert Dense(2, batch_input_shape=(8, 3)).told() == {"batch_input_shape": (8, 3)}


def test_weights_are_counted_as_a_learner_would() -> None:
    count = Count(((("rows", 3), ("columns", 5)), (("bias", 1),)), ("filters", 8))
    assert (count.total, count.formula) == (128, "(3·5 + 1)·8")
    assert (Count(((("inputs", 7),),), ("units", 2)).total, Count(((("inputs", 7),),), ("units", 2)).formula) == (
        14,
        "7·2",
    )
    assert (Count().total, Count().formula) == (0, "0")


BOTH_WAYS: list[tuple[Any, tuple[int, ...]]] = [
    (Dense(3), (2, 4)),
    (Dense(3), (2, 3, 2, 4)),
    (Conv2D(2, 3), (1, 5, 6, 2)),
    (Conv2D(2, (2, 3), strides=2, padding="same"), (1, 5, 6, 1)),
    (Conv2D(2, 2, dilation_rate=3, padding="same"), (1, 6, 4, 1)),
    (MaxPooling2D(2, strides=3), (1, 7, 5, 2)),
    (AveragePooling2D((3, 2), strides=(2, 1), padding="same"), (1, 6, 4, 2)),
    (Flatten(), (2, 3, 2, 2)),
    (Flatten(), (2,)),
    (Embedding(9, 3), (2, 4)),
    (Embedding(9, 3), (1, 2, 4)),
    (SimpleRNN(3), (2, 4, 2)),
    (SimpleRNN(3, return_sequences=True), (2, 4, 2)),
    (TimeDistributed(Dense(3)), (1, 4, 2)),
    (TimeDistributed(Conv2D(2, 2)), (1, 2, 3, 4, 1)),
    (TimeDistributed(Flatten()), (1, 3, 2, 2)),
]


@pytest.mark.parametrize(("layer", "sizes"), BOTH_WAYS)
def test_a_cell_reaches_those_that_see_it(layer: Any, sizes: tuple[int, ...]) -> None:
    """Asked of every cell of what it gives; the other examples of a batch have no part in it."""
    given = named(*sizes)
    outputs = {cell: layer.sees(given, tuple((i,) for i in cell)) for cell in cells_of(layer.shape(given))}
    for cell in cells_of(given):
        reached = layer.reaches(given, tuple((i,) for i in cell))
        assert set(product(*reached)) == {y for y, seen in outputs.items() if cell in set(product(*seen))}


def test_several_cells_reach_what_each_of_them_does() -> None:
    given = named(1, 6, 5, 2)
    layer = Conv2D(2, 3, strides=2)
    assert layer.reaches(given, ((0,), (1,), (0, 4), (1, 2))) == ((0,), (0, 1), (0, 1), (0, 1))
    assert Flatten().reaches(given, ((0,), (1,), (0, 4), (1, 2))) == ((0,), (31, 32, 51, 52))


def cells_of(shape: Shape) -> set[tuple[int, ...]]:
    return set(product(*(range(axis.size or 0) for axis in shape)))
