"""What colours mean, for the header of a panel: a small square and a word each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, theme

_SQUARE, _GAP, _BETWEEN = 9, 5, 12  # px


class ColourKey(QWidget):
    """Words in the inks of their series, each after a square of its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show these (word, series) from left to right."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self.setAccessibleName(", ".join(word for word, _ in entries))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.role_font("label"))
        words = sum(_SQUARE + _GAP + metrics.horizontalAdvance(word) for word, _ in self._entries)
        return QSize(words + _BETWEEN * max(0, len(self._entries) - 1), metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(fonts.role_font("label"))
        colours, metrics, x = theme.current(), painter.fontMetrics(), 0
        for word, series in self._entries:
            painter.fillRect(QRectF(x, (self.height() - _SQUARE) / 2, _SQUARE, _SQUARE), colours.line(series))
            x += _SQUARE + _GAP
            painter.setPen(colours.ink(series))
            wide = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += wide + _BETWEEN

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
