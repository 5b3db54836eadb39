"""Buttons that follow an action of the window without taking over its keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.base import fonts, icons

_ICON = 16
_ICON_WIDTH = 36
_WIDEST = 16_777_215  # Qt's word for no limit


class ActionButton(QPushButton):
    """Triggers an action; is enabled and explained as the action is.

    The action is not added to the button: its keys act only where the window put them, so that Space on a focused
    button presses that button.
    """

    def __init__(self, action: QAction, icon: str, token: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._icon = (icon, token)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setIcon(icons.icon(icon, token))
        self.show_text("")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def show_text(self, text: str) -> None:
        """Show a text beside the icon, or the icon alone where the text is empty."""
        self.setText(text)
        width = fonts.scaled(_ICON_WIDTH)
        self.setMinimumWidth(0 if text else width)
        self.setMaximumWidth(_WIDEST if text else width)

    def set_icon(self, icon: str) -> None:
        """Show another icon in the same colour."""
        if icon != self._icon[0]:
            self._icon = (icon, self._icon[1])
            self.setIcon(icons.icon(*self._icon))

    def set_token(self, token: str) -> None:
        """Show the icon in the colour of another theme token."""
        if token != self._icon[1]:
            self._icon = (self._icon[0], token)
            self.setIcon(icons.icon(*self._icon))

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.iconText().removesuffix("…"))
