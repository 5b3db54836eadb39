"""The top of a tab: title, one plain sentence, and the buttons that concern the whole run."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from playground.actions import Actions
from widgets.base import icons, theme


class Header(QWidget):
    """Title and sentence at the left, buttons at the right."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._sentence = QLabel()
        self._sentence.setProperty("role", "muted")
        for label in (self._title, self._sentence):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for id in ("transport.restart", "view.compare"):
            row.addWidget(self._button(actions[id], words=True))
        row.addWidget(self._button(actions["help.topic"], words=False))
        self._theme = self._button(None, words=False)
        self._theme.clicked.connect(self._switch_theme)
        row.addWidget(self._theme)
        self._show_theme()

    def set_texts(self, title: str, sentence: str) -> None:
        """Set title and sentence."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setToolTip(sentence)
        self._show_theme()

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_theme"):
            self._show_theme()

    def set_low(self, low: bool) -> None:
        """Hide the sentence where the window is low."""
        self._sentence.setVisible(not low)

    def _button(self, action: QAction | None, words: bool) -> QToolButton:
        button = QToolButton()
        if action is not None:
            button.setDefaultAction(action)
        if words:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("role", "button")
        else:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setProperty("role", "icon")
        button.setIconSize(QSize(16, 16))
        return button

    def _switch_theme(self) -> None:
        self._other_theme().trigger()

    def _other_theme(self) -> QAction:
        return self._actions[f"view.theme.{'light' if theme.current().is_dark else 'dark'}"]

    def _show_theme(self) -> None:
        other = self._other_theme()
        self._theme.setIcon(icons.icon("sun" if theme.current().is_dark else "moon"))
        self._theme.setToolTip(other.toolTip())
        self._theme.setAccessibleName(other.toolTip())
