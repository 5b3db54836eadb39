import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.grids.number_format import NumberForm


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


def test_a_true_minus_and_no_sign_of_nothing() -> None:
    form = NumberForm(-1.0, 1.0, 1)
    assert form.text(-0.5, 1) == "−0.5"
    assert form.text(-0.04, 1) == "0.0"
    assert form.text(-10.0, 0) == "−10"


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.integers(1, 9))
def test_every_number_fits(values: list[float], characters: int) -> None:
    form = NumberForm.of(np.array(values))
    decimals = form.decimals_in(characters)
    if decimals is not None:
        assert all(len(form.text(value, decimals)) <= characters for value in values)
