"""The Optimizers tab in its window, and runs to look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from core import optimizers as core
from core.run.timeline import Timeline

if TYPE_CHECKING:
    from playground.tab.topic_tab import TopicTab
    from playground.topics.optimizers.tab import OptimizersTab


@pytest.fixture
def race(tab: TopicTab) -> OptimizersTab:
    from playground.topics.optimizers.tab import OptimizersTab

    assert isinstance(tab, OptimizersTab)
    return tab


@pytest.fixture
def record(record_of: Callable[..., Timeline[Any, Any]]) -> Callable[..., Timeline[Any, Any]]:
    """Make a record of so many steps, with other settings than the defaults where they are given."""
    return partial(record_of, "optimizers", core)
