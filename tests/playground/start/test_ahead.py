"""What is loaded ahead: all that tabs are made of, a module at a time, and nothing while the program is busy."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Any

import pytest
from PySide6.QtCore import QObject

from playground.start import ahead
from playground.start.ahead import Ahead
from playground.topic_list import TOPICS


def test_every_tab_is_among_what_is_loaded() -> None:
    found = []
    for name in ahead.modules():
        found.append(name)
        import_module(name)  # a package must be loaded before it tells what is in it
    assert {f"playground.topics.{entry.stem}.tab" for entry in TOPICS} < set(found)
    assert len(set(found)) == len(found)


def test_steps_are_taken_one_by_one_and_only_at_rest(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[str, int]] = []
    asked, frozen, parent = [0], [0], QObject()

    def is_at_rest() -> bool:
        asked[0] += 1
        return asked[0] > 3

    monkeypatch.setattr(ahead, "modules", lambda: iter(("first", "gc", "second")))
    monkeypatch.setattr(ahead, "TOPICS", ())
    monkeypatch.setattr(ahead, "import_module", lambda name: taken.append((name, asked[0])))
    monkeypatch.setattr(ahead, "_LATER_MS", 1)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(len(taken)))
    Ahead(is_at_rest, parent)
    qtbot.waitUntil(lambda: len(frozen) == 2)
    assert taken == [("first", 4), ("second", 5)], "gc is there already, and three times it was not at rest"
    assert frozen == [0, 2], "what is loaded stays"
