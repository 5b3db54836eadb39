"""How many digits a printed line needs."""

from __future__ import annotations

import math

import pytest

from core.run.by_hand import digits_of, enough, rounded
from core.run.explanation import line


def test_a_result_of_numbers_alike_needs_no_more_digits() -> None:
    assert digits_of(line("{c} = {a} × {b}", {"c": 6.0, "a": 2.0, "b": 3.0}), 4) == (4, 0, 6.0)


def test_a_difference_of_numbers_nearly_equal_needs_more() -> None:
    a, b = 100.12345, 100.0
    digits, place, result = digits_of(line("{c} = {a} − {b}", {"c": a - b, "a": a, "b": b}), 4)
    assert (place, result) == (0, a - b)
    assert digits > 5
    assert rounded(a, digits) - rounded(b, digits) == pytest.approx(0.1234, abs=0.001)


def test_what_no_digits_give_is_rounding_and_printed_as_by_hand() -> None:
    assert enough([0.5, -0.5], sum, 1.2e-17, 4) == (12, 0.0)


def test_roots_powers_and_logarithms_are_computed() -> None:
    a, b = 95.2, 31774.4
    template = "{c} = {a}² / (√{b} + {e:setting})"
    assert digits_of(line(template, {"c": a * a / (math.sqrt(b) + 1e-8), "a": a, "b": b, "e": 1e-8}), 4)[1] == 0
    pair = {"d": math.hypot(3.01, 0.4), "x": 3.01, "y": -0.4}
    assert digits_of(line("{d} = √({x} × {x} + {y} × {y})", pair), 4)[1] == 0
    assert digits_of(line("L = −log {p} = {l}", {"p": 0.05, "l": -math.log(0.05)}), 4)[1] == 3


@pytest.mark.parametrize("template", ["{a}·h = {b}", "J = {a} → J = {b}", "{a}", "{a} = __import__ {b}"])
def test_what_is_no_equation_of_numbers_has_no_result(template: str) -> None:
    assert digits_of(line(template, {"a": 1.0, "b": 2.0}), 4)[1] is None
