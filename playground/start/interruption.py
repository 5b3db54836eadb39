"""Ctrl-C: held back while it would be lost, and taken as the end of a program that waits in Qt."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@contextmanager
def held_back() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C wait until the block is over, or calls what it is given: that lets it through.

    Inside Qt's calls KeyboardInterrupt is printed and forgotten, inside an import it comes out as another error.
    """
    caught: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: caught.append(number))

    def let_through() -> None:
        if caught:
            raise KeyboardInterrupt

    try:
        yield let_through
    finally:
        signal.signal(signal.SIGINT, before)
    let_through()


class Interruption:
    """Ends the program at Ctrl-C. A pipe wakes Qt, which otherwise lets Python sleep until the next event."""

    def __init__(self, app: QApplication) -> None:
        import socket

        from PySide6.QtCore import QSocketNotifier

        self._here, self._there = socket.socketpair()
        self._there.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda: self._here.recv(16))
        self._before = signal.signal(signal.SIGINT, lambda *_: app.exit(130))
        signal.set_wakeup_fd(self._there.fileno())

    def end(self) -> None:
        """Give the signal back."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, self._before)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()
