"""How far the ripple has gone from the tip: by itself in a little more than a second, stopped, or moved by hand."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStyle

TAKES = 1.2  # s from the tip to where it stops
_TICK = 16  # ms


class Ripple(QObject):
    """Counts the names that it has passed; while nobody has sent it out it has passed all of them."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gone: float | None = None  # names passed; None: as many as there are until it stops
        self._whole, self._last = 1, 0.0
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)

    @property
    def runs(self) -> bool:
        """Whether it is on its way by itself."""
        return self._timer.isActive()

    def send(self, whole: int) -> None:
        """Send it out over so many names: from the tip, or on from where it was stopped."""
        self._whole = whole
        if self.gone is None or self.gone >= whole:
            self.gone = 0.0
        if QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0:
            self.let_go()  # where the system asks for less motion, it is there at once
            return
        self._last = perf_counter()
        self._timer.start()
        self.moved.emit()

    def stop(self) -> None:
        """Let it stand where it is."""
        if self.runs:
            self._timer.stop()
            self.moved.emit()

    def put(self, gone: float) -> None:
        """Put it where it has passed so many names."""
        self._timer.stop()
        self.gone = gone
        self.moved.emit()

    def let_go(self) -> None:
        """Let it be where it stops, whatever is asked."""
        is_new = self.gone is not None
        self._timer.stop()
        self.gone = None
        if is_new:
            self.moved.emit()

    def pass_time(self, seconds: float) -> None:
        """Let it go on for some time."""
        gone = (self.gone or 0.0) + self._whole * seconds / TAKES
        if gone >= self._whole:
            self.let_go()
        else:
            self.gone = gone
            self.moved.emit()

    def _tick(self) -> None:
        now = perf_counter()
        passed, self._last = now - self._last, now
        self.pass_time(passed)
