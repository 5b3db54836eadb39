"""The beats of a step, composed, are the step to the byte; without the last nothing moves."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import activations
from core.activations import Params, beats, composed
from core.activations.beats import parts
from core.activations.settings import FUNCTIONS
from core.nn.update_rules import FIRST_ORDER
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

RULES = pytest.mark.parametrize("optimizer", FIRST_ORDER)


def steps_of(params: Params, steps: int, *edits: Change) -> list[tuple[Any, Any]]:
    """Return the state, edits made, before each step, and the one it makes."""
    found = [frame for frame, _ in replay(activations, Recipe("activations", 1, 5, params, edits), steps)]
    return [(before.state, after.made) for before, after in pairwise(found)]


@RULES
@pytest.mark.parametrize("batch_size", [0, 30])
def test_all_beats_make_the_next_state_to_the_byte(optimizer: Any, batch_size: int) -> None:
    params = Params(functions=FUNCTIONS, optimizer=optimizer, batch_size=batch_size, n_samples=70)
    assert beats(params) == ("forward", "error", "backward", "update")
    for t, (before, after) in enumerate(steps_of(params, 6), 1):
        rng = Streams.step(5, t)
        assert composed(before, params, rng, beats(params)) == after
        for count in range(4):
            assert composed(before, params, rng, beats(params)[:count]) == before


def test_of_a_net_that_leaves_too() -> None:
    params = Params(functions=("relu", "tanh"), optimizer="sgd")
    far = (
        Change(1, SetArray("relu.layer_1.W", np.full((2, 8), 1e12))),
        Change(1, SetArray("relu.layer_2.W", np.full((8, 8), 1e12))),
    )
    found = steps_of(params, 4, *far)
    for t, (before, after) in enumerate(found, 1):
        assert composed(before, params, Streams.step(5, t), beats(params)) == after
    gone = [parts(before, after, "relu", params) is None for before, after in found]
    assert gone == [False, True, True, True]


@RULES
def test_each_beat_hands_on_what_the_next_one_takes(optimizer: Any) -> None:
    params = Params(functions=("swish",), optimizer=optimizer)
    for before, after in steps_of(params, 5):
        made = parts(before, after, "swish", params)
        assert made is not None
        np.testing.assert_array_equal(made.weights, after.nets[0].weights)
        assert made.seen.loss == after.nets[0].loss
        if optimizer == "sgd":
            np.testing.assert_array_equal(made.weights, before.nets[0].weights - 0.02 * made.gradient)
        if optimizer == "nesterov" and before.t:
            assert (made.gradient != made.seen.gradient).any()


def test_what_is_shown_begins_with_the_weights_of_an_edit() -> None:
    params = replace(Params(functions=("elu",)), n_samples=20)
    edit = Change(2, SetArray("layer_1.b", np.ones(8)))
    one, other = (parts(*steps_of(params, 3, *edits)[2], "elu", params) for edits in ((), (edit,)))
    assert one is not None
    assert other is not None
    assert one.seen.loss != other.seen.loss
