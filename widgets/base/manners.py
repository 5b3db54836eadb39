"""What every field does alike with wheel and keyboard."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextDocument
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QWidget

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def keeps(event: QKeyEvent, edit: QLineEdit | QTextDocument | None) -> bool:
    """Keep Escape for the field; leave undo to the window while there is nothing typed to be undone."""
    undoes, redoes = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    if edit and ((undoes and not edit.isUndoAvailable()) or (redoes and not edit.isRedoAvailable())):
        event.ignore()
        return True
    if event.key() == Qt.Key.Key_Escape:
        event.accept()
        return True
    return False


class Still(QObject):
    """Keeps a field still under a turned wheel: the column behind it scrolls instead. It belongs to the field."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


class Manners(Still):
    """Lets go of the focus at Return, at Escape and once a choice is made; a refused text keeps it.

    The focus goes to nobody: whose window it is gives it to the picture. `escaped` is told before it goes.
    """

    escaped = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._by_key = False
        if isinstance(field, QComboBox):
            field.activated.connect(self._choose)
        for part in field.findChildren(QLineEdit):
            part.installEventFilter(self)

    def leave(self) -> None:
        """Let go of the focus, unless what the field holds was refused."""
        if not self._field.property("error"):
            self._field.clearFocus()

    def _choose(self) -> None:
        if not self._by_key:
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.ShortcutOverride:
                return self._overrides(cast(QKeyEvent, event))
            case QEvent.Type.KeyPress:
                return self._press(watched, cast(QKeyEvent, event))
            case QEvent.Type.MouseButtonRelease if isinstance(watched, QAbstractSpinBox):
                watched.event(event)  # on a button: the text part gets its own events
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def _overrides(self, event: QKeyEvent) -> bool:
        return keeps(event, _edit_of(self._field))

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            self.leave()
            return True
        self._by_key = True  # a choice by arrows or a letter may be one on the way to another
        watched.event(event)
        self._by_key = False
        if event.key() in _RETURN:
            self.leave()
        return True


def _edit_of(field: QWidget) -> QLineEdit | None:
    if isinstance(field, QAbstractSpinBox | QComboBox):
        return field.lineEdit()
    return field if isinstance(field, QLineEdit) else None
