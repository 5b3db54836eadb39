"""Names that look like numbers stay as they are written."""

from __future__ import annotations

import pytest

from core.run.parameters import Columns, Parameter
from playground.files.wanted import taken_of

TRIPLES = Parameter("triples", "rows", (), item=Parameter("", "texts", None, shortest=3, longest=3))
RATINGS = Parameter("ratings", "table", None, columns=Columns(rows="who", heads="what"))
TEXTS = Parameter("sentences", "texts", ())


@pytest.mark.parametrize(
    ("text", "triples"),
    [
        ("007 1.10 3\n1 1.1 007\n", [["007", "1.10", "3"], ["1", "1.1", "007"]]),
        (
            "007 in 1.10\n1.10 in bob\nbob at 007\n",
            [["007", "in", "1.10"], ["1.10", "in", "bob"], ["bob", "at", "007"]],
        ),
        ("1E5\tin\t2\n2\tin\t1E5\n", [["1E5", "in", "2"], ["2", "in", "1E5"]]),
        ("001 01 002\n002 01 003\n", [["001", "01", "002"], ["002", "01", "003"]]),
        ("1.0 in 1.10\n1.10 in 2.0\n", [["1.0", "in", "1.10"], ["1.10", "in", "2.0"]]),
        ("# by hand\nhead,relation,tail\n1,2,+3\n\n,5,6\n 4 ,5,6\n", [["1", "2", "+3"], ["4", "5", "6"]]),
        ('[["1.10", "in", "2"], ["2", "in", "007"]]', [["1.10", "in", "2"], ["2", "in", "007"]]),
    ],
)
def test_names_in_triples(text: str, triples: list[list[str]]) -> None:
    assert taken_of(text.encode(), "a.csv", TRIPLES).values == {"triples": triples}


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("user,item,rating\n7,1.10,5\n07,1.1,3\n", ["7", "07"], ["1.10", "1.1"]),
        ("user,item,rating\n7.0,1.0,5\n,2.0,1\n8.0,2.0,3\n", ["7", "8"], ["1.0", "2.0"]),  # as pandas writes 7 and 8
        ("user,Up,1.10\n1.50,5,4\n1.5,,3\n", ["1.50", "1.5"], ["Up", "1.10"]),
    ],
)
def test_names_of_users_and_items(text: str, who: list[str], what: list[str]) -> None:
    values = taken_of(text.encode(), "a.csv", RATINGS).values
    assert (values["who"], values["what"]) == (who, what)


def test_texts_of_numbers() -> None:
    taken = taken_of(b"text;n\n1.10;a\nNA;b\n2.0;c\n", "a.csv", TEXTS, chosen=["text"])
    assert taken.values == {"sentences": ["1.10", "2.0"]}
