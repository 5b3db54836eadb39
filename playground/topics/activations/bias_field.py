"""The field in the header of the curve in which the bias of the unit told of is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from widgets.base import fonts, layouts, numbers
from widgets.base.manners import Manners

_WIDE = 69  # px, as small as tabs beside it ask for
_DIGITS = 3


class BiasField(QWidget):
    """A number beside its name, both gone where there is no bias; a text that is no number gives way to what holds."""

    typed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._name, self.edit, self._shown = QLabel("b ="), QLineEdit(), ""
        self._name.setBuddy(self.edit)
        self.edit.setObjectName("bias")
        self.edit.setFont(fonts.role_font("cell"))
        self.edit.setFixedWidth(fonts.scaled(_WIDE))
        Manners(self.edit)
        self.edit.editingFinished.connect(self._finish)
        layouts.row(self._name, self.edit, spacing=4, on=self)

    def show_bias(self, bias: float | None) -> None:
        """Show a bias; None hides the field."""
        for part in (self._name, self.edit):
            part.setVisible(bias is not None)
        text = "" if bias is None else numbers.shortest(float(f"{bias:.{_DIGITS}g}"))
        if text != self._shown:
            self._shown = text
            if not self.edit.isModified():  # something is being typed
                self.edit.setText(text)
                self.edit.home(False)

    def set_words(self, words: str) -> None:
        """Say what is typed here."""
        self.edit.setToolTip(words)
        self.edit.setAccessibleName(words)

    def _finish(self) -> None:
        text, number = self.edit.text(), numbers.typed(self.edit.text())
        if text != self._shown and number is not None:
            self.typed.emit(number)
        self.edit.setText(self._shown)
