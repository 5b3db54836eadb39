"""The steps of an open scene beside each other: Draw – Watch – Compare."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, theme

_STEPS = 22


class Stepper(QWidget):
    """What the learner does, in its order: what is over, what is on, what comes."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()
        self._step = 0

    def show_steps(self, steps: tuple[str, ...], step: int) -> None:
        """Show these, and on which of them the learner is; none hides it."""
        self._steps, self._step = steps, step
        self.setVisible(bool(steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, fonts.scaled(_STEPS))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, left, middle = theme.current(), 1.0, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, word in enumerate(self._steps):
            is_on, is_over = index == self._step, index < self._step
            colour = colours.color("ok" if is_over else "accent" if is_on else "muted")
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if is_on else Qt.BrushStyle.NoBrush)
            ring = QRectF(left, middle - 7, 14, 14)
            painter.drawEllipse(ring)
            painter.setFont(fonts.role_font("tick"))
            painter.setPen(colours.color("on_accent") if is_on else colour)
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, "✓" if is_over else str(index + 1))
            painter.setFont(fonts.role_font("strong" if is_on else "subtitle"))
            painter.setPen(colours.color("text" if is_on else "muted"))
            width = QFontMetrics(painter.font()).horizontalAdvance(word) + 4
            painter.drawText(QRectF(left + 19, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            left += 19 + width + 10
