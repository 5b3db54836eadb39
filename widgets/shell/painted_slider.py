"""A slider that paints itself: its ground, its groove, its handle and its focus ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import theme
from widgets.base.jump_slider import JumpSlider


class PaintedSlider(JumpSlider):
    """A subclass paints with `_paint` and speaks in `_retranslate`.

    `moved` tells what the learner or a script does, not what `show_value` shows.
    """

    moved = Signal(int)
    groove = 4  # px

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)
        self.valueChanged.connect(self.moved)

    def _paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError

    def show_value(self, value: int, last: int) -> None:
        """Show a value of 0..last without a signal; a handle in the hand stays there."""
        with QSignalBlocker(self):
            if last != self.maximum():
                self.setRange(0, last)
            if not self.isSliderDown():
                self.setValue(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the window's actions move it

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_all()
        elif event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paint_all()

    def _paint_all(self) -> None:
        """Tell Qt that nothing shows through, or all that is behind is painted at each step; style sheets forget it."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def accent(self) -> QColor:
        """The colour of what is played; a muted one while nothing can be moved."""
        return theme.current().color("accent" if self.isEnabled() else "control")

    def paint_groove(self, painter: QPainter, end: int, colour: QColor) -> None:
        """Paint the groove from its beginning to a value."""
        bar = QRectF(self.margin, (self.height() - self.groove) / 2, self.x_of(end) - self.margin, self.groove)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, self.groove / 2, self.groove / 2)

    def paint_handle(self, painter: QPainter, size: int) -> None:
        """Paint a ring where the value is."""
        painter.setPen(QPen(self.accent(), 2))
        painter.setBrush(theme.current().color("selection" if self.isSliderDown() else "panel"))
        painter.drawEllipse(QPointF(self.x_of(self.value()), self.height() / 2), size / 2, size / 2)
