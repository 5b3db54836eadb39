"""Runs of scenes with other parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.run.timeline import Timeline
from playground.scenes.scene import Scene


@pytest.fixture
def changed() -> Callable[..., Any]:
    """Return the run of a scene as it would be with other parameters."""

    def run(scene: Scene, name: str, change: Callable[[Any], Any]) -> Timeline[Any, Any]:
        recipe = scene.recipe(name)
        timeline: Timeline[Any, Any] = Timeline(scene.entry.core, replace(recipe, params=change(recipe.params)))
        timeline.record(scene.steps(name))
        return timeline

    return run
