"""Flatten: the order of cells, the way back, and which cell is which."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.layers import Flatten, named


def test_pictures_are_laid_out_channel_by_channel() -> None:
    x = np.arange(24.0).reshape(1, 2, 3, 4)  # (batch, channels, rows, columns)
    y = Flatten().forward({}, x)[0]
    assert y.tolist() == [list(range(24))]
    assert y[0, 1 * 12 + 2 * 4 + 3] == x[0, 1, 2, 3]


@pytest.mark.parametrize("shape", [(3,), (3, 4), (3, 2, 5), (3, 2, 4, 5), (2, 3, 2, 2, 3)])
def test_slopes(shape: tuple[int, ...], check_slopes: Any) -> None:
    check_slopes(Flatten(), np.random.default_rng(0).normal(size=shape))


def test_four_rows_of_eight_lie_end_to_end() -> None:
    x = np.arange(32.0).reshape(1, 4, 8)
    assert Flatten().forward({}, x)[0][0, 8:16].tolist() == x[0, 1].tolist()


def test_which_cell_was_laid_where() -> None:
    x = np.arange(48).reshape(2, 2, 3, 4)
    flat = Flatten().forward({}, x.astype(float))[0]
    for place in range(24):
        cell = Flatten().sees(named(2, 3, 4, 2), ((1,), (place,)))
        assert x[np.ix_(*cell)].item() == flat[1, place]
    assert Flatten().sees(named(2), ((1,), (0,))) == ((1,),)
    everything = Flatten().sees(named(2, 3, 4, 2), ((0,), tuple(range(24))))
    assert everything == ((0,), (0, 1), (0, 1, 2), (0, 1, 2, 3))
