"""The stack in the learner's hands: axes pulled, layers moved, added and taken out, keys, and the form beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from core.nn.layers import Dense, Embedding, Flatten, SimpleRNN
from core.run.explanation import Focus
from playground.actions import Actions
from playground.topic_list import TopicEntry
from playground.topics.shapes.tab import ShapesTab
from widgets.grids.board import GridBoard, Spot

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
WORDS = (Embedding(41, 8, input_length=4), Flatten(), Dense(16))


@pytest.fixture
def tab(settings: Any, qtbot: Any) -> Iterator[ShapesTab]:
    owner = QWidget()
    made = ShapesTab(TopicEntry("shapes", "layers", "layers"), Actions(owner), 0, owner)
    made.resize(1440, 900)
    owner.resize(1440, 900)
    made.complete()
    owner.show()
    qtbot.waitExposed(owner)
    made.run.advance(2)
    yield made
    owner.deleteLater()


def board_of(tab: ShapesTab) -> GridBoard:
    board = tab.plots()["stack"]
    assert isinstance(board, GridBoard)
    return board


def middle(tab: ShapesTab, name: str) -> QPoint:
    return next(item.rect.center().toPoint() for item in board_of(tab).items() if is_spot(item, name))


def is_spot(item: Any, name: str) -> TypeGuard[Spot]:
    return isinstance(item, Spot) and item.name == name


def drag(tab: ShapesTab, name: str, *ways: QPoint) -> None:
    board, at = board_of(tab), middle(tab, name)
    QTest.mouseMove(board, at)
    QTest.mousePress(board, LEFT, NONE, at)
    for way in ways:
        QTest.mouseMove(board, at + way)
    QTest.mouseRelease(board, LEFT, NONE, at + (ways[-1] if ways else QPoint()))


def press(tab: ShapesTab, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(board_of(tab), key, held)


def test_the_end_of_the_input_is_pulled_and_all_shapes_follow_as_one_change(tab: ShapesTab) -> None:
    wide = round(board_of(tab).placed("tensor 0").cell)  # type: ignore[union-attr]
    seen: list[int] = []
    tab.run.changed.connect(lambda: seen.append(tab.run.params.layers[0].input_length))
    drag(tab, "end 0 1", QPoint(wide, 0), QPoint(2 * wide, 3), QPoint(3 * wide, 0))
    assert seen[:3] == [5, 6, 7]
    assert tab.run.params.layers[0] == Embedding(41, 8, input_length=7)
    assert tab.run.position == 2
    assert tab.row_values(tab.view())["layer 2"] == ("N, 56", "0")
    tab.run.undo()
    assert tab.run.params.layers == WORDS
    assert not tab.run.can_undo


def test_units_are_pulled_and_the_end_chosen_takes_arrows(tab: ShapesTab) -> None:
    drag(tab, "end 1 2", QPoint(-round(board_of(tab).placed("tensor 1").cell), 0))  # type: ignore[union-attr]
    assert tab.run.params.layers[0] == Embedding(41, 7, input_length=4)
    drag(tab, "end 3 1")
    assert tab.focus == Focus("axis", (3, 1))
    press(tab, Qt.Key.Key_Right)
    assert tab.run.params.layers[2] == Dense(17)
    press(tab, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    press(tab, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert tab.run.params.layers[2] == Dense(1)
    press(tab, Qt.Key.Key_Left)
    assert tab.run.params.layers[2] == Dense(1)
    assert tab.run.position == 2


def test_a_layer_is_dragged_to_another_place(tab: ShapesTab) -> None:
    down = middle(tab, "joint 3") - middle(tab, "joint 2")
    board, at = board_of(tab), middle(tab, "joint 2")
    QTest.mousePress(board, LEFT, NONE, at)
    QTest.mouseMove(board, at + down + QPoint(0, 9))
    assert tab.options()["carried"] == (2, 3)
    QTest.mouseRelease(board, LEFT, NONE, at + down + QPoint(0, 9))
    assert tab.options()["carried"] is None
    assert tab.run.params.layers == (WORDS[0], WORDS[2], WORDS[1])
    assert tab.focus == Focus("layer", (3,))
    tab.run.undo()
    assert tab.run.params.layers == WORDS
    drag(tab, "joint 2", QPoint(0, 3))
    assert tab.run.params.layers == WORDS


def test_keys_move_take_out_and_walk_over_layers(tab: ShapesTab) -> None:
    drag(tab, "joint 2")
    assert tab.focus == Focus("layer", (2,))
    press(tab, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert tab.run.params.layers == (WORDS[0], WORDS[2], WORDS[1])
    press(tab, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)  # there is nothing below
    assert tab.focus == Focus("layer", (3,))
    press(tab, Qt.Key.Key_Delete)
    assert tab.run.params.layers == (WORDS[0], WORDS[2])
    press(tab, Qt.Key.Key_Up)
    assert tab.focus == Focus("layer", (1,))
    press(tab, Qt.Key.Key_Delete)
    assert tab.run.params.layers == (Dense(16, input_shape=(4, 8)),)
    press(tab, Qt.Key.Key_Delete)  # one stays
    assert len(tab.run.params.layers) == 1


def test_keys_alone_choose_a_layer_and_give_it_more_units(tab: ShapesTab) -> None:
    board_of(tab).setFocus()
    press(tab, Qt.Key.Key_Down)
    assert tab.focus == Focus("layer", (2,))  # that of the step
    press(tab, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)  # Flatten has none of its own
    assert tab.run.params.layers == WORDS
    press(tab, Qt.Key.Key_Down)
    press(tab, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    press(tab, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    press(tab, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert tab.run.params.layers[2] == Dense(17)


def test_a_layer_that_does_not_fit_is_shown_with_its_settings_and_let_go(tab: ShapesTab) -> None:
    tab.run.advance(1)
    tab.hands.add_layer("SimpleRNN")
    assert tab.tried is not None
    assert tab.tried.layers == (*WORDS, SimpleRNN(8))
    assert tab.run.params.layers == WORDS
    assert tab.run.position == 3
    assert not tab.run.can_undo
    table: Any = tab.form.field("layers")
    assert table.currentIndex().row() == 3
    assert table.rows()[3] == ["SimpleRNN", "units=8"]
    assert "SimpleRNN" in tab.form.rows()[0].widget.accessibleDescription()
    assert tab.escape()  # lets go of the layer chosen, then of what was tried
    assert tab.escape()
    assert tab.tried is None
    assert len(table.rows()) == 3
    tab.hands.add_layer("SimpleRNN")
    tab.board.clicked.emit("cure 0", 0, 0)
    assert tab.tried is None
    assert len(tab.run.params.layers) == 3
    tab.run.undo()
    assert tab.run.params.layers == WORDS


def test_a_drag_that_ends_in_a_misfit_leaves_the_next_one_a_change_of_its_own(tab: ShapesTab) -> None:
    picture = [{"type": "Conv2D", "filters": 2, "kernel_size": 3, "input_shape": [6, 6, 1]}]
    tab.set_parameter("layers", picture)
    high = board_of(tab).placed("tensor 0").size[1]  # type: ignore[union-attr]
    drag(tab, "end 0 1", QPoint(0, round(-high)), QPoint(0, round(-4 * high)))
    assert tab.tried is not None
    assert tab.run.params.layers[0].input_shape == (5, 6, 1)
    tab.escape()
    tab.escape()
    drag(tab, "end 0 1", QPoint(0, round(high * 1.3)))
    assert tab.run.params.layers[0].input_shape == (6, 6, 1)
    tab.run.undo()
    assert tab.run.params.layers[0].input_shape == (5, 6, 1)


def test_layers_are_offered_and_come_below_the_one_in_hand(tab: ShapesTab) -> None:
    drag(tab, "joint 1")
    press(tab, Qt.Key.Key_Insert)
    (menu,) = board_of(tab).findChildren(QMenu)
    next(action for action in menu.actions() if action.text() == "Dense").trigger()
    menu.close()
    assert tab.run.params.layers == (WORDS[0], Dense(8), *WORDS[1:])
    assert tab.focus == Focus("layer", (2,))
    tab.choose(None)
    tab.hands.add_layer("Dense")
    assert tab.run.params.layers[-1] == Dense(8)


def test_arrows_walk_over_cells_and_pages_along_the_link(tab: ShapesTab) -> None:
    tab.board.clicked.emit("tensor 1", 1, 5)
    press(tab, Qt.Key.Key_Right)
    press(tab, Qt.Key.Key_Down)
    assert tab.focus == Focus("cell", (1, 2, 6))
    press(tab, Qt.Key.Key_PageDown)
    assert tab.focus == Focus("cell", (2, 22))
    press(tab, Qt.Key.Key_PageUp)
    press(tab, Qt.Key.Key_PageUp)
    assert tab.focus == Focus("cell", (0, 2))
    tab.escape()
    assert tab.focus is None
    event_taken: list[Any] = []
    tab.keyPressEvent = event_taken.append
    press(tab, Qt.Key.Key_Right)
    assert event_taken  # it is the transport's again


def test_the_row_chosen_in_the_form_is_the_layer_in_hand(tab: ShapesTab) -> None:
    table: Any = tab.form.field("layers")
    drag(tab, "joint 2")
    assert table.currentIndex().row() == 1
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, 0))
    assert tab.focus == Focus("layer", (3,))


def test_the_status_bar_says_where_things_come_from_and_go_to(tab: ShapesTab) -> None:
    tab.run.advance(1)
    said: list[str] = []
    tab.status.connect(said.append)
    tab.board.hovered.emit("tensor 2", 0, 13)
    assert said[-1] == "Flatten, cell [n, 13] · comes from the data's cells: 1 · reaches cells of Dense: 16"
    tab.board.hovered.emit("tensor 0", 0, 1)
    assert said[-1] == "Data, cell [n, 1] · reaches cells of Dense: 16"
    tab.board.hovered.emit("axis 0 1", 0, 0)
    assert said[-1].startswith("time, 4: goes on until Dense, layer 3, where all of it goes into each number · drag")
    tab.board.hovered.emit("axis 3 1", 0, 0)
    assert said[-1].startswith("features, 16: goes on to the end")
    tab.board.hovered.emit("axis 1 0", 0, 0)
    assert said[-1] == "batch, None: no layer mixes the examples"
    tab.board.hovered.emit("joint 2", 0, 0)
    assert "Delete" in said[-1]
    tab.board.left.emit()
    assert said[-1] == ""


@pytest.mark.parametrize("chosen", ["layer 3", "axis 3 1", "cell 3 15", "cell 1 3 7"])
def test_keys_do_nothing_to_what_is_not_there_any_more(tab: ShapesTab, chosen: str) -> None:
    tab.choose(Focus.of(chosen))
    tab.set_parameter("layers", [{"type": "Dense", "units": 2, "input_shape": [3]}])
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Delete, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        for held in (NONE, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier):
            press(tab, key, held)
    assert tab.run.params.layers == (Dense(2, input_shape=(3,)),)
