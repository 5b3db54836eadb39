"""The topic whose folder a test stands in, and its tab by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from playground.actions import Actions
from playground.topic_list import TopicEntry, topic
from playground.topics.loss_metrics.tab import LossMetricsTab


@pytest.fixture
def entry() -> TopicEntry:
    """Return the entry of the topic."""
    return topic("loss-metrics")


@pytest.fixture
def tab(dressed: Any, settings: Any, entry: TopicEntry) -> Iterator[LossMetricsTab]:
    """Return the tab after 20 steps."""
    ground = QWidget()
    made = LossMetricsTab(entry, Actions(ground), 0, ground)
    made.run.advance(20)
    yield made
    ground.deleteLater()
