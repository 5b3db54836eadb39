"""A score is a sum of votes; looking up is the product with one-hots, to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embedding import Params, arrays, start
from core.embedding.settings import data_of
from core.embedding.votes import both_ways, rows_moved, score, times_trained, twin_votes, votes
from core.run.streams import Streams

PARAMS = Params(twin=True)


def test_the_votes_of_a_sentence_and_b_are_its_score(run: Any) -> None:
    state = run(PARAMS, 60)[-1]
    held, data = arrays(state, PARAMS), data_of(PARAMS)
    for sequence in data.sequences:
        flat = held["E"][sequence].ravel()
        assert score(state, PARAMS, sequence) == pytest.approx(float(flat @ held["W"][:, 0] + held["b"][0]), rel=1e-12)
    assert votes(state, PARAMS)[6, 2] == pytest.approx(float(held["E"][6] @ held["W"][16:24, 0]), rel=1e-12)


def test_the_twin_s_votes_are_its_weights_and_0_where_nothing_was_trained(run: Any) -> None:
    state = run(PARAMS, 100)[-1]
    own, counts = twin_votes(state, PARAMS), times_trained(PARAMS)
    assert own is not None
    assert own[6, 2] == arrays(state, PARAMS)["one_hot.W"][2 * 41 + 6, 0]
    assert (own[counts == 0] == 0).all()
    assert (own[counts > 0] != 0).any()
    assert np.abs(votes(state, PARAMS)[counts == 0]).max() > 1  # an embedding has an opinion there
    assert twin_votes(run(Params(), 1)[-1], Params()) is None


def test_how_often_a_word_was_trained_at_a_place_is_counted() -> None:
    data, counts = data_of(PARAMS), times_trained(PARAMS)
    by_hand = np.zeros((41, 4), dtype=int)
    for k in range(60):
        if k not in data.test:
            for place, number in enumerate(data.sequences[k]):
                by_hand[number, place] += 1
    assert np.array_equal(counts, by_hand)
    assert counts.sum() == 44 * 4


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4), st.integers(0, 99))
def test_one_hot_times_e_is_the_look_up_to_the_last_bit(numbers: list[int], seed: int) -> None:
    made = both_ways(start(Params(), Streams.start(seed)), Params(), np.array(numbers))
    assert np.array_equal(made.looked_up, made.product)
    assert made.multiplications == 4 * 41 * 8 == 1312


def test_rows_that_moved_are_those_of_the_batch(run: Any) -> None:
    before, after = run(PARAMS, 7)[-2:]
    used = data_of(PARAMS).sequences[after.batch[after.batch >= 0]]
    assert rows_moved(before, after, PARAMS).tolist() == np.unique(used).tolist()
