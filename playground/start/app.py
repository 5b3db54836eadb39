"""Opening the window: application, look, language, who serves the window, and what the command line asked to see."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from playground.start import quick_start
from playground.topic_list import TOPICS
from playground.window import keyboard
from playground.window.window import START, Window
from playground.words import languages
from playground.words.texts import LANGUAGES
from resources import FOLDER
from widgets.base import appearance
from widgets.base.theme import FUSION
from widgets.base.visibility import FirstPaint

if TYPE_CHECKING:
    import argparse

    from playground.playback.player import Player
    from playground.window.control import Control
    from playground.window.documents import Documents
    from playground.window.going_on import GoingOn
    from playground.window.imports import Imports
    from playground.window.walking import Walking

THEMES = ("light", "dark", "system")
_SETTLED_MS = 100  # after which the tab in front has been painted


def open_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed. Return the exit code."""
    app = application()
    dress(app, options.theme, options.lang, reset=options.reset)
    program = Program(options.seed or 0)
    program.begin_with(options)
    with ExitStack() as ending:
        program.window.painted.connect(lambda: _stand_guard(app, program, ending))
        program.window.ready.connect(lambda: program.keep_work(options))
        program.window.ready.connect(lambda: program.go_to(options))
        program.show()
        return app.exec()


def _stand_guard(app: QApplication, program: Program, ending: ExitStack) -> None:
    """Take care of faults and of Ctrl-C, now that there is a window to come back to."""
    from playground.start.faults import Faults
    from playground.start.interruption import Interruption

    faults = Faults(app)
    # A fault in every frame would come sixty times a second.
    program.window.ready.connect(lambda: faults.happened.connect(program.player.pause))
    ending.callback(Interruption(app).end)


def application() -> QApplication:
    """Return the application, made with the program's names."""
    QCoreApplication.setOrganizationName("ML Playground")
    QCoreApplication.setApplicationName("ML Playground")
    QGuiApplication.setDesktopFileName("ml-playground")  # by that a desktop finds the icon
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    app = QApplication.instance()
    if app is None:
        app = QApplication([sys.argv[0], "-style", "Fusion"])
        app.setProperty(FUSION, True)
    assert isinstance(app, QApplication)
    return app


def dress(app: QApplication, look: str | None, language: str | None, reset: bool = False) -> None:
    """Put on the look and the language given, else those remembered, else the system's."""
    settings = QSettings()
    if reset:
        settings.clear()
    chosen: Any = look or settings.value("theme", "system")
    appearance.apply(app, chosen if chosen in THEMES else "system")
    spoken: Any = language or settings.value("language", languages.of_the_system())
    languages.use(app, spoken if spoken in LANGUAGES else "en")


class Program:
    """The window and who serves it. Each knows only those it was given; what they tell each other is joined here."""

    player: Player
    documents: Documents
    imports: Imports
    control: Control
    going_on: GoingOn
    walking: Walking

    def __init__(self, seed: int = 0) -> None:
        self.window = Window(seed)
        self._loaded = self._goes_on = False

    def show(self) -> None:
        """Show the window; what is heavy is loaded once its shell has been painted, the rest once the tab has."""
        FirstPaint(self.window.tabs, self._load_tab)
        self.window.fit(self.window.screen().availableSize())
        self.window.show()

    def _load_tab(self) -> None:
        self.window.painted.emit()
        from playground.start.ahead import InBits, page_in_front, rest

        def load_rest() -> None:
            steps = rest(self.window, self._serve)
            InBits(steps, self.window, lambda: QTimer.singleShot(_SETTLED_MS, self.window, self._settle))

        steps = page_in_front(self.window)
        InBits(steps, self.window, lambda: FirstPaint(self.window.in_front(), load_rest))

    def _settle(self) -> None:
        from PySide6.QtGui import QIcon

        from playground.start.ahead import Ahead, steps

        quick_start.settle()
        QGuiApplication.setWindowIcon(QIcon(str(FOLDER / "ml-playground.svg")))
        progress = [partial(self.control.show_progress, entry) for entry in TOPICS]
        build = self.window.build_ahead
        ahead = Ahead(chain(progress, steps(build)), self.is_at_rest, self.window)
        self.window.unseen_gone.connect(lambda: ahead.begin_anew(steps(build)))

    def is_at_rest(self) -> bool:
        """Tell whether a pause of some ms disturbs nobody: nothing plays, is dragged, typed or open over it."""
        is_typed = keyboard.is_typed_into(QApplication.focusWidget())
        return not (self.player.at_work or is_typed or QApplication.mouseButtons() or QApplication.activePopupWidget())

    def load(self) -> None:
        """Load at once all that the shell did without."""
        from playground.start.ahead import page_in_front, rest

        for step in chain(page_in_front(self.window), rest(self.window, self._serve)):
            step()

    def _serve(self) -> None:
        """Add what the first picture of the tab did without: menus, files, and what plays."""
        from playground.playback.player import Player
        from playground.window.control import Control
        from playground.window.documents import Documents
        from playground.window.going_on import GoingOn
        from playground.window.imports import Imports
        from playground.window.walking import Walking

        window = self.window
        window.load_menus()
        self.player = Player(window)
        self.documents = Documents(window, self.player)
        self.imports = Imports(window, self.documents)
        self.control = Control(window, self.player, self.documents, self.imports)
        self.walking = Walking(window)
        self.going_on = GoingOn(window, self.walking)
        self._join()
        self._loaded = True
        window.complete()

    def _join(self) -> None:
        window = self.window
        window.may_close = self.documents.may_close
        window.dropped.connect(self.imports.drop)
        window.visited.connect(self.control.show)
        window.retranslated.connect(self.control.retranslate)
        window.closing.connect(self.player.pause)
        for add in (self.documents.add, self.control.add):
            window.filled.connect(add)
            for tab in window.built_tabs():
                add(tab)
        for welcome in (self.control.welcome, self.going_on.welcome, self.walking.welcome):
            window.welcomed.connect(welcome)
            if window.front.start:
                welcome(window.front.start)

    def begin_with(self, options: argparse.Namespace) -> None:
        """Have in front what the command line asked for, else where the learner was, else the start page."""
        from playground.welcome.left_off import LeftOff

        asked, left = _asked_topic(options), LeftOff.read()
        self._goes_on = not asked and bool(left and left.is_front)
        left_topic = left.entry.id if left and left.is_front else START
        self.window.begin_with(asked or left_topic)

    def go_to(self, options: argparse.Namespace) -> None:
        """Show what the command line asked for."""
        if options.open_topic:
            self.window.visit(options.open_topic)
        if options.scene:
            self.window.visit(_topic_of(options)).stage.open(options.scene)
        if options.session:
            self.documents.take(options.open, options.session)
        if self._goes_on and options.seed is None:
            self.going_on.restore()

    def keep_work(self, options: argparse.Namespace) -> None:
        """Keep the open work from now on; offer what a crash has left, or bring back what was open when it was left."""
        from playground.window.open_work import OpenWork

        OpenWork(self.window, self.documents).begin(bool(_asked_topic(options)) or options.seed is not None)

    def free(self) -> None:
        """Free the window without its questions."""
        if self._loaded:
            self.player.show(None)
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _asked_topic(options: argparse.Namespace) -> str:
    """Return the id of the topic that the command line asks to see; nothing where it asks for none."""
    if options.session:
        return str(options.session.recipe.topic)
    return _topic_of(options) if options.scene else options.open_topic or ""


def _topic_of(options: argparse.Namespace) -> str:
    """Return the id of the topic that the scene asked for belongs to."""
    return next(entry.id for entry in TOPICS if options.scene in entry.texts.tree.get("scenes", {}))
