"""Archives of arrays, as they are taken from a file."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.text_to_table import table_of
from playground.files.wanted import taken_of
from playground.words.refusals import sentence

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)


def npy(array: object) -> bytes:
    file = io.BytesIO()
    np.save(file, np.asarray(array))
    return file.getvalue()


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


FLOWERS = np.array(
    [(1.5, 2, "a", b"x", "2020-01-01"), (2.5, 3, "b", b"\xc3\xa9", "2020-01-02")],
    [("length", "f8"), ("n", ">i4"), ("kind", "U4"), ("code", "S4"), ("day", "M8[D]")],
)
AS_COLUMNS = {"length": [1.5, 2.5], "n": [2, 3], "kind": ["a", "b"], "code": ["x", "é"],
              "day": ["2020-01-01", "2020-01-02"]}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (npy(FLOWERS), AS_COLUMNS),
        (npy(FLOWERS.reshape(1, 2)), AS_COLUMNS),
        (npz(flowers=FLOWERS), AS_COLUMNS),
        (npz(a=FLOWERS[["n", "kind"]], y=[7, 8]), {"a.n": [2, 3], "a.kind": ["a", "b"], "y": [7, 8]}),
        (npz(text=["so good", "so bad"], label=[1, 0]), {"text": ["so good", "so bad"], "label": [1, 0]}),
        (npy(["so good", "so bad"]), {"0": ["so good", "so bad"]}),
    ],
)
def test_records_and_texts_are_columns(data: bytes, columns: dict[str, list[object]]) -> None:
    table = table_of(data, "a.npy")
    assert {name: list(column) for name, column in table.columns.items()} == columns


@pytest.mark.parametrize("data", [npy(FLOWERS), npz(flowers=FLOWERS)])
def test_records_are_taken_by_the_names_of_their_fields(data: bytes) -> None:
    assert taken_of(data, "a", PAIR).columns == ("length", "n")
    assert taken_of(data, "a", PAIR, chosen=["n", "length"]).values["points"].tolist() == [[2, 1.5], [3, 2.5]]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ([("x", "f8"), ("z", "c16")], "z, not complex128"),
        ([("x", "f8"), ("in", [("y", "f8")])], "numbers or texts are wanted in in"),
        ([("x", "f8"), ("place", "f8", (2,))], "[3, 2]"),
        ([("x", "f8"), ("o", "O")], "NPY array of numbers is wanted"),
    ],
)
def test_records_that_are_no_table_are_refused_with_the_cause(kind: list[object], said: str) -> None:
    with pytest.raises(Refusal) as caught:
        taken_of(npy(np.zeros(3, kind)), "a.npy", PAIR)
    assert said in sentence(caught.value)


def test_of_a_matrix_and_its_targets_one_is_to_be_named() -> None:
    file = io.BytesIO()
    np.savez(file, X=np.ones((3, 2)), y=np.ones(3))
    both = file.getvalue()
    with pytest.raises(Refusal) as caught:
        taken_of(both, "a.npz", PAIR)
    assert (caught.value.key, caught.value.values["allowed"]) == ("npz_which", "“X”, “y”")
    assert taken_of(both, "a.npz", PAIR, chosen=["X"]).values["points"].tolist() == [[1, 1]] * 3


def test_a_matrix_and_its_targets_are_columns_side_by_side() -> None:
    file = io.BytesIO()
    np.savez(file, X=np.arange(6).reshape(3, 2), y=np.array([7, 8, 9]), other=np.ones((2, 2)))
    table = table_of(file.getvalue(), "a.npz")
    assert {name: list(column) for name, column in table.columns.items()} == {
        "X 0": [0, 2, 4],
        "X 1": [1, 3, 5],
        "y": [7, 8, 9],
    }
    assert [remark.values["given"] for remark in table.remarks] == ["“other”"]
