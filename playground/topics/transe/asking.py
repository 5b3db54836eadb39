"""What the learner asks: boxes, clicks and keys send the ripple out, stop it, and put it where they want it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from core.run.explanation import Focus
from playground.topics.transe.ask_box import AskBox
from playground.topics.transe.ripple import Ripple
from playground.topics.transe.shown import Shown

if TYPE_CHECKING:
    from playground.topics.transe.tab import TransETab


class Asking(QObject):
    """Leads from the boxes and the keys to what the tab shows."""

    def __init__(self, tab: TransETab, box: AskBox) -> None:
        super().__init__(tab)
        self._tab, self._box = tab, box
        self._ripple, self._is_raw = Ripple(self), False

    def react(self) -> None:
        """Follow the mouse and the keys."""
        self._box.asked.connect(self.ask)
        self._box.go.clicked.connect(self._send_or_stop)
        self._box.moved.connect(self._ripple.put)
        self._box.kind_chosen.connect(self._count)
        self._ripple.moved.connect(self._tab.show_ripple)
        for key, by in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self._tab)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._tab.choose_relation, by))

    @property
    def runs(self) -> bool:
        """Whether the ripple is on its way by itself."""
        return self._ripple.runs

    def options(self) -> Mapping[str, Any]:
        """Return what a view shows of it: whether ranks are raw, and how many names the ripple has passed."""
        return {"raw": self._is_raw, "ripple": self._ripple.gone}

    def let_go(self) -> None:
        """Let the ripple be where it stops."""
        self._ripple.let_go()

    def ask(self, head: int, relation: int) -> None:
        """Ask what lies at the tip of an arrow at a head, and send the ripple out."""
        self.let_go()
        self._tab.choose(Shown(self._tab.view()).focus_of(head, relation))
        self._send()

    def _send(self) -> None:
        shown = Shown(self._tab.view())
        if not shown.view.covered:
            self._ripple.send(shown.whole)

    def _send_or_stop(self) -> None:
        """Let the ripple go on, or stand; where nothing was chosen, the triple in view is asked."""
        if self.runs:
            self._ripple.stop()
            return
        if self._tab.focus is None:
            shown = Shown(self._tab.view())
            self._tab.choose(_same(shown))
        self._send()

    def _count(self, kind: str) -> None:
        self._is_raw = kind == "raw"
        self.let_go()
        self._tab.catch_up()


def _same(shown: Shown) -> Focus:
    """Return what is chosen to keep the triple that is spoken of."""
    return Focus("triple", (int(np.flatnonzero((shown.rows == shown.asked).all(axis=1))[0]),))
