"""Every kind of parameter in the form, wired to a run as in a tab, with the topic `stacks`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QTableView, QToolButton, QWidget

from core.run.parameters import parameters
from core.run.refusal import Refusal
from playground.playback.run import Run
from playground.recipes.plain_recipes import form_values
from playground.words.refusals import under
from widgets.form.param_form import ParamForm


class Desk:
    """A form over a run of the topic, wired as in a tab."""

    def __init__(self, form: ParamForm, run: Run) -> None:
        self.form, self.run = form, run
        form.changed.connect(self.take)
        run.changed.connect(self.show)
        self.show()

    def show(self) -> None:
        self.form.show_values(form_values(self.run.params))

    def take(self, name: str, value: Any, final: bool) -> None:
        try:
            self.run.set_parameter(name, value, final)
        except Refusal as refusal:
            self.form.show_error(name, under(name, refusal))
        else:
            self.form.drop_refused(name)

    def find(self, kind: type[Any], name: str) -> Any:
        found = self.form.findChild(kind, name)
        assert found is not None, name
        return found

    def table(self, name: str) -> Any:
        return self.find(QTableView, f"param.{name}")

    def cells(self, name: str) -> list[list[str]]:
        model = self.table(name).model()
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def put(self, name: str, row: int, column: int, text: str) -> None:
        model = self.table(name).model()
        model.setData(model.index(row, column), text)

    def error(self, name: str) -> str:
        return str(self.find(QLabel, f"param.{name}.error").text())

    def enter(self, name: str, text: str) -> None:
        field = self.find(QPlainTextEdit, name)
        field.setPlainText(text)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def desk(stacks: Any, dressed: Any, freed: Callable[[QWidget], None]) -> Desk:
    form = ParamForm(parameters(stacks.Params), lambda name, part: name, lambda name, value: value)
    freed(form)
    form.resize(320, 1600)
    form.show()
    form.show_only(form.names())
    dressed.processEvents()
    return Desk(form, Run(stacks.ENTRY))


def test_a_table_shows_the_value_and_the_text_says_the_same(stacks: Any, desk: Desk) -> None:
    assert desk.cells("layers") == [["Dense", "units=3"], ["Pool", ""]]
    assert desk.cells("sentences") == [["the film was good"], ["the film was bad"]]
    assert desk.cells("triples") == [list(row) for row in stacks.FACTS]
    for name in ("layers", "triples"):
        text = desk.find(QPlainTextEdit, f"param.{name}.text").toPlainText()
        assert json.loads(text) == form_values(desk.run.params)[name]
    assert desk.find(QPlainTextEdit, "param.sentences.text").toPlainText() == '"english"'
    assert json.loads(desk.find(QPlainTextEdit, "param.data").toPlainText()) == [[1], [2]]


def test_cells_become_values(stacks: Any, desk: Desk) -> None:
    desk.put("layers", 0, 1, "units=5, activation=relu, input_shape=[null, 2]")
    assert desk.run.params.layers[0] == stacks.Dense(5, activation="relu", input_shape=(None, 2))
    desk.put("layers", 1, 0, "Dense")
    assert desk.run.params.layers[1] == stacks.Dense(1)
    desk.put("sentences", 1, 0, "the film was long")
    assert desk.run.params.sentences == ("the film was good", "the film was long")
    desk.put("triples", 0, 2, "cem")
    assert desk.run.params.triples[0] == ("ann", "knows", "cem")
    assert json.loads(desk.find(QPlainTextEdit, "param.triples.text").toPlainText())[0] == ["ann", "knows", "cem"]


def test_gaps_are_empty_cells(desk: Desk) -> None:
    desk.take("ratings", [[1, None], [2.5, 4]], True)
    assert desk.cells("ratings") == [["1", ""], ["2.5", "4"]]
    desk.put("ratings", 0, 0, "")
    desk.put("ratings", 0, 1, "3")
    np.testing.assert_array_equal(desk.run.params.ratings, [[np.nan, 3], [2.5, 4]])


def test_ctrl_return_takes_the_text(stacks: Any, desk: Desk) -> None:
    desk.enter("param.layers.text", '[{"type": "Dense", "units": 9}]')
    assert desk.run.params.layers == (stacks.Dense(9),)
    assert desk.cells("layers") == [["Dense", "units=9"]]
    desk.enter("param.data", "[[[4]]]")
    assert desk.run.params.data == (((4,),),)
    desk.enter("param.sentences.text", "chinese")
    assert desk.run.params.sentences == "chinese"
    assert desk.cells("sentences") == [["好"], ["坏"]]


def test_what_is_refused_is_said_and_stays_until_escape(stacks: Any, desk: Desk) -> None:
    desk.put("layers", 0, 1, "units=99")
    assert desk.run.params.layers == (stacks.Dense(3), stacks.Pool())
    assert desk.error("layers").startswith("Entry 1, units: 99 is not allowed")
    assert desk.cells("layers")[0] == ["Dense", "units=99"]
    QTest.keyClick(desk.table("layers"), Qt.Key.Key_Escape)
    assert (desk.error("layers"), desk.cells("layers")[0]) == ("", ["Dense", "units=3"])
    desk.enter("param.data", "[[1, 2], [3]]")
    assert "different lengths" in desk.error("data")
    assert desk.find(QPlainTextEdit, "param.data").toPlainText() == "[[1, 2], [3]]"
    desk.enter("param.data", "[[1, 2")
    assert "[[1, 2 is not allowed" in desk.error("data")


def test_a_good_value_is_reached_over_bad_ones(stacks: Any, desk: Desk) -> None:
    desk.put("layers", 0, 0, "Pool")
    assert desk.error("layers")
    desk.put("layers", 1, 0, "Often")
    assert desk.run.params.layers == (stacks.Dense(3), stacks.Pool())
    desk.put("layers", 0, 0, "Often")
    assert (desk.error("layers"), desk.run.params.layers) == ("", (stacks.Often(), stacks.Often()))


def test_buttons_remove_and_move(stacks: Any, desk: Desk) -> None:
    table = desk.table("layers")
    table.setCurrentIndex(table.model().index(1, 0))
    desk.find(QToolButton, "param.layers.remove").click()
    assert desk.run.params.layers == (stacks.Dense(3),)
    add = desk.find(QToolButton, "param.layers.add")
    next(action for action in add.menu().actions() if action.text() == "Often").trigger()
    assert desk.run.params.layers == (stacks.Dense(3), stacks.Often())
    desk.find(QToolButton, "param.layers.up").click()
    assert desk.run.params.layers == (stacks.Often(), stacks.Dense(3))


def test_a_new_row_is_told_once_something_is_in_it(stacks: Any, desk: Desk) -> None:
    desk.find(QToolButton, "param.triples.add").click()
    assert desk.run.params.triples == stacks.FACTS
    desk.table("triples").setCurrentIndex(desk.table("triples").model().index(0, 0))
    desk.put("triples", 2, 0, "dan")
    assert desk.run.params.triples == (*stacks.FACTS, ("dan", "", ""))


def test_the_fields_of_the_chosen_record_stand_below(stacks: Any, desk: Desk) -> None:
    table = desk.table("layers")
    table.setCurrentIndex(table.model().index(0, 0))
    box = desk.find(QComboBox, "param.layers.0.activation")
    box.setCurrentText("tanh")
    assert desk.run.params.layers[0] == stacks.Dense(3, activation="tanh")
    assert desk.cells("layers")[0] == ["Dense", "units=3, activation=tanh"]
    box = desk.find(QComboBox, "param.layers.0.activation")
    box.setCurrentIndex(box.count() - 1)
    assert desk.run.params.layers[0] == stacks.Dense(3)


def test_an_id_is_chosen_and_taken_over_as_ones_own(desk: Desk) -> None:
    box = desk.find(QComboBox, "param.sentences.id")
    for id in ("chinese", None):
        place = box.findData(id) if id else 0
        box.setCurrentIndex(place)
        box.activated.emit(place)
        assert desk.run.params.sentences == (id or ("好", "坏"))
