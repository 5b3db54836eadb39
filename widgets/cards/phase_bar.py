"""Where a cycle of few phases stands: pills with an arrow between them, the present one filled; or that one alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, theme

_HEIGHT = 24
_PADDING = 10
_ARROW = 20
_HEAD = 4.0


class PhaseBar(QWidget):
    """Numbered names of phases in order; `show_phase` fills one of them, −1 none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._widths: tuple[float, ...] = ()
        self._present = -1
        self._compact = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that what is behind is not painted each time
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_names(self, title: str, names: Sequence[str]) -> None:
        """Name the cycle, for a screen reader, and its phases."""
        self._names = tuple(f"{number}  {name}" for number, name in enumerate(names, 1))
        self._measure()
        self.setAccessibleName(title)
        self._describe()
        self.update()

    def show_phase(self, index: int) -> None:
        """Fill the phase of this index; −1 for none."""
        if index != self._present:
            self._present = index
            self._describe()
            self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the present phase alone, where there is little room."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def phase(self) -> int:
        """The phase that is filled."""
        return self._present

    def sizeHint(self) -> QSize:
        width = sum(self._widths) + _ARROW * max(0, len(self._names) - 1)
        if self._compact:
            width = max(self._widths, default=0.0)
        return QSize(round(width) + 2, fonts.scaled(_HEIGHT) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.role_font("subtitle"))
        left = 1.0
        for index, (text, width) in enumerate(zip(self._names, self._widths, strict=True)):
            if self._compact and index != self._present:
                continue
            if index and not self._compact:
                self._paint_arrow(painter, left)
                left += _ARROW
            self._paint_pill(painter, QRectF(left, 1, width, self.height() - 2), text, index == self._present)
            left += width

    def _paint_pill(self, painter: QPainter, box: QRectF, text: str, present: bool) -> None:
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen if present else QPen(colours.color("control"), 1.0))
        painter.setBrush(colours.color("accent") if present else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
        painter.setPen(colours.color("on_accent" if present else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_arrow(self, painter: QPainter, left: float) -> None:
        painter.setPen(QPen(theme.current().color("muted"), 1.25))
        tip, tail = QPointF(left + _ARROW - 4, self.height() / 2), QPointF(left + 4, self.height() / 2)
        painter.drawLine(tail, tip)
        for down in (-_HEAD, _HEAD):
            painter.drawLine(tip, tip + QPointF(-_HEAD, down))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._measure()

    def _measure(self) -> None:
        metrics = QFontMetricsF(fonts.role_font("subtitle"))
        self._widths = tuple(metrics.horizontalAdvance(name) + 2 * _PADDING for name in self._names)
        self.updateGeometry()

    def _describe(self) -> None:
        inside = 0 <= self._present < len(self._names)
        self.setAccessibleDescription(self._names[self._present].partition("  ")[2] if inside else "")
