"""The buttons under the table of a list: add, remove, move; columns; the same as text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core.run.parameters import Parameter, records_of
from widgets.base import layouts
from widgets.form.text_rows import TextRows

_GAP = 4
_ALWAYS = ("add", "remove")
_USED = {"records": (*_ALWAYS, "up", "down"), "table": (*_ALWAYS, "add_column", "remove_column")}


class ListButtons(QWidget):
    """As many of them as a kind of list has a use for, named `param.<name>.<what>`."""

    def __init__(self, parameter: Parameter, name: str, table: TextRows, add: Callable[[str], None]) -> None:
        """Let them work on a table; `add` takes the type of a new record."""
        super().__init__()
        self._buttons = {what: QToolButton() for what in (*_USED.get(parameter.kind, _ALWAYS), "as_text")}
        self._menu = QMenu(self._buttons["add"])
        for type in records_of(parameter):
            self._menu.addAction(type, partial(add, type))
        self._arrange(name)
        self._connect(table)
        self.as_text = self._buttons["as_text"]
        self.as_text.setCheckable(True)
        self.retranslate()

    def _arrange(self, name: str) -> None:
        for what, button in self._buttons.items():
            button.setObjectName(f"{name}.{what}")
            button.setProperty("role", "toggle")
        layouts.row(*self._buttons.values(), spacing=_GAP, on=self).addStretch()

    def _connect(self, table: TextRows) -> None:
        doings: dict[str, Callable[[], None]] = {
            "add": lambda: table.add(),
            "remove": lambda: table.remove(),
            "up": lambda: table.move_row(-1),
            "down": lambda: table.move_row(1),
            "add_column": lambda: table.add_columns(1),
            "remove_column": lambda: table.add_columns(-1),
        }
        if self._menu.actions():
            del doings["add"]
            self._buttons["add"].setMenu(self._menu)
            self._buttons["add"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for what in self._buttons.keys() & doings.keys():
            self._buttons[what].clicked.connect(doings[what])

    def retranslate(self) -> None:
        """Give the buttons their words in the language shown."""
        for what, (sign, words) in _faces().items():
            button = self._buttons.get(what)
            if button is not None:
                button.setText(sign + 5 * " " if button.menu() else sign)  # room for the arrow of the menu
                button.setToolTip(words)
                button.setAccessibleName(words)


def _faces() -> dict[str, tuple[str, str]]:
    """The sign on each button, and what it says to a screen reader and in its tool tip."""
    return {
        "add": ("+", QCoreApplication.translate("ParamForm", "Add an entry after the chosen one")),
        "remove": ("−", QCoreApplication.translate("ParamForm", "Remove the chosen entries")),
        "up": ("↑", QCoreApplication.translate("ParamForm", "Move up")),
        "down": ("↓", QCoreApplication.translate("ParamForm", "Move down")),
        "add_column": ("+ │", QCoreApplication.translate("ParamForm", "Add a column")),
        "remove_column": ("− │", QCoreApplication.translate("ParamForm", "Remove the last column")),
        "as_text": ("{ }", QCoreApplication.translate("ParamForm", "The same as JSON; Ctrl+Return takes it")),
    }
