"""How windows lie: counted one by one, for both ways of padding."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.nn.convolution import pair
from core.nn.layers.windows import Along, windows_over


@given(st.integers(1, 20), st.integers(1, 6), st.integers(1, 5), st.integers(1, 4))
def test_without_padding_windows_are_counted_one_by_one(n: int, k: int, stride: int, dilation: int) -> None:
    along = Along(n, k, stride, dilation, "valid")
    begins = [i for i in range(0, n, stride) if i + dilation * (k - 1) < n]
    assert along.count == len(begins)
    assert along.around == (0, 0)
    for i, begin in enumerate(begins):
        assert along.seen((i,)) == tuple(range(begin, begin + dilation * (k - 1) + 1, dilation))


@given(st.integers(1, 20), st.integers(1, 6), st.integers(1, 5), st.integers(1, 4))
def test_same_padding_has_a_window_for_each_stride(n: int, k: int, stride: int, dilation: int) -> None:
    along = Along(n, k, stride, dilation, "same")
    before, behind = along.around
    assert along.count == len(range(0, n, stride))
    assert behind - before in (0, 1)
    whole = n + before + behind
    assert (along.count - 1) * stride + along.reach <= whole
    assert before + behind == 0 or (along.count - 1) * stride + along.reach == whole


@given(st.integers(1, 9), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.sampled_from(["valid", "same"]))
def test_each_cell_of_the_windows_meets_one_cell_a_window(n: int, k: int, s: int, d: int, padding: Any) -> None:
    along = Along(n, k, s, d, padding)
    padded = np.arange(n + sum(along.around)) - along.around[0]  # cells by their number in the picture
    for a in range(k if along.count else 0):
        assert padded[along.met_by(a)].tolist() == [i * s + a * d - along.around[0] for i in range(along.count)]
    seen = {c for a in range(k if along.count else 0) for c in padded[along.met_by(a)].tolist() if 0 <= c < n}
    assert along.seen(tuple(range(along.count))) == tuple(sorted(seen))


@given(st.integers(1, 9), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.sampled_from(["valid", "same"]))
def test_a_span_holds_what_its_windows_see_and_begins_and_ends_with_it(
    n: int, k: int, s: int, d: int, padding: Any
) -> None:
    along = Along(n, k, s, d, padding)
    for last in range(along.count):
        for first in range(last + 1):
            begin, end = along.span(first, last)
            assert begin + along.around[0] == along.met_by(0).start + first * s
            assert end == along.met_by(k - 1).start + last * s - along.around[0]
            assert all(begin <= cell <= end for cell in along.seen(tuple(range(first, last + 1))))


def test_what_all_windows_see_as_a_matrix() -> None:
    windows = windows_over((3, 3), (2, 2), (1, 1), (1, 1), "valid")
    x = np.arange(18.0).reshape(2, 1, 3, 3)
    matrix = windows.columns_of(x)
    assert matrix.shape == (4, 8)
    assert matrix[:, 0].tolist() == [0, 1, 3, 4]
    assert matrix[:, 1].tolist() == [9, 10, 12, 13]  # the same window of the next picture
    assert matrix[:, 2].tolist() == [1, 2, 4, 5]


def test_one_number_is_both() -> None:
    assert pair(3) == (3, 3)
    assert pair((3, 1)) == (3, 1)
