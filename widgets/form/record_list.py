"""A parameter that is a list: a table to edit, add to, remove from and paste into, and the same as JSON.

Of a list of records, such as layers, the fields of the one chosen stand below. What is typed stays there while it is
refused, so that a good value may be reached over bad ones; Escape brings the last good one back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from core.run.parameters import Parameter, parameters, plain, records_of
from widgets.base import style
from widgets.form import entries
from widgets.form.json_text import JsonText
from widgets.tables.text_rows import TextRows

_GAP = 4
ChoiceText = Callable[[str], str]


class FieldRow(Protocol):
    """What is needed of a row of the form, which shows one field of a record; it is a QWidget, too."""

    @property
    def changed(self) -> SignalInstance:
        """Tells value, and whether it is final."""

    def show_value(self, value: object) -> None:
        """Show a value without telling."""

    def set_texts(self, label: str, tip: str, choice_text: ChoiceText) -> None:
        """Name the field and its choices."""


class _Table(TextRows):
    """Rows of text that tell when they are left by Escape."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class RecordFields(QWidget):
    """The fields of one record, a row each; `changed` tells the whole record with the one that was changed."""

    changed = Signal(object)

    def __init__(self, parameter: Parameter, make_row: Callable[[Parameter], FieldRow]) -> None:
        super().__init__()
        self._parameter, self._make_row = parameter, make_row
        self._rows: dict[str, FieldRow] = {}
        self._shown: tuple[int, str] = (-1, "")
        self._record: dict[str, Any] = {}
        self._text_of: ChoiceText = str
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)

    def show_record(self, place: int, record: dict[str, Any]) -> None:
        """Show the fields of the record at a place of the list."""
        self._record = record
        cls = records_of(self._parameter).get(record.get("type", ""))
        fields = parameters(cls) if cls else ()
        if (place, record.get("type", "")) != self._shown:
            self._shown = (place, record.get("type", ""))
            self._make_rows(place, fields)
        for field in fields:
            self._rows[field.name].show_value(record.get(field.name, plain(field.default)))

    def name_fields(self, text_of: ChoiceText) -> None:
        """Name the fields in the language shown."""
        self._text_of = text_of
        for name, row in self._rows.items():
            row.set_texts(text_of(name), "", str)

    def _make_rows(self, place: int, fields: Sequence[Parameter]) -> None:
        for old in self._rows.values():
            widget = cast(QWidget, old)
            self._column.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()
        self._rows = {field.name: self._row(place, field) for field in fields}
        self.name_fields(self._text_of)

    def _row(self, place: int, field: Parameter) -> FieldRow:
        row = self._make_row(replace(field, name=f"{self._parameter.name}.{place}.{field.name}"))
        row.changed.connect(partial(self._take, field.name))
        self._column.addWidget(cast(QWidget, row))
        return row

    def _take(self, name: str, value: object, final: bool) -> None:
        if final:  # a drag through a dozen numbers would begin a dozen runs
            self.changed.emit({**self._record, name: value})


class ListField(QWidget):
    """The field of a list: ids to choose from where it has some, a table where it is one, and JSON."""

    submitted = Signal(object)
    escaped = Signal()

    def __init__(self, parameter: Parameter, make_row: Callable[[Parameter], FieldRow]) -> None:
        super().__init__()
        self._parameter = parameter
        name = f"param.{parameter.name}"
        is_table = parameter.kind in ("texts", "rows", "table", "records")
        self._value: Any = None  # plain, as the table shows it: of an id what it stands for
        self._ids = _id_box(parameter, self) if parameter.choices else None
        self._table = _table(parameter, name) if is_table else None
        self._buttons = _Buttons(parameter, name) if is_table else None
        self._fields = RecordFields(parameter, make_row) if parameter.kind == "records" else None
        self._text = JsonText(f"{name}.text" if is_table else name)
        self._arrange()
        self._connect()

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        shown = plain(value)
        self._text.show_value(shown)
        if self._ids is not None:
            blocker = QSignalBlocker(self._ids)
            self._ids.setCurrentIndex(max(0, self._ids.findData(shown)) if isinstance(shown, str) else 0)
            blocker.unblock()
        content = self._parameter.content
        self._value = plain(content(shown)) if isinstance(shown, str) and content else shown
        self._show_rows()

    def has_draft(self) -> bool:
        """Whether JSON is typed that was not submitted."""
        return self._text.has_draft()

    def forget(self) -> None:
        """What was refused stays where it was typed, and is submitted again with the next change."""

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        """Name columns, fields, ids and buttons."""
        if self._table is not None:
            self._table.set_headings([text_of(heading) for heading in _headings(self._parameter)])
        if self._fields is not None:
            self._fields.name_fields(text_of)
        if self._buttons is not None:
            self._buttons.retranslate()
        if self._ids is not None:
            own = QCoreApplication.translate("ParamForm", "One’s own")
            for place in range(self._ids.count()):
                id = self._ids.itemData(place)
                self._ids.setItemText(place, text_of(id) if id else own)

    def setAccessibleName(self, name: str) -> None:
        for part in (self._ids, self._table, self._text):
            if part is not None:
                part.setAccessibleName(name)

    def set_error(self, wrong: bool) -> None:
        """Mark what is typed as refused."""
        for part in (self._table, self._text):
            if part is not None:
                style.set_look(part, "error", wrong)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for part in (self._ids, self._table, self._buttons, self._fields, self._text):
            if part is not None:
                column.addWidget(part)
        if self._buttons is not None:
            self._text.hide()
            self._buttons.as_text.toggled.connect(self._text.setVisible)

    def _connect(self) -> None:
        self._text.entered.connect(self.submitted)
        self._text.escaped.connect(self.escaped)
        if self._ids is not None:
            self._ids.activated.connect(self._choose)
        if self._table is None or self._buttons is None:
            return
        self._table.changed.connect(self._take_rows)
        self._table.escaped.connect(self.escaped)
        self._table.chosen.connect(self._show_fields)
        for signal, do in self._buttons.doings(self._table, self._add_record):
            signal.connect(do)
        if self._fields is not None:
            self._fields.changed.connect(self._take_record)

    def _show_rows(self) -> None:
        if self._table is not None:
            columns = entries.columns_of(self._parameter, self._value)
            self._table.show_rows(entries.rows_of(self._parameter, self._value), columns)
            self._show_fields(self._table.currentIndex().row())

    def _show_fields(self, row: int) -> None:
        """Show the fields of the record chosen, if one is."""
        is_there = isinstance(self._value, list) and 0 <= row < len(self._value)
        if self._fields is not None:
            self._fields.setVisible(is_there)
            if is_there:
                self._fields.show_record(row, self._value[row])

    def _choose(self, place: int) -> None:
        """Submit an id, or what the one in force stands for as one's own."""
        assert self._ids is not None
        id = self._ids.itemData(place)
        self.submitted.emit(id if id else self._value if isinstance(self._value, list) else [])

    def _take_rows(self, rows: list[list[str]]) -> None:
        new = entries.value_of(self._parameter, rows)
        old = self._value if isinstance(self._value, list) else []
        if self._fields is not None and len(old) == len(new):
            pairs = zip(old, new, strict=True)
            new = [entries.retyped(self._parameter, b, b["type"]) if a["type"] != b["type"] else b for a, b in pairs]
        self._submit(new)

    def _take_record(self, record: dict[str, Any]) -> None:
        assert self._table is not None
        row = self._table.currentIndex().row()
        self._submit([*self._value[:row], record, *self._value[row + 1 :]])

    def _add_record(self, type: str) -> None:
        assert self._table is not None
        record = entries.fresh(self._parameter, type)
        self._table.insert([type, entries.settings_text(record)])

    def _submit(self, value: list[Any]) -> None:
        """Show a value as it is typed and tell it."""
        self._value = value
        self._text.show_value(value)
        self._show_rows()
        self.submitted.emit(value)


class _Buttons(QWidget):
    """The buttons under a table: add, remove, move; columns; the same as text."""

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


def _headings(parameter: Parameter) -> tuple[str, ...]:
    if parameter.kind == "records":
        return "type", "settings"
    return parameter.columns.names if parameter.columns else ()


def _table(parameter: Parameter, name: str) -> _Table:
    table = _Table(name, entries.columns_of(parameter, None), grows=parameter.kind == "table")
    if parameter.kind == "records":
        table.set_choices(0, tuple(records_of(parameter)))
    return table


def _id_box(parameter: Parameter, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setObjectName(f"param.{parameter.name}.id")
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.addItem("", None)
    for id in parameter.choices:
        box.addItem(id, id)
    return box
