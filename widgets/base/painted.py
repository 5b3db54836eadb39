"""A widget that paints itself: its ground, its words where it is empty, its focus ring, its picture in an export."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.base.labels import forget_fonts, plot_font
from widgets.base.rendering import scaled_into

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
"""Why a widget has got the focus, where a ring must show it."""


class PaintedWidget(QWidget):
    """A subclass paints with `_paint`, in pixels of the widget, and lets go of what it measured in `_forget`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty_text = ""
        self._keyboard_focus = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        """Let go of what depends on the fonts and colours that were."""

    def set_empty(self, text: str) -> None:
        """Show one muted centred line instead; "" takes it away."""
        if text != self.empty_text:
            self.empty_text = text
            self.update()

    def paint_into(self, painter: QPainter, target: QRectF) -> None:
        """Paint it as it is laid out now, scaled into `target` of any device."""
        with scaled_into(painter, self, target):
            self._paint_or_say(painter)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_here(painter, event.rect())
        if self._keyboard_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().color("accent_text"), 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_here(self, painter: QPainter, dirty: QRect) -> None:
        """Paint it on the screen, ground included."""
        painter.fillRect(dirty, theme.current().color("panel"))
        self._paint_or_say(painter)

    def _paint_or_say(self, painter: QPainter) -> None:
        if not self.empty_text:
            self._paint(painter)
            return
        painter.setPen(theme.current().color("muted"))
        painter.setFont(plot_font("subtitle"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(8, 8, -8, -8), flags, self.empty_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrows and Space belong to the transport

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard_focus = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keyboard_focus = False
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            forget_fonts()
            self._forget()
            self.update()
