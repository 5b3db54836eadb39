"""Exports that take their time: drawn in slices so that the window answers, written off the GUI thread, cancelled."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from time import perf_counter
from typing import IO, Protocol

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from widgets.base.garbage import without_collection

_SLICE = 0.012  # s of drawing before the window may answer
_LOOK = 50  # ms between two looks at what is being written
_PATIENCE = 400  # ms that something quick may take before progress is shown

Tick = Callable[[], None]
"""Tells that one part more is done; raises Cancelled when it is to end."""


class Export(Protocol):
    """Something on its way into a file."""

    length: int  # how many slices and ticks there will be, about

    def draw(self) -> Generator[None, None, None]:
        """Draw on the GUI thread, a slice at a time; closing the generator puts all back as it was."""

    def write(self, file: IO[bytes], tick: Tick) -> None:
        """Write what was drawn, on any thread."""


class Cancelled(Exception):  # noqa: N818  (what the learner wanted, no error)
    """The export was ended on its way."""


class BackgroundExport(QObject):
    """Does one export under a progress dialog. `ended` tells the exception that ended it, None if all went well."""

    ended = Signal(object)
    _written = Signal(object)

    def __init__(self, export: Export, write: Callable[[Tick], None], words: str, over: QWidget) -> None:
        super().__init__(over)
        self._slices, self._write = export.draw(), write
        self._done, self._over, self._writing = 0, False, False
        self._progress = QProgressDialog(over)
        self._progress.setObjectName("export.progress")
        self._progress.setLabelText(words)
        self._progress.setRange(0, export.length + 1)  # never full: Qt would close it
        self._progress.setWindowModality(Qt.WindowModality.WindowModal)
        self._progress.canceled.connect(self.cancel)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._written.connect(self._end)

    def start(self, at_once: bool) -> None:
        """Begin; `at_once` shows the dialog from the beginning, so that nothing else can be done meanwhile."""
        self._progress.setMinimumDuration(0 if at_once else _PATIENCE)
        if at_once:
            self._progress.show()
        self._timer.start()

    def cancel(self) -> None:
        """End it as soon as can be; nothing is left behind."""
        self._over = True
        if not self._writing:
            self._end(Cancelled())

    def _go_on(self) -> None:
        """Draw a slice, or just look how far the writing is."""
        if self._progress.wasCanceled():
            self.cancel()
        elif not self._writing:
            self._draw()
        if not self._over:
            self._progress.setValue(min(self._done, self._progress.maximum() - 1))  # lets events in: it may end here
        if not self._over:
            self._timer.start()

    def _draw(self) -> None:
        begin = perf_counter()
        try:
            while perf_counter() - begin < _SLICE:
                next(self._slices)
                self._done += 1
        except StopIteration:
            self._writing = True
            self._timer.setInterval(_LOOK)
            QThreadPool.globalInstance().start(self._write_all)
        except Exception as error:  # whatever a drawing stumbles over: the window stays
            self._end(error)

    def _write_all(self) -> None:
        error: Exception | None = None
        try:
            with without_collection():
                self._write(self._tick)
        except Exception as raised:  # encoders raise what they like
            error = raised
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._written.emit(error)

    def _tick(self) -> None:
        if self._over:
            raise Cancelled
        self._done += 1

    def _end(self, error: Exception | None) -> None:
        self._over = True
        self._timer.stop()
        self._slices.close()
        self._progress.canceled.disconnect(self.cancel)
        self._progress.close()
        self._progress.deleteLater()
        self.ended.emit(error)
        self.deleteLater()
