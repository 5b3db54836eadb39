"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from typing import Any

import pytest

from core import optimizers
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params, with_changes
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic

TASKS = {scene.id: scene for scene in scenes(topic("optimizers")) if scene.is_task}


def attempt(task: Scene, steps: int, changes: tuple[tuple[int, str, Any], ...] = (), **given: Any) -> bool:
    flat = {name.replace("__", "."): value for name, value in given.items()}
    setup = task.plain[0][1]["params"]
    recipe = Recipe("optimizers", 1, 0, read_params(optimizers, {**setup, **flat}))
    edits = [{"step": step, "name": name, "value": value} for step, name, value in changes]
    timeline = Timeline(optimizers, with_changes(optimizers, recipe, edits))
    timeline.frame(steps)
    return task.reached(timeline)


def test_sgd_diverges_beyond_two_over_the_curvature() -> None:
    task = TASKS["make_sgd_diverge"]
    assert attempt(task, 200, sgd__learning_rate=1.2)
    assert not attempt(task, 200, sgd__learning_rate=0.99)


def test_momentum_stops_overshooting_with_less_memory() -> None:
    task = TASKS["stop_momentum_overshooting"]
    assert attempt(task, 45, momentum__momentum=0.8)
    assert not attempt(task, 45, momentum__momentum=0.6)
    assert not attempt(task, 45, momentum__momentum=0.8, momentum__learning_rate=0.03)


def test_noise_or_a_large_step_carries_sgd_over() -> None:
    task = TASKS["leave_the_shallow_basin"]
    assert not attempt(task, 300)
    assert not attempt(task, 300, start=[-2.0, 1.0])
    assert attempt(task, 300, sgd__learning_rate=0.42) or attempt(task, 2000, noise=12)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_playing_alone_does_not_do(task: Scene) -> None:
    assert not attempt(task, 300)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_another_surface_does_not_do(task: Scene) -> None:
    if task.id != "make_sgd_diverge":
        assert not attempt(task, 60, function="rosenbrock", start=[-1.2, 1.0])


def test_three_minima_can_be_reached() -> None:
    task = TASKS["three_minima"]
    assert not attempt(task, 0)
    assert any(
        attempt(task, 400, start=[x, y], momentum__learning_rate=rate)
        for x in (-0.5, 0.0, 0.5) for y in (-1.0, 0.0) for rate in (0.01, 0.02)
    )  # fmt: skip
