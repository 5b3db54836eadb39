"""The beats of a step: composed they are the step, to the byte; what each is made of."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core.nn.update_rules import FIRST_ORDER
from core.rnn import Params, beats, composed, series
from core.rnn.beats import parts, time_of
from core.run.streams import Streams

GIVEN: tuple[dict[str, Any], ...] = (
    {}, {"task": "parity", "mode": "many-to-one", "cell": "relu"}, {"clip": 0.01, "stateful": True},
    {"consecutive": True, "stateful": True, "length": 3}, {"task": "sine", "mode": "one-to-many", "consecutive": True},
    {"task": "adding", "cell": "linear", "radius": 3.0, "length": 60},
)  # fmt: skip


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize("given", GIVEN)
def test_composed_they_give_the_next_state_to_the_byte(optimizer: Any, given: Any, run: Any) -> None:
    params = Params(**{"learning_rate": 0.1, "units": 4, "batch_size": 3, **given, "optimizer": optimizer})
    for before, after in pairwise(run(params, 5, 3)):
        rng = Streams.step(3, after.t)
        assert composed(before, params, rng, beats(params)) == after
        for count in range(len(beats(params))):
            assert composed(before, params, rng, beats(params)[:count]) == before


def test_there_is_a_beat_for_each_time() -> None:
    assert beats(Params(length=3)) == ("time_0", "time_1", "time_2", "back", "update")
    assert [time_of(beat) for beat in beats(Params(length=3))] == [0, 1, 2, None, None]


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
def test_parts_are_those_of_the_step(optimizer: Any, run: Any) -> None:
    params = Params(optimizer=optimizer, clip=0.1, stateful=True, consecutive=True)
    before, after = run(params, 4)[-2:]
    made = parts(before, after, params)
    assert made is not None
    np.testing.assert_array_equal(made.weights, after.weights)
    np.testing.assert_array_equal(made.seen.weights, before.weights)
    assert made.seen.loss == after.loss
    assert float(np.linalg.norm(made.gradient)) == series(after, params)["grad_norm"]
    assert np.linalg.norm(made.memory.gradient) <= 0.1 * (1 + 1e-12)
    assert (made.gradient != made.seen.gradient).any() == (optimizer == "nesterov")


def test_the_start_and_a_run_that_diverged_have_no_parts(run: Any) -> None:
    params = Params(task="adding", cell="linear", radius=2.0, length=20, optimizer="sgd", learning_rate=100.0)
    states = run(params, 60)
    assert parts(states[-2], states[-1], params) is None
    assert parts(states[0], states[0], params) is None
