"""The net of word2vec on its board: the numbers of a step, and which words there is room for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.word2vec.net_board import Picture, Plan
from playground.topics.word2vec.shown_example import Step
from widgets.grids.grid import Grid, Placed

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("word2vec").texts
SIZE = (760.0, 420.0)

pytestmark = pytest.mark.usefixtures("dressed")  # words are measured in the fonts of the program


def grids(step: Step) -> dict[str, Grid]:
    """Return what is arranged on a board, by name."""
    items = Picture(step, 1.0, TEXTS).arrange(*SIZE)
    return {item.name: item.grid for item in items if isinstance(item, Placed)}


def step_at(run: Timeline[Any, Any], t: int) -> Step:
    return Step.in_view(View(run, t))


@pytest.mark.parametrize("model", ["cbow", "skip-gram"])
@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
def test_the_board_shows_what_the_step_computed(record: Record, model: str, output: str) -> None:
    run = record(7, model=model, output=output)
    step, before = step_at(run, 7), run.frame(6).state
    shown = grids(step)
    assert shown["W"].values.tolist() == before.W[step.words_that_matter(20)].tolist()
    hidden = before.W[list(step.inputs)].mean(axis=0)
    assert np.allclose(shown["h"].values[0], hidden)
    assert step.outputs is not None
    scores = hidden @ before.C
    if output == "softmax":
        assert step.outputs.sum() == pytest.approx(1)
        assert step.outputs[step.target] == pytest.approx(np.exp(scores[step.target]) / np.exp(scores).sum())
    else:
        assert set(np.flatnonzero(~np.isnan(step.outputs)).tolist()) == {step.target, *step.negatives}
        assert step.outputs[step.target] == pytest.approx(1 / (1 + np.exp(-scores[step.target])))


def test_before_the_first_step_there_is_no_hidden_layer(record: Record) -> None:
    step = step_at(record(0), 0)
    assert step.inputs == ()
    assert set(grids(step)) == {"W", "C"}


def test_of_many_words_those_that_matter_are_shown(record: Record, long_text: str) -> None:
    step = step_at(record(9, corpus=long_text, vector_size=50), 9)
    plan = Plan(step, *SIZE)
    assert step.corpus.size > 600
    assert {step.target, *step.inputs} <= set(plan.words)
    assert len(plan.words) < 40
    assert grids(step)["W"].values.shape == (len(plan.words), 12)


def test_frames_go_around_what_the_step_used(record: Record) -> None:
    step = step_at(record(5, output="negative sampling"), 5)
    shown, board = step.words_that_matter(20), grids(step)
    assert {shown[frame.column] for frame in board["C"].outlines} == {step.target, *step.negatives}
    assert {shown[frame.row] for frame in board["W"].outlines} == set(step.inputs)
