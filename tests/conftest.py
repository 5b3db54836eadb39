"""Tests draw offscreen and with one BLAS thread, so that they run anywhere and repeat to the byte.

Settings, logs and sessions go to a folder of their own: a test never sees what a person has saved, nor leaves a trace.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_HOME = tempfile.TemporaryDirectory(prefix="ml-playground-tests-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[_name] = _HOME.name

# How quick a machine is tells nothing of the program: no example fails for it, and none for how long it took to draw.
_QUICK = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("any machine", deadline=None, suppress_health_check=_QUICK)
hypothesis.settings.load_profile("any machine")

if TYPE_CHECKING:  # tests of core run where no Qt is installed
    from PySide6.QtWidgets import QApplication, QWidget

    from playground.playback.player import Player
    from playground.start.app import Program
    from playground.tab.topic_tab import TopicTab
    from playground.window.documents import Documents
    from playground.window.window import Window


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Empty settings of this test's own, light theme and English; what was there before comes back."""
    from PySide6.QtCore import QSettings

    from playground.start import app
    from playground.words import languages, texts
    from widgets.base import appearance, theme

    app.application()
    folder = str(tmp_path / "settings")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # where progress and faults are kept
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    if theme.choice() != "light":
        appearance.apply(qapp, "light")
    languages.use(qapp, "en")
    yield QSettings()
    if theme.choice() != "light":
        appearance.apply(qapp, "light")
    if texts.language() != "en":
        languages.use(qapp, "en")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with fonts, style and the light theme on: what `main.py` does before it makes a window."""
    from playground.start import app

    app.application()
    app.dress(qapp, "light", "en")
    return qapp


@pytest.fixture
def make_program(dressed: QApplication, settings: Any) -> Iterator[Callable[[], Program]]:
    """Make windows and who serves them; they are freed after the test."""
    from playground.start.app import Program

    made: list[Program] = []

    def make() -> Program:
        made.append(Program())
        return made[-1]

    yield make
    for program in made:
        program.free()
    made.clear()


@pytest.fixture
def front(request: pytest.FixtureRequest) -> str:
    """The topic that a test is about, where one is among its parameters, else the race.

    It is in front as the test's window opens: that spares each such test a tab that it does not look at.
    """
    from playground.topic_list import TOPICS

    callspec = getattr(request.node, "callspec", None)
    about = [getattr(value, "id", value) for value in callspec.params.values()] if callspec else []
    ids = [entry.id for entry in TOPICS]
    return next((value for value in about if isinstance(value, str) and value in ids), "optimizers")


@pytest.fixture
def program(dressed: QApplication, make_program: Callable[[], Program], front: str) -> Program:
    """A window with the tab in front built and shown, 1440 by 900, and who serves it."""
    made = make_program()
    made.window.begin_with(front)
    made.window.show()
    made.load()
    for _ in range(3):
        dressed.processEvents()
    return made


@pytest.fixture
def window(program: Program) -> Window:
    """The window of the program."""
    return program.window


@pytest.fixture
def player(program: Program) -> Player:
    """The player of the program, which serves the tab in front."""
    return program.player


@pytest.fixture
def documents(program: Program) -> Documents:
    """The files behind the tabs of the program."""
    return program.documents


def free(widget: QWidget) -> None:
    """Free a widget now: the more of them live, the longer a change of theme takes in all later tests."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def freed() -> Iterator[Callable[[QWidget], None]]:
    """Have a widget freed after the test."""
    widgets: list[QWidget] = []
    yield widgets.append
    for widget in widgets:
        free(widget)


@pytest.fixture(autouse=True)
def hands_off() -> None:
    """Begin with no key held, nothing typed into, the pointer over nothing: the test before may have left them so."""
    if "PySide6.QtTest" in sys.modules:
        _let_go()


def _let_go() -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QCursor, QGuiApplication
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    nowhere, here = QPoint(4000, 4000), QPoint(1, 1)
    if QGuiApplication.instance() is None:
        return
    if focused := QApplication.focusWidget():
        focused.clearFocus()
    if QCursor.pos() != nowhere + here or QGuiApplication.keyboardModifiers():
        aside = QWidget(None, Qt.WindowType.FramelessWindowHint)  # it begins where it is put
        aside.move(nowhere)
        aside.show()
        QTest.mouseMove(aside, here)
        QTest.keyClick(aside, Qt.Key.Key_Shift)
        free(aside)


def pytest_collection_finish() -> None:
    """Let no search for garbage go through all the tests there are: each module ends with one."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Collect garbage between tests only: plots left by one must not be taken apart while Qt is at work on another."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect(1)


@pytest.fixture(scope="module", autouse=True)
def tidy() -> Iterator[None]:
    """Free the widgets that the tests of a module have left."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtWidgets import QApplication
        from shiboken6 import isValid

        gc.collect()
        for widget in QApplication.topLevelWidgets():
            if isValid(widget):  # not gone with the one it belonged to
                free(widget)


@pytest.fixture
def tab(window: Window) -> TopicTab:
    """The Optimizers tab of the window."""
    return window.visit("optimizers")


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[], None]:
    """Let everything that is posted happen."""

    def run() -> None:
        for _ in range(3):
            qapp.processEvents()

    return run


@pytest.fixture
def find(tab: TopicTab) -> Callable[[type[Any], str], Any]:
    """Look a widget up inside the tab's page by class and name, as a script of a user would."""

    def look_up(kind: type[Any], name: str) -> Any:
        page: Any = tab.parentWidget()
        found = page.findChild(kind, name)
        assert found is not None, name
        return found

    return look_up
