"""A parameter that is a list: a table to edit, add to, remove from and paste into, and the same as JSON.

Of a list of records, such as layers, the fields of the one chosen stand below. What is typed stays there while it is
refused, so that a good value may be reached over bad ones; Escape brings the last good one back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from core.run.parameters import Parameter, plain, records_of
from widgets.base import layouts, style
from widgets.base.manners import Manners
from widgets.form import entries
from widgets.form.json_text import JsonText
from widgets.form.list_buttons import ListButtons
from widgets.form.param_fields import ChoiceText, Field
from widgets.form.record_fields import FieldRow, RecordFields
from widgets.form.text_rows import TextRows

_GAP = 4


class ListField(Field, QWidget):
    """The field of a list: ids to choose from where it has some, a table where it is one, and JSON."""

    def __init__(self, parameter: Parameter, make_row: Callable[[Parameter], FieldRow]) -> None:
        super().__init__()
        self._parameter = parameter
        name = f"param.{parameter.name}"
        is_table = parameter.kind in ("texts", "rows", "table", "records")
        self._entries: list[Any] = []  # plain, as the table shows them: of an id what it stands for
        self._ids = _id_box(parameter, self) if parameter.choices else None
        self._table = _table(parameter, name) if is_table else None
        self._buttons = ListButtons(parameter, name, self._table, self._add_record) if self._table else None
        self._fields = RecordFields(parameter, make_row) if parameter.kind == "records" else None
        self._text = JsonText(f"{name}.text" if is_table else name)
        self._arrange()
        self._connect()

    def show_value(self, value: object) -> None:
        shown = plain(value)
        self._text.show_value(shown)
        if self._ids is not None:
            with QSignalBlocker(self._ids):
                self._ids.setCurrentIndex(max(0, self._ids.findData(shown)) if isinstance(shown, str) else 0)
        content = self._parameter.content
        held = plain(content(shown)) if isinstance(shown, str) and content else shown
        self._entries = held if isinstance(held, list) else []
        self._show_rows()

    def has_draft(self) -> bool:
        return self._text.has_draft()

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        if self._table is not None and (heads := _headings(self._parameter, text_of)):
            self._table.set_headers(heads)
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
        for part in (self._table, self._text):
            if part is not None:
                style.set_look(part, "error", wrong)

    def _arrange(self) -> None:
        parts = self._ids, self._table, self._buttons, self._fields, self._text
        layouts.column(*(part for part in parts if part is not None), spacing=_GAP, on=self)
        if self._buttons is not None:
            self._text.hide()
            self._buttons.as_text.toggled.connect(self._text.setVisible)

    def _connect(self) -> None:
        self._text.entered.connect(self.submitted)
        self._text.escaped.connect(self.escaped)
        if self._ids is not None:
            self._ids.activated.connect(self._choose)
        if self._table is not None:
            self._table.changed.connect(self._take_rows)
            self._table.escaped.connect(self.escaped)
            self._table.chosen.connect(self._show_fields)
        if self._fields is not None:
            self._fields.changed.connect(self._take_record)

    def _show_rows(self) -> None:
        if self._table is not None:
            columns = entries.columns_of(self._parameter, self._entries)
            self._table.show_rows(entries.rows_of(self._parameter, self._entries), columns)
            self._show_fields(self._table.currentIndex().row())

    def _show_fields(self, row: int) -> None:
        """Show the fields of the record chosen, if one is."""
        is_there = 0 <= row < len(self._entries)
        if self._fields is not None:
            self._fields.setVisible(is_there)
            if is_there:
                self._fields.show_record(row, self._entries[row])

    def _choose(self, place: int) -> None:
        """Submit an id, or what the one in force stands for as one's own."""
        assert self._ids is not None
        self.submitted.emit(self._ids.itemData(place) or self._entries)

    def _take_rows(self, rows: list[list[str]]) -> None:
        new = entries.value_of(self._parameter, rows)
        if self._fields is not None and len(self._entries) == len(new):
            pairs = zip(self._entries, new, strict=True)
            new = [entries.retyped(self._parameter, b, b["type"]) if a["type"] != b["type"] else b for a, b in pairs]
        self._submit(new)

    def _take_record(self, record: dict[str, Any]) -> None:
        assert self._table is not None
        row = self._table.currentIndex().row()
        self._submit([*self._entries[:row], record, *self._entries[row + 1 :]])

    def _add_record(self, type: str) -> None:
        assert self._table is not None
        record = entries.fresh(self._parameter, type)
        self._table.insert([type, entries.settings_text(record)])

    def _submit(self, value: list[Any]) -> None:
        """Show a value as it is typed and tell it."""
        self._entries = value
        self._text.show_value(value)
        self._show_rows()
        self.submitted.emit(value)


def _headings(parameter: Parameter, text_of: ChoiceText) -> list[str]:
    if parameter.kind == "records":
        return [QCoreApplication.translate("ParamForm", "Type"), QCoreApplication.translate("ParamForm", "Settings")]
    return [text_of(name) for name in parameter.columns.names] if parameter.columns else []


def _table(parameter: Parameter, name: str) -> TextRows:
    table = TextRows(name, entries.columns_of(parameter, None), grows=parameter.kind == "table")
    if parameter.kind == "records":
        table.set_choices(0, tuple(records_of(parameter)))
    return table


def _id_box(parameter: Parameter, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setObjectName(f"param.{parameter.name}.id")
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    Manners(box)
    box.addItem("", None)
    for id in parameter.choices:
        box.addItem(id, id)
    return box
