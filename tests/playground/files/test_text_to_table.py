from __future__ import annotations

import numpy as np

from playground.files.reading import Reading
from playground.files.text_to_table import table_of


def test_columns_keep_their_names_and_blanks() -> None:
    table = table_of(b"x,who\n1,a\n,b\n3,c\n")
    assert table.names == ("x", "who")
    assert np.array_equal(table.columns["x"], [1, np.nan, 3], equal_nan=True)
    assert table.columns["who"] == ("a", "b", "c")
    assert list(table.lines) == [2, 3, 4]
    assert table.reading == Reading("yes", "utf-8", ",", ".")


def test_a_preview_reads_no_further_than_it_shows() -> None:
    assert list(table_of(b"x,y\n1,2\n3,4\n5,6\n", most=2).lines) == [2, 3]
