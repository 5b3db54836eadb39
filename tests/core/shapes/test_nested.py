"""Shapes of nested lists against NumPy, and the place where a ragged one disagrees."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.run.refusal import Refusal
from core.shapes.nested import pieces_of, shape_of

NUMBERS = st.one_of(st.integers(-9, 9), st.floats(-9, 9))
NESTED = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=12)


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (((1,), (2,), (3,)), (3, 1)),
        ((((1, 2), (3, 4)), ((5, 6), (7, 8)), ((9, 10), (11, 12))), (3, 2, 2)),
        ((1, 2, 3, 4), (4,)),
        ((0.5, 2.0, -1.0), (3,)),
        (7, ()),
        ((), (0,)),
        ((((),),), (1, 1, 0)),
        (((), ()), (2, 0)),
    ],
)  # fmt: skip
def test_shapes_of_the_notes(data: Any, shape: tuple[int, ...]) -> None:
    assert shape_of(data) == shape


@given(data=NESTED)
def test_numpy_finds_the_same_shape_or_a_ragged_one_too(data: Any) -> None:
    try:
        expected = np.array(data).shape
    except ValueError:
        with pytest.raises(Refusal):
            shape_of(data)
        return
    assert shape_of(data) == expected


@given(shape=st.lists(st.integers(1, 3), max_size=4), numbers=st.randoms(use_true_random=False))
def test_a_shape_knows_nothing_of_the_numbers(shape: list[int], numbers: Any) -> None:
    other = np.array([numbers.uniform(-1e9, 1e9) for _ in range(int(np.prod(shape)))]).reshape(shape).tolist()
    assert shape_of(tuples(np.zeros(shape).tolist())) == shape_of(tuples(other)) == tuple(shape)


def tuples(data: Any) -> Any:
    return tuple(map(tuples, data)) if isinstance(data, list) else data


RAGGED: list[tuple[Any, str, dict[str, Any]]] = [
    (((1, 2), (3,)), "data_ragged", {"place": "data[1]", "like": "data[0]", "given": 1, "allowed": 2, "at": (1,)}),
    (
        (((1,), (2,)), ((3,), (4, 5))), "data_ragged",
        {"place": "data[1][1]", "like": "data[1][0]", "given": 2, "allowed": 1, "at": (1, 1)},
    ),
    (
        (((1,), (2,)), ((3, 3), (4, 4))), "data_ragged",
        {"place": "data[1][0]", "like": "data[0][0]", "given": 2, "allowed": 1, "at": (1, 0)},
    ),
    ((1, 2, (3,)), "data_list_among_numbers", {"place": "data[2]", "like": "data[0]", "at": (2,)}),
    (((1,), 2), "data_number_among_lists", {"place": "data[1]", "like": "data[0]", "at": (1,)}),
    ((((1,),), (2,)), "data_number_among_lists", {"place": "data[1][0]", "like": "data[0][0]", "at": (1, 0)}),
    (((), (1,)), "data_ragged", {"place": "data[1]", "like": "data[0]", "given": 1, "allowed": 0, "at": (1,)}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "key", "values"), RAGGED)
def test_the_place_that_disagrees_is_named(data: Any, key: str, values: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        shape_of(data)
    assert (refused.value.field, refused.value.key, dict(refused.value.values)) == ("data", key, values)


@given(data=st.recursive(st.integers(-9, 9), lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=12))
def test_a_list_is_written_as_it_is_typed(data: Any) -> None:
    pieces = list(pieces_of(data))
    text = "".join(piece.text for piece in pieces)
    assert text.replace("−", "-") == str(lists(data))
    depth = 0
    for piece in pieces:
        depth -= piece.text == "]"
        is_comma = piece.text == ", "
        assert piece.level == len(piece.place) == depth - is_comma
        depth += piece.text == "["


def lists(data: Any) -> Any:
    return list(map(lists, data)) if isinstance(data, tuple) else data


def test_a_piece_knows_its_place() -> None:
    found = {piece.text: piece.place for piece in pieces_of(((1, 2), (3, 40)))}
    assert found["40"] == (1, 1)
    assert found["1"] == (0, 0)
