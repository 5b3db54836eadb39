"""A choice of a few words beside each other; where there is little room, a button with a menu of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from widgets.base import layouts


class Segments(QWidget):
    """Buttons named `<name>.<id>`, of which one is down, and a menu button `<name>.menu` in their place."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._options: tuple[tuple[str, str], ...] = ()
        self._current, self._is_compact = "", False
        self._buttons: dict[str, QToolButton] = {}
        self._menu_button, self._menu = QToolButton(), QMenu(self)
        self._menu_button.setObjectName(f"{name}.menu")
        self._menu_button.setProperty("role", "toggle")
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu_button.setMenu(self._menu)
        self._group = QActionGroup(self)
        self._row = layouts.row(self._menu_button, on=self)

    def show_options(self, options: Sequence[tuple[str, str]], current: str, name: str = "") -> None:
        """Show ids with their words, and which is chosen; `name` tells a screen reader what the choice is of."""
        if [id for id, _ in options] != [id for id, _ in self._options]:
            self._rebuild([id for id, _ in options])
        self._options, self._current = tuple(options), current
        for action, (id, words) in zip(self._menu.actions(), options, strict=True):
            self._buttons[id].setText(words)
            self._buttons[id].setChecked(id == current)
            action.setText(words)
            action.setChecked(id == current)
        self._menu_button.setText(dict(options).get(current, ""))
        self._menu_button.setAccessibleName(f"{name} {self._menu_button.text()}".strip())
        self._fit()

    def options(self) -> tuple[tuple[str, str], ...]:
        """The ids with their words."""
        return self._options

    def current(self) -> str:
        """The id that is chosen."""
        return self._current

    def set_compact(self, compact: bool) -> None:
        """Show a button with a menu, or all the words."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._fit()

    def _fit(self) -> None:
        self._menu_button.setVisible(self._is_compact and bool(self._options))
        for button in self._buttons.values():
            button.setVisible(not self._is_compact)

    def _rebuild(self, ids: Sequence[str]) -> None:
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._menu.clear()
        self._buttons = {id: self._made(id) for id in ids}

    def _made(self, id: str) -> QToolButton:
        button, action = QToolButton(), QAction(self._menu)
        button.setObjectName(f"{self._name}.{id}")
        button.setProperty("role", "toggle")
        for made in (button, action):
            made.setCheckable(True)
        button.clicked.connect(lambda: self._choose(id))
        action.triggered.connect(lambda: self._choose(id))
        self._group.addAction(action)
        self._menu.addAction(action)
        self._row.addWidget(button)
        return button

    def _choose(self, id: str) -> None:
        self.show_options(self._options, id)
        self.chosen.emit(id)
