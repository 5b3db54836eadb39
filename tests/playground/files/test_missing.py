"""Numbers that stand for a missing value: told, and taken for blank only where that is said."""

from __future__ import annotations

import io

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from playground.files.reading import Reading
from playground.files.text_to_table import table_of
from playground.files.wanted import taken_of

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)
RATINGS = Parameter("ratings", "table", None)
NAN = float("nan")
WEATHER = b"temp,rain\n12.5,3\n-9999,4\n14,2\n-9999.0,1\n13,5\n"


def told(column: str) -> list[tuple[str, int]]:
    """Return each number that is told to be far from the others of a column, and how often."""
    remarks = table_of("\n".join(["x", *column.split()]).encode()).remarks
    return [(remark.values["given"], remark.values["count"]) for remark in remarks if remark.key == "far_number"]


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("1 -9999 2 -9999.0 5", [("-9999", 2)]),
        ("11.5 -99.9 12 -99.9 -7.5", [("-99.9", 2)]),
        ("1 3 99 99 5 2", [("99", 2)]),  # of answers from 1 to 5
        ("0.1 -200 2 -200 11.9", [("-200", 2)]),
        ("1 -999 -9999 3 -999 -9999 2", [("-9999", 2), ("-999", 2)]),
        ("1 -9999 2 3", []),  # once
        ("-99 -70 -99 -20 40", []),  # among the others
        ("99 99 98 60 5", []),
        ("1 1 -9999 -9999", []),  # what the others are cannot be told
        ("3 500 500 5 4", []),  # an income
    ],
)
def test_a_number_far_from_all_others_is_told(column: str, found: list[tuple[str, int]]) -> None:
    assert told(column) == found


def test_it_stays_a_number_unasked_and_is_blank_where_that_is_said() -> None:
    taken = taken_of(WEATHER, "a.csv", PAIR)
    assert taken.values["points"].tolist() == [[12.5, 3], [-9999, 4], [14, 2], [-9999, 1], [13, 5]]
    assert [remark.key for remark in taken.remarks] == ["far_number"]
    taken = taken_of(WEATHER, "a.csv", PAIR, Reading(missing="-9999"))
    assert taken.values["points"].tolist() == [[12.5, 3], [14, 2], [13, 5]]
    assert [remark.key for remark in taken.remarks] == ["rows_left_out"]


def test_one_that_stands_once_in_each_of_several_columns_is_told_of_all() -> None:
    (remark,) = table_of(b"x,y\n1,-999\n2,3\n-999,4\n5,6\n").remarks
    assert remark.values == {"given": "-999", "count": 2, "columns": "“x”, “y”"}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("user,Up,Jaws,Heat\nAnn,5,0,0\nBob,0,4,3\n", [("0", 3, 6)]),
        ("user,Up,Jaws,Heat\nAnn,5,0,\nBob,2,4,3\n", []),  # one among five
        ("user,Up,Jaws,Heat\nAnn,5,0,0\nBob,0,-4,3\n", []),  # in the middle of what is given
        ("user,item,rating\nAnn,Up,0\nBob,Up,4\n", [("0", 1, 2)]),
        ("user,item,rating\n7,20,-1\n7,24,8\n9,20,7\n9,24,9\n8,20,9\n", [("-1", 1, 5)]),
        ("user,item,rating\n0,20,0\n1,20,3\n", []),  # a user is called so
    ],
)
def test_what_may_say_that_nobody_rated_is_told(text: str, marks: list[tuple[str, int, int]]) -> None:
    remarks = taken_of(text.encode(), "a.csv", RATINGS).remarks
    found = [remark.values for remark in remarks if remark.key == "unrated"]
    assert [(values["given"], values["count"], values["cells"]) for values in found] == marks


def array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.array([[1, 2], [-999, 3], [4, 5.5]]))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "missing", "x"),
    [
        (b"x,y\n1,2\nnot known,3\n4,5.5\n", "a.csv", "not known", [1, NAN, 4]),
        (b"x;y\n1,5;2\n-99,9;3\n4;5,5\n", "a.csv", "-99,9", [1.5, NAN, 4]),
        (b"x,y\n1,2\n-99,3\n-999,5\n", "a.csv", "-99|-999", [1, NAN, NAN]),
        (b'[{"x": 1}, {"x": -999}, {"x": 4}]', "a.json", "-999", [1, NAN, 4]),
        (b'[{"x": "1"}, {"x": "none yet"}, {"x": "4"}]', "a.json", "none yet", [1, NAN, 4]),
        (array(), "a.npy", "-999", [1, NAN, 4]),
    ],
)
def test_what_is_said_to_be_missing_is_blank_in_every_kind_of_file(
    data: bytes, name: str, missing: str, x: list[float]
) -> None:
    table = table_of(data, name, Reading(missing=missing))
    np.testing.assert_array_equal(table.columns[table.names[0]], x)
