"""Opening the window: application, look, language, and what the command line asked to see."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from typing import TYPE_CHECKING, Any

from playground import guard
from playground.texts import LANGUAGES
from playground.topics import TOPICS, TopicEntry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from playground.window import Window

THEMES = ("light", "dark", "system")


def open_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed. Return the exit code."""
    if reason := guard.obstacle():
        print(f"ml-playground: {reason}", file=sys.stderr)
        return 2
    entry, scene = _scene(options.scene)
    opened = _opened(options)
    app = application()
    from PySide6.QtCore import QTimer

    from playground.faults import Faults

    faults = Faults(app)
    dress(app, options.theme, options.lang, reset=options.reset)
    window = make_window(options.seed or 0)
    window.ready.connect(lambda: _show_what_was_asked(window, options.open_topic, entry, scene, opened))
    window.show()
    signal.signal(signal.SIGINT, lambda *_: app.exit(130))
    beat = QTimer(interval=500) if sys.stdin and sys.stdin.isatty() else None  # lets Python see Ctrl-C
    if beat:
        beat.timeout.connect(lambda: None)
        beat.start()
    code = app.exec()
    del faults
    return code


def _scene(id: str | None) -> tuple[TopicEntry | None, str]:
    """Return the topic that has a scene. Raises Refusal naming those there are."""
    if not id:
        return None, ""
    known = {scene: entry for entry in TOPICS for scene in entry.texts.tree.get("scenes", {})}
    if id not in known:
        from core.run.refusal import Refusal

        raise Refusal("--scene", "unknown_scene", {"given": id, "allowed": ", ".join(known)})
    return known[id], id


def _opened(options: argparse.Namespace) -> Any:
    """Read the file asked for before any window opens. Raises Refusal."""
    if not options.open:
        return None
    from playground import session

    return session.open_file(options.open)


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


def _show_what_was_asked(
    window: Window, topic_id: str | None, entry: TopicEntry | None, scene: str, opened: Any
) -> None:
    if topic_id:
        window.visit(topic_id)
    if entry:
        window.visit(entry.id).lessons.open(scene)
    if opened and window.documents:
        window.documents.show(opened)
