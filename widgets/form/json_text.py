"""A value as JSON in a field of several lines; Ctrl+Return takes what is typed."""

from __future__ import annotations

import json
from typing import Any, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from widgets.base import fonts
from widgets.base.manners import keeps
from widgets.form.param_text import from_json

_FEWEST, _MOST = 2, 7  # lines that the field is high
_LONGEST = 200_000  # characters; a longer text would hold up the window


class JsonText(QPlainTextEdit):
    """Tells by `entered` what JSON says, or the text as it stands where it is none."""

    entered = Signal(object)
    escaped = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFont(fonts.role_font("cell"))
        self.setTabChangesFocus(True)
        self._known = ""
        self.textChanged.connect(self._fit)
        self._fit()

    def show_value(self, value: Any) -> None:
        """Show a plain value without telling; one that is too long is not shown."""
        text = written(value)
        self.setReadOnly(len(text) > _LONGEST)
        self._known = "" if self.isReadOnly() else text
        if self.toPlainText() != self._known:
            self.setPlainText(self._known)

    def has_draft(self) -> bool:
        """Whether something is typed that was not taken."""
        return self.toPlainText() != self._known

    def _fit(self) -> None:
        lines = min(max(self.blockCount(), _FEWEST), _MOST)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 12)

    def _leave(self) -> None:
        """Let go of the focus, unless the text was refused."""
        if not self.property("error"):
            self.clearFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and keeps(cast(QKeyEvent, event), self.document()):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.isReadOnly():
            self.entered.emit(read(self.toPlainText()))
            self._leave()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            self._leave()
        else:
            super().keyPressEvent(event)


def written(value: Any) -> str:
    """A plain value as JSON, each entry of a list that is more than a number on its own line; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, list) and any(isinstance(entry, list | dict | str) for entry in value):
        return "[" + ",\n ".join(json.dumps(entry, ensure_ascii=False) for entry in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def read(text: str) -> Any:
    """What JSON says; None for nothing typed; the text as it stands where it is no JSON."""
    return from_json(text, text.strip()) if text.strip() else None
