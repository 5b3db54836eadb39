"""The scenes' numbers are those of their runs, and the task is done by hand alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.dense.algorithm import arrays
from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, scenes


def scene_of(entry: Any, id: str) -> Scene:
    return next(scene for scene in scenes(entry) if scene.id == id)


@pytest.mark.parametrize(("id", "truth"), [
    ("every_input", 1.5), ("nail_at_the_origin", 50.0), ("both_gates", "learned"), ("one_number_a_unit", 12),
    ("six_weights", pytest.approx(0.35891648, abs=5e-9)), ("spirals_and_layers", ["none", "four", "eight"]),
    ("opposite_points", pytest.approx(57.5)), ("cones", pytest.approx(63.5)), ("freed_by_half", 100.0),
])  # fmt: skip
def test_what_is_true(entry: Any, id: str, truth: Any) -> None:
    outcome = scene_of(entry, id).check()
    assert outcome.holds
    assert outcome.truth == truth


@pytest.mark.parametrize(("w", "b", "done"), [(3.0, -9.0, True), (6.0, -9.0, False), (3.0, None, False)])
def test_the_gates_are_passed_by_hand(entry: Any, w: float, b: float | None, done: bool) -> None:
    task = scene_of(entry, "through_by_hand")
    recipe = task.recipe().edited(0, SetArray("W", np.array([[w], [0.0]])))
    if b is not None:
        recipe = recipe.edited(0, SetArray("b", np.array([b])))
    assert task.reached_at(Timeline(entry.core, recipe), 0) == done


def test_training_alone_does_not_tick_the_task(entry: Any) -> None:
    task = scene_of(entry, "through_by_hand")
    run = Timeline(entry.core, task.recipe())
    run.record(600)
    assert not task.reached(run)


def test_the_published_net_goes_the_published_way(entry: Any) -> None:
    """Mazur (2015): all eight weights after one step as he prints them, and the error after 10,000 of them."""
    run = Timeline(entry.core, scene_of(entry, "six_weights").recipe())
    run.record(10_000)
    made = arrays(run.frame(1).state, run.recipe.params)
    printed = {"hidden_1.W": [[0.149780716, 0.24975114], [0.19956143, 0.29950229]],
               "W": [[0.35891648, 0.511301270], [0.408666186, 0.561370121]]}  # fmt: skip
    for name, values in printed.items():
        np.testing.assert_allclose(made[name], values, atol=5e-9)
    assert float(run.series.row(10_000)["with_bias.loss"]) == pytest.approx(0.0000351085, abs=5e-11)


@pytest.mark.parametrize(
    ("w", "b", "done"), [(0.8, None, True), (0.7, None, False), (0.8, 0.0, True), (0.8, 0.1, False)]
)
def test_the_right_gate_is_passed_by_w_alone(entry: Any, w: float, b: float | None, done: bool) -> None:
    task = scene_of(entry, "right_gate_by_w")
    recipe = task.recipe().edited(0, SetArray("W", np.array([[w], [0.0]])))
    if b is not None:
        recipe = recipe.edited(0, SetArray("b", np.array([b])))
    assert task.reached_at(Timeline(entry.core, recipe), 0) == done


@pytest.mark.parametrize(("w", "b", "done"), [(1.0, -5.0, True), (1.0, -3.0, False), (-1.0, 5.0, False)])
def test_the_clouds_are_parted_by_hand_before_any_step(entry: Any, w: float, b: float, done: bool) -> None:
    task = scene_of(entry, "parted_by_hand")
    recipe = task.recipe().edited(0, SetArray("W", np.array([[w], [w]])))
    assert not task.reached_at(Timeline(entry.core, recipe), 0)
    recipe = recipe.edited(0, SetArray("b", np.array([b])))
    run = Timeline(entry.core, recipe)
    run.record(1)
    assert task.reached_at(run, 0) == done
    assert not task.reached_at(run, 1)
