"""The scenes' numbers are those of their runs, and the tasks are done by the learner's own acts alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, scenes
from playground.topics.activations.conditions import dead_units


def scene_of(entry: Any, id: str) -> Scene:
    return next(scene for scene in scenes(entry) if scene.id == id)


@pytest.mark.parametrize(("id", "truth"), [
    ("boundary_at_one_half", 0.0), ("scores_of_three_classes", 1.04), ("same_added_to_all", 0.644),
    ("hot_and_flat", 0.254), ("twenty_layers", 9.7), ("no_way_back", 0.0), ("too_large_a_step", 7),
    ("about_zero", ["tanh", "sigmoid", "relu"]), ("one_start", ["tanh", "relu", "sigmoid"]), ("left_behind", 60.5),
])  # fmt: skip
def test_what_is_true(entry: Any, id: str, truth: Any) -> None:
    outcome = scene_of(entry, id).check()
    assert outcome.holds
    assert outcome.truth == truth


def test_the_loss_of_twenty_layers_of_sigmoid_is_flat(entry: Any) -> None:
    drawn = dict(scene_of(entry, "flat_from_the_start").check().truth)
    assert set(drawn) == set(range(1, 401))
    assert {round(drawn[t], 3) for t in range(100, 401)} == {0.693}


def test_where_the_scene_of_a_learning_rate_of_ten_pauses_one_unit_is_dead(entry: Any) -> None:
    scene = scene_of(entry, "too_large_a_step")
    (moment,) = scene.moments
    assert isinstance(moment.at, int)
    run = Timeline(entry.core, scene.recipe())
    at = int(moment.at)
    run.record(at)
    assert len(dead_units(run, at).things) == 1  # as the sentence has it
    assert not dead_units(run, at - 1).things


@pytest.mark.parametrize(("bias", "steps", "done"), [(-20.0, 10, True), (-20.0, 9, False), (-0.5, 10, False)])
def test_a_unit_is_killed_by_hand_and_seen_to_stand_still(entry: Any, bias: float, steps: int, done: bool) -> None:
    task = scene_of(entry, "kill_a_unit")
    recipe = task.recipe().edited(0, SetArray("relu.layer_1.b", np.array([bias, *[0.0] * 7])))
    run = Timeline(entry.core, recipe)
    run.record(steps)
    assert task.reached(run) == done


def test_training_alone_ticks_no_task(entry: Any) -> None:
    for id in ("kill_a_unit", "relu_first"):
        task = scene_of(entry, id)
        run = Timeline(entry.core, task.recipe())
        run.record(400)
        assert not task.reached(run)


@pytest.mark.parametrize(("changed", "done"), [({"dataset": "rings"}, True), ({"dataset": "spirals"}, False),
                                               ({"dataset": "rings", "learning_rate": 0.05}, False)])  # fmt: skip
def test_relu_is_alone_in_front_on_another_set(entry: Any, changed: dict[str, Any], done: bool, record: Any) -> None:
    assert scene_of(entry, "relu_first").reached(record(150, **changed)) == done
