"""The map of words keeps its plane for a whole run, and that shows most of what the rows learn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.embedding import Params, arrays
from core.embedding.settings import data_of
from core.embedding.votes import times_for, times_trained
from core.embedding.word_map import map_axes, word_map


@pytest.mark.parametrize("sentences", ["english", "chinese"])
def test_the_plane_shows_most_of_what_the_rows_learn(run: Any, sentences: str) -> None:
    params = Params(sentences=sentences)
    states = run(params, 150)
    last = word_map(states[-1], states[0], params)
    assert last.share > 0.75
    spread = arrays(states[-1], params)["E"]
    spread = spread - spread.mean(axis=0)
    axes = map_axes(states[0], params)
    assert last.share == pytest.approx(((spread @ axes) ** 2).sum() / (spread**2).sum())


def test_the_plane_is_that_of_the_start_and_upright(run: Any) -> None:
    params = Params()
    states = run(params, 2)
    axes = map_axes(states[0], params)
    assert axes.T @ axes == pytest.approx(np.eye(2))
    assert np.array_equal(word_map(states[2], states[0], params).rows, arrays(states[2], params)["E"] @ axes)


@pytest.mark.parametrize("m", [1, 2, 3])
def test_rows_of_few_numbers_have_a_map_too(run: Any, m: int) -> None:
    params = Params(output_dim=m)
    before, after = run(params, 1)
    made = word_map(after, before, params)
    assert (made.rows.shape, made.places.shape) == ((41, 2), (4, 2))
    assert m > 2 or made.share == pytest.approx(1.0)


def test_numbers_are_counted_by_the_label_of_their_sentences() -> None:
    params = replace(Params(), held_out=(0, 1))
    data = data_of(params)
    assert np.array_equal(times_for(params, 1) + times_for(params, 0), times_trained(params))
    for label, word in ((1, "love"), (0, "hate")):
        number = data.number_of[word]
        own = [k for k in data.training if data.labels[k] == label and number in data.sequences[k]]
        assert times_for(params, label)[number].sum() == len(own) > 0
        assert times_for(params, 1 - label)[number].sum() == 0
