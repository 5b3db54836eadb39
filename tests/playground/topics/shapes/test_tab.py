"""The tab by itself: what is tried and does not fit, its cures, what is pointed at, and what is copied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.nn.layers import Dense, Embedding, Flatten, SimpleRNN
from core.run.explanation import Focus
from playground.actions import Actions
from playground.topic_list import TopicEntry
from playground.topics.shapes import stack_board
from playground.topics.shapes.tab import ShapesTab

EMBEDDING = {"type": "Embedding", "input_dim": 41, "output_dim": 8, "input_length": 4}
FLATTEN, DENSE, RNN = {"type": "Flatten"}, {"type": "Dense", "units": 16}, {"type": "SimpleRNN", "units": 8}


@pytest.fixture
def tab(settings: Any) -> Any:
    owner = QWidget()
    made = ShapesTab(TopicEntry("shapes", "layers", "layers"), Actions(owner), 0, owner)
    made.complete()
    made.run.advance(3)
    yield made
    owner.deleteLater()


def items(tab: Any, panel: str) -> str:
    board = tab.plots()[panel]
    board.resize(900, 600)
    return " | ".join(item.text for item in board.items() if hasattr(item, "text"))


def test_layers_that_do_not_fit_are_shown_and_the_last_good_ones_stay(tab: Any) -> None:
    tab.set_parameter("layers", [EMBEDDING, FLATTEN, DENSE, RNN])
    assert tab.run.params.layers == (Embedding(41, 8, input_length=4), Flatten(), Dense(16))
    assert "does not fit on Dense" in items(tab, "stack")
    assert [row.label for row in tab.choices()] == ["Embedding", "Flatten", "Dense", "SimpleRNN ✗"]
    values = tab.row_values(tab.view())
    assert values["layer 3"] == ("N, 16", "528")
    assert values["layer 4"] == ("–", "–")
    tab.set_parameter("layers", [EMBEDDING, FLATTEN, DENSE])
    assert tab.tried is None
    assert "does not fit" not in items(tab, "stack")


def test_the_strip_says_why_a_layer_does_not_fit(tab: Any) -> None:
    tab.set_parameter("layers", [EMBEDDING, FLATTEN, DENSE, RNN])
    told = tab.explanation(tab.view())
    assert told.sentence == "refused"
    assert "SimpleRNN" in told.values["why"]
    assert "(None, 16)" in told.values["why"]
    tab.set_parameter("data", [[1, 2], [3]])
    assert "ragged" in tab.explanation(tab.view()).values["why"]
    tab.escape()
    assert tab.explanation(tab.view()).sentence != "refused"


def test_a_cure_is_one_change(tab: Any) -> None:
    tab.set_parameter("layers", [EMBEDDING, FLATTEN, DENSE, RNN])
    tab.board.clicked.emit("cure 1", 0, 0)
    assert tab.run.params.layers == (Embedding(41, 8, input_length=4), SimpleRNN(8), Flatten(), Dense(16))
    assert tab.tried is None
    assert "does not fit" not in items(tab, "stack")
    tab.run.undo()
    assert tab.run.params.layers == (Embedding(41, 8, input_length=4), Flatten(), Dense(16))


def test_what_cannot_be_read_is_not_tried(tab: Any) -> None:
    tab.set_parameter("layers", [{"type": "Dense", "units": 0}])
    assert tab.tried is None
    tab.set_parameter("data", [[1, 2], [3]])
    assert "The list is ragged" in items(tab, "nested")
    assert "does not fit" not in items(tab, "stack")
    assert tab.run.params.data == ((1,), (2,), (3,))


def test_a_cell_is_chosen_and_told(tab: Any) -> None:
    tab.run.seek(3)
    tab.board.clicked.emit("tensor 2", 0, 13)
    assert tab.focus == Focus("cell", (2, 13))
    told = tab.explanation(tab.view())
    assert told.sentence == "flatten.laid"
    assert "".join(str(term.value) for term in dict(told.rows)["cell"][0]) == "13 = 1·8 + 5"
    tab.board.hovered.emit("tensor 3", 0, 2)
    assert tab.explanation(tab.view()).sentence == "dense.all"
    tab.board.left.emit()
    assert tab.explanation(tab.view()).sentence == "flatten.laid"


def test_weights_are_typed_into_tables_that_come_and_go(tab: Any) -> None:
    assert list(tab.cells.tables) == ["layer_1.E", "layer_3.W", "layer_3.b"]
    tab.set_parameter("layers", [{"type": "Flatten", "input_shape": [224, 224, 3]}])
    assert list(tab.cells.tables) == []


@pytest.mark.parametrize(("dialect", "line"), [("today", "Input(shape=(4,)),"), ("notes", "input_length=4),")])
def test_the_program_is_copied(tab: Any, dialect: str, line: str) -> None:
    said: list[str] = []
    tab.status.connect(said.append)
    tab.program.clicked.emit(f"copy {dialect}", 0, 0)
    text = QApplication.clipboard().text()
    assert line in text
    assert text.startswith("from keras")
    assert said[-1] == "Copied."


def test_a_level_is_lit_by_a_click_in_the_shape_and_told_of(tab: Any) -> None:
    tab.set_parameter("data", [[1, 2], [3, 4], [5, 6]])
    tab.nested.clicked.emit("level 1", 0, 0)
    assert tab.focus == Focus("level", (1,))
    told = tab.explanation(tab.view())
    assert (told.sentence, told.values["size"], told.values["shape"]) == ("level", "2", "(3, 2)")
    assert tab.focus_name(tab.view()) == "Nested list"
    tab.nested.clicked.emit("typed", 0, 0)
    assert tab.focus == Focus("level", (1,))
    tab.set_parameter("data", [1, 2])
    assert tab.explanation(tab.view()).sentence != "level"


def test_arrows_walk_over_the_picture_and_the_point(tab: Any) -> None:
    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    tab.pointed = Focus("pixel", (7, 7, 2))  # where the pointer rests
    for key, held, at in (
        (Qt.Key.Key_Down, plain, (0, 0, 0)),
        (Qt.Key.Key_Down, plain, (1, 0, 0)),
        (Qt.Key.Key_Right, plain, (1, 1, 0)),
        (Qt.Key.Key_Right, shift, (1, 1, 1)),
        (Qt.Key.Key_Left, plain, (1, 0, 1)),
        (Qt.Key.Key_Left, plain, (1, 0, 1)),
    ):
        QTest.keyClick(tab.apart, key, held)
        assert tab.focus == Focus("pixel", at)
        assert tab.pointed is None
    QTest.keyClick(tab.point, Qt.Key.Key_Right)
    QTest.keyClick(tab.point, Qt.Key.Key_Right)
    assert tab.focus == Focus("entry", (1,))
    QTest.keyClick(tab.point, Qt.Key.Key_A)
    assert tab.focus == Focus("entry", (1,))


@pytest.mark.parametrize(
    ("board", "cell", "focus"),
    [
        ("apart", ("channel 2", 3, 4), Focus("pixel", (3, 4, 2))), ("apart", ("picture", 3, 4), Focus("pixel", (3, 4))),
        ("point", ("entry", 0, 1), Focus("entry", (1,))), ("nested", ("level 0", 0, 0), Focus("level", (0,))),
    ],
)  # fmt: skip
def test_what_is_pointed_at_is_lit_until_the_pointer_leaves(tab: Any, board: str, cell: Any, focus: Focus) -> None:
    getattr(tab, board).hovered.emit(*cell)
    assert tab.view().pointed == focus
    getattr(tab, board).left.emit()
    assert tab.view().pointed is None
    getattr(tab, board).clicked.emit(*cell)
    assert tab.view().focus == focus


def test_compared_stacks_are_measured_and_stand_side_by_side(tab: Any) -> None:
    tab.run.seek(2)
    tab.run.pin()
    tab.set_parameter("layers", [{**EMBEDDING, "output_dim": 5}, FLATTEN, DENSE])
    tab.run.advance(2)
    view = tab.view()
    first, second = (view.of(run) for run in view.compared)
    rows = [measure.row(first, (second,)) for measure in tab.measures(view)]
    assert [(row.values, row.apart) for row in rows] == [
        (("0", "0"), ("0",)), (("856", "541"), ("−315",)), (("32", "20"), ("−12",)),
    ]  # fmt: skip
    assert not tab.measures(replace(view, covered=True))  # what a scene asks for
    told = items(tab, "stack")
    for size in ("32", "20", "528", "336"):
        assert size in told
    names = [item.name for item in tab.board.items() if hasattr(item, "grid")]
    assert names.count("") == 4  # of A nothing can be pointed at
    assert [name for name in names if name] == [f"tensor {k}" for k in range(4)]
    ends = [item.rect.left() for item in tab.board.items() if getattr(item, "name", "").startswith("end")]
    assert ends
    assert min(ends) > 450
    tab.comparing.way = "only"
    tab.catch_up()
    assert "528" not in items(tab, "stack")


def test_arrows_leave_the_cell_on_which_the_pointer_rests(tab: Any) -> None:
    tab.board.hovered.emit("tensor 3", 0, 2)
    tab.board.clicked.emit("tensor 3", 0, 2)
    QTest.keyClick(tab.board, Qt.Key.Key_Right)
    assert stack_board.Picture(tab.view(), tab.texts).cell == (3, (3,))


def test_a_layer_pointed_at_in_the_program_is_lit_in_the_stack(tab: Any) -> None:
    tab.program.hovered.emit("joint 2", 0, 0)
    assert stack_board.Picture(tab.view(), tab.texts).chosen == 2
    tab.program.clicked.emit("joint 3", 0, 0)
    tab.program.left.emit()
    assert stack_board.Picture(tab.view(), tab.texts).chosen == 3
