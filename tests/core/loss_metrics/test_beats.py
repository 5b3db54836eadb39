"""The beats of a step: composed they are the step, each is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import Params, beats, composed
from core.loss_metrics.beats import parts
from core.loss_metrics.settings import data_of
from core.nn.losses import LOSSES
from core.nn.update_rules import FIRST_ORDER
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

EVERY = [
    Params(n_samples=24, loss=loss, optimizer=optimizer, batch_size=batch)
    for loss, optimizer, batch in product(LOSSES, FIRST_ORDER, (0, 10))
]


def steps(params: Params) -> Iterator[tuple[Any, Any, Streams]]:
    edit = Change(2, SetArray("weights", np.array([0.4, -0.6, 0.1])))
    frames = replay(loss_metrics, Recipe("loss-metrics", 1, 3, params, (edit,)), 6)
    for (before, _), (after, _) in pairwise(list(frames)):
        yield before.state, after.made, Streams.step(3, after.t)


@pytest.mark.parametrize("params", EVERY)
def test_composed_they_give_the_next_state_to_the_byte(params: Params) -> None:
    names = beats(params)
    assert names == ("forward", "error", "backward", "update")
    for before, after, rng in steps(params):
        assert composed(before, params, rng, names) == after
        assert all(composed(before, params, rng, names[:count]) == before for count in range(4))


def test_a_step_that_leaves_all_bounds_is_composed_as_it_is_made() -> None:
    params = Params(dataset=np.array([[1e12, 0, 0], [1e12, 1, 1]]), loss="hinge", learning_rate=100.0)
    for before, after, rng in steps(params):
        assert composed(before, params, rng, beats(params)) == after


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov"])
def test_the_gradient_is_the_mean_of_slopes_where_the_rule_asked_for_it(optimizer: Any) -> None:
    params = Params(n_samples=24, optimizer=optimizer, batch_size=10, loss="mse")
    data = data_of(params)
    for before, after, _ in steps(params):
        made, batch = parts(before, after, params), after.batch[after.batch >= 0]
        at = before.weights if optimizer == "sgd" else before.weights + 0.9 * before.memory.velocity
        z = data.points[batch] @ at[:2] + at[2]
        p = 1 / (1 + np.exp(-z))
        slopes = 2 * (p - data.targets[batch]) * p * (1 - p)
        x = np.column_stack([data.points[batch], np.ones(len(batch))])
        assert made.gradient == pytest.approx((slopes[:, None] * x).mean(axis=0), rel=1e-9)
        assert np.array_equal(made.weights, after.weights)
