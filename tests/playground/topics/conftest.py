"""Runs of any topic to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.run.recipe import Recipe
from core.run.timeline import Timeline


@pytest.fixture(scope="session")
def record_of() -> Callable[..., Timeline[Any, Any]]:
    """Make a record of so many steps of a topic, or as many as it has, with other settings where they are given."""

    def make(id: str, core: Any, steps: int, seed: int = 0, **settings: Any) -> Timeline[Any, Any]:
        recipe = Recipe(id, core.VERSION, seed, replace(core.Params(), **settings))
        timeline: Timeline[Any, Any] = Timeline(core, recipe)
        while timeline.recorded < steps and not timeline.ended:
            timeline.extend()
        return timeline

    return make
