"""The two numbers of the curve along w as sliders: how steep it is, |w|, and what moves it along, b."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.words.texts import Texts
from widgets.base import fonts, icons, layouts, numbers, theme
from widgets.base.labels import plot_font
from widgets.base.manners import Manners
from widgets.form.param_fields import NumberSlider
from widgets.form.param_scale import Scale

_SCALES = {
    "w": Scale(0.0, 10.0, log=False, whole=False, start=0.0),
    "b": Scale(-20.0, 20.0, log=False, whole=False, start=-20.0),
}
_LETTERS = {"w": ("|w|", 24), "b": ("b", 12)}  # and the px they take
_VALUE, _LOCK, _HIGH = 42, 14, 26  # px
_HANDLE = 10  # px from the end of the groove to its middle
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class WeightSliders(QWidget):
    """|w| and b of the net with bias; a b that is held wears a lock.

    `slid` tells which of `w` and `b` is moved, its value and whether it is let go of.
    """

    slid = Signal(str, float, bool)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts, self._parts, self._lock = texts, {key: _Part(key) for key in _SCALES}, _Lock()
        for key, part in self._parts.items():
            part.slid.connect(lambda value, final, key=key: self.slid.emit(key, float(value), final))
        layouts.row(*self._parts.values(), self._lock, spacing=8, on=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, fonts.scaled(_HIGH))

    def show_curve(self, w: float, b: float, is_held: bool) -> None:
        """Show the curve σ(w·x + b)."""
        self._parts["w"].show_number(abs(w))
        self._parts["b"].show_number(b, is_held)
        self._lock.setVisible(is_held)

    def retranslate(self) -> None:
        """Name the sliders and the lock in the language shown."""
        for key, part in self._parts.items():
            words = self._texts.get("panels", f"slider_{key}")
            part.setAccessibleName(words)
            part.setToolTip(words)
        self._lock.setToolTip(self._texts.get("panels", "locked"))


class _Part(NumberSlider):
    """A slider that paints itself, with its letter before it and the number behind: it follows each step of a run."""

    def __init__(self, key: str) -> None:
        super().__init__(key, _SCALES[key])
        self.setObjectName(f"along.{key}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        (self._letter, wide), self._words = _LETTERS[key], ""
        self.margin = fonts.scaled(wide) + _HANDLE
        Manners(self)

    def room(self) -> int:
        return max(1, self.width() - self.margin - _HANDLE - fonts.scaled(_VALUE))

    def sizeHint(self) -> QSize:
        return QSize(160, fonts.scaled(_HIGH))

    def show_number(self, value: float, is_held: bool = False) -> None:
        """Show a number, which may lie beyond the ends; one that is held cannot be moved."""
        self.show_value(value)
        self.setEnabled(not is_held)
        if (words := numbers.significant(value, 3)) != self._words:
            self._words = words
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.current().color("text" if self.isEnabled() else "muted"))
        for words, role, side in ((self._letter, "strong", _LEFT), (self._words, "cell", _RIGHT)):
            painter.setFont(plot_font(role))
            painter.drawText(self.rect(), side | Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_groove(painter)

    def _paint_groove(self, painter: QPainter) -> None:
        colours, middle = theme.current(), self.height() / 2
        accent = colours.color("accent" if self.isEnabled() else "control")
        begin, at = float(self.margin), float(self.x_of(self.value()))
        painter.setPen(Qt.PenStyle.NoPen)
        for end, colour in ((begin + self.room(), colours.color("border")), (at, accent)):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(begin, middle - 2, end - begin, 4), 2, 2)
        painter.setPen(QPen(accent, 3 if self.hasFocus() else 2))
        painter.setBrush(colours.color("selection" if self.isSliderDown() or self.hasFocus() else "panel"))
        painter.drawEllipse(QPointF(at, middle), 7.0, 7.0)


class _Lock(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(fonts.scaled(_LOCK), fonts.scaled(_LOCK))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "lock", QRectF(self.rect()), theme.current().color("muted"))
