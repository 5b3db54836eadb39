"""The beats of a step: composed they are the step, to the byte; and what each of them shows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import dense
from core.dense import Params, State, beats, composed
from core.dense.beats import parts
from core.dense.nets import NETS
from core.dense.settings import data_of
from core.nn.update_rules import FIRST_ORDER
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams


def run(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(dense, Recipe("dense", 1, 3, params), steps)]


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize(
    "given",
    [
        {}, {"hidden": (3, 2), "batch_size": 16}, {"units": 3, "activation": "softmax", "train_bias": False},
        {"points": "moons", "units": 2, "activation": "tanh", "hidden": (4,)},
        {"activation": "linear", "learning_rate": 100.0},
        {"points": np.ones((3, 2))},
    ],
)  # fmt: skip
def test_composed_they_give_the_next_state_to_the_byte(optimizer: Any, given: Any) -> None:
    params = Params(**{"learning_rate": 0.1, **given, "optimizer": optimizer})
    for before, after in pairwise(run(params, 8)):
        rng = Streams.step(3, after.t)
        assert composed(before, params, rng, beats(params)) == after
        for count in range(len(beats(params))):
            assert composed(before, params, rng, beats(params)[:count]) == before


def test_the_parts_are_those_of_the_batch_and_of_the_point_where_the_rule_looked() -> None:
    params = Params(optimizer="nesterov", batch_size=16, hidden=(3,))
    before, after = run(params, 5)[-2:]
    for name in NETS:
        made = parts(before, after, name, params)
        assert made is not None
        net = getattr(after, name)
        assert made.seen.loss == net.loss
        np.testing.assert_array_equal(made.seen.weights, getattr(before, name).weights)
        np.testing.assert_array_equal(made.gradient, net.memory.gradient)
        assert (made.gradient != made.seen.gradient).any()
        np.testing.assert_array_equal(made.weights, net.weights)
        assert len(made.seen.scores) == 16


def test_of_one_unit_the_error_is_p_less_t() -> None:
    before, after = run(Params(), 1)
    made = parts(before, after, "with_bias", Params())
    assert made is not None
    errors = made.seen.outputs[:, 0] - data_of(Params()).t
    np.testing.assert_allclose(made.seen.judged.slopes[:, 0], errors, rtol=1e-12)
    np.testing.assert_allclose(made.gradient[-1], errors.mean(), rtol=1e-12)


def test_a_net_that_made_no_step_has_no_parts() -> None:
    params = Params(points=np.ones((3, 2)))
    before, after = run(params, 1)
    assert parts(before, after, "with_bias", params) is None
