from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.data.pictures import PICTURES, named_picture, resized

DRAWINGS = ("digit", "checker", "bars", "circle", "gradient")


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("size", [None, (1, 1), (28, 28), (5, 9)])
def test_drawings_hold_small_whole_numbers(name: str, size: tuple[int, int] | None) -> None:
    picture = named_picture(name, size)
    assert picture.shape == (size or (8, 8))
    assert set(picture.ravel()) <= set(range(10))


def test_a_photo_is_grey_and_colour_has_three_channels() -> None:
    photo = named_picture("photo")
    assert photo.shape == (64, 64)
    assert photo.min() >= 0
    assert photo.max() <= 255
    assert np.ptp(photo) > 150
    assert named_picture("colour").shape == (3, 8, 8)
    assert named_picture("colour", (6, 4)).shape == (3, 6, 4)


@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_is_empty_and_each_is_the_same_every_time(name: str) -> None:
    assert np.ptp(named_picture(name)) > 0
    assert named_picture(name).tobytes() == named_picture(name).tobytes()


def test_bars_stand_upright_and_the_gradient_goes_to_the_right() -> None:
    assert (named_picture("bars") == named_picture("bars")[0]).all()
    assert (np.diff(named_picture("gradient", (8, 10))[0]) == 1).all()


@settings(deadline=None)
@given(
    arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.floats(0, 255)),
    st.integers(1, 12),
    st.integers(1, 12),
)
def test_another_size_keeps_the_mean(picture: np.ndarray, rows: int, columns: int) -> None:
    other = resized(picture, (rows, columns))
    assert other.shape == (rows, columns)
    assert np.isclose(other.mean(), picture.mean())
    assert other.min() >= picture.min() - 1e-9
    assert other.max() <= picture.max() + 1e-9


def test_a_whole_number_of_times_smaller_is_the_mean_of_blocks() -> None:
    picture = np.arange(36.0).reshape(6, 6)
    assert np.allclose(resized(picture, (3, 2)), picture.reshape(3, 2, 2, 3).mean(axis=(1, 3)))
    assert np.allclose(resized(picture, (6, 6)), picture)
