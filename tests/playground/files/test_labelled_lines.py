"""Texts with a label before each, and Weka's tables of what is not 0."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import word2vec
from core.run.parameters import Columns, Parameter, parameters
from core.run.refusal import Refusal
from playground.files.text_to_table import table_of
from playground.files.wanted import taken_of

TEXTS = Parameter("sentences", "texts", (), columns=Columns(2, last="labels"))
CORPUS = next(parameter for parameter in parameters(word2vec.Params) if parameter.name == "corpus")
SENTENCES = ["so good , truly", 'so "bad"', "fine"]
BOTH = {"sentences": SENTENCES, "labels": [1, 0, 1]}


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "train"])
def test_labels_of_fasttext_are_labels(name: str) -> None:
    data = b'__label__pos so good , truly\n__label__neg  so "bad"\n__label__pos , fine\n'
    taken = taken_of(data, name, TEXTS)
    assert taken.values == BOTH
    assert "fasttext" in {remark.key for remark in taken.remarks}
    assert taken_of(data, name, CORPUS).values == {"corpus": "\n".join(SENTENCES)}


@pytest.mark.parametrize("labels", ["101", ("+1", "-1", "+1")])
def test_one_of_two_numbers_before_each_line_is_its_label(labels: Any) -> None:
    lines = (f"{label} {text}\n" for label, text in zip(labels, SENTENCES, strict=True))
    assert taken_of("".join(lines).encode(), "a.txt", TEXTS).values == BOTH


@pytest.mark.parametrize("text", ["1 more time\n1 more day\n", "1 more time\nno\n0 hope\n", "2 days\n3 days\n"])
def test_a_number_that_begins_a_text_is_none(text: str) -> None:
    assert taken_of(text.encode(), "a.txt", TEXTS).values == {"sentences": text.splitlines()}


HEAD = "@relation a\n@attribute x numeric\n@attribute 'y z' real\n@attribute c {no, 'oh yes'}\n@data\n"


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("{0 1.5, 2 'oh yes'}\n{1 5}\n{ }\n", {"x": [1.5, 0, 0], "y z": [0, 5, 0], "c": ["oh yes", "no", "no"]}),
        ('{0 ?,1 2}\n% note\n{2 "oh yes", 0 3}\n', {"x": [np.nan, 3], "y z": [2, 0], "c": ["no", "oh yes"]}),
    ],
)
def test_what_rows_in_braces_leave_out_is_0_or_the_first_word(rows: str, columns: dict[str, list[Any]]) -> None:
    table = table_of((HEAD + rows).encode(), "a.arff")
    for name, cells in columns.items():
        np.testing.assert_array_equal(table.columns[name], cells)


def test_rows_in_braces_with_places_that_are_none_are_refused_with_their_line() -> None:
    with pytest.raises(Refusal) as caught:
        table_of((HEAD + "{0 1}\n{7 2}\n{8 2}\n").encode(), "a.arff")
    assert (caught.value.key, caught.value.values["line"]) == ("csv_ragged", 7)


def test_too_large_a_table_in_braces_is_refused_before_it_is_made() -> None:
    head = "@relation a\n" + "".join(f"@attribute a{i} numeric\n" for i in range(999)) + "@data\n"
    with pytest.raises(Refusal) as caught:
        table_of((head + "{0 1}\n" * 11_000).encode(), "a.arff")
    assert caught.value.values["allowed"] == 10_010
