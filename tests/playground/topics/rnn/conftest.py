"""The tab of the RNN by itself, and its runs to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from core import rnn
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.actions import Actions
from playground.topic_list import TopicEntry
from playground.topics.rnn.tab import RnnTab

ENTRY = TopicEntry("rnn", "layers", "repeat")


@pytest.fixture
def entry() -> TopicEntry:
    return ENTRY


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
def tab(dressed: Any, settings: Any) -> Iterator[RnnTab]:
    ground = QWidget()
    made = RnnTab(ENTRY, Actions(ground), 0, ground)
    made.run.advance(20)
    yield made
    ground.deleteLater()
