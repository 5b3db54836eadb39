"""The line under a field that says why a value was refused."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from widgets.base import icons, theme

_ICON = 12


class ErrorLabel(QLabel):
    """Why a value was refused, after a warning sign; hidden while it is empty."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.error")
        self.setProperty("role", "error")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(_ICON + 4, 0, 0, 0)
        self.hide()

    def set_message(self, message: str) -> None:
        """Show a message; an empty one hides the label."""
        self.setText(message)
        self.setVisible(bool(message))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        line = self.fontMetrics().height()
        square = QRectF(0, (line - _ICON) / 2, _ICON, _ICON)
        icons.draw(QPainter(self), "circle-alert", square, theme.current().color("error"))
