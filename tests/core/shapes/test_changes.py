"""By hand a stack keeps its input, whatever layer comes first; and an axis is set where it is said how long it is."""

from __future__ import annotations

from typing import Any

import pytest

from core.nn.layers import (
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
    stack_of,
    written,
)
from core.shapes.changes import NEW, added, moved, owner_of, resized, without
from core.shapes.settings import Params, check, stack

WORDS = Params()
PICTURE = Params(layers=(Conv2D(3, 3, input_shape=(8, 6, 2)), MaxPooling2D(2), Flatten(), Dense(4)))


def shapes(params: Params) -> list[tuple[int | None, ...]]:
    return [written(shape) for shape in stack(params).shapes]


def test_a_layer_comes_below_another() -> None:
    assert [layer.type for layer in added(WORDS, 2, "Dense").layers] == ["Embedding", "Flatten", "Dense", "Dense"]
    assert shapes(added(WORDS, 3, "Dense"))[-1] == (None, 8)
    assert added(WORDS, 0, "Flatten").layers[0] == Flatten()
    assert {layer.type for layer in NEW} == {
        "Dense", "Conv2D", "MaxPooling2D", "AveragePooling2D", "Flatten", "Embedding", "SimpleRNN", "TimeDistributed",
    }  # fmt: skip


def test_the_next_layer_is_told_what_the_first_gave_it() -> None:
    left = without(WORDS, 1, stack(WORDS))
    assert left.layers == (Flatten(input_shape=(4, 8)), Dense(16))
    assert shapes(left) == shapes(WORDS)[1:]
    fixed = Params(layers=WORDS.layers, batch_size=32)
    left = without(fixed, 1, stack(fixed))
    assert left.layers[0] == Flatten(input_shape=(4, 8))
    assert check(left) is None
    assert without(WORDS, 2).layers == (WORDS.layers[0], WORDS.layers[2])
    assert without(WORDS, 1, None).layers[0] == Flatten(input_shape=(4,))


def test_the_input_stays_where_another_layer_comes_first() -> None:
    there = moved(WORDS, 1, 2)
    assert there.layers == (Flatten(input_shape=(4,)), Embedding(41, 8), Dense(16))
    assert shapes(there)[0] == (None, 4)
    assert moved(there, 2, 1).layers == (Embedding(41, 8, input_shape=(4,)), Flatten(), Dense(16))
    assert [layer.type for layer in moved(PICTURE, 4, 2).layers] == ["Conv2D", "Dense", "MaxPooling2D", "Flatten"]
    assert moved(PICTURE, 2, 2) == PICTURE


@pytest.mark.parametrize(
    ("first", "axis", "size", "becomes"),
    [
        (Embedding(41, 8, input_length=4), 1, 6, Embedding(41, 8, input_length=6)),
        (Dense(3, input_dim=5), 1, 7, Dense(3, input_dim=7)),
        (Dense(3, input_shape=(4, 5)), 1, 9, Dense(3, input_shape=(9, 5))),
        (Dense(3, batch_input_shape=(2, 5)), 1, 0, Dense(3, batch_input_shape=(2, 1))),
        (Dense(3, input_dim=5, input_shape=(5,)), 1, 6, Dense(3, input_dim=6, input_shape=(6,))),
    ],
)
def test_the_input_is_told_in_the_words_it_was_told_in(first: Any, axis: int, size: int, becomes: Any) -> None:
    assert resized(Params(layers=(first,)), 0, axis, size).layers == (becomes,)


def test_units_are_set_and_what_follows_is_not() -> None:
    made = stack(WORDS)
    owners = [[owner_of(made, k, axis) for axis in range(len(made.shapes[k]))] for k in range(4)]
    assert owners == [[None, 0], [None, None, 1], [None, None], [None, 3]]
    assert shapes(resized(WORDS, 1, 2, 3))[2] == (None, 12)
    assert shapes(resized(WORDS, 0, 1, 3))[2] == (None, 24)
    inner = Params(layers=(TimeDistributed(Dense(3), input_shape=(4, 5)),))
    assert resized(inner, 1, 2, 7).layers == (TimeDistributed(Dense(7), input_shape=(4, 5)),)
    open_one = stack_of((SimpleRNN(3, input_shape=(None, 2)),))
    assert [owner_of(open_one, 0, axis) for axis in range(3)] == [None, None, 0]
