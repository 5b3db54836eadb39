"""Quotation marks within texts stay, however a program writes them."""

from __future__ import annotations

import pytest

from playground.files.text_to_table import table_of


@pytest.mark.parametrize(
    ("text", "cells", "said"),
    [
        ('a,t\n1,"he said, ""no"", twice"\n2,"so"\n', ['he said, "no", twice', "so"], ""),  # a blank before them
        ('a,t\n1,   "a, ""b"""\n2, "c"\n', ['a, "b"', "c"], ""),
        ('a,t\n1,"he said \\"no\\""\n2,"\\"so\\", he"\n', ['he said "no"', '"so", he'], "quotes_escaped"),
        ('a,t\n1,"C:\\x\\"\n2,"D:\\"\n', ["C:\\x\\", "D:\\"], ""),  # a backslash at the end of a cell
        ('a\tt\n1\t"open\n2\tplain\n3\ta "so"\n4\t"again\n', ['"open', "plain", 'a "so"', '"again'], "quotes_plain"),
        ('a\tt\n1\t"so" he said\n2\tplain\n', ['"so" he said', "plain"], "quotes_plain"),
        ('a\tt\n1\t"two\nlines"\n2\t"so"\n', ["two\nlines", "so"], ""),
        ('a\tt\n1\t5" wide\n2\t"so ""that"""\n', ['5" wide', 'so "that"'], ""),
    ],
)  # fmt: skip
def test_quotation_marks_within_texts(text: str, cells: list[str], said: str) -> None:
    table = table_of(text.encode())
    assert list(table.columns["t"]) == cells
    assert " ".join(remark.key for remark in table.remarks if remark.key.startswith("quotes")) == said


def test_a_formula_that_holds_a_text_is_that_text() -> None:
    table = table_of(b'id,x,y\n="001",1,2\n="002",2,3\n')
    assert (table.columns["id"], [remark.key for remark in table.remarks]) == (("001", "002"), ["formulas", "codes"])


def test_one_that_opens_far_below_the_beginning() -> None:
    table = table_of(("a\tt\n" + "1\tplain\n" * 20_000 + '2\t"open\n3\tlast\n').encode())
    assert table.columns["t"][-2:] == ('"open', "last")
