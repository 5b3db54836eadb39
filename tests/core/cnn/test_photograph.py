"""A photograph of a digit: framed, centred, shrunk by area, whatever its size and whichever is darker."""

from __future__ import annotations

import numpy as np
import pytest

from core.cnn import Params, check, implied
from core.cnn.photograph import Photograph, is_photograph
from core.data.digits import digits
from core.run.values import Floats

DIGIT = digits().images[2]


def photographed(cells: Floats, size: int = 10, edge: int = 30, is_light: bool = False) -> Floats:
    """Return cells as squares of `size` points on a sheet, 0 black, 255 white."""
    ink = np.pad(np.kron(cells, np.ones((size, size))), ((edge, 2 * edge), (3 * edge, edge)))
    return 255.0 * ink if is_light else 255.0 * (1 - ink)


@pytest.mark.parametrize("is_light", [False, True])
def test_a_digit_written_large_comes_back_whole(is_light: bool) -> None:
    cells = np.zeros((8, 8))
    cells[:, 3:5], cells[0, 1:7] = 1.0, 1.0
    made = Photograph(photographed(cells, is_light=is_light))
    assert made.frame == (30.0, 90.0, 80.0)
    np.testing.assert_allclose(made.digit, cells, atol=1e-12)


def test_ink_that_fills_half_a_cell_is_grey() -> None:
    cells = np.zeros((16, 16))
    cells[:, 6:11] = 1.0
    made = Photograph(photographed(cells))
    np.testing.assert_allclose(made.digit[3], [0, 0, 0.25, 1, 1, 0.25, 0, 0], atol=1e-12)


def test_colours_are_seen_by_their_light() -> None:
    cells = (DIGIT > 0.5).astype(float)
    sheet = photographed(cells)
    red = np.stack([np.full_like(sheet, 255.0), sheet, sheet])
    np.testing.assert_allclose(Photograph(red).digit, Photograph(sheet).digit, atol=1e-12)


def test_an_empty_sheet_is_an_empty_digit() -> None:
    assert not Photograph(np.full((40, 30), 200.0)).digit.any()


@pytest.mark.parametrize(
    ("picture", "is_it"),
    [
        (np.full((40, 30), 200.0), True), (np.full((3, 40, 30), 200.0), True), (np.zeros((40, 30)), False),
        (np.full((8, 8), 16.0), False), (np.full((4, 40), 200.0), False), (np.full((2, 40, 30), 200.0), False),
    ],
)  # fmt: skip
def test_what_is_a_photograph(picture: Floats, is_it: bool) -> None:
    assert is_photograph(picture) == is_it


def test_a_photograph_is_taken_as_the_digit_it_is_of() -> None:
    sheet = photographed((DIGIT > 0.5).astype(float))
    params = implied(Params(picture=sheet), frozenset({"picture"}))
    assert check(params) is None
    assert params.picture is not None
    np.testing.assert_array_equal(params.picture, Photograph(sheet).digit)
    assert check(implied(Params(picture=sheet), frozenset())) is not None
