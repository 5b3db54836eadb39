"""Archives of arrays, as they are taken from a file."""

from __future__ import annotations

import io

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.text_to_table import table_of
from playground.files.wanted import taken_of

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)


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
