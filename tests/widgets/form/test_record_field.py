"""A record within a record: its type is chosen, its fields are those of the type, and it is told whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Le
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from core.run.parameters import parameters
from widgets.form.param_fields import NumberField
from widgets.form.param_row import ParamRow
from widgets.form.record_field import RecordField

Few = Annotated[int, Ge(1), Le(9)]


@dataclass(frozen=True)
class Dense:
    units: Few
    use_bias: bool = True
    type: Literal["Dense"] = "Dense"


@dataclass(frozen=True)
class Pool:
    size: Few = 2
    type: Literal["Pool"] = "Pool"


@dataclass(frozen=True)
class Params:
    inner: Dense | Pool = Dense(3)


@pytest.fixture
def row(qtbot: QtBot) -> ParamRow:
    row = ParamRow(parameters(Params)[0])
    qtbot.addWidget(row)
    row.set_texts("Inside", "", lambda name: {"units": "Units"}.get(name, name))
    row.show_value({"type": "Dense", "units": 4})
    return row


def units(row: ParamRow) -> NumberField:
    field = row.findChild(NumberField, "param.inner.units")
    assert field is not None
    return field


def test_fields_of_the_type_are_named_after_it(row: ParamRow) -> None:
    assert isinstance(row.field, RecordField)
    assert units(row).text() == "4"
    assert units(row).accessibleName() == "Units"
    box = row.findChild(QComboBox, "param.inner")
    assert box is not None
    assert [box.itemText(i) for i in range(box.count())] == ["Dense", "Pool"]
    assert box.currentText() == "Dense"


def test_a_field_tells_the_whole_record(row: ParamRow) -> None:
    told: list[Any] = []
    row.changed.connect(lambda value, final: told.append(value))
    units(row).stepBy(1)
    assert told == [{"type": "Dense", "units": 5}]


def test_another_type_keeps_nothing_it_does_not_know(row: ParamRow) -> None:
    told: list[Any] = []
    row.changed.connect(lambda value, final: told.append(value))
    box = row.findChild(QComboBox, "param.inner")
    assert box is not None
    for place in (1, 1, 0):
        box.setCurrentIndex(place)
        box.activated.emit(place)
    assert told == [{"type": "Pool"}, {"type": "Dense", "units": 1}]
