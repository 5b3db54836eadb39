"""The step in view in words: pairs of its window, how far it moved what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.word2vec.shown_example import Step

Record = Callable[..., Timeline[Any, Any]]


def step_at(run: Timeline[Any, Any], t: int) -> Step:
    return Step.in_view(View(run, t))


def test_the_pairs_of_the_window_are_listed_as_done_now_and_ahead(record: Record) -> None:
    run = record(428)
    assert step_at(run, 4).pairs() == [("the", "done"), ("wears", "now"), ("a", "ahead")]
    assert step_at(run, 4 + 424).pairs() == step_at(run, 4).pairs()  # the same pair in the next pass
    assert step_at(run, 0).pairs() == []


def test_where_a_step_takes_more_than_a_pair_none_are_listed(record: Record) -> None:
    assert step_at(record(3, model="cbow"), 3).pairs() == []
    assert step_at(record(3, batch=4), 3).pairs() == []


def test_rows_and_columns_moved_as_far_as_the_states_are_apart(record: Record) -> None:
    run = record(5)
    before, after = run.frame(4).state, run.frame(5).state
    rows, columns = step_at(run, 5).shifts
    assert np.allclose(rows, np.linalg.norm(after.W - before.W, axis=1))
    assert np.allclose(columns, np.linalg.norm(after.C - before.C, axis=0))
    slopes = step_at(run, 5).slopes
    assert np.allclose(0.1 * slopes[0], rows)
    assert np.allclose(0.1 * slopes[1], columns)
