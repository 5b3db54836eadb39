import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from widgets.base.numbers import fixed
from widgets.grids.number_format import NumberForm, RoundedForm


@pytest.mark.parametrize(
    ("values", "characters", "decimals"),
    [([-34, 0, 23], 3, 0), ([-34, 0], 2, None), ([1 / 9], 4, 2), ([1 / 9], 2, None), ([12.345], 4, 1), ([12.3], 2, 0)],
)
def test_as_many_decimals_as_there_is_room_for(values: list[float], characters: int, decimals: int | None) -> None:
    assert NumberForm.of(np.array(values)).decimals_in(characters) == decimals


def test_what_is_empty_does_not_count() -> None:
    form = NumberForm.of(np.array([np.nan, 3.0, np.inf]))
    assert (form.low, form.high, form.decimals) == (3.0, 3.0, 0)
    assert NumberForm.of(np.array([np.nan])).decimals == 0


@pytest.mark.parametrize(
    ("wide", "high", "decimals"), [(20, 8, None), (12, 30, None), (30, 20, 1), (40, 20, 2), (60, 30, 2)]
)
def test_rounded_numbers_take_the_decimals_there_is_room_for(
    qapp: QApplication, wide: int, high: int, decimals: int | None
) -> None:
    fit = RoundedForm(1.0).fit(wide, high)
    assert (fit and fit[1]) == decimals


@pytest.mark.parametrize(("limit", "decimals"), [(0.5, 1), (0.4, None)])
def test_numbers_that_would_all_be_written_as_about_zero_are_left_out(
    qapp: QApplication, limit: float, decimals: int | None
) -> None:
    fit = RoundedForm(limit, 5).fit(30, 20)
    assert (fit and fit[1]) == decimals


def test_small_cells_have_no_numbers(qapp: QApplication) -> None:
    form = NumberForm.of(np.array([1.0, 2.0]))
    assert form.fit(20, 20) == ("cell", 0)
    assert form.fit(20, 20, bold=True) == ("cell_bold", 0)
    assert form.fit(30, 19) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.integers(1, 9))
def test_every_number_fits(values: list[float], characters: int) -> None:
    form = NumberForm.of(np.array(values))
    decimals = form.decimals_in(characters)
    if decimals is not None:
        assert all(len(fixed(value, decimals)) <= characters for value in values)
