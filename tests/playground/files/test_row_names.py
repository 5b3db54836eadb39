"""Names of rows: which column of a table gives them, and which does not."""

from __future__ import annotations

import numpy as np
import pytest

from core.run.parameters import LONGEST_ROW_NAME, MOST_ROW_NAMES, Columns, Parameter
from playground.files.row_names import naming, row_names
from playground.files.text_to_table import table_of

NUMBERS = np.array([1.0, 2.0, 3.0])


def test_a_column_of_different_texts_beside_the_numbers_names_the_rows() -> None:
    columns = {
        "kind": ("a", "b", "a"),
        "x": NUMBERS,
        "town": ("Ulm", "Bern", "Graz"),
        "river": ("Iller", "Aare", "Mur"),
    }
    assert row_names(columns, ["x"]) == "town"
    assert row_names(columns, ["x", "town"]) == "river"


@pytest.mark.parametrize(
    "cells",
    [
        NUMBERS,
        ("Ulm", "", "Graz"),
        ("Ulm", "Ulm", "Graz"),
        ("Ulm", "Bern", "G" * (LONGEST_ROW_NAME + 1)),
        tuple(map(str, range(MOST_ROW_NAMES + 1))),
        (),
    ],
)
def test_other_columns_do_not(cells: object) -> None:
    assert row_names({"town": cells}, ["x"]) is None


def test_numbers_with_a_slip_among_them_are_no_names() -> None:
    named = Parameter("points", "open choice", "", columns=Columns(2, rows="names"), hint=np.ndarray)
    assert naming(table_of(b"t,x,y\n1.5,1,2\noops,2,3\n2.5,3,1\n"), ["x", "y"], named) is None
    assert naming(table_of(b"t,x,y\nUlm,1,2\noops,2,3\n2.5,3,1\n"), ["x", "y"], named) == "t"
