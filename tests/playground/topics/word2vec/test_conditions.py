"""What is marked of word2vec is so in the step and in the weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.topics.word2vec import conditions

Record = Callable[..., Timeline[Any, Any]]


def words(numbers: Any) -> set[Focus]:
    return {Focus("word", (int(number),)) for number in numbers}


def test_moved_rows_are_those_that_differ(record: Record) -> None:
    run = record(12, optimizer="momentum")
    moved = np.flatnonzero((run.frame(12).state.W != run.frame(11).state.W).any(axis=1))
    assert conditions.rows_moved(run, 12).things == words(moved)
    assert not conditions.rows_moved(run, 0)


def test_with_sgd_only_what_went_in_moves(record: Record) -> None:
    for model in ("cbow", "skip-gram"):
        run = record(7, model=model)
        assert conditions.went_in(run, 7).things == conditions.rows_moved(run, 7).things


def test_only_the_columns_of_scored_words_move(record: Record) -> None:
    run = record(9, output="negative sampling", negative=3)
    moved = np.flatnonzero((run.frame(9).state.C != run.frame(8).state.C).any(axis=0))
    assert words(moved) == conditions.scored(run, 9).things
    assert conditions.target(run, 9).things < conditions.scored(run, 9).things


def test_the_target_has_its_loss(record: Record) -> None:
    run = record(5)
    (thing,) = conditions.target(run, 5).things
    state = run.frame(5).state
    assert np.isclose(state.loss, -np.log(state.probabilities[0, thing.at[0]]))


def test_the_nearest_has_the_greatest_cosine(record: Record) -> None:
    run = record(40)
    rows = run.frame(40).state.W / np.linalg.norm(run.frame(40).state.W, axis=1, keepdims=True)
    cosines = rows @ rows[1]
    cosines[1] = -2
    assert conditions.nearest_to(run, 40, "word 1").things == words([cosines.argmax()])


def test_a_pass_has_a_mean_once_it_is_finished(record: Record) -> None:
    run = record(500)
    finished = [t for t in range(501) if conditions.last_pass(run, t)]
    ends = [t for t in range(1, 501) if run.series.row(t)["epoch"] > run.series.row(t - 1)["epoch"]]
    assert finished == list(range(ends[0], 501))
