"""The scenes' numbers are those of their runs, and the task is done by hand alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, scenes


def scene_of(entry: Any, id: str) -> Scene:
    return next(scene for scene in scenes(entry) if scene.id == id)


@pytest.mark.parametrize(("id", "truth"), [
    ("every_input", 1.5), ("nail_at_the_origin", 50.0), ("both_gates", "learned"), ("one_number_a_unit", 12),
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
