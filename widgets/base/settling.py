"""Layouts brought to rest at once, where nothing may be painted in the old room."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

_ROUNDS = 4  # of events that layouts send each other until all is in place


def settle(kind: QEvent.Type = QEvent.Type.LayoutRequest) -> None:
    """Deliver posted events, those of layouts alone or of every kind (`QEvent.Type.None_`), until all is in place.

    Timers are left alone, so that no picture depends on how fast it was made.
    """
    for _ in range(_ROUNDS):
        QCoreApplication.sendPostedEvents(None, kind)
