"""The beats of a step, composed, are the step to the byte."""

from __future__ import annotations

from typing import Any

import pytest

from core import embedding
from core.embedding import Params
from core.run.streams import Streams

BEATS = ("tokens", "numbers", "padding", "look-up", "flatten", "dense", "loss", "backward", "update")


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_composed_they_are_the_step(run: Any, optimizer: Any) -> None:
    params = Params(optimizer=optimizer, twin=True, learning_rate=0.05)
    assert embedding.beats(params) == BEATS
    for state in run(params, 8):
        rng = Streams.step(0, state.t + 1)
        assert embedding.composed(state, params, rng, BEATS) == embedding.step(state, params, rng)
        for k in range(len(BEATS)):
            assert embedding.composed(state, params, rng, BEATS[:k]) is state


def test_a_net_that_left_stays_out(run: Any) -> None:
    params = Params(learning_rate=100.0, optimizer="momentum", twin=True)
    for state in run(params, 200)[::10]:
        rng = Streams.step(0, state.t + 1)
        assert embedding.composed(state, params, rng, BEATS) == embedding.step(state, params, rng)
