"""What the hand does to the digit: buttons, mouse and arrows push it, the pencil draws, keys walk from cell to cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.cnn.algorithm import shown
from core.data.digits import digits
from core.run.explanation import Focus
from playground.topics.cnn.by_hand import cells_between
from playground.topics.cnn.digit_pad import HELD

Key = Qt.Key


def press(tab: Any, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(tab.mosaic, key, held)


def click(tab: Any, name: str, row: int = 0, column: int = 0) -> None:
    tab.mosaic.pressed.emit(name, row, column)
    tab.mosaic.released.emit()
    tab.mosaic.clicked.emit(name, row, column)


@pytest.fixture
def held(tab: Any, settle: Any) -> Any:
    """The tab after two steps, with the digit in hand."""
    tab.run.advance(2)
    settle()
    tab.mosaic.setFocus()
    click(tab, "0", 4, 4)
    assert tab.focus == HELD
    return tab


@pytest.mark.parametrize(
    ("name", "push"), [("push up", (-1, 0)), ("push down", (1, 0)), ("push left", (0, -1)), ("push right", (0, 1))]
)
def test_the_buttons_push_and_keep_the_clock_where_it_is(tab: Any, settle: Any, name: str, push: Any) -> None:
    tab.run.advance(2)
    settle()
    assert any(getattr(item, "name", "") == name for item in tab.mosaic.items())
    click(tab, name)
    assert tab.run.params.push == push
    assert tab.run.position == 2


def test_arrows_push_the_digit_in_hand_home_undoes_it_and_escape_gives_them_back(held: Any) -> None:
    press(held, Key.Key_Left, Key.Key_Left, Key.Key_Down)
    assert held.run.params.push == (1, -2)
    press(held, *[Key.Key_Left] * 9)
    assert held.run.params.push == (1, -7)
    press(held, Key.Key_Home)
    assert held.run.params.push == (0, 0)
    assert held.run.position == 2
    assert held.escape()
    assert held.focus is None
    press(held, Key.Key_Left)
    assert held.run.params.push == (0, 0)


def test_the_digit_in_hand_is_no_pinned_cell(held: Any) -> None:
    assert not held.pinned()
    assert held.explanation(held.view()).sentence == "step"


def test_page_keys_turn_the_digits_held_out_round_and_round(held: Any) -> None:
    test = digits().test.tolist()
    assert held.run.params.shown == test[0]
    press(held, Key.Key_PageDown)
    assert held.run.params.shown == test[1]
    press(held, Key.Key_PageUp, Key.Key_PageUp)
    assert held.run.params.shown == test[-1]
    held.set_parameter("shown", 0)
    assert 0 not in test
    press(held, Key.Key_PageDown)
    assert held.run.params.shown == test[0]


def test_tab_leads_from_layer_to_layer_and_arrows_from_cell_to_cell(held: Any) -> None:
    press(held, Key.Key_Tab)
    assert held.focus == Focus("cell", (1, 0, 0, 0))
    press(held, Key.Key_Right, Key.Key_Down, Key.Key_Up, Key.Key_Up)
    assert held.focus == Focus("cell", (1, 0, 0, 1))
    press(held, Key.Key_Right, held=Qt.KeyboardModifier.ShiftModifier)
    assert held.focus == Focus("cell", (1, 1, 0, 1))
    press(held, *[Key.Key_Tab] * 5)
    assert held.focus == Focus("cell", (6, 0))
    press(held, Key.Key_Down)
    assert held.focus == Focus("cell", (6, 1))
    press(held, *[Key.Key_Backtab] * 6)
    assert held.focus == HELD


def test_the_pencil_draws_on_what_is_pushed_and_rubs_out_full_ink(held: Any) -> None:
    press(held, Key.Key_Right)
    before = shown(held.run.params)
    held.hand.take_pencil(True)
    held.mosaic.pressed.emit("0", 0, 0)
    held.mosaic.dragged.emit("0", 0, 3)
    held.mosaic.released.emit()
    now = held.run.params.picture
    assert held.run.params.push == (0, 0)
    np.testing.assert_array_equal(now[0, :4], 1.0)
    np.testing.assert_array_equal(now[1:], before[1:])
    click(held, "0", 0, 0)
    assert held.run.params.picture[0, 0] == 0.0
    assert held.focus == Focus("pixel", (0, 0))


def test_the_pencil_draws_by_keys(held: Any) -> None:
    held.hand.take_pencil(True)
    press(held, Key.Key_Delete)
    assert not held.run.params.picture.any()
    press(held, Key.Key_Right, Key.Key_Down, Key.Key_9, Key.Key_Right, Key.Key_3)
    assert held.run.params.picture[1, 1:3].tolist() == [1.0, 1 / 3]
    assert held.run.params.picture.sum() == pytest.approx(4 / 3)
    held.hand.take_pencil(False)
    assert held.focus is None


def test_a_fast_stroke_leaves_no_gaps() -> None:
    rows, columns = cells_between((0, 0), (2, 4))
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 2), (2, 3), (2, 4)]
