"""The window in a world of its own: clock, disk and answers to questions are drawn, and what is told is kept."""

from __future__ import annotations

import gc
import os
import pkgutil
import random
import sys
import threading
import time
from contextlib import ExitStack
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from playground.start.app import Program, application, dress
from tests.playground.simulation.clock import Clock, HandThread, HandTimer, HandWriter
from tests.playground.simulation.disk import DISK

_HOUSE = ("core", "widgets", "playground")
_SIZE = 1100, 700  # at first: painting is a third of all time
_BEFORE_PAINTING = QEvent.Type.MetaCall, QEvent.Type.LayoutRequest, QEvent.Type.DeferredDelete
_IDLE = "This plugin does not support"  # what Qt's offscreen platform says of itself


class World:
    """One window, from its start to its end; a context."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock, self.disk = Clock(), DISK
        self.today = date(2026, 1, 5)
        self.paint = 0.0  # s that painting takes
        self.hurry = 0  # deeds to come that are done before anything is painted
        self.pick = ""  # the file that is chosen in the next dialogs
        self.answer = 0  # which button is pressed in the next questions
        self.answered: QMessageBox.StandardButton | None = None  # in the last one
        self.saved = False  # by the last deed that saves
        self.faults: list[str] = []
        self.told: list[tuple[str, str]] = []  # boxes since the last deed began: kind and words
        self._ending = ExitStack()

    # Begin and end.

    def __enter__(self) -> World:
        load_all()
        try:
            self._begin()
        except BaseException:
            self._ending.close()
            raise
        return self

    def _begin(self) -> None:
        self._patch()
        random.seed(0)
        self.disk.break_down("")
        self.disk.below = str(self.folder)
        self.files.mkdir(exist_ok=True)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(self.folder / "settings"))
        dress(application(), "light", "en", reset=True)
        QGuiApplication.clipboard().clear()
        self._open()

    def __exit__(self, *_: object) -> None:
        self.disk.break_down("")
        self._leave()
        self._ending.close()

    @property
    def files(self) -> Path:
        """The folder that files are saved to and opened from."""
        return self.folder / "files"

    def _patch(self) -> None:
        put, homes = self._ending.enter_context, {"XDG_DATA_HOME": str(self.folder / "data")}
        HandTimer.clock = self.clock
        put(patch.dict(os.environ, homes))
        for name, old, new in (
            ("perf_counter", time.perf_counter, self.clock),
            ("QTimer", QtCore.QTimer, HandTimer),
            ("Thread", threading.Thread, HandThread),
            ("date", date, self._calendar()),
        ):
            for module in modules():
                if getattr(module, name, None) is old:
                    put(patch.object(module, name, new))
        put(patch("playground.window.open_work.ThreadPoolExecutor", HandWriter))
        put(patch.object(QFileDialog, "getOpenFileName", lambda *_: (self.pick, "")))
        put(patch.object(QFileDialog, "getSaveFileName", lambda *_: (self.pick, "")))
        put(patch.object(QDialog, "exec", lambda _: 0))
        put(patch.object(QMessageBox, "question", self._question))
        put(patch.object(QMessageBox, "warning", lambda *given: self.told.append(("warning", given[2]))))
        put(
            patch.object(QMessageBox, "open", lambda box: self._box(box))
        )  # a function: a method would not be bound to the box
        self._listen()

    def _calendar(self) -> Any:
        world = self

        class Calendar(date):
            @classmethod
            def today(cls) -> Any:
                return world.today

        return Calendar

    def _listen(self) -> None:
        def hear(args: Any) -> None:
            self.faults.append(_words(args.exc_type, args.exc_value, args.exc_traceback))

        def hear_first(kind: Any, fault: Any, trace: Any) -> None:
            self.faults.append(_words(kind, fault, trace))

        for module, name, how in (
            (sys, "excepthook", hear_first), (sys, "unraisablehook", hear), (threading, "excepthook", hear)
        ):  # fmt: skip
            self._ending.enter_context(patch.object(module, name, how))
        install: Any = qInstallMessageHandler
        before = install(self._hear_qt)
        self._ending.callback(install, before)

    def _hear_qt(self, kind: QtMsgType, _: Any, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not words.startswith(_IDLE):
            self.faults.append(f"Qt: {words}")

    def _question(self, *given: Any) -> Any:
        self.told.append(("question", given[2]))
        buttons = [each for each in QMessageBox.StandardButton if each & given[3] and each.value.bit_count() == 1]
        self.answered = buttons[self.answer % len(buttons)]
        return self.answered

    def _box(self, box: QMessageBox) -> None:
        self.told.append((box.objectName(), f"{box.text()} {box.informativeText()}"))
        QDialog.open(box)

    # The window.

    def _open(self) -> None:
        from playground.window.open_work import OpenWork

        self.program = Program()
        self.window = self.program.window
        self.window.resize(*_SIZE)
        self.window.show()
        self.program.load()
        self.work = OpenWork(self.window, self.program.documents)
        self.work.begin(asked=False)
        self.settle()

    def _leave(self) -> None:
        self.clock.threads.clear()
        self.window.may_close = lambda: True
        self.window.close()
        self.program.free()
        del self.program, self.window, self.work
        gc.collect()

    def reopen(self) -> None:
        """Close the window, whatever becomes of unsaved work, and open another one."""
        self._leave()
        self._open()

    @property
    def tab(self) -> Any:
        """The tab in front; None where the start page is."""
        return self.window.tab

    def dialog(self) -> Any:
        """The dialog that stands over the window, the topmost; None where there is none."""
        return QApplication.activeModalWidget()

    def settle(self) -> None:
        """Let happen what is posted, and what is painted take its time; in a hurry nothing is painted yet."""
        if self.hurry:
            self.hurry -= 1
            for kind in _BEFORE_PAINTING:
                QCoreApplication.sendPostedEvents(None, kind)
            return
        for _ in range(2):
            QApplication.processEvents()
            self.clock.pass_by(self.paint)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def change_day(self, days: int) -> None:
        self.today += timedelta(days)


def _words(kind: Any, fault: Any, trace: Any) -> str:
    where = []
    while trace:
        where.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{kind.__name__}: {fault} ({' '.join(where[-8:])})"


def load_all() -> None:
    """Import every module of the house, so that none takes the clock of the machine later."""
    if "all" not in _loaded:
        _loaded.add("all")
        for package in _HOUSE:
            for found in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
                import_module(found.name)


_loaded: set[str] = set()


def modules() -> list[Any]:
    """Return the modules of the house."""
    return [module for name, module in sys.modules.items() if name.partition(".")[0] in _HOUSE]
