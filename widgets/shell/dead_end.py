"""A line that says why a run goes no further, with the ways out of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from widgets.base import fonts, icons, layouts, theme
from widgets.shell.action_button import ActionButton

_HEIGHT = 44
_ICON = 16
_PADDING, _GAP = 12, 8


class DeadEnd(QFrame):
    """Words and a button for each action that leads on, the first in front of all; hidden while there are no words."""

    def __init__(self, *ways: tuple[QAction, str], parent: QWidget | None = None) -> None:
        """Each way is an action and the name of its icon."""
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedHeight(fonts.scaled(_HEIGHT))
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._buttons = [ActionButton(action, icon) for action, icon in ways]
        row = layouts.row(self._words, *self._buttons, spacing=_GAP, grows=self._words, on=self)
        row.setContentsMargins(_PADDING + _ICON + _GAP, 0, _PADDING, 0)
        self._ways = ways
        self.hide()

    def show_words(self, words: str) -> None:
        """Say why it goes no further; without words it is hidden."""
        if not (words or self.words()):  # as at nearly every step
            return
        self._words.setText(words)
        self._words.setToolTip(words)
        for button, (action, _) in zip(self._buttons, self._ways, strict=True):
            button.show_text(action.iconText())
        self.setVisible(bool(words))

    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        square = QRectF(fonts.scaled(_PADDING), (self.height() - _ICON) / 2, _ICON, _ICON)
        icons.draw(QPainter(self), "circle-alert", square, theme.current().color("warn"))
