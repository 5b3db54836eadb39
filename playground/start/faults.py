"""What nobody caught: shown in a dialog with details, logged to a file, and the program goes on."""

from __future__ import annotations

import faulthandler
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from playground.files.own_folder import own_folder

if TYPE_CHECKING:
    from logging import Logger

    from PySide6.QtWidgets import QMessageBox


class Faults(QObject):
    """Takes over `sys.excepthook`; a fault in any thread is told in the GUI thread.

    It stands there before anything heavy is loaded: what it needs to tell a fault is loaded with the first one.
    """

    happened = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log_file()
        self._crashes: TextIO | None = None
        self._watch_crashes()
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._box: QMessageBox | None = None  # kept: without a window over it nothing else would
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _watch_crashes(self) -> None:
        with suppress(OSError):  # a full or locked disk must not keep the program from starting
            self.log.parent.mkdir(parents=True, exist_ok=True)
            self._crashes = self.log.with_name("crash.log").open("a", encoding="utf-8")
            faulthandler.enable(self._crashes)

    def _opened_log(self) -> Logger:
        """Return the log; its file is opened at the first fault."""
        import logging
        from logging.handlers import RotatingFileHandler

        log = logging.getLogger("playground")
        if not log.handlers:
            try:
                log.addHandler(RotatingFileHandler(self.log, maxBytes=2**20, backupCount=1, encoding="utf-8"))
            except OSError:
                log.addHandler(logging.StreamHandler())
        return log

    def _caught(self, kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        import traceback

        details = "".join(traceback.format_exception(kind, fault, trace))
        self._opened_log().error(details)
        self.happened.emit(f"{kind.__name__}: {fault}", details)

    def _show(self, words: str, details: str) -> None:
        if self._box is not None:
            return  # one dialog at a time: a fault in every paint would bury the screen
        from PySide6.QtWidgets import QApplication, QMessageBox

        from playground.export.boxes import message

        text = QCoreApplication.translate("Faults", "Something went wrong. Your work is still here.")
        more = f"{words}\n\n{self.log}"
        self._box = box = message(QApplication.activeWindow(), "fault", text, more, QMessageBox.Icon.Critical)
        box.setDetailedText(details)
        copy = box.addButton(QCoreApplication.translate("Faults", "Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying keeps the dialog open
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(self._closed)
        box.open()

    def _closed(self) -> None:
        self._box = None


def log_file() -> Path:
    """Return the file that faults are logged to."""
    return own_folder() / "faults.log"
