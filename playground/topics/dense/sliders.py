"""The two numbers of the curve along w as sliders: how steep it is, |w|, and what moves it along, b."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from playground.words.texts import Texts
from widgets.base import fonts, icons, layouts, numbers, theme
from widgets.base.elided_label import ElidedLabel
from widgets.base.manners import Manners
from widgets.form.param_fields import NumberSlider
from widgets.form.param_scale import Scale

_SCALES = {
    "w": Scale(0.0, 10.0, log=False, whole=False, start=0.0),
    "b": Scale(-20.0, 20.0, log=False, whole=False, start=-20.0),
}
_LETTERS = {"w": "|w|", "b": "b"}
_VALUE, _LOCK, _HIGH = 48, 14, 26  # px


class WeightSliders(QWidget):
    """|w| and b of the net with bias; a b that is held wears a lock.

    `slid` tells which of `w` and `b` is moved, its value and whether it is let go of.
    """

    slid = Signal(str, float, bool)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts, self._parts, self._lock = texts, {key: _Part(key) for key in _SCALES}, _Lock()
        for key, part in self._parts.items():
            part.slider.slid.connect(lambda value, final, key=key: self.slid.emit(key, float(value), final))
        layouts.row(*self._parts.values(), self._lock, spacing=8, on=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, fonts.scaled(_HIGH))

    def show_curve(self, w: float, b: float, is_held: bool) -> None:
        """Show the curve σ(w·x + b)."""
        self._parts["w"].show_value(abs(w))
        self._parts["b"].show_value(b)
        self._parts["b"].slider.setEnabled(not is_held)
        self._lock.setVisible(is_held)

    def retranslate(self) -> None:
        """Name the sliders and the lock in the language shown."""
        for key, part in self._parts.items():
            words = self._texts.get("panels", f"slider_{key}")
            part.slider.setAccessibleName(words)
            part.slider.setToolTip(words)
        self._lock.setToolTip(self._texts.get("panels", "locked"))


class _Part(QWidget):
    """A letter, a slider and the number."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.slider = NumberSlider(key, _SCALES[key])
        self.slider.setObjectName(f"along.{key}")
        self._value, letter = ElidedLabel("cell"), QLabel(_LETTERS[key])
        letter.setFont(fonts.role_font("strong"))
        self._value.setFixedWidth(fonts.scaled(_VALUE))
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        Manners(self.slider)
        layouts.row(letter, self.slider, self._value, spacing=6, grows=self.slider, on=self)

    def show_value(self, value: float) -> None:
        """Show a number, which may lie beyond the ends of the slider."""
        self.slider.show_value(value)
        self._value.set_text(numbers.significant(value, 3))


class _Lock(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(fonts.scaled(_LOCK), fonts.scaled(_LOCK))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), "lock", QRectF(self.rect()), theme.current().color("muted"))
