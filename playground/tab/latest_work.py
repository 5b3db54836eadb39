"""Work of which only the latest counts, done in a thread: reading a file, and what a tab makes of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

from widgets.base.garbage import without_collection


class LatestWork(QObject):
    """Does one thing at a time; what is asked for later takes the place of what is at work, of which nothing is heard.

    `done` tells what came of it, a value or the exception that ended it, in the thread this lives in.
    """

    done = Signal(object)
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: object | None = None  # stands for the work that is waited for
        self._told.connect(self._hear)

    @property
    def at_work(self) -> bool:
        """Whether something is waited for."""
        return self._asked is not None

    def do(self, work: Callable[[], Any]) -> None:
        """Begin; what is at work is waited for no longer."""
        self._asked = object()
        Thread(target=self._work, args=(self._asked, work), daemon=True, name="latest work").start()

    def cancel(self) -> None:
        """Wait no longer for what is at work."""
        self._asked = None

    def _work(self, asked: object, work: Callable[[], Any]) -> None:
        try:
            with without_collection():
                came: Any = work()
        except Exception as error:  # whatever readers stumble over is for whoever asked
            came = error
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._told.emit(asked, came)

    def _hear(self, asked: object, came: Any) -> None:
        if asked is self._asked:
            self._asked = None
            self.done.emit(came)
