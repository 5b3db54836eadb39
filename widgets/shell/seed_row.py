"""The seed of a run as the last of its settings: a field, and a button that draws another."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QSpinBox, QWidget

from widgets.base import fonts, layouts
from widgets.base.manners import Manners
from widgets.shell.action_button import ActionButton

_LARGEST = 2**31 - 1
_LABEL_WIDTH, _WIDTH, _DICE_WIDTH = 108, 104, 28
_GAP = 8


class SeedRow(QWidget):
    """`changed` tells a seed that was typed; `new_seed` is the action of the button."""

    changed = Signal(int)

    def __init__(self, new_seed: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setFixedWidth(fonts.scaled(_LABEL_WIDTH))
        self._dice = ActionButton(new_seed, "dices")
        self._dice.setProperty("role", "icon")
        self._dice.setFixedWidth(fonts.scaled(_DICE_WIDTH))
        self._field = _field()
        self._field.valueChanged.connect(self.changed)
        row = layouts.row(self._label, self._dice, self._field, spacing=_GAP, on=self)
        row.insertStretch(1)
        self._retranslate()

    def show_seed(self, seed: int) -> None:
        """Show the seed without a signal."""
        with QSignalBlocker(self._field):
            self._field.setValue(seed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._label.setText(QCoreApplication.translate("SeedRow", "Seed"))
        self._field.setAccessibleName(self._label.text())
        tip = QCoreApplication.translate("SeedRow", "The same seed draws the same numbers")
        for part in (self._label, self._field):
            part.setToolTip(tip)


def _field() -> QSpinBox:
    field = QSpinBox()
    field.setObjectName("transport.seed")
    field.setLocale(QLocale.c())
    field.setRange(0, _LARGEST)
    field.setKeyboardTracking(False)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    field.setFont(fonts.role_font("cell"))
    field.setFixedWidth(fonts.scaled(_WIDTH))
    Manners(field).escaped.connect(lambda: field.setValue(field.value()))
    return field
