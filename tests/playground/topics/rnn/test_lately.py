"""How many answers were right lately: means of twenty steps, and when they are many enough first."""

from __future__ import annotations

import numpy as np

from playground.topics.rnn.lately import KNOWN, LATELY, known_from, means


def test_means_are_those_of_twenty_rows_each() -> None:
    rows = np.random.default_rng(0).random((60, 3))
    expected = [rows[t - LATELY : t].mean(axis=0) for t in range(LATELY, 61)]
    np.testing.assert_allclose(means(rows), expected, rtol=1e-11)
    assert means(rows[: LATELY - 1]).shape == (0, 3)


def test_a_place_is_known_where_the_share_is_reached_exactly() -> None:
    for wrong in range(LATELY):  # one of twenty is wrong: 0.95, wherever it stands
        rows = np.ones((LATELY, 2))
        rows[wrong, 0] = 0.0
        rows[:2, 1] = 0.1
        assert means(rows)[0, 0] == KNOWN
        np.testing.assert_array_equal(known_from(rows), [LATELY, np.nan])
    tenths = np.full((LATELY, 1), 0.9)
    tenths[1::2] = 1.0
    assert known_from(tenths).tolist() == [LATELY]


def test_of_fewer_rows_nothing_is_known() -> None:
    assert np.isnan(known_from(np.ones((LATELY - 1, 4)))).all()
