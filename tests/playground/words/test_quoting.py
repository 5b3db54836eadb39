from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.words.quoting import LONGEST_QUOTE, short, short_path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("abc", "abc"),
        ("a\nb\t c", "a b c"),
        ("\x1b[31mred", "\\x1b[31mred"),
        (1.5, "1.5"),
        (True, "true"),
        (None, "null"),
        ([1, {"a": "猫"}], '[1, {"a": "猫"}]'),
        (np.zeros((2, 3)), "an array of shape [2, 3]"),
        ({1, 2}, '"{1, 2}"'),
    ],
)
def test_a_value_in_one_line(value: Any, text: str) -> None:
    assert short(value) == text


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("value", ["x" * 10**6, "\n" * 10**6, list(range(10**6)), nested(900), {"a": "x" * 10**6}])
def test_whatever_is_given_stays_short(value: Any) -> None:
    assert len(short(value)) <= LONGEST_QUOTE


def test_a_long_path_keeps_its_end() -> None:
    assert short_path("a/b.csv") == "a/b.csv"
    assert short_path("a/" * 100 + "b.csv").endswith("a/b.csv")
    assert len(short_path("a/" * 100 + "b.csv")) == LONGEST_QUOTE
