"""A parameter that is one record, such as a layer within a layer: its type to choose, and its fields below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from core.run.parameters import Parameter, plain, records_of
from widgets.base import layouts, style
from widgets.base.manners import Manners
from widgets.form import entries
from widgets.form.param_fields import ChoiceText, Field
from widgets.form.record_fields import FieldRow, RecordFields

_GAP, _INSIDE = 4, 12


class RecordField(Field, QWidget):
    """The field of a record; it tells the whole record with what was changed of it."""

    def __init__(self, parameter: Parameter, make_row: Callable[[Parameter], FieldRow]) -> None:
        super().__init__()
        self._parameter = parameter
        self._record: dict[str, Any] = {}
        self._types = QComboBox()
        self._types.setObjectName(f"param.{parameter.name}")
        self._types.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._types.addItems(list(records_of(parameter)))
        self._fields = RecordFields(parameter, make_row)
        self._fields.setContentsMargins(_INSIDE, 0, 0, 0)
        layouts.column(self._types, self._fields, spacing=_GAP, on=self)
        Manners(self._types)
        self._types.activated.connect(self._take_type)
        self._fields.changed.connect(self._take)

    def show_value(self, value: object) -> None:
        shown = plain(value)
        self._record = shown if isinstance(shown, dict) else {}
        with QSignalBlocker(self._types):
            self._types.setCurrentText(self._record.get("type", ""))
        self._fields.show_record(None, self._record)

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        self._fields.name_fields(text_of)

    def setAccessibleName(self, name: str) -> None:
        self._types.setAccessibleName(name)

    def set_error(self, wrong: bool) -> None:
        style.set_look(self._types, "error", wrong)

    def _take_type(self, place: int) -> None:
        type = self._types.itemText(place)
        if type != self._record.get("type"):
            self._take(entries.retyped(self._parameter, self._record, type))

    def _take(self, record: dict[str, Any]) -> None:
        self.show_value(record)
        self.submitted.emit(record)
