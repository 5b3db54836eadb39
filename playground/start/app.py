"""Opening the window: application, look, language, and what the command line asked to see."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from playground.start import can_open, quick_start
from playground.topic_list import TOPICS
from playground.words.texts import LANGUAGES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from playground.window.window import Window

THEMES = ("light", "dark", "system")
_SETTLED_MS = 300  # after which the tab in front has been painted


def open_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed. Return the exit code."""
    quick_start.begin()
    if reason := can_open.obstacle():
        sys.stderr.write(f"ml-playground: {reason}\n")
        return 2
    app = application()
    dress(app, options.theme, options.lang, reset=options.reset)
    window = make_window(options.seed or 0)
    guards = _Guards(app)
    window.painted.connect(lambda: guards.stand(window))
    window.ready.connect(lambda: _show_what_was_asked(window, options))
    window.show()
    code = app.exec()
    guards.end()
    return code


class _Guards:
    """Take care of faults and of Ctrl-C once there is a window to come back to."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._interruption: _Interruption | None = None

    def stand(self, window: Window) -> None:
        """Be on guard from now on."""
        from playground.start.faults import Faults

        Faults(self._app).happened.connect(lambda *_: _pause(window))
        self._interruption = _Interruption(self._app)

    def end(self) -> None:
        """Give back what was taken."""
        if self._interruption:
            self._interruption.end()


def _pause(window: Window) -> None:
    """A fault in every frame would come sixty times a second."""
    if window.player:
        window.player.pause()


class _Interruption:
    """Ends the program at Ctrl-C. A pipe wakes Qt, which otherwise lets Python sleep until the next event."""

    def __init__(self, app: QApplication) -> None:
        import signal
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
        import signal

        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, self._before)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()


def application() -> QApplication:
    """Return the application, made with the program's names."""
    from PySide6.QtCore import QCoreApplication, QSettings
    from PySide6.QtWidgets import QApplication

    from widgets.base.theme import FUSION

    QCoreApplication.setOrganizationName("ML Playground")
    QCoreApplication.setApplicationName("ML Playground")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    app = QApplication.instance()
    if app is None:
        app = QApplication([sys.argv[0], "-style", "Fusion"])
        app.setProperty(FUSION, True)
    assert isinstance(app, QApplication)
    return app


def dress(app: QApplication, look: str | None, language: str | None, reset: bool = False) -> None:
    """Put on the look and the language given, else those remembered, else the system's."""
    from PySide6.QtCore import QSettings

    from playground.words import languages
    from widgets.base import appearance

    settings = QSettings()
    if reset:
        settings.clear()
    chosen: Any = look or settings.value("theme", "system")
    appearance.apply(app, chosen if chosen in THEMES else "system")
    spoken: Any = language or settings.value("language", languages.of_the_system())
    languages.use(app, spoken if spoken in LANGUAGES else "en")


def make_window(seed: int = 0) -> Window:
    """Return the window; what is heavy is loaded once its shell has been painted, the rest once the tab has."""
    from PySide6.QtCore import QTimer

    from playground.window.window import Window
    from widgets.base.visibility import FirstPaint

    def load_tab() -> None:
        window.painted.emit()
        window.load_tab()
        FirstPaint(window.built_tabs()[0], load_rest)

    def load_rest() -> None:
        window.load_rest()
        QTimer.singleShot(_SETTLED_MS, window, settle)

    def settle() -> None:
        window.control.show_all_progress()
        quick_start.settle()

    window = Window(seed)
    FirstPaint(window.tabs, load_tab)
    return window


def _show_what_was_asked(window: Window, options: argparse.Namespace) -> None:
    if options.open_topic:
        window.visit(options.open_topic)
    if options.scene:
        entry = next(entry for entry in TOPICS if options.scene in entry.texts.tree.get("scenes", {}))
        window.visit(entry.id).lessons.open(options.scene)
    if options.session and window.documents:
        window.documents.take(options.open, options.session)
