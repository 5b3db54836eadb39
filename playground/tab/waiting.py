"""Work that takes its time: done in a thread while the window answers, with its progress and a way to cancel."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from core.run.studies import CancelledError
from core.run.telling import telling
from widgets.base.garbage import without_collection

Result = TypeVar("Result")

_LOOK = 50  # ms between two looks at how far it is
_AT_ONCE = 0.1  # s that something quick may take before the window is let in


def waited_for(over: QWidget, words: str, work: Callable[[], Result]) -> Result:
    """Return what work gives that is done in a thread; no other input reaches the window meanwhile.

    The work tells how far it is by `core.run.telling`, and ends there when it is cancelled. Raises CancelledError where
    the learner has ended it, else whatever the work raises.
    """
    waiting = _Waiting(work)
    if not waiting.is_done_within(_AT_ONCE):
        waiting.show_progress(over, words)
    return waiting.result()  # type: ignore[no-any-return]


class _Waiting:
    def __init__(self, work: Callable[[], Any]) -> None:
        self._share, self._is_over = 0.0, False
        self._came: Any = None
        self._failed: Exception | None = None
        self._thread = Thread(target=self._work, args=(work,), daemon=True, name="waited for")
        self._thread.start()

    def is_done_within(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def show_progress(self, over: QWidget, words: str) -> None:
        """Let events in until it is done or cancelled."""
        loop, progress, timer = QEventLoop(), QProgressDialog(over), QTimer(interval=_LOOK)
        progress.setObjectName("waiting")
        progress.setLabelText(words)
        progress.setRange(0, 101)  # never full: Qt would close it
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.canceled.connect(loop.quit)

        def look() -> None:
            if progress.wasCanceled() or not self._thread.is_alive():
                loop.quit()
            else:
                progress.setValue(int(100 * self._share))

        timer.timeout.connect(look)
        timer.start()
        progress.show()
        loop.exec()
        self._is_over = progress.wasCanceled()
        timer.stop()
        progress.deleteLater()

    def result(self) -> Any:
        if self._is_over:
            raise CancelledError
        self._thread.join()
        if self._failed is not None:
            raise self._failed
        return self._came

    def _work(self, work: Callable[[], Any]) -> None:
        try:
            with without_collection(), telling(self._hear):
                self._came = work()
        except Exception as error:  # it is raised where it is waited for
            self._failed = error

    def _hear(self, share: float) -> None:
        if self._is_over:
            raise CancelledError
        self._share = share
