"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QFontMetricsF

from core import optimizers
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params, with_changes
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic
from widgets.base import fonts

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
    assert not attempt(task, 60, function="rosenbrock", start=[-1.2, 1.0])


def test_three_minima_can_be_reached() -> None:
    task = TASKS["three_minima"]
    assert not attempt(task, 0)
    assert any(
        attempt(task, 400, start=[x, y], momentum__learning_rate=rate)
        for x in (-0.5, 0.0, 0.5) for y in (-1.0, 0.0) for rate in (0.01, 0.02)
    )  # fmt: skip


FILMS = [scene for scene in scenes(topic("optimizers")) if not scene.is_task]
_HALF = 114  # px, of the table at the end of a scene in the smallest window


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_chosen_is_told_uncut(dressed: Any, language: Any) -> None:
    metrics = QFontMetricsF(fonts.role_font("body"))
    questions = [scene.question for scene in FILMS if scene.question and scene.question.kind == "choice"]
    texts = [
        question.texts.get("options", option, language=language)
        for question in questions
        for option in question.options
    ]
    assert not [text for text in texts if metrics.horizontalAdvance(text) > _HALF]


def test_the_saddle_asks_of_the_run_in_front_and_shows_who_is_asked_of() -> None:
    scene = next(scene for scene in FILMS if scene.id == "saddle")
    assert scene.question
    assert scene.names[0] == "beside"
    assert all(scene.recipe(name).params.methods == scene.question.options for name in scene.names)
    beside, ridge = scene.recipe("beside").params, scene.recipe("ridge").params
    assert replace(beside, start=ridge.start) == ridge


@pytest.mark.parametrize("id", ["adagrad_damps_the_steep_axis", "rmsprop_forgets"])
def test_effective_steps_have_room_where_they_are_asked_of(id: str) -> None:
    assert next(scene for scene in FILMS if scene.id == id).set_up.room == "rates"


def test_nothing_that_a_film_is_about_passes_in_a_blink() -> None:
    """The way to a hollow takes Momentum 60 steps; the swing beyond the floor 4."""
    seconds = {scene.id: scene.seconds / scene.length for scene in FILMS}
    assert 60 * seconds["local_minimum"] >= 2
    assert 4 * seconds["nesterov_looks_ahead"] >= 2


@pytest.mark.parametrize("scene", FILMS, ids=lambda scene: scene.id)
def test_a_result_names_what_it_compares(scene: Scene) -> None:
    both = {
        "local_minimum": ("sgd_loss", "momentum_loss"), "rmsprop_forgets": ("low", "high", "adagrad"),
        "adam_steps_by_the_learning_rate": ("a", "c"), "newton_uses_curvature": ("newton", "sgd"),
        "newton_at_the_saddle": ("newton", "sgd"), "ravine_oscillation": ("sgd", "rmsprop", "adam"),
    }.get(scene.id, ())  # fmt: skip
    said = scene.texts.get("result", language="en")
    assert all(f"{{{name}}}" in said for name in both)
    assert "{" not in said.format(**scene.check().values)
