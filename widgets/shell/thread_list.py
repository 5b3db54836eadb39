"""The list of what is the same elsewhere: opens under its button, a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from widgets.base import fonts, layouts
from widgets.shell.scene_list import SceneButton, SceneRow

_WIDTH = 440  # px
_MARGIN = 8


class ThreadList(QFrame):
    """Rows with what is the same, and where; the arrows go through them, Escape or a click beside it closes it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self._rows = layouts.column(spacing=4)
        layouts.column(self._title, self._rows, spacing=6, on=self).setContentsMargins(*(4 * (_MARGIN,)))
        self.setFixedWidth(fonts.scaled(_WIDTH))

    def set_rows(self, title: str, rows: Sequence[SceneRow]) -> None:
        """Show these under a title."""
        self._title.setText(title)
        self.setAccessibleName(title)
        while (item := self._rows.takeAt(0)) and (old := item.widget()):
            old.hide()
            old.deleteLater()
        for row in rows:
            button = SceneButton(row, f"thread.{row.id}")
            button.clicked.connect(lambda _=False, id=row.id: self._choose(id))
            self._rows.addWidget(button)

    def buttons(self) -> list[SceneButton]:
        """The buttons, in the order shown."""
        items = (self._rows.itemAt(i) for i in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), SceneButton)]

    def open_under(self, button: QWidget) -> None:
        """Show it with its right edge under that of a button, ready for the arrows."""
        corner = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        self.adjustSize()
        self.move(corner.x() - self.width(), corner.y())
        self.show()
        self.buttons()[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, SceneButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _choose(self, id: str) -> None:
        self.hide()
        self.chosen.emit(id)
