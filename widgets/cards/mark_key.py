"""What a shape in the picture means, for the header of its card: a thick line, corners or a cross, and a few words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, theme
from widgets.base.corners import paint_corners, paint_cross

_SHAPE, _GAP = 20, 6  # px of a shape, and between it and its words
_THICK, _FRAME = 5, 13  # px of a thick line, and of corners


class MarkKey(QWidget):
    """A shape (`stretch`, `corners`, `crosses`, or none) and its words; hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape, self.words = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_key(self, shape: str, words: str) -> None:
        """Say what a shape means."""
        self.shape, self.words = shape, words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.role_font("label"))
        return QSize(self._before_words() + metrics.horizontalAdvance(self.words) + 1, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())  # rather it is moved than that it keeps its card from shrinking

    def _before_words(self) -> int:
        return _SHAPE + _GAP if self.shape else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, middle = QPainter(self), QPointF(_SHAPE / 2, self.height() / 2)
        match self.shape:
            case "stretch":
                line = QRectF(0, middle.y() - _THICK / 2, _SHAPE, _THICK)
                painter.fillRect(line, theme.current().color("text"))
            case "corners":
                paint_corners(painter, QRectF(middle.x() - _FRAME / 2, middle.y() - _FRAME / 2, _FRAME, _FRAME))
            case "crosses":
                paint_cross(painter, middle)
        painter.setFont(fonts.role_font("label"))
        painter.setPen(theme.current().color("text"))
        painter.drawText(self.rect().adjusted(self._before_words(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
