"""The K-means tab in its window, and runs to look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from core import kmeans as core
from core.run.timeline import Timeline

if TYPE_CHECKING:
    from playground.topics.kmeans.tab import KMeansTab
    from playground.window.window import Window


@pytest.fixture
def tab(window: Window, settle: Any) -> KMeansTab:
    from playground.topics.kmeans.tab import KMeansTab

    made = window.visit("kmeans")
    assert isinstance(made, KMeansTab)
    settle()
    return made


@pytest.fixture
def forward(tab: KMeansTab, settle: Any) -> Callable[[str], None]:
    """Bring a panel of the tab forward."""

    def show(id: str) -> None:
        tab.bring_forward(id)
        settle()

    return show


@pytest.fixture
def record(record_of: Callable[..., Timeline[Any, Any]]) -> Callable[..., Timeline[Any, Any]]:
    """Make a record of so many steps, with other settings than the defaults where they are given."""
    return partial(record_of, "kmeans", core)
