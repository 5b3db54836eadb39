"""The tab of the RNN with some steps, and its runs to look at, which may set what implies other settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core import rnn
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.topics.rnn.tab import RnnTab


@pytest.fixture
def record() -> Callable[..., Timeline[Any, Any]]:
    """Make a record of so many steps, with other settings where they are given."""

    def make(steps: int, seed: int = 0, **settings: Any) -> Timeline[Any, Any]:
        params = rnn.implied(replace(rnn.Params(), **settings), frozenset(settings))
        timeline: Timeline[Any, Any] = Timeline(rnn, Recipe("rnn", rnn.VERSION, seed, params))
        timeline.record(steps)
        return timeline

    return make


@pytest.fixture
def tab(tab: RnnTab) -> RnnTab:
    """The tab in its window, at step 20."""
    tab.run.advance(20)
    return tab
