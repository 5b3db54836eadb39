"""Opening the window: application, look, language, and what the command line asked to see."""

from __future__ import annotations

import argparse
import gc
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

from playground import guard
from playground.texts import LANGUAGES
from playground.topics import TOPICS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from playground.window import Window

THEMES = ("light", "dark", "system")


def open_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed. Return the exit code."""
    if reason := guard.obstacle():
        sys.stderr.write(f"ml-playground: {reason}\n")
        return 2
    app = application()
    from playground.faults import Faults

    faults = Faults(app)
    dress(app, options.theme, options.lang, reset=options.reset)
    window = make_window(options.seed or 0)
    faults.happened.connect(lambda *_: _pause(window))
    window.ready.connect(lambda: _show_what_was_asked(window, options))
    window.show()
    interruption = _Interruption(app)
    code = app.exec()
    interruption.end()
    return code


def _pause(window: Window) -> None:
    """A fault in every frame would come sixty times a second."""
    if window.player:
        window.player.pause()


class _Interruption:
    """Ends the program at Ctrl-C. A pipe wakes Qt, which otherwise lets Python sleep until the next event."""

    def __init__(self, app: QApplication) -> None:
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


def application() -> QApplication:
    """Return the application, made with the program's names."""
    from PySide6.QtCore import QCoreApplication, QSettings
    from PySide6.QtWidgets import QApplication

    QCoreApplication.setOrganizationName("ML Playground")
    QCoreApplication.setApplicationName("ML Playground")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def dress(app: QApplication, look: str | None, language: str | None, reset: bool = False) -> None:
    """Put on the look and the language given, else those remembered, else the system's."""
    from PySide6.QtCore import QSettings

    from playground import languages
    from widgets import theme

    settings = QSettings()
    if reset:
        settings.clear()
    chosen: Any = look or settings.value("theme", "system")
    theme.apply(app, chosen if chosen in THEMES else "system")
    spoken: Any = language or settings.value("language", languages.of_the_system())
    languages.use(app, spoken if spoken in LANGUAGES else "en")


def make_window(seed: int = 0) -> Window:
    """Return the window; what is heavy is loaded once its shell has been painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from playground.window import Window

    class Waiter(QObject):
        """Waits for the first paint."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self._load)
            return False

        def _load(self) -> None:
            window.load()
            gc.collect()
            gc.freeze()  # what the program is made of is never looked at again: shorter pauses while playing

    window = Window(seed)
    window.tabs.installEventFilter(Waiter(window))
    return window


def _show_what_was_asked(window: Window, options: argparse.Namespace) -> None:
    if options.open_topic:
        window.visit(options.open_topic)
    if options.scene:
        entry = next(entry for entry in TOPICS if options.scene in entry.texts.tree.get("scenes", {}))
        window.visit(entry.id).lessons.open(options.scene)
    if options.session and window.documents:
        window.documents.take(options.open, options.session)
