"""Points in piles: no hole, no pile too high, none on the wrong side of the threshold."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.loss_metrics.unit import Answers
from playground.topics.loss_metrics.piles import COLUMNS, HIGHEST, Piles
from playground.topics.loss_metrics.shown import score_of


@settings(max_examples=40, deadline=None)
@given(
    z=st.lists(st.floats(-10, 10), min_size=1, max_size=40),
    classes=st.integers(0, 2**40),
    threshold=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
)
def test_piles_have_no_holes_and_stand_on_their_side_of_the_threshold(
    z: list[float], classes: int, threshold: float
) -> None:
    t = np.array([classes >> i & 1 for i in range(len(z))])
    seen = Answers(np.array(z), t, threshold)
    piles = Piles.of(seen, 10.0)
    places = list(zip(t.tolist(), piles.columns.tolist(), piles.rows.tolist(), strict=True))
    assert max(Counter(places).values()) <= piles.per
    assert piles.rows.max() < HIGHEST
    assert (np.abs(piles.x - z) <= 10 / COLUMNS + 1e-9).all()
    if 0 < threshold < 1:
        assert ((piles.x > score_of(threshold)) == (seen.called == 1)).all()
    assert all(row == 0 or (target, column, row - 1) in places for target, column, row in places)
    assert all(piles.room(target) > row for target, _, row in places)


def test_an_outline_goes_round_every_point() -> None:
    seen = Answers(np.array([-1.0, -1.0, 0.5, 2.0, 2.0]), np.array([0, 0, 1, 1, 1]), 0.5)
    piles = Piles.of(seen, 4.8)
    for target, peak in ((0, 2), (1, 2)):
        x, rows = piles.outline(target)
        assert (np.diff(x) >= 0).all()
        assert (rows[0], rows.max(), rows[-1]) == (0, peak, 0)
        own = piles.x[piles.t == target]
        assert x[0] < own.min() <= own.max() < x[-1]
    assert len(Piles.of(Answers(np.array([1.0]), np.array([1]), 0.5), 4.8).outline(0)[0]) == 0


@pytest.mark.parametrize(("n", "per"), [(24, 1), (25, 2), (200, 9)])
def test_points_share_a_place_where_a_pile_would_be_too_high(n: int, per: int) -> None:
    piles = Piles.of(Answers(np.ones(n), np.ones(n, dtype=np.int64), 0.5), 4.8)
    assert piles.per == per
    assert piles.rows.max() < HIGHEST


def test_what_lies_far_out_of_the_picture_makes_no_long_outline() -> None:
    piles = Piles.of(Answers(np.array([-1e24, 0.5, 1e24]), np.array([1, 1, 1]), 0.5), 1.0)
    x, _ = piles.outline(1)
    assert len(x) <= 2 * (COLUMNS + 6)
    assert (np.sign(piles.x) == (-1, 1, 1)).all()
