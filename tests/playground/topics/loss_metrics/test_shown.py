"""Which weights the pictures show, and how far the axis of scores reaches."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import Params
from core.nn.activations import sigmoid
from core.run.recipe import Change, Recipe, SetArray
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.loss_metrics.shown import answers_of, reach_of, rounded_up, score_of, weights_of


def test_a_row_is_drawn_as_its_step_used_it_but_its_own_at_the_start_and_after_an_edit() -> None:
    edit = Change(3, SetArray("weights", np.array([1.0, 2.0, 3.0])))
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, Params(threshold=0.7), (edit,)))
    timeline.record(5)
    frames = [timeline.frame(t) for t in range(6)]
    drawn = [weights_of(View(timeline, t)).tolist() for t in range(6)]
    own = [frame.state.weights.tolist() for frame in frames]
    assert drawn == [own[0], own[0], own[1], own[3], own[3], own[4]]
    assert own[3] == [1, 2, 3]
    seen = answers_of(View(timeline, 5))
    assert seen.threshold == 0.7
    assert seen.p.tolist() == loss_metrics.arrays(frames[5].state, frames[5].params)["probabilities"].tolist()


def test_the_score_of_a_probability_is_where_sigmoid_has_it() -> None:
    for p in (0.01, 0.5, 0.99):
        assert float(sigmoid(np.array(score_of(p)))) == pytest.approx(p)
    assert (score_of(0), score_of(1)) == (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("largest", "reach"), [(0.0, 1), (0.95, 1), (1.01, 2), (-4.0, 5), (17, 20), (999, 1000), (1e11, 1e11)]
)
def test_an_axis_ends_at_a_round_number(largest: float, reach: float) -> None:
    assert rounded_up(abs(largest)) == pytest.approx(reach)


def test_the_axis_of_scores_holds_all_that_is_recorded_and_an_edit_beyond() -> None:
    edit = Change(9, SetArray("weights", np.array([100.0, 0.0, 0.0])))
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, Params()))
    timeline.record(9)
    reaches = {reach_of(View(timeline, t)) for t in range(10)}
    assert len(reaches) == 1
    changed = timeline.fork(timeline.recipe.edited(9, edit.edit))
    assert reach_of(View(changed, 9)) >= float(np.abs(answers_of(View(changed, 9)).z).max()) > max(reaches)
