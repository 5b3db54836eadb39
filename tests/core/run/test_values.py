from __future__ import annotations

import base64
import io
import json
import pickle
import struct
import warnings
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from core.run.values import Array, ArrayWithGaps, Ints, Nested, ReadAs, Same, frozen, kept, locked, npy_text, read_npy


@frozen
class Held:
    x: Array
    number: float = 0.0
    many: tuple[Array, ...] = ()


@frozen
class Whole:
    labels: Ints


def read(kind: type, text: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_json(text, strict=True)


def npy_bytes(array: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def test_a_fresh_array_is_adopted_and_locked() -> None:
    fresh = np.zeros(3)
    assert Held(fresh).x is fresh
    with pytest.raises(ValueError, match="read-only"):
        fresh[0] = 1


def test_a_view_of_somebodys_memory_is_copied() -> None:
    theirs = np.zeros((3, 3))
    held = Held(theirs[0])
    theirs[0, 0] = 5
    assert held.x[0] == 0
    assert not held.x.flags.writeable


def test_arrays_in_tuples_are_locked_and_copied_too() -> None:
    theirs = np.zeros((2, 2))
    held = Held(np.ones(1), many=(theirs[0], np.ones(2)))
    theirs[0, 0] = 5
    assert held.many[0][0] == 0
    assert not any(one.flags.writeable for one in held.many)


def test_a_frozen_value_cannot_be_changed_or_extended() -> None:
    held = Held(np.zeros(1))
    with pytest.raises(FrozenInstanceError):
        held.number = 2.0  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        held.other = 2.0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Held(np.zeros(2)), Held(np.array([0.0, -0.0]))),
        (Held(np.zeros(2)), Held(np.zeros((2, 1)))),
        (Held(np.zeros(2)), Held(np.zeros(2, dtype=np.int64))),
        (Held(np.zeros(1), 0.0), Held(np.zeros(1), -0.0)),
        (Held(np.zeros(1), many=(np.zeros(1),)), Held(np.zeros(1), many=(np.ones(1),))),
    ],
)
def test_other_bytes_are_another_value(one: Held, other: Held) -> None:
    assert one != other


def test_same_bytes_are_the_same_value() -> None:
    one, other = (Held(np.arange(3.0), 2.0, (np.ones(2),)) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Whole(np.zeros(1, dtype=np.int64))  # type: ignore[comparison-overlap]


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(allow_nan=False)))
def test_npy_text_gives_the_same_bytes_back(array: NDArray[np.float64]) -> None:
    text = npy_text(array)["npy"]
    back = read_npy(base64.b64decode(text))
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())


@pytest.mark.parametrize(
    "array",
    [np.arange(6).reshape(2, 3).T, np.arange(3, dtype=">i4"), np.array([1.5], dtype=np.float16), np.empty((0, 2))],
)
def test_every_layout_of_numbers_is_read(array: NDArray[Any]) -> None:
    np.testing.assert_array_equal(read_npy(npy_bytes(array)), array)


@pytest.mark.filterwarnings("error")
def test_an_array_that_python_2_wrote_is_read_in_silence() -> None:
    old = npy_bytes(np.array([[1, 2], [3, 4]])).replace(b"(2, 2)", b"(2,2L)")
    assert read_npy(old).tolist() == [[1, 2], [3, 4]]


def header(text: str) -> bytes:
    padded = text.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x93NUMPY",
        npy_bytes(np.zeros(4))[:-1],
        npy_bytes(np.zeros(4)) + b"x",
        npy_bytes(np.array(["text"])),
        npy_bytes(np.zeros(2, dtype=[("a", "f8")])),
        npy_bytes(np.zeros(2, dtype=complex)),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}"),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"),
        header("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}") + pickle.dumps([1]),
        header("{'descr': '<f8', 'fortran_order': Fa"),
        header("(((((((((("),
        header("__import__('os')"),
        b"\x93NUMPY\x09\x00" + b"\x00" * 60,
    ],
)
def test_what_is_no_array_of_numbers_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="NPY"):
        read_npy(data)


def test_lists_and_npy_are_read_as_locked_arrays() -> None:
    held = read(Held, '{"x": [[1, 2.5], [3, 4]]}')
    np.testing.assert_array_equal(held.x, [[1, 2.5], [3, 4]])
    assert held.x.dtype == np.float64
    assert not held.x.flags.writeable
    npy = npy_text(np.array([1e300]))["npy"]  # beyond what a user may give, but a state may hold it
    assert read(Held, f'{{"x": {{"npy": "{npy}"}}}}').x[0] == 1e300
    assert read(Whole, '{"labels": [1, -1, 2.0]}').labels.dtype == np.int64


@pytest.mark.parametrize(
    "text",
    [
        '{"x": [1, 2], "y": 3}',
        '{"x": 5}',
        '{"x": "abc"}',
        '{"x": [[1, 2], [3]]}',
        '{"x": [true]}',
        '{"x": ["1"]}',
        '{"x": [null]}',
        '{"x": [1e13]}',
        '{"x": [NaN]}',
        '{"x": [1e999]}',
        '{"x": {"npy": "!"}}',
        '{"x": {"npy": "", "more": 1}}',
        '{"x": [1], "number": NaN}',
        '{"x": [1], "number": true}',
        f'{{"x": {{"npy": "{npy_text(np.array([np.inf]))["npy"]}"}}}}',
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        read(Held, text)


def test_whole_numbers_must_be_whole() -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError, match="whole"):
        read(Whole, '{"labels": [1.5]}')


def test_locked_copies_only_views() -> None:
    own = np.zeros(2)
    assert locked(own) is own
    assert locked(np.zeros((2, 2))[0]).base is None


def test_a_cache_knows_an_array_by_its_identity() -> None:
    one, other = np.zeros(3), np.zeros(3)
    assert Same(one) == Same(one)
    assert hash(Same(one)) == hash(Same(one))
    assert Same(one) != Same(other)
    assert Same(one) != one.tobytes()
    assert {Same(one, other): 1}[Same(one, other)] == 1
    assert Same(one, other) != Same(other, one)
    assert Same(one) != Same(one, one)


def test_results_are_kept_for_the_very_same_values() -> None:
    asked = []

    @kept(2)
    def total(array: Any, what: str) -> float:
        asked.append(what)
        return float(array.sum())

    one, other = np.ones(3), np.ones(3)
    assert [total(one, "a"), total(one, "a"), total(other, "b"), total(one, "a"), total(one, "c")] == [3.0] * 5
    assert asked == ["a", "b", "c"]
    total(other, "b")
    assert asked == ["a", "b", "c", "b"]  # no more than two are kept


@frozen
class Holes:
    x: ArrayWithGaps
    data: Nested = ()


def test_gaps_are_read_from_null_and_from_npy() -> None:
    nan = np.array([[1, np.nan], [np.nan, 4]])
    for text in ("[[1, null], [null, 4.0]]", json.dumps(npy_text(nan))):
        held = read(Holes, f'{{"x": {text}}}')
        np.testing.assert_array_equal(held.x, nan)
        assert held == Holes(nan)
        assert not held.x.flags.writeable


@pytest.mark.parametrize(
    "text",
    ["[[1, null], [2]]", '[1, null, "a"]', "[1, null, true]", "[null, 1e13]", "5", "null",
     json.dumps(npy_text(np.array([np.nan, np.inf])))],
)  # fmt: skip
def test_only_gaps_may_be_missing(text: str) -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        read(Holes, f'{{"x": {text}}}')


def test_ragged_lists_become_tuples() -> None:
    assert read(Holes, '{"x": [1], "data": [[1, [2]], [], 3.5]}').data == ((1, (2,)), (), 3.5)


def test_an_array_that_nobody_can_write_to_is_taken_as_it_is() -> None:
    settled = locked(np.array([[1.0, 2.0]]))
    assert ReadAs(np.float64).read(settled) is settled
    open_to_all = np.array([[1.0, 2.0]])
    assert ReadAs(np.float64).read(open_to_all) is not open_to_all


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 2e12, -2e12])
def test_an_array_that_is_settled_is_checked_all_the_same(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        ReadAs(np.float64).read(locked(np.array([1.0, value])))


@pytest.mark.parametrize("text", ["[true, 1]", "[[1, 2], [3, false]]", "[[[1], [2]], [[3], [true]]]"])
def test_a_truth_value_is_no_number_however_deep_it_stands(text: str) -> None:
    with pytest.raises(ValueError, match="every entry must be a number"):
        read(Array, text)
    assert read(Array, text.replace("true", "1").replace("false", "0")).size > 1


def test_one_number_is_no_array() -> None:
    with pytest.raises(ValueError, match="a list of numbers"):
        ReadAs(np.float64).read(np.array(3.0))


def test_small_floats_are_read_in_silence() -> None:
    with warnings.catch_warnings(action="error"):
        assert ReadAs(np.float64).read(np.array([1.5], np.float16)).tolist() == [1.5]
