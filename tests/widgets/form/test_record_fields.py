"""Of one record, what must be given stands first, and what may be left open last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from core.run.parameters import FIRST, parameters
from widgets.form.param_row import ParamRow
from widgets.form.record_fields import RecordFields

Few = Annotated[int, Ge(1), Le(9)]


@dataclass(frozen=True)
class Dense:
    told: Few | None = None
    use_bias: bool = True
    units: Few = 1
    type: Literal["Dense"] = "Dense"


@dataclass(frozen=True)
class Params:
    layers: tuple[Dense, ...] = (Dense(),)


@dataclass(frozen=True)
class Needed:
    units: Few
    told: Few | None = None
    type: Literal["Needed"] = "Needed"


@dataclass(frozen=True)
class Others:
    layers: tuple[Needed, ...] = (Needed(3),)


def names(fields: RecordFields) -> list[str]:
    return [row.parameter.name.rpartition(".")[2] for row in fields.findChildren(ParamRow)]


def test_fields_stand_in_the_order_in_which_they_are_filled_in(qtbot: QtBot) -> None:
    fields = RecordFields(parameters(Params)[0], ParamRow)
    qtbot.addWidget(fields)
    fields.show_record(0, {"type": "Dense", "units": 3})
    assert names(fields) == ["use_bias", "units", "told"]
    others = RecordFields(parameters(Others)[0], ParamRow)
    qtbot.addWidget(others)
    others.show_record(0, {"type": "Needed", "units": 3})
    assert names(others) == ["units", "told"]


def test_a_change_tells_the_whole_record(qtbot: QtBot) -> None:
    fields = RecordFields(parameters(Params)[0], ParamRow)
    qtbot.addWidget(fields)
    fields.show_record(0, {"type": "Dense", "units": 3})
    told: list[Any] = []
    fields.changed.connect(told.append)
    row = fields.findChildren(ParamRow)[1]
    row.changed.emit(5, False)
    row.changed.emit(6, True)
    assert told == [{"type": "Dense", "units": 6}]


@dataclass(frozen=True)
class Layer:
    units: Few
    input_dim: Annotated[Few | None, FIRST] = None
    type: Literal["Layer"] = "Layer"


@dataclass(frozen=True)
class Stack:
    layers: tuple[Layer, ...] = (Layer(3),)


def test_what_only_the_first_takes_is_asked_of_the_first_alone_and_of_one_that_has_it(qtbot: QtBot) -> None:
    fields = RecordFields(parameters(Stack)[0], ParamRow)
    qtbot.addWidget(fields)
    for place, record, shown in (
        (0, {}, ["units", "input_dim"]),
        (1, {}, ["units"]),
        (1, {"input_dim": 4}, ["units", "input_dim"]),
        (1, {}, ["units"]),
    ):
        fields.show_record(place, {"type": "Layer", "units": 3, **record})
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert names(fields) == shown
