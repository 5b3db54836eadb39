import numpy as np
import pytest

from widgets.plots.marks.levels import levels_of


def _grid(side: float) -> tuple[np.ndarray, np.ndarray]:
    line = np.linspace(-side, side, 81)
    x, y = np.meshgrid(line, line)
    return x, y


def test_levels_rise_and_are_denser_near_the_lowest_value() -> None:
    x, y = _grid(5.0)
    levels = levels_of((x * x + y - 11) ** 2 + (x + y * y - 7) ** 2)
    assert 14 <= len(levels.values) + 1 <= 19
    steps = np.diff(levels.values)
    assert (steps > 0).all()
    assert np.median(steps[:5]) < 0.05 * np.median(steps[-5:])
    assert levels.round == (10.0, 100.0, 1000.0)[: len(levels.round)]
    assert set(levels.round) <= set(levels.values)
    assert levels.text(10.0) == "10"


def test_a_field_whose_lowest_value_is_not_zero_has_round_levels_too() -> None:
    x, y = _grid(2.5)
    levels = levels_of(x**4 / 4 - x * x + 0.3 * x + y * y)
    assert levels.values[0] < 0
    assert levels.text(0.0) == "0"
    with pytest.raises(ValueError, match="tuple"):
        levels.text(0.123)


def test_flat_and_empty_fields_have_no_levels() -> None:
    assert levels_of(np.full((5, 5), 3.0)).values == ()
    assert levels_of(np.full((5, 5), np.nan)).values == ()
