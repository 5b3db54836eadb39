"""The beats of a step: composed they are the step, to the byte; and what each of them shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import cnn
from core.cnn import Params, State, beats, composed
from core.cnn.algorithm import examples
from core.cnn.beats import parts
from core.cnn.settings import net
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten
from core.nn.losses import judge
from core.nn.update_rules import FIRST_ORDER, LookingAhead
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams

LAYERS = (
    Conv2D(3, 3, strides=2, activation="tanh"), AveragePooling2D(2), Flatten(), Dense(5, activation="elu"),
    Dense(10, activation="softmax"),
)  # fmt: skip


def run(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(cnn, Recipe("cnn", 1, 3, params), steps)]


def test_a_beat_for_each_layer_there_and_back() -> None:
    assert beats(Params(layers=LAYERS[2:3] + LAYERS[4:])) == (
        "layer_1",
        "layer_2",
        "loss",
        "back_2",
        "back_1",
        "update",
    )
    assert len(beats(Params())) == 16


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize("given", [{}, {"layers": LAYERS, "batch_size": 700}, {"learning_rate": 100.0}])
def test_composed_they_give_the_next_state_to_the_byte(optimizer: Any, given: Any) -> None:
    params = Params(**{"learning_rate": 0.05, "layers": LAYERS, "epochs": 1, **given, "optimizer": optimizer})
    for before, after in pairwise(run(params, 6)):
        rng = Streams.step(3, after.t)
        assert composed(before, params, rng, beats(params)) == after
        for count in range(len(beats(params))):
            assert composed(before, params, rng, beats(params)[:count]) == before


def test_the_parts_are_those_of_the_batch_and_of_the_point_where_the_rule_looked() -> None:
    params = Params(layers=LAYERS, optimizer="nesterov", batch_size=16)
    before, after = run(params, 5)[-2:]
    made = parts(before, after, params)
    assert made is not None
    assert made.seen.loss == after.loss
    assert len(made.seen.scores) == 16
    np.testing.assert_array_equal(made.seen.weights, before.weights)
    np.testing.assert_array_equal(made.weights, after.weights)
    assert isinstance(before.memory, LookingAhead)
    assert isinstance(after.memory, LookingAhead)
    coasting = 0.9 * before.memory.velocity
    np.testing.assert_allclose(made.asked.weights, before.weights + coasting)
    np.testing.assert_allclose(made.gradient, (coasting - after.memory.velocity) / 0.003, atol=1e-12)


def test_the_slopes_are_central_differences_of_the_loss_by_what_each_layer_gave() -> None:
    params, rng = Params(layers=LAYERS, batch_size=7), np.random.default_rng(0)
    before, after = run(params, 3)[-2:]
    made = parts(before, after, params)
    assert made is not None
    x, t = examples(after.batch)
    stack = net(LAYERS).bare[0]
    given = (x, *made.seen.made.outputs)
    assert [slope.shape for slope in made.slopes] == [y.shape for y in given]
    weights = stack.by_layer(before.weights)
    for k, y in enumerate(given):
        for place in [tuple(rng.integers(y.shape)) for _ in range(6)]:
            near = []
            for side in (1e-5, -1e-5):
                moved = np.array(y)
                moved[place] += side
                for layer, own in list(zip(stack.layers, weights, strict=True))[k:]:
                    moved, _ = layer.forward(own, moved)
                near.append(judge("cross-entropy", "softmax", moved, t).mean)
            assert made.slopes[k][place] == pytest.approx((near[0] - near[1]) / 2e-5, abs=1e-9)


def test_a_net_that_made_no_step_has_no_parts() -> None:
    params = Params(layers=LAYERS)
    before, after = run(params, 1)
    assert parts(before, replace(after, status="diverged"), params) is None
