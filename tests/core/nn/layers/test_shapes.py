"""Shapes: the two orders of axes, their names, and how they are printed."""

from __future__ import annotations

import numpy as np
import pytest

from core.nn.layers.shapes import (
    Axis,
    as_computed,
    as_written,
    channels_first,
    channels_last,
    named,
    names_of,
    offered,
    size_of,
    text_of,
    written,
)


def test_pictures_are_written_channels_last_and_computed_channels_first() -> None:
    shape = named(None, 28, 30, 3)
    assert shape == (Axis("batch", None), Axis("channels", 3), Axis("rows", 28), Axis("columns", 30))
    assert written(shape) == (None, 28, 30, 3)
    assert offered(shape) == "(None, 28, 30, 3)"
    assert size_of(shape, "columns") == 30


def test_axes_are_called_by_their_number() -> None:
    assert names_of(1) == ("batch",)
    assert names_of(2) == ("batch", "features")
    assert names_of(3) == ("batch", "time", "features")
    assert names_of(5) == ("batch", "time", "rows", "columns", "channels")
    assert names_of(6) == ("batch", "axis 1", "axis 2", "axis 3", "axis 4", "features")
    assert [axis.name for axis in named(1, 2, 3, 4, 5)] == ["batch", "time", "channels", "rows", "columns"]


@pytest.mark.parametrize("rank", range(1, 7))
def test_both_orders_undo_each_other(rank: int) -> None:
    x = np.arange(np.prod(range(2, rank + 2))).reshape(range(2, rank + 2))
    assert channels_last(channels_first(x.shape)) == x.shape
    assert written(named(*x.shape)) == x.shape
    np.testing.assert_array_equal(as_written(as_computed(x)), x)
    assert as_computed(x).shape == channels_first(x.shape)
    assert np.shares_memory(as_written(x), x)


def test_one_number_is_printed_as_a_tuple() -> None:
    assert text_of((50,)) == "(50,)"
    assert text_of((None, 64)) == "(None, 64)"
    assert text_of(()) == "()"
