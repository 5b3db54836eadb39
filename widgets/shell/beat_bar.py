"""The beats of a step: a small slider whose places have names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, theme
from widgets.shell.painted_slider import PaintedSlider

_HEIGHT = 24
_DOT, _HANDLE = 9, 14
_BESIDE, _AFTER = 12, 10  # px from the middle of a dot to its name, and from there to the next dot
_LEAST = 18  # px from one dot to the next: a longer name is cut


class BeatBar(PaintedSlider):
    """A dot for each beat, a ring for the present one; hidden while there are none.

    Each name stands beside its dot; where they have no room, only that of the present beat is written, at the end, cut
    short if the dots need its room; the tooltip has it whole.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._widest = 0
        self.setObjectName("transport.beat")
        self.valueChanged.connect(self._describe)
        self.hide()
        self._retranslate()

    def set_names(self, names: Sequence[str]) -> None:
        """Name the beats in order; without any the bar is hidden."""
        self._names = tuple(names)
        self._measure()
        self.setVisible(bool(names))
        self.show_beat(min(self.value(), max(0, len(names) - 1)))
        self.update()

    def show_beat(self, index: int) -> None:
        """Show the beat of this index, without a signal."""
        self.show_value(index, max(0, len(self._names) - 1))
        self._describe()

    def room(self) -> int:
        """The way of the handle: behind it there is room for a name."""
        all_of_it = super().room()
        dots = _LEAST * max(0, len(self._names) - 1)
        return all_of_it - max(self._slot(), min(self._widest + _BESIDE, all_of_it - dots))

    def _slot(self) -> int:
        """From one dot to the next where each has its name beside it; 0 where there is no room for that."""
        slot = super().room() // max(1, len(self._names))
        return slot if slot >= _BESIDE + self._widest + _AFTER else 0

    def _measure(self) -> None:
        metrics = QFontMetrics(fonts.role_font("label"))
        self._widest = max(map(metrics.horizontalAdvance, self._names), default=0)

    def sizeHint(self) -> QSize:
        return QSize(120, fonts.scaled(_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._measure()

    def _paint(self, painter: QPainter) -> None:
        self.paint_groove(painter, self.maximum(), theme.current().color("border"))
        self.paint_groove(painter, self.value(), self.accent())
        for index, name in enumerate(self._names):
            played = index <= self.value()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.accent() if played else theme.current().color("control"))
            painter.drawEllipse(QPointF(self.x_of(index), self.height() / 2), _DOT / 2, _DOT / 2)
            if self._slot():
                self._paint_name(painter, index, name, self.x_of(index))
        if self._names and not self._slot():
            self._paint_name(painter, self.value(), self._names[self.value()], self.x_of(self.maximum()))
        self.paint_handle(painter, _HANDLE)

    def _paint_name(self, painter: QPainter, index: int, name: str, dot: int) -> None:
        """Write a name beside a dot, the groove left out under it."""
        is_present = index == self.value()
        painter.setFont(fonts.role_font("label" if is_present else "tick"))
        metrics = painter.fontMetrics()
        left = dot + _BESIDE
        name = fonts.cut(name, metrics, self.width() - left)
        box = QRectF(left - 3, 3, metrics.horizontalAdvance(name) + 6, self.height() - 6)
        painter.fillRect(box, theme.current().color("panel"))
        painter.setPen(theme.current().color("accent_text" if is_present else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _describe(self) -> None:
        name = self._names[self.value()] if self._names else ""
        self.setAccessibleDescription(name)
        self.setToolTip(f"{self.accessibleName()}: {name}" if name else self.accessibleName())

    def _retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("BeatBar", "Part of the step"))
        self._describe()
