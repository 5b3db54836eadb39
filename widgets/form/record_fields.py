"""The fields of one record, such as a layer, as rows of a form; what they are, the record's class declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from core.run.parameters import Parameter, parameters, plain, records_of
from widgets.base import layouts
from widgets.form.param_fields import ChoiceText

_GAP = 4


class FieldRow(Protocol):
    """What is needed of a row of the form, which is a QWidget, too: rows are made of fields, of which this is one."""

    changed: SignalInstance

    def show_value(self, value: object) -> None:
        """Show a value without telling."""

    def set_texts(self, label: str, tip: str, choice_text: ChoiceText) -> None:
        """Name the field and its choices."""


class RecordFields(QWidget):
    """The fields of one record, a row each; `changed` tells the whole record with the one that was changed."""

    changed = Signal(object)

    def __init__(self, parameter: Parameter, make_row: Callable[[Parameter], FieldRow]) -> None:
        super().__init__()
        self._parameter, self._make_row = parameter, make_row
        self._rows: dict[str, FieldRow] = {}
        self._shown: tuple[int | None, str, tuple[str, ...]] = (-1, "", ())
        self._record: dict[str, Any] = {}
        self._text_of: ChoiceText = str
        self._column = layouts.column(spacing=_GAP, on=self)

    def show_record(self, place: int | None, record: dict[str, Any]) -> None:
        """Show the fields of the record at a place of the list, or of one that stands in no list."""
        self._record = record
        kind = record.get("type", "")
        cls = records_of(self._parameter).get(kind)
        known = _in_order(parameters(cls) if cls else ())
        fields = [field for field in known if place == 0 or not field.first_only or field.name in record]
        names = tuple(field.name for field in fields)
        if (place, kind, names) != self._shown:
            self._shown = (place, kind, names)
            self._make_rows(place, fields)
        for field in fields:
            self._rows[field.name].show_value(record.get(field.name, plain(field.default)))

    def name_fields(self, text_of: ChoiceText) -> None:
        """Name the fields in the language shown."""
        self._text_of = text_of
        for name, row in self._rows.items():
            row.set_texts(text_of(name), "", text_of)

    def _make_rows(self, place: int | None, fields: Sequence[Parameter]) -> None:
        for old in cast(Iterable[QWidget], self._rows.values()):
            self._column.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._rows = {field.name: self._row(place, field) for field in fields}
        self.name_fields(self._text_of)

    def _row(self, place: int | None, field: Parameter) -> FieldRow:
        at = "" if place is None else f"{place}."
        row = self._make_row(replace(field, name=f"{self._parameter.name}.{at}{field.name}"))
        row.changed.connect(partial(self._take, field.name))
        self._column.addWidget(cast(QWidget, row))
        return row

    def _take(self, name: str, value: object, final: bool) -> None:
        if final:  # a drag through a dozen numbers would begin a dozen runs
            self.changed.emit({**self._record, name: value})


def _in_order(fields: Sequence[Parameter]) -> list[Parameter]:
    """The fields as they are filled in: what must be given first, and last what may be left open."""
    return sorted(fields, key=lambda field: (not field.required, field.default is None))
