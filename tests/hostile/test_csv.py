"""Files somebody may open as data: each is refused at once, with a key and the line where there is one."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.table import MAX_BYTES, numeric, read_table
from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.columns import columns_of

GOOD = b"1,2\n" * 30

# name: (bytes, key, line)
MALFORMED: dict[str, tuple[bytes, str, int | None]] = {
    "nothing": (b"", "csv_empty", None),
    "blank lines": (b"\n \r\n\t\n", "csv_empty", None),
    "a byte order mark alone": (b"\xef\xbb\xbf", "csv_empty", None),
    "a pair of quotes": (b'""\n', "csv_empty", None),
    "delimiters only": (b",,\n,,\n,,\n", "csv_too_few_numeric", None),
    "NUL": (b"a,b\n1,2\n3,\x00\n", "csv_binary", 3),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "csv_binary", 3),
    "UTF-16": ("a,b\n1,2\n3,4\n".encode("utf-16"), "csv_binary", 1),
    "Latin-1": ("größe,b\n1,2\n3,4\n".encode("latin-1"), "csv_not_utf8", 1),
    "GBK": ("a,b\n1,2\n3,花\n".encode("gbk"), "csv_not_utf8", 3),
    "cut off inside a character": (GOOD + "3,花".encode()[:-1], "csv_not_utf8", 31),
    "overlong encoding": (b"a,b\n1,\xc0\xaf\n", "csv_not_utf8", 2),
    "encoded surrogate": (b"a,b\n1,\xed\xa0\x80\n", "csv_not_utf8", 2),
    "row too short": (b"a,b\n1,2\n3\n4,5\n", "csv_ragged", 3),
    "row too long": (GOOD + b"1,2,3\n", "csv_ragged", 31),
    "trailing delimiter once": (b"1,2\n3,4,\n5,6\n", "csv_ragged", 2),
    "one column": (b"a\n1\n2\n3\n", "csv_one_column", 1),
    "columns cut by spaces": (b"1 2\n3 4\n", "csv_one_column", 1),
    "columns cut by bars": (b"1|2\n3|4\n", "csv_one_column", 1),
    "header only": (b"a,b\n", "csv_too_few_rows", None),
    "one row": (b"a,b\n1,2\n", "csv_too_few_rows", None),
    "one row without header": (b"1,2\n", "csv_too_few_rows", None),
    "two headers of one name": (b"a,a\n1,2\n3,4\n", "csv_name_twice", 1),
    "texts only": (b"a,b\nx,y\nz,w\n", "csv_too_few_numeric", None),
    "one column of numbers": (b"a,b\n1,x\n2,y\n", "csv_too_few_numeric", None),
    "a word among numbers": (b"a,b\n1,2\n3,four\n", "csv_not_a_number", 3),
    "a gap": (b"a,b\n1,2\n,4\n", "csv_not_a_number", 3),
    "decimal commas": (b"a;b\n1;2\n1,5;2,5\n", "csv_not_a_number", 3),
    "decimal commas without header": (b"1,5;2,5\n3,5;4,5\n", "csv_not_a_number", 1),
    "grouped digits": (b"a;b\n1;2\n1'000;2\n", "csv_not_a_number", 3),
    "underscored digits": (GOOD + b"1_000,2\n", "csv_not_a_number", 31),
    "other digits": (GOOD + "١,2\n".encode(), "csv_not_a_number", 31),
    "hexadecimal": (GOOD + b"0x10,2\n", "csv_not_a_number", 31),
    "two signs": (GOOD + b"--1,2\n", "csv_not_a_number", 31),
    "formula": (GOOD + b"=1+1,2\n", "csv_not_a_number", 31),
    "percent": (GOOD + b"1%,2\n", "csv_not_a_number", 31),
    "escape sequence": (GOOD + b"\x1b[31m1,2\n", "csv_not_a_number", 31),
    "HTML": (b"<!DOCTYPE html>\n<html><body>\n</html>\n", "csv_one_column", 1),
    "JSON": (b'{"a": [1, 2],\n"b": 3}', "csv_unreadable", 2),
    "NaN": (GOOD + b"nan,2\n", "csv_not_finite", 31),
    "NaN first": (b"a,b\nNaN,2\n3,4\n", "csv_not_finite", 2),
    "infinity": (GOOD + b"1,-Infinity\n", "csv_not_finite", 31),
    "infinite by its exponent": (GOOD + b"1,1e999\n", "csv_not_finite", 31),
    "exponent of many digits": (GOOD + b"1,1e" + b"9" * 10_000 + b"\n", "csv_not_finite", 31),
    "number of many digits": (GOOD + b"9" * 10_000 + b",1\n", "csv_not_finite", 31),
    "beyond 1e12": (GOOD + b"1,1000000000001\n", "csv_too_big", 31),
    "open quote": (GOOD + b'"1,2\n3,4\n', "csv_unreadable", 32),
    "text behind a quote": (GOOD + b'"1"x,2\n', "csv_unreadable", 31),
    "a cell of a million letters": (GOOD + b"x" * 1_000_000 + b",2\n", "csv_unreadable", 31),
    "a line of commas": (b"," * 1_000_000, "csv_too_many_columns", 1),
    "a line of commas further down": (GOOD + b"," * 20_000_000, "csv_too_many_columns", 31),
    "a thousand and one columns": (b",".join([b"1"] * 1001) + b"\n", "csv_too_many_columns", 1),
    "more than a million rows": (b"1,2\n" * 1_000_002, "csv_too_many_rows", None),
    "too large": (b"1" * (MAX_BYTES + 1), "csv_too_large", None),
    "too large and empty": (b"\n" * (MAX_BYTES + 1), "csv_too_large", None),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_files_are_refused_at_once(name: str) -> None:
    data, key, line = MALFORMED[name]
    began = time.perf_counter()
    with pytest.raises(Refusal) as caught:
        numeric(read_table(data, "here"), field="here")
    assert time.perf_counter() - began < 4
    assert (caught.value.field, caught.value.key, caught.value.values.get("line")) == ("here", key, line)
    message = str(caught.value)
    assert len(message) < 600
    assert message.isprintable()
    message.encode()


def test_a_million_blank_lines_are_no_rows() -> None:
    blank = b"\n" * 1_000_000
    assert len(numeric(read_table(blank + b"1;2\n" + blank + b"3;4\n"))) == 2


BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(['"', ",", ";", "\t", "\n", "\r", "1", "-2.5", "x", "nan", " ", "é", "\ufeff", "\u2028"]))
    .map("".join)
    .map(str.encode),
)


@settings(max_examples=300)
@given(BYTES)
def test_any_bytes_are_either_read_or_refused(data: bytes) -> None:
    try:
        array = numeric(read_table(data))
    except Refusal:
        return
    assert array.shape[1] == 2
    assert len(array) >= 2
    assert (np.abs(array) <= 1e12).all()


WORDS = Parameter("facts", "rows", (), item=Parameter("", "texts", None, shortest=3, longest=3))
GAPS = Parameter("ratings", "table", None)
TEXTS = Parameter("sentences", "texts", (), columns=Columns(2, last="labels"))
NUMBERS = Parameter("held_out", "numbers", ())


@settings(max_examples=300)
@given(
    BYTES, st.sampled_from([WORDS, GAPS, TEXTS, NUMBERS]), st.lists(st.sampled_from(["0", "1", "x", ""]), max_size=3)
)
def test_any_bytes_for_any_list_are_either_read_or_refused(
    data: bytes, parameter: Parameter, chosen: list[str]
) -> None:
    try:
        values = columns_of(data, chosen, parameter)
    except Refusal:
        return
    assert set(values) <= {parameter.name, "labels"}
    assert len({len(value) for value in values.values()}) == 1
