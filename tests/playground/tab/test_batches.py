"""A batch is one value of a series; what is read off a plot is the mean of the last ones."""

from __future__ import annotations

from typing import Any

import pytest

from core import rnn
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.tab.batches import means_of, of_batches
from playground.topic_list import topic

TEXTS = topic("rnn").texts


def recorded(steps: int, seed: int = 0) -> Timeline[Any, Any]:
    timeline: Timeline[Any, Any] = Timeline(rnn, Recipe("rnn", rnn.VERSION, seed, rnn.Params()))
    timeline.record(steps)
    return timeline


def test_a_mean_is_that_of_the_last_batches_or_of_as_many_as_there_were() -> None:
    timeline = recorded(30)
    loss = timeline.series.column("loss")
    steps, means = means_of(timeline, "loss", 15)
    assert steps.tolist() == list(range(1, 31))
    for t in (1, 14, 15, 30):
        assert means[t - 1] == pytest.approx(loss[max(1, t - 14) : t + 1].mean(), rel=1e-12)
    assert not len(means_of(recorded(0), "loss", 15)[1])


def test_the_batches_are_pale_behind_their_mean_and_left_out_where_runs_are_compared() -> None:
    one, other = recorded(3), recorded(3, seed=1)
    lines = of_batches(View(one, 3), TEXTS, "accuracy", 20, ("green", "green"))
    assert [(line.series, line.label, line.pale, line.focused) for line in lines] == [
        ("accuracy", "batch", True, False), ("accuracy", "mean of 20", False, True),
    ]  # fmt: skip
    beside = View(one, 3, compared=(Compared(one, "A"), Compared(other, "B")), letter="A")
    assert [line.pale for line in of_batches(beside, TEXTS, "accuracy", 20, ("green", "green"))] == [False]
