"""The tab of the topic whose folder a test stands in, and its runs to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.topic_list import TOPICS, TopicEntry

if TYPE_CHECKING:
    from playground.window.window import Window


@pytest.fixture
def entry(request: pytest.FixtureRequest) -> TopicEntry:
    """The topic whose folder a test stands in."""
    return next(entry for entry in TOPICS if entry.stem == request.path.parent.name)


@pytest.fixture
def front(entry: TopicEntry) -> str:
    """The topic is in front as the window opens."""
    return entry.id


@pytest.fixture
def tab(entry: TopicEntry, window: Window, settle: Any) -> Any:
    """The topic's tab in its window."""
    made = window.visit(entry.id)
    assert isinstance(made, entry.tab)
    settle()
    return made


@pytest.fixture
def forward(tab: Any, settle: Any) -> Callable[[str], Any]:
    """Bring a panel of the tab forward, and return its widget."""

    def show(id: str) -> Any:
        tab.bring_forward(id)
        settle()
        return tab.plots()[id]

    return show


@pytest.fixture
def record(entry: TopicEntry) -> Callable[..., Timeline[Any, Any]]:
    """Make a record of so many steps, or as many as it has, with other settings where they are given."""

    def make(steps: int, seed: int = 0, **settings: Any) -> Timeline[Any, Any]:
        recipe = Recipe(entry.id, entry.core.VERSION, seed, replace(entry.core.Params(), **settings))
        timeline: Timeline[Any, Any] = Timeline(entry.core, recipe)
        while timeline.recorded < steps and not timeline.ended:
            timeline.extend()
        return timeline

    return make
