"""What waits for a widget to be seen: its first paint, or that it comes into view again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls `do` once, after the first paint of a widget, or once it is out of sight before that."""

    def __init__(self, widget: QWidget, do: Callable[[], None]) -> None:
        super().__init__(widget)
        self._do = do
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Paint, QEvent.Type.Hide):
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._do)  # comes once the whole window is painted
        return False


class Uncovered(QObject):
    """Tells when panels come into view on a page that is shown: the next of a deck, or one no longer covered.

    Nothing is told while the page itself comes into view.
    """

    happened = Signal()

    def __init__(self, page: QWidget, panels: Iterable[QWidget]) -> None:
        super().__init__(page)
        self._page, self._page_is_shown = page, False
        self._later = QTimer(self, singleShot=True, interval=0)  # several panels are told of once
        self._later.timeout.connect(self.happened)
        for widget in (page, *panels):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._page_is_shown = event.type() == QEvent.Type.Show  # after those of all that stands on it
        elif event.type() == QEvent.Type.Show and self._page_is_shown:
            self._later.start()
        return False
