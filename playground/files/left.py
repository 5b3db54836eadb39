"""Where the program was left: the tab that was in front last."""

from __future__ import annotations

from PySide6.QtCore import QSettings

_KEY = "left"


def where_it_was_left() -> str:
    """Return the id of the tab that was in front when the program was left, `start` for the start page; else ""."""
    return str(QSettings().value(_KEY, ""))


def leave_at(id: str) -> None:
    """Remember which tab is in front; a program that is killed was left there, too."""
    QSettings().setValue(_KEY, id)
