"""The top of a tab: title, one plain sentence, and the buttons that concern the whole run."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from playground.actions import Actions
from widgets.base import fonts, icons, layouts, theme
from widgets.base.elided_label import ElidedLabel

_NARROW = 800  # px


class Header(QWidget):
    """Title and sentence at the left, buttons at the right."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._sentence = ElidedLabel("subtitle", "muted")
        for label in (self._title, self._sentence):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._theme = _button(None, words=False)
        self._theme.clicked.connect(lambda: self._other_theme().trigger())
        self._back = _button(None, words=True)
        self._back.setObjectName("thread.back")
        self._back.setIcon(icons.icon("arrow-left"))
        self._back.clicked.connect(actions["view.go_back"].trigger)
        self.elsewhere = _button(actions["view.elsewhere"], words=False)
        buttons = [self._back, *(_button(actions[id], words=True) for id in ("transport.restart", "view.compare"))]
        buttons += [self.elsewhere, *(_button(actions[id], words=False) for id in ("file.export", "help.topic"))]
        buttons.append(self._theme)
        self.show_back("")
        words = layouts.column(self._title, self._sentence)
        layouts.row(words, *buttons, spacing=8, grows=words, on=self)
        self._show_theme()

    def set_texts(self, title: str, sentence: str) -> None:
        """Set title and sentence."""
        self._title.setText(title)
        self._sentence.set_text(sentence)
        self._show_theme()

    def show_back(self, title: str) -> None:
        """Offer the way back to another tab, by its title; without one there is none."""
        self._back.setText(title)
        self._back.setVisible(bool(title))
        tip = self._actions.tip("view.go_back")
        self._back.setToolTip(tip)
        self._back.setAccessibleName(tip)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_theme"):
            self._show_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle  # the words of the way back would take the room of the title
        is_narrow = self.width() < fonts.scaled(_NARROW)
        self._back.setToolButtonStyle(style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon)

    def set_low(self, low: bool) -> None:
        """Hide the sentence where the window is low."""
        self._sentence.setVisible(not low)

    def _other_theme(self) -> QAction:
        return self._actions[f"view.theme.{'light' if theme.current().is_dark else 'dark'}"]

    def _show_theme(self) -> None:
        other = self._other_theme()
        self._theme.setIcon(icons.icon("sun" if theme.current().is_dark else "moon"))
        self._theme.setToolTip(other.toolTip())
        self._theme.setAccessibleName(other.toolTip())


def _button(action: QAction | None, words: bool) -> QToolButton:
    button = QToolButton()
    style = Qt.ToolButtonStyle
    if action is not None:
        button.setDefaultAction(action)
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
    button.setProperty("role", "button" if words else "icon")
    button.setIconSize(QSize(16, 16))
    return button
