"""A line of text for narrow places, and the heading of a section made of two."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from widgets.base import fonts, layouts, theme

_HEADING = 28


class ElidedLabel(QLabel):
    """One line that is set smaller, then cut short, where there is no room; its tool tip then has it whole."""

    def __init__(self, role: str = "body", token: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._token = token
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_text(self, text: str, tip: str = "") -> None:
        """Set the line and what the tool tip says."""
        if (text, tip) == (self.text(), self._tip):
            return
        self.setText(text)
        self._tip = tip
        self._tell_all()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.role_font(self._role))
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme.current().color(self._token if self.isEnabled() else "muted"))
        text = fonts.cut(self.text(), painter.fontMetrics(), self.width())
        painter.drawText(self.rect(), self.alignment(), text)

    def _font(self) -> QFont:
        for role in (self._role, "subtitle"):
            font = fonts.role_font(role)
            if QFontMetrics(font).horizontalAdvance(self.text()) <= self.width():
                return font
        return fonts.role_font("tick")

    def _tell_all(self) -> None:
        cut = QFontMetrics(self._font()).horizontalAdvance(self.text()) > self.width()
        self.setToolTip("\n".join(filter(None, [self.text() if cut else "", self._tip])))


class SectionTitle(QWidget):
    """A title at the left and a muted caption at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.caption = ElidedLabel("section"), ElidedLabel("subtitle", "muted")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(fonts.scaled(_HEADING))
        self.title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # it is never cut
        layouts.row(self.title, self.caption, spacing=8, grows=self.caption, on=self)
