"""The topic among the others, as long as it is not in the list."""

from __future__ import annotations

import pytest

from playground.topic_list import TOPICS, TopicEntry

ENTRY = next((entry for entry in TOPICS if entry.id == "cnn"), TopicEntry("cnn", "layers", "layers"))
_READERS = ("topic_list", "recipes.plain_recipes", "window.window", "window.control", "window.progress_dialog",
            "start.app", "files.own_progress")  # fmt: skip


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    if ENTRY not in TOPICS:
        for name in _READERS:
            monkeypatch.setattr(f"playground.{name}.TOPICS", (*TOPICS, ENTRY))


@pytest.fixture
def entry() -> TopicEntry:
    """The topic whose folder a test stands in."""
    return ENTRY
