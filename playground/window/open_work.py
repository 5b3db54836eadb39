"""The open work of the window: kept every few seconds, offered again after a crash, and where it was left."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from core.run.refusal import Refusal
from playground.export.boxes import message
from playground.files import recovery
from playground.files.recovery import Orphan, Work
from playground.words.refusals import sentence

if TYPE_CHECKING:
    from playground.window.documents import Documents
    from playground.window.window import Window

INTERVAL = "ML_PLAYGROUND_KEEP_EVERY"  # of the environment: s between two times that the open work is kept
_EVERY = 15.0


def interval() -> float:
    """Return how many seconds lie between two times that the open work is kept."""
    with suppress(ValueError):
        return max(0.05, float(os.environ.get(INTERVAL, _EVERY)))
    return _EVERY


class OpenWork(QObject):
    """Keeps what is open. It is written beside the window: a slow disk disturbs nobody."""

    failed = Signal(str)

    def __init__(self, window: Window, documents: Documents) -> None:
        super().__init__(window)
        self._window, self._documents = window, documents
        self._keeper = recovery.Keeper(recovery.folder())
        self._writer = ThreadPoolExecutor(1)
        self._kept: Any = None
        self._said = ""
        documents.is_open_elsewhere = self._keeper.is_open_elsewhere
        documents.filed.connect(self.keep)
        window.tabs.currentChanged.connect(self.keep)
        window.closing.connect(self._leave)
        self.failed.connect(self._say)
        timer = QTimer(self)
        timer.timeout.connect(self.keep)
        timer.start(int(interval() * 1000))

    def begin(self, asked: bool) -> None:
        """Offer what a crash has left; else go on where the window was left, if nothing else was asked for."""
        found = recovery.orphans(recovery.folder())
        unsaved = [orphan for orphan in found if orphan.work.unsaved]
        if unsaved:
            self._offer(found, unsaved)
            return
        if not asked:
            works = [recovery.left(recovery.folder()), *(orphan.work for orphan in found)]
            self._documents.bring_back(works[-1])
        self._drop(found)

    def keep(self) -> None:
        """Keep what is open, if it changed since it was kept last."""
        tabs = self._documents.open_tabs()
        now = [(id(tab.session.recipe), tab.session.position, tab.path, tab.stamp, tab.is_saved) for tab in tabs]
        if self._kept is None or self._kept[0] != now:
            self._kept = now, tabs  # while these live, no other recipe has their ids
            self._writer.submit(self._write, Work(tabs))

    def _write(self, work: Work) -> None:
        try:
            self._keeper.keep(work)
            self._said = ""
        except Refusal as refusal:
            self.failed.emit(sentence(refusal))
        except Exception as fault:  # in a thread nobody else would say that nothing is kept
            self.failed.emit(str(fault))

    def _say(self, why: str) -> None:
        """Say once why the open work cannot be kept; it is tried again."""
        self._kept = None
        if why != self._said:
            self._said = why
            text = QCoreApplication.translate("OpenWork", "The open work cannot be kept safe: {reason}")
            self._window.say(text.format(reason=why))

    def _leave(self) -> None:
        self._writer.shutdown()
        with suppress(Refusal):  # there is no window any more to say so
            self._keeper.leave(Work(self._documents.open_tabs(left=True)))

    # After a crash.

    def _offer(self, found: list[Orphan], unsaved: list[Orphan]) -> None:
        text = QCoreApplication.translate("OpenWork", "The program ended before your work was saved. Open it again?")
        more = "\n".join(self._documents.name_of(tab) for orphan in unsaved for tab in orphan.work.unsaved)
        box = message(self._window, "recovery", text, more)
        roles = QMessageBox.ButtonRole
        again = box.addButton(QCoreApplication.translate("OpenWork", "Open"), roles.AcceptRole)
        drop = box.addButton(QCoreApplication.translate("OpenWork", "Discard"), roles.DestructiveRole)
        later = box.addButton(QCoreApplication.translate("OpenWork", "Later"), roles.RejectRole)
        for button, name in ((again, "open"), (drop, "discard"), (later, "later")):
            button.setObjectName(f"recovery.{name}")
        box.setEscapeButton(later)
        again.clicked.connect(lambda: self._take(found))
        drop.clicked.connect(lambda: self._drop(found))
        later.clicked.connect(lambda: self._put_off(found))
        box.open()

    def _take(self, found: list[Orphan]) -> None:
        """Bring back all that was found, what is newest on top; undo leads to the rest."""
        for orphan in found:
            self._documents.bring_back(orphan.work)
        self._keeper_has_it()
        self._drop(found)

    def _keeper_has_it(self) -> None:
        """Write what is open at once: only then what it came from may go."""
        self.keep()
        self._writer.submit(lambda: None).result()

    def _put_off(self, found: list[Orphan]) -> None:
        for orphan in found:
            orphan.let_go()

    def _drop(self, found: list[Orphan]) -> None:
        for orphan in found:
            orphan.drop()
