"""The buttons under the table of a list: add, remove, move; columns; the same as text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from core.run.parameters import Parameter, records_of
from widgets.form.text_rows import TextRows

_GAP = 4


class ListButtons(QWidget):
    """As many of them as a kind of list has a use for, named `param.<name>.<what>`."""

    def __init__(self, parameter: Parameter, name: str) -> None:
        super().__init__()
        self._types = tuple(records_of(parameter))
        self._buttons: dict[str, QToolButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        for what, sign in _SIGNS.items():
            if what in _USED.get(parameter.kind, _ALWAYS):
                button = self._buttons[what] = QToolButton()
                button.setObjectName(f"{name}.{what}")
                button.setText(sign)
                button.setProperty("role", "toggle")
                line.addWidget(button)
        line.addStretch()
        self.as_text = self._buttons["as_text"]
        self.as_text.setCheckable(True)
        self._menu = QMenu(self._buttons["add"])
        self.retranslate()

    def doings(self, table: TextRows, add: Callable[[str], None]) -> list[tuple[SignalInstance, Callable[..., None]]]:
        """What each button does to a table; `add` takes the type of a new record."""
        doings: dict[str, Callable[..., None]] = {
            "add": lambda: table.add(),
            "remove": lambda: table.remove(),
            "up": lambda: table.move_row(-1),
            "down": lambda: table.move_row(1),
            "add_column": lambda: table.set_columns(table.columns() + 1),
            "remove_column": lambda: table.set_columns(max(1, table.columns() - 1)),
        }
        if self._types:
            del doings["add"]
            for type in self._types:
                self._menu.addAction(type, partial(add, type))
            self._buttons["add"].setMenu(self._menu)
            self._buttons["add"].setText("+" + 5 * " ")  # room for the arrow of the menu
            self._buttons["add"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return [(self._buttons[what].clicked, do) for what, do in doings.items() if what in self._buttons]

    def retranslate(self) -> None:
        """Give the buttons their words in the language shown."""
        words = _words()
        for what, button in self._buttons.items():
            button.setToolTip(words[what])
            button.setAccessibleName(words[what])


_SIGNS = {
    "add": "+",
    "remove": "−",
    "up": "↑",
    "down": "↓",
    "add_column": "+ │",
    "remove_column": "− │",
    "as_text": "{ }",
}
_ALWAYS = ("add", "remove", "as_text")
_USED = {"records": (*_ALWAYS, "up", "down"), "table": (*_ALWAYS, "add_column", "remove_column")}


def _words() -> dict[str, str]:
    return {
        "add": QCoreApplication.translate("ParamForm", "Add an entry after the chosen one"),
        "remove": QCoreApplication.translate("ParamForm", "Remove the chosen entries"),
        "up": QCoreApplication.translate("ParamForm", "Move up"),
        "down": QCoreApplication.translate("ParamForm", "Move down"),
        "add_column": QCoreApplication.translate("ParamForm", "Add a column"),
        "remove_column": QCoreApplication.translate("ParamForm", "Remove the last column"),
        "as_text": QCoreApplication.translate("ParamForm", "The same as JSON; Ctrl+Return takes it"),
    }
