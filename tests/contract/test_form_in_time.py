"""Over every topic: the form equals the parameters in force at the step in view; what is typed there holds there."""

from __future__ import annotations

import random
from math import inf
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from core.run.parameters import Parameter, get_value, parameters
from core.run.recipe import Change, SetParam
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS
from playground.window.window import Window

KINDS = ("number", "choice")
LIVE = {entry.id: [p for p in parameters(entry.core.Params) if p.mode == "live" and p.kind in KINDS]
        for entry in TOPICS}  # fmt: skip
IDS = [id for id in LIVE if LIVE[id]]


def live(tab: TopicTab) -> list[Parameter]:
    return LIVE[tab.entry.id]


def test_all_topics_but_those_without_a_race_have_something_to_change_on_the_way() -> None:
    """Of a stack every setting begins the run again: it changes what shape an array has."""
    assert {id for id in LIVE if not LIVE[id]} == {"shapes"}


def another(parameter: Parameter, draw: random.Random, before: Any) -> Any:
    if parameter.kind == "choice":
        return draw.choice([choice for choice in parameter.choices if choice != before])
    assert parameter.low is not None
    assert parameter.high is not None
    return round(min(parameter.high, max(parameter.low, 0.01 + 0.2 * draw.random())), 4)


def shown(tab: TopicTab, parameter: Parameter) -> Any:
    field: Any = tab.form.field(parameter.name)
    return field.currentData() if isinstance(field, QComboBox) else float(field.text())


def edited(tab: TopicTab, draw: random.Random) -> list[int]:
    """Make five edits on the way to step 25, and return where they stand."""
    steps = sorted(draw.sample(range(1, 25), 5))
    for t in steps:
        tab.run.advance(t - tab.run.position)
        parameter = draw.choice(live(tab))
        before = get_value(tab.run.params, parameter.name)
        tab.set_parameter(parameter.name, another(parameter, draw, before))
    tab.run.advance(25 - tab.run.position)
    assert [change.step for change in tab.run.recipe.edits] == steps
    return steps


@pytest.mark.parametrize("id", IDS)
def test_the_form_equals_what_is_in_force_at_ten_steps_of_a_run_with_five_edits(window: Window, id: str) -> None:
    tab, draw = window.visit(id), random.Random(id)
    edited(tab, draw)
    for t in draw.sample(range(26), 10):
        tab.transport.scrub_bar.setValue(t)
        tab.run.come_nearer(deadline=inf)  # what takes long to be made again is shown when it is there
        assert tab.run.position == t
        for parameter in live(tab):
            assert shown(tab, parameter) == get_value(tab.run.params, parameter.name), (t, parameter.name)


@pytest.mark.parametrize("id", IDS)
def test_what_is_typed_at_an_earlier_step_holds_from_there_on(window: Window, id: str) -> None:
    tab, draw = window.visit(id), random.Random(id)
    first = edited(tab, draw)[0]
    tab.run.seek(first)
    name = tab.run.recipe.edits[0].edit.name
    parameter = next(p for p in live(tab) if p.name == name)
    value = another(parameter, draw, shown(tab, parameter))
    field: Any = tab.form.field(name)
    if isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(value))
    else:
        field.selectAll()
        QTest.keyClicks(field, repr(value))
        field.editingFinished.emit()
    assert tab.run.recipe.edits == (Change(first, SetParam(name, value)),)
    tab.run.seek(first - 1)
    assert shown(tab, parameter) == get_value(tab.run.params, name)
