"""Which steps and units the claims of Activations speak of."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.run.explanation import Focus
from core.run.recipe import SetArray
from playground.scenes.scene import column
from playground.topics.activations.conditions import dead_units, no_better_than_a_guess, right_in_most


def test_the_steps_in_which_a_net_is_right_for_most_points(record: Any) -> None:
    run = record(120)
    marked = right_in_most(run, 120)
    right = column(run, "tanh.accuracy")
    assert marked.steps_of("tanh.loss").tolist() == [t for t in range(121) if right[t] >= 0.95]
    assert not len(marked.steps_of("sigmoid.loss"))
    assert not right_in_most(run, int(marked.steps_of("tanh")[0]) - 1).all_steps


def test_the_loss_of_a_guess_is_ln_2(record: Any) -> None:
    run = record(80, functions=("sigmoid", "tanh"), layers=20, units=16, init="he", optimizer="sgd", learning_rate=0.05)
    marked = no_better_than_a_guess(run, 80)
    assert 80 in marked.steps_of("sigmoid.loss")
    assert 80 not in marked.steps_of("tanh.loss")
    loss = column(run, "sigmoid.loss")[marked.steps_of("sigmoid")]
    np.testing.assert_allclose(loss, np.log(2), atol=1e-3)


def test_a_unit_left_of_all_its_inputs_is_dead(record: Any) -> None:
    run = record(3, functions=("relu", "leaky-relu"), layers=1)
    killed = run.fork(run.recipe.edited(0, SetArray("layer_1.b", np.array([0.0, -20, *[0.0] * 6]))))
    killed.record(3)
    assert Focus("relu", (0, 1)) in dead_units(killed, 3).things
    assert {thing.kind for thing in dead_units(killed, 3).things} == {"relu"}
    assert Focus("relu", (0, 1)) not in dead_units(run, 3).things
