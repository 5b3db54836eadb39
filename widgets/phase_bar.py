"""Where a cycle of few phases stands: pills with an arrow between them, the present one filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import fonts, theme

_HEIGHT = 24
_PADDING = 10
_ARROW = 20
_HEAD = 4.0


class PhaseBar(QWidget):
    """Numbered names of phases in order; `show_phase` fills one of them, −1 none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._present = -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_names(self, title: str, names: Sequence[str]) -> None:
        """Name the cycle, for a screen reader, and its phases."""
        self._names = tuple(names)
        self.setAccessibleName(title)
        self._describe()
        self.updateGeometry()
        self.update()

    def show_phase(self, index: int) -> None:
        """Fill the phase of this index; −1 for none."""
        if index != self._present:
            self._present = index
            self._describe()
            self.update()

    def phase(self) -> int:
        """The phase that is filled."""
        return self._present

    def sizeHint(self) -> QSize:
        width = sum(self._widths()) + _ARROW * max(0, len(self._names) - 1)
        return QSize(round(width) + 2, round(_HEIGHT * fonts.scale()) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 1.0
        for index, (text, width) in enumerate(zip(self._texts(), self._widths(), strict=True)):
            if index:
                self._paint_arrow(painter, left)
                left += _ARROW
            self._paint_pill(painter, QRectF(left, 1, width, self.height() - 2), text, index == self._present)
            left += width

    def _paint_pill(self, painter: QPainter, box: QRectF, text: str, present: bool) -> None:
        shown = theme.current()
        painter.setPen(Qt.PenStyle.NoPen if present else QPen(shown.color("control"), 1.0))
        painter.setBrush(shown.color("accent") if present else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
        painter.setFont(fonts.role_font("subtitle"))
        painter.setPen(shown.color("on_accent" if present else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_arrow(self, painter: QPainter, left: float) -> None:
        painter.setPen(QPen(theme.current().color("muted"), 1.25))
        tip, tail = QPointF(left + _ARROW - 4, self.height() / 2), QPointF(left + 4, self.height() / 2)
        painter.drawLine(tail, tip)
        for down in (-_HEAD, _HEAD):
            painter.drawLine(tip, tip + QPointF(-_HEAD, down))

    def _texts(self) -> list[str]:
        return [f"{number}  {name}" for number, name in enumerate(self._names, 1)]

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(fonts.role_font("subtitle"))
        return [metrics.horizontalAdvance(text) + 2 * _PADDING for text in self._texts()]

    def _describe(self) -> None:
        inside = 0 <= self._present < len(self._names)
        self.setAccessibleDescription(self._names[self._present] if inside else "")
