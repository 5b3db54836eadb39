from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.base import numbers


@pytest.mark.parametrize(
    ("value", "text"), [(1.52, "1.520"), (-2.1, "−2.100"), (-0.0004, "0.000"), (-1.26e6, "−1.3e6")]
)
def test_coordinate(value: float, text: str) -> None:
    assert numbers.coordinate(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1394, "0.139"), (0.0, "0.000"), (4.2e-5, "4.2e−5"), (1.26e6, "1.3e6"), (10_000.0, "10000.000")],
)
def test_compact(value: float, text: str) -> None:
    assert numbers.compact(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.9, 2, "0.90"),
        (23.954, 4, "23.95"),
        (-6.0711, 3, "−6.07"),
        (100.0, 3, "100"),
        (1234.0, 3, "1234"),
        (-0.0, 3, "0"),
        (1.5e-7, 3, "1.50e−7"),
        (2e9, 1, "2e9"),
        (99_999.7, 3, "1.00e5"),
    ],
)
def test_significant(value: float, digits: int, text: str) -> None:
    assert numbers.significant(value, digits) == text


def test_only_negative_factors_stand_in_brackets() -> None:
    assert numbers.bracketed(-0.427) == "(−0.427)"
    assert numbers.bracketed(0.427) == "0.427"


def test_percent_and_counts() -> None:
    assert numbers.percent(0.2409) == "24.1%"
    assert numbers.count(-1234567) == "−1\u2009234\u2009567"
    assert numbers.count(12) == "12"


@pytest.mark.parametrize(("value", "text"), [(1e-8, "1e-08"), (0.9, "0.9"), (3.0, "3"), (3, "3"), (-4.6, "-4.6")])
def test_shortest(value: float, text: str) -> None:
    assert numbers.shortest(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_shortest_gives_the_value_back(value: float) -> None:
    assert float(numbers.shortest(value)) == value


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_what_is_not_finite_is_said_in_words(value: float) -> None:
    shown = [numbers.coordinate, numbers.compact, numbers.bracketed, numbers.percent, numbers.shortest]
    assert {show(value) for show in shown} == {"not finite"}


def test_decimals_are_kept_and_nothing_has_no_sign() -> None:
    assert numbers.fixed(-0.5, 1) == "−0.5"
    assert numbers.fixed(-0.04, 1) == "0.0"
    assert numbers.fixed(-10.0, 0) == "−10"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (1300.0, "1300"),
        (1e6, "1 000 000"),
        (-12.0, "−12"),
        (0.25, "0.250"),
        (123_456.7, "123\u2009457"),
        (0.067, "0.0670"),
        (1e15, "1.00e15"),
        (inf, "not finite"),
    ],
)
def test_brief_writes_whole_numbers_whole(value: float, text: str) -> None:
    assert numbers.brief(value, 3) == text
