"""The topic whose folder a test stands in."""

from __future__ import annotations

import pytest

from playground.topic_list import TopicEntry, topic


@pytest.fixture
def entry() -> TopicEntry:
    """Return the entry of the topic."""
    return topic("ratings")
