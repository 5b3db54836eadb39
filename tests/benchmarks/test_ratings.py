"""A half pass of ALS beside least squares row by row."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import Any

import numpy as np

from core.ratings.factors import half_pass, known_in, start
from core.ratings.settings import Params
from core.run.streams import Streams

SIDE, FACTORS, ROUNDS = 200, 10, 21


def test_a_pass_of_als_beside_least_squares_row_by_row(bench: Any) -> None:
    """All people and all films of 200 × 200 ratings, 40 % known, with 10 factors: at most 1 times as long."""
    rng = np.random.default_rng(0)
    ratings = np.where(rng.uniform(size=(SIDE, SIDE)) < 0.4, rng.integers(2, 11, (SIDE, SIDE)) / 2, np.nan)
    params = Params(ratings=ratings, n_factors=FACTORS, method="als", regularization=0.05)
    now = start(params, Streams.start(0))
    known = known_in(now, params)

    def ours() -> Any:
        return [half_pass(now, params, side).solved for side in ("users", "items")]

    def theirs() -> Any:
        sides = (known.mask, known.values, now.items.T), (known.mask.T, known.values.T, now.users)
        return [_row_by_row(mask, values, given, params.regularization) for mask, values, given in sides]

    for own, other in zip(ours(), theirs(), strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-8, atol=1e-10)
    own, other = bench.in_turn(ROUNDS, 1, ours, theirs, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(own, other, strict=True))
    ms = [1e3 * median(map(median, times)) for times in (own, other)]
    bench.judge(("ALS pass, 200 x 200, 10 factors / lstsq", ratio, 1.0, f"{ms[0]:.1f} ms, {ms[1]:.1f} ms"))


def _row_by_row(mask: Any, values: Any, given: Any, penalty: float) -> Any:
    """Return least squares of each row, the penalty as further equations."""
    rows = []
    for of_row, ratings in zip(mask, values, strict=True):
        own = np.sqrt(penalty * of_row.sum()) * np.eye(FACTORS)
        left = np.vstack([given[of_row], own])
        rows.append(np.linalg.lstsq(left, np.append(ratings[of_row], np.zeros(FACTORS)), rcond=None)[0])
    return np.array(rows)
