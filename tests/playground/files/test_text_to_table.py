from __future__ import annotations

import numpy as np
import pytest

from core.run.refusal import Refusal
from playground.files.reading import Reading
from playground.files.text_to_table import Table, table_of


def cells(table: Table) -> dict[str, list[object]]:
    return {name: list(column) for name, column in table.columns.items()}


def said(table: Table) -> list[str]:
    return [remark.key for remark in table.remarks]


def refused(data: bytes, reading: Reading = Reading()) -> Refusal:  # noqa: B008
    with pytest.raises(Refusal) as caught:
        table_of(data, reading=reading, field="points")
    assert caught.value.field == "points"
    return caught.value


def test_columns_keep_their_names_and_blanks() -> None:
    table = table_of(b"x,who\n1,a\n,b\n3,c\n")
    assert table.names == ("x", "who")
    assert np.array_equal(table.columns["x"], [1, np.nan, 3], equal_nan=True)
    assert table.columns["who"] == ("a", "b", "c")
    assert list(table.lines) == [2, 3, 4]
    assert table.reading == Reading("yes", "utf-8", ",", ".")


def test_a_preview_has_the_first_rows_as_the_whole_has_them() -> None:
    data = b"x,y\n1,2\n3,4\n5,word\n"
    assert cells(table_of(data, most=2)) == {"x": [1, 3], "y": ["2", "4"]}
    assert list(table_of(data, most=2).lines) == [2, 3]


def test_numbers_are_exact_and_locked() -> None:
    numbers = np.random.default_rng(0).normal(0, 1e5, 2000) * 10.0 ** np.random.default_rng(1).integers(-300, 300, 2000)
    column = table_of(("x\n" + "\n".join(map(repr, numbers.tolist()))).encode()).columns["x"]
    assert isinstance(column, np.ndarray)
    assert column.tolist() == numbers.tolist()
    assert not column.flags.writeable


def test_a_word_for_blank_is_one_among_numbers_alone() -> None:
    table = table_of(b"country,x\nNA,1\nDE,NA\n,3\n")
    assert table.columns["country"] == ("NA", "DE", "")
    assert np.array_equal(table.columns["x"], [1, np.nan, 3], equal_nan=True)


def test_a_column_of_blanks_is_one_of_numbers_that_are_not_there() -> None:
    table = table_of(b"x,y\n1,\n2,\n")
    assert np.isnan(np.asarray(table.columns["y"], dtype=float)).all()


def test_lines_are_those_of_the_file_whatever_stands_between() -> None:
    table = table_of(b'\n# note\nx,y\n\n1,"a\nb"\n2\n3,c\n\n# note\n4,d\n5,e\n')
    assert cells(table) == {"x": [1, 3, 4, 5], "y": ["a\nb", "c", "d", "e"]}
    assert list(table.lines) == [5, 8, 11, 12]
    (ragged,) = [remark for remark in table.remarks if remark.key == "ragged"]
    assert ragged.values == {"line": 7, "given": 1, "allowed": 2, "count": 1}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_row_of_blanks_is_a_row_and_an_empty_line_is_none(separator: str) -> None:
    rows = ["a,b", "1,2", "", ",", "3,4", ""]
    table = table_of("\n".join(rows).replace(",", separator).encode())
    assert list(table.lines) == [2, 4, 5]
    assert np.array_equal(table.columns["b"], [2, np.nan, 4], equal_nan=True)


def test_rows_of_another_length_are_left_out_while_they_are_few() -> None:
    rows = b"1,2\n" * 9
    assert said(table_of(b"x,y\n" + rows + b"3\n3\n")) == ["ragged"]
    assert refused(b"x,y\n" + rows + b"3\n" * 4).key == "csv_ragged"


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("x,y\n1,2\n2,3\n3,1\n", None),  # two columns are x and y, whatever they hold
        ("x,y,z\n1,2,3\n2,3,1\n3,1,2\n", None),
        ("day,t,n\n1,20,3\n2,21,4\n3,19,5\n", "day"),
        (",t,n\n0,20,3\n1,21,4\n", "0"),
        ("Unnamed: 0,t\n0,20\n1,21\n", "Unnamed: 0"),
        ("t,id,n\n20,5,1\n21,9,2\n", "id"),
        ("id,t,n\n5,1,1\n5,2,2\n", None),  # twice the same: it numbers no rows
        ("1,0,-1\n2,0,-2\n3,0,-1\n", None),  # a kernel
    ],
)
def test_what_only_counts_is_told(text: str, index: str | None) -> None:
    assert table_of(text.encode()).index == index


def test_what_is_chosen_is_done() -> None:
    data = b"1;2\n3;4\n"
    assert cells(table_of(data, reading=Reading(header="yes"))) == {"1": [3], "2": [4]}
    assert cells(table_of(b"a,b\nc,d\n", reading=Reading(header="no"))) == {"0": ["a", "c"], "1": ["b", "d"]}
    assert cells(table_of(data, reading=Reading(separator="|"))) == {"0": ["1;2", "3;4"]}
    assert cells(table_of(b"1.234;5\n2.345;6\n", reading=Reading(decimal=","))) == {"0": [1234, 2345], "1": [5, 6]}
    assert cells(table_of("ä,b\n1,2\n".encode("utf-16-be"), reading=Reading(encoding="utf-16"))) == {"ä": [1], "b": [2]}
    assert table_of(data, reading=Reading(blank="keep")).reading.blank == "keep"


@pytest.mark.parametrize("separator", ["", "::", "é", '"', "\n"])
def test_a_separator_that_is_none_is_refused(separator: str) -> None:
    assert refused(b"1,2\n", Reading(separator=separator)).key == "csv_separator"


def test_a_separator_that_a_file_names_is_refused_too() -> None:
    assert refused("sep=é\n1é2\n".encode()).values["given"] == "é"


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert refused(bytes(33 * 2**20)).key == "file_too_large"


def test_json_is_told_by_what_stands_in_it() -> None:
    assert cells(table_of(b'[{"x": 1}, {"x": 2}]', "a.txt")) == {"x": [1, 2]}
    assert cells(table_of(b"[cm],[kg]\n1,2\n3,4\n")) == {"[cm]": [1, 3], "[kg]": [2, 4]}


def test_a_word_that_comes_again_below_is_no_name_but_a_heading_may_come_again_as_a_whole() -> None:
    assert table_of(b"ann,knows,bob\nbob,knows,2\n").reading.header == "no"
    assert table_of(b"name,x\nann,1\nbob,2\nname,x\ncid,3\n").reading.header == "yes"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("/m/1\t/in/place\t/m/2\n/m/3\t/in/time\t/m/4\n", "no"),
        ("Q42,P31,Q5\nQ7,P19,Q8\n", "no"),
        ("<http://a/b>\tin\t<http://a/c>\n<http://a/d>\tat\t<http://a/e>\n", "no"),
        ("who\tdid\twhom\nQ42\tP31\tQ5\nQ7\tP19\tQ8\n", "yes"),
        ("Q1,Q2\nyes,no\nno,maybe\n", "yes"),
    ],
)
def test_what_begins_as_all_below_it_is_no_name(text: str, header: str) -> None:
    assert table_of(text.encode()).reading.header == header
