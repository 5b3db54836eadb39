from typing import Any

import pytest

from core.run.parameters import Parameter
from widgets.form.param_scale import scale_of, stepped


def number(default: float = 0.5, **known: Any) -> Parameter:
    return Parameter("p", "number", default, **known)


def test_both_limits_stand_at_the_ends_exactly() -> None:
    scale = scale_of(number(0.9, low=0, high=0.9999))
    assert (scale.value(0), scale.value(scale.steps)) == (0.0, 0.9999)


def test_between_the_ends_values_have_three_significant_digits() -> None:
    scale = scale_of(number(0.01, low=1e-12, high=10, log=True))
    values = [scale.value(position) for position in range(1, scale.steps)]
    assert all(float(f"{value:.3g}") == value for value in values)
    assert values == sorted(values)


def test_a_range_of_too_many_decades_is_narrowed_about_the_default() -> None:
    scale = scale_of(number(1e-8, low=1e-12, high=1, log=True))
    assert [scale.value(0), scale.value(scale.steps)] == pytest.approx([1e-11, 1e-5])


def test_a_missing_or_far_limit_leaves_a_stretch_that_can_be_used() -> None:
    assert scale_of(number(0.0, low=0)).high == 1
    assert scale_of(number(0.0, low=0, high=1e12)).high == 1
    assert scale_of(number(3.0)).low == -9


def test_the_middle_of_a_symmetric_scale_is_nought() -> None:
    scale = scale_of(number(1.0, low=-5, high=5))
    assert str(scale.value(500)) == "0.0"


def test_integers_have_a_position_each() -> None:
    scale = scale_of(Parameter("k", "integer", 4, low=1, high=12))
    assert [scale.value(position) for position in range(scale.steps + 1)] == list(range(1, 13))
    assert scale.position(7) == 6


def test_a_log_scale_from_nought_has_nought_at_its_end() -> None:
    scale = scale_of(number(0.0, low=0, high=10, log=True))
    assert scale.value(0) == 0
    assert scale.position(0.0) == 0
    assert scale.value(1) > 0


def test_beyond_the_ends_the_handle_stands_at_the_end() -> None:
    scale = scale_of(number(0.01, low=1e-12, high=10, log=True))
    assert (scale.position(1e-12), scale.position(1e9)) == (0, scale.steps)


@pytest.mark.parametrize(
    ("value", "count", "expected"),
    [(0.003, 1, 0.004), (0.009, 1, 0.01), (0.01, -1, 0.009), (0.1, 2, 0.3), (1.05, -1, 0.95), (10.0, 1, 10.0)],
)
def test_on_a_log_scale_a_step_changes_the_leading_digit(value: float, count: int, expected: float) -> None:
    assert stepped(number(0.01, low=1e-12, high=10, log=True), value, count) == expected


@pytest.mark.parametrize(("value", "count", "expected"), [(0.9, 1, 0.91), (0.99, 1, 0.9999), (0.0, -1, 0.0)])
def test_on_a_linear_scale_a_step_is_a_hundredth_and_stays_within_limits(
    value: float, count: int, expected: float
) -> None:
    assert stepped(number(0.9, low=0, high=0.9999), value, count) == expected


def test_an_integer_steps_by_one_and_stays_an_integer() -> None:
    k = Parameter("k", "integer", 4, low=1, high=5)
    assert [stepped(k, 4, 1), stepped(k, 5, 1), stepped(k, 1, -1)] == [5, 5, 1]
    assert isinstance(stepped(k, 5, 1), int)
