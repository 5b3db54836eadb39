"""Work that is waited for: what it gives or raises, its progress, and that it can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressDialog, QWidget

from core.run.studies import CancelledError
from core.run.telling import tell
from playground.tab.waiting import waited_for


@pytest.fixture
def over(dressed: Any, freed: Callable[[QWidget], None]) -> QWidget:
    made = QWidget()
    freed(made)
    made.show()
    return made


def shown(over: QWidget) -> QProgressDialog:
    found = over.findChild(QProgressDialog, "waiting")
    assert found is not None
    return found


def test_what_is_quick_gives_its_result_without_a_dialog(over: QWidget) -> None:
    assert waited_for(over, "", lambda: 7) == 7
    assert over.findChild(QProgressDialog) is None


def test_what_it_raises_is_raised(over: QWidget) -> None:
    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        waited_for(over, "", fails)


def test_the_window_answers_and_shows_how_far_it_is(over: QWidget) -> None:
    go, seen = Event(), []

    def work() -> str:
        tell(0.5)
        go.wait(20)
        return "done"

    def look() -> None:
        progress = shown(over)
        seen.append((progress.value(), progress.isVisible(), [w.text() for w in progress.findChildren(QLabel)]))
        go.set() if progress.value() == 50 else QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    assert waited_for(over, "Reading", work) == "done"
    assert seen[-1] == (50, True, ["Reading"])


def test_it_ends_when_it_is_cancelled(over: QWidget) -> None:
    ended = Event()

    def work() -> None:
        try:
            while True:
                tell(0.1)
        finally:
            ended.set()

    QTimer.singleShot(0, lambda: shown(over).findChildren(QAbstractButton)[0].click())
    with pytest.raises(CancelledError):
        waited_for(over, "", work)
    assert ended.wait(20)
