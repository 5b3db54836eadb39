"""The switches in the header of a card: how a run is looked at, no part of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from playground.words.texts import Texts
from widgets.base import icons
from widgets.cards.card import Card


def button(name: str, role: str = "toggle") -> QToolButton:
    """Return a button for a header, by its whole name."""
    made = QToolButton()
    made.setObjectName(name)
    made.setProperty("role", role)
    return made


def switch(id: str, role: str = "toggle") -> QToolButton:
    """Return a button that stays down, named `view.<id>`."""
    made = button(f"view.{id}", role)
    made.setCheckable(True)
    return made


class Toggles(QObject):
    """Switches by their ids, and other widgets, in a header; of those that bring a page forward one is on at a time."""

    changed = Signal(str)

    def __init__(self, card: Card, texts: Texts, parts: Sequence[str | QWidget], pages: Collection[str] = ()) -> None:
        super().__init__(card)
        self._texts, self._pages = texts, pages
        self._why_not: dict[str, str] = {}  # of switches that are of no use now
        self._switches = {part: switch(part) for part in parts if isinstance(part, str)}
        for part in parts:
            card.add_control(self._switches[part] if isinstance(part, str) else part)
        for id, made in self._switches.items():
            made.toggled.connect(lambda on, id=id: self._turned(id, on))

    def options(self) -> dict[str, bool]:
        """Return which switches are on."""
        return {id: made.isChecked() for id, made in self._switches.items()}

    def is_on(self, id: str) -> bool:
        """Tell whether a switch is on."""
        return self._switches[id].isChecked()

    def show_icon(self, id: str, icon: str) -> None:
        """Show a switch as an icon, where a word would take the room of the title."""
        made = self._switches[id]
        made.setIcon(icons.icon(icon, "muted"))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def turn(self, id: str, on: bool) -> None:
        """Switch on or off, as a click does."""
        self._switches[id].setChecked(on)

    def allow(self, id: str, why_not: str = "") -> None:
        """Let a switch be used; or not, and its tip says why."""
        if why_not != self._why_not.get(id, ""):
            self._why_not[id] = why_not
            self._switches[id].setEnabled(not why_not)
            self._show_tip(id)

    def page(self) -> str:
        """Return the page that is brought forward, or nothing."""
        return next((id for id in self._pages if self._switches[id].isChecked()), "")

    def show_page(self, id: str) -> None:
        """Bring a page forward; of one that has no switch, let go of those that have."""
        for own in self._pages:
            self._switches[own].setChecked(own == id)

    def retranslate(self) -> None:
        """Give the switches their words in the language shown."""
        for id, made in self._switches.items():
            made.setText(self._texts.get("toggles", id, "text"))
            self._show_tip(id)

    def _show_tip(self, id: str) -> None:
        made, tip = self._switches[id], self._texts.find("toggles", id, "tip") or ""
        made.setToolTip(self._why_not.get(id) or tip)
        made.setAccessibleName(tip or made.text())

    def _turned(self, id: str, on: bool) -> None:
        if on and id in self._pages:
            for other in self._pages:
                if other != id:
                    with QSignalBlocker(self._switches[other]):
                        self._switches[other].setChecked(False)
        self.changed.emit(id)
