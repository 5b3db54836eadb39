"""Files somebody may open as data: refused at once, with a key and the line where there is one, or read and said so."""

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.reading import Reading
from playground.files.remarks import sentence as remark_sentence
from playground.files.text_to_table import MAX_BYTES
from playground.files.wanted import Taken, taken_of
from playground.words.refusals import sentence

GOOD = b"1,2\n" * 30

# name: (bytes, key, line)
MALFORMED: dict[str, tuple[bytes, str, int | None]] = {
    "nothing": (b"", "csv_empty", None),
    "blank lines": (b"\n \r\n\t\n", "csv_empty", None),
    "a byte order mark alone": (b"\xef\xbb\xbf", "csv_empty", None),
    "a pair of quotes": (b'""\n', "csv_empty", None),
    "delimiters only": (b",,\n,,\n,,\n", "csv_empty", None),
    "NUL": (b"a,b\n1,2\n3,\x00\n", "text_binary", None),
    "a PNG cut short": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture_damaged", None),
    "cut off inside a character": (GOOD + "3,花".encode()[:-1], "text_damaged", 31),
    "a sign among numbers": ("a,b\n1,2\n3,花\n".encode("gbk"), "csv_not_a_number", 3),
    "one column": (b"a\n1\n2\n3\n", "csv_too_few_numeric", None),
    "header only": (b"a,b\n", "csv_no_rows", None),
    "texts only": (b"a,b\nx,y\nz,w\n", "csv_too_few_numeric", None),
    "one column of numbers": (b"a,b\n1,x\n2,y\n", "csv_too_few_numeric", None),
    "a word among numbers": (b"a,b\n1,2\n3,four\n", "csv_not_a_number", 3),
    "underscored digits": (GOOD + b"1_000,2\n", "csv_not_a_number", 31),
    "hexadecimal": (GOOD + b"0x10,2\n", "csv_not_a_number", 31),
    "two signs": (GOOD + b"--1,2\n", "csv_not_a_number", 31),
    "formula": (GOOD + b"=1+1,2\n", "csv_not_a_number", 31),
    "escape sequence": (GOOD + b"\x1b[31m1,2\n", "csv_not_a_number", 31),
    "HTML": (b"<!DOCTYPE html>\n<html><body>\n</html>\n", "csv_web_page", None),
    "JSON": (b'{"a": [1, 2],\n"b": 3}', "json_no_table", None),
    "infinity": (GOOD + b"1,-Infinity\n", "csv_not_finite", 31),
    "infinite by its exponent": (GOOD + b"1,1e999\n", "csv_not_finite", 31),
    "exponent of many digits": (GOOD + b"1,1e" + b"9" * 10_000 + b"\n", "csv_not_finite", 31),
    "number of many digits": (GOOD + b"9" * 10_000 + b",1\n", "csv_not_finite", 31),
    "beyond 1e12": (GOOD + b"1,1000000000001\n", "csv_too_big", 31),
    "text behind a quote": (GOOD + b'"1"x,2\n', "csv_not_a_number", 31),
    "a cell of a million letters": (GOOD + b"x" * 1_000_000 + b",2\n", "csv_not_a_number", 31),
    "a line of commas": (b"," * 1_000_000, "csv_too_many_columns", 1),
    "a line of commas further down": (GOOD + b"," * 20_000_000, "csv_too_many_columns", 31),
    "a thousand and one columns": (b",".join([b"1"] * 1001) + b"\n", "csv_too_many_columns", 1),
    "more than a million rows": (b"1,2\n" * 1_000_002, "csv_too_many_rows", None),
    "too large": (b"1" * (MAX_BYTES + 1), "file_too_large", None),
    "too large and empty": (b"\n" * (MAX_BYTES + 1), "file_too_large", None),
}

# name: (bytes, how many rows are taken, the last of them, what must be said); these are odd, but tables
READ: dict[str, tuple[bytes, int, list[float], str]] = {
    "UTF-16": ("a,b\n1,2\n3,4\n".encode("utf-16"), 2, [3, 4], "encoding"),
    "Latin-1": ("größe,b\n1,2\n3,4\n".encode("latin-1"), 2, [3, 4], "encoding"),
    "a row too short": (b"a,b\n1,2\n3\n4,5\n", 2, [4, 5], "ragged"),
    "a row too long": (GOOD + b"1,2,3\n", 30, [1, 2], "ragged"),
    "a trailing delimiter once": (b"1,2\n3,4,\n5,6\n", 2, [5, 6], "ragged"),
    "columns cut by spaces": (b"1 2\n3 4\n", 2, [3, 4], "blanks"),
    "columns cut by bars": (b"1|2\n3|4\n", 2, [3, 4], "separator"),
    "one row": (b"1,2\n", 1, [1, 2], "no_header"),
    "two headers of one name": (b"a,a\n1,2\n3,4\n", 2, [3, 4], "names_twice"),
    "a gap": (b"a,b\n1,2\n,4\n", 1, [1, 2], "rows_left_out"),
    "decimal commas": (b"a;b\n1;2\n1,5;2,5\n", 2, [1.5, 2.5], "decimal"),
    "decimal commas without header": (b"1,5;2,5\n3,5;4,5\n", 2, [3.5, 4.5], "decimal"),
    "grouped digits": (b"a;b\n1;2\n1'000;2\n", 2, [1000, 2], "thousands"),
    "other digits": (GOOD + "١,2\n".encode(), 31, [1, 2], "digits"),
    "percent": (GOOD + b"1%,2\n", 31, [1, 2], "signs"),
    "NaN": (GOOD + b"nan,2\n", 30, [1, 2], "rows_left_out"),
    "NaN first": (b"a,b\nNaN,2\n3,4\n", 1, [3, 4], "rows_left_out"),
    "a quote that is never closed": (GOOD + b'"1,2\n3,4\n', 30, [1, 2], "ragged"),
    "blank lines above, between": (b"\n" * 1_000_000 + b"1;2\n" + b"\n" * 900_000 + b"3;4\n", 2, [3, 4], "separator"),
}
HERE = Parameter("here", "open choice", "", columns=Columns(2), hint=np.ndarray)


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_files_are_refused_at_once(name: str) -> None:
    data, key, line = MALFORMED[name]
    began = time.perf_counter()
    with pytest.raises(Refusal) as caught:
        taken_of(data, "a.csv", HERE)
    assert time.perf_counter() - began < 4
    assert (caught.value.field, caught.value.key, caught.value.values.get("line")) == ("here", key, line)
    message = sentence(caught.value)
    assert len(message) < 600
    assert message.isprintable()
    message.encode()


@pytest.mark.parametrize("name", READ)
def test_odd_files_are_read_and_it_is_said(name: str) -> None:
    data, rows, last, key = READ[name]
    began = time.perf_counter()
    taken = taken_of(data, "a.csv", HERE)
    assert time.perf_counter() - began < 4
    assert (taken.rows, taken.values["here"][-1].tolist()) == (rows, last)
    assert key in [remark.key for remark in taken.remarks]
    assert all(remark_sentence(remark).isprintable() for remark in taken.remarks)


BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(['"', ",", ";", "\t", "\n", "\r", "1", "-2.5", "x", "nan", " ", "é", "\ufeff", "\u2028"]))
    .map("".join)
    .map(str.encode),
)


PARAMETERS = [
    HERE,
    Parameter("points", "open choice", "", columns=Columns(3), hint=np.ndarray),
    Parameter("points", "open choice", "", columns=Columns(last="labels"), hint=np.ndarray),
    Parameter("kernel", "array", None),
    Parameter("facts", "rows", (), item=Parameter("", "texts", None, shortest=3, longest=3)),
    Parameter("ratings", "table", None),
    Parameter("sentences", "texts", (), columns=Columns(2, last="labels")),
    Parameter("held_out", "numbers", ()),
]


def outcome(*given: Any) -> Taken | Refusal:
    try:
        return taken_of(*given)
    except Refusal as refusal:
        return refusal


NAMES = ["a.csv", "a.txt", "a.json", "a", "a.npy"]


@settings(max_examples=600, deadline=None)
@given(
    BYTES,
    st.sampled_from(PARAMETERS),
    st.lists(st.sampled_from(["0", "1", "x", ""]), max_size=3),
    st.sampled_from(NAMES),
    st.sampled_from(["drop", "refuse", "keep"]),
)
def test_any_bytes_for_any_parameter_are_either_read_or_refused(
    data: bytes, parameter: Parameter, chosen: list[str], name: str, blank: Any
) -> None:
    taken = outcome(data, name, parameter, Reading(blank=blank), chosen)
    if isinstance(taken, Refusal):
        assert sentence(taken).isprintable()
        return
    assert set(taken.values) <= {parameter.name, "labels"}
    if taken.columns:
        assert len({len(value) for value in taken.values.values()}) == 1
    if parameter is HERE and taken.columns:
        assert taken.values["here"].shape == (taken.rows, 2)
        assert (np.abs(taken.values["here"]) <= 1e12).all()
