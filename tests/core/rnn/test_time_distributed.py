"""The same Dense at every time: block, loop and one product are equal; the number of weights knows no length."""

from __future__ import annotations

import numpy as np
import pytest

from core.rnn.time_distributed import three_ways, weights_at_each_time, weights_over_all_times


@pytest.mark.parametrize(("batch", "length", "units", "outputs"), [(4, 5, 6, 3), (7, 12, 8, 5), (1, 1, 1, 1)])
def test_all_three_are_the_same_numbers(batch: int, length: int, units: int, outputs: int) -> None:
    rng = np.random.default_rng(0)
    h, v, c = rng.normal(size=(batch, length, units)), rng.normal(size=(units, outputs)), rng.normal(size=outputs)
    ways = three_ways(h, v, c)
    by_sum = np.einsum("btu,uo->bto", h, v) + c
    for made in (ways.block, ways.loop, ways.product):
        assert made.shape == (batch, length, outputs)
        np.testing.assert_allclose(made, by_sum, rtol=1e-12, atol=1e-12)


def test_the_number_of_weights_knows_no_length() -> None:
    assert [weights_at_each_time(6, 3), weights_at_each_time(8, 5)] == [21, 45]
    assert [weights_over_all_times(5, 6, 3), weights_over_all_times(12, 8, 5)] == [465, 5820]
