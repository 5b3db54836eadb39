"""Answers by hand: strokes join, keys move knots and points, Shift goes ten times as far, Backspace clears."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from playground.scenes.question import Question
from playground.tab.answers_in_hand import DrawnCurve, NumberOnAxis, PlacedPoint, PlacedPoints
from playground.words.texts import Texts

_Key = Qt.Key
LINEAR = Question("curve", Texts({}), axes=(0, 80, 0, 100), given=(0, 50))
LOG = Question("curve", Texts({}), axes=(0, 80, 0.001, 1000), log=True)
POINT = Question("point", Texts({}))


def press(hand: Any, key: Qt.Key, shift: bool = False) -> bool:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    meant: bool = hand.press(QKeyEvent(QEvent.Type.KeyPress, key, held))
    return meant


def test_a_quick_stroke_leaves_out_no_step() -> None:
    hand = DrawnCurve(LINEAR, (0, 80, 0, 100))
    hand.take(0, 50, True)
    hand.take(4, 10, False)
    assert hand.answer == [[0, 50], [1, 40], [2, 30], [3, 20], [4, 10]]
    hand.take(10, 1, True)  # a new stroke joins nothing
    assert [step for step, _ in hand.answer] == [0, 1, 2, 3, 4, 10]


def test_what_is_given_is_part_of_the_answer_wherever_the_stroke_begins() -> None:
    hand = DrawnCurve(Question("curve", Texts({}), axes=(0, 80, 0, 100), given=(1, 50)), (0, 80, 0, 100))
    assert hand.answer == []
    hand.take(3, 20, True)
    hand.take(4, 10, False)
    assert hand.answer == [[1, 50], [3, 20], [4, 10]]
    hand.take(0, 99, True)
    hand.take(1, 98, False)
    assert hand.answer == [[1, 50], [3, 20], [4, 10]]


def test_a_stroke_beyond_the_axis_stays_on_it() -> None:
    hand = DrawnCurve(LINEAR, (0, 80, 0, 100))
    hand.take(-3, 50, True)
    hand.take(99, 50, False)
    assert (hand.answer[0][0], hand.answer[-1][0]) == (0, 80)


def test_the_first_key_draws_a_level_curve_from_what_is_given() -> None:
    hand = DrawnCurve(LINEAR, (0, 80, 0, 100))
    assert press(hand, _Key.Key_Right)
    assert hand.answer == [[step, 50] for step in range(81)]
    assert hand.held == (1, 50)


def test_a_knot_takes_along_what_lies_beside_it_and_no_more() -> None:
    hand = DrawnCurve(LINEAR, (0, 80, 0, 100))
    for _ in range(3):
        press(hand, _Key.Key_Right)
    press(hand, _Key.Key_Up)
    step = hand.knots[2]
    left, right = hand.knots[1], hand.knots[3]
    assert hand.held == (step, 51)
    assert hand.values[left] == hand.values[right] == 50
    assert 50 < hand.values[step - 1] < 51
    press(hand, _Key.Key_Down, shift=True)
    assert hand.held == (step, 41)


def test_on_a_log_axis_a_key_multiplies() -> None:
    hand = DrawnCurve(LOG, (0, 80, 0.001, 1000))
    press(hand, _Key.Key_Right)
    before = hand.held or (0, 0)
    press(hand, _Key.Key_Up)
    once = (hand.held or (0, 0))[1] / before[1]
    press(hand, _Key.Key_Up, shift=True)
    ten = (hand.held or (0, 0))[1] / before[1] / once
    assert once > 1
    assert ten == pytest.approx(once**10, rel=0.01)


def test_no_key_leaves_the_axis() -> None:
    hand = DrawnCurve(LINEAR, (0, 80, 0, 100))
    for _ in range(20):
        press(hand, _Key.Key_Right)
        press(hand, _Key.Key_Up, shift=True)
    assert hand.held == (80, 100)


def test_backspace_clears_and_other_keys_mean_nothing() -> None:
    for hand in (DrawnCurve(LINEAR, (0, 80, 0, 100)), PlacedPoint(POINT, (0, 10, 0, 10))):
        press(hand, _Key.Key_Right)
        assert hand.answer
        assert not press(hand, _Key.Key_Space)
        assert press(hand, _Key.Key_Backspace)
        assert not hand.answer


def test_arrows_move_a_point_from_the_middle() -> None:
    hand = PlacedPoint(POINT, (0, 10, -10, 10))
    press(hand, _Key.Key_Right)
    press(hand, _Key.Key_Down, shift=True)
    assert hand.answer == pytest.approx([5.1, -2.0])


THINGS = {"sgd": {"en": "SGD", "zh": "SGD"}, "adam": {"en": "Adam", "zh": "Adam"}}
POINTS = Question.read_from({"kind": "point", "question": {"en": "?", "zh": "?"}, "within": 0.5, "options": THINGS})


def test_each_press_places_the_next_point_and_takes_one_that_is_near() -> None:
    hand = PlacedPoints(POINTS, (0, 10, 0, 10))
    assert hand.answer is None
    hand.take(2, 2, True)
    assert hand.answer == [[2, 2], None]
    hand.take(8, 8, True)
    hand.take(7, 8, False)  # a stroke goes on with the one it began with
    assert hand.answer == [[2, 2], [7, 8]]
    hand.take(2.2, 2.2, True)
    hand.take(3, 3, False)
    assert hand.answer == [[3, 3], [7, 8]]
    hand.take(5, 9, True)  # all are placed: the nearest comes
    assert hand.answer == [[3, 3], [5, 9]]


def test_arrows_move_the_point_taken_last_and_backspace_clears_all() -> None:
    hand = PlacedPoints(POINTS, (0, 10, 0, 10))
    hand.take(2, 2, True)
    hand.take(8, 8, True)
    press(hand, _Key.Key_Right)
    assert hand.answer == [[2, 2], pytest.approx([8.1, 8])]
    assert press(hand, _Key.Key_Backspace)
    assert hand.answer is None


def test_a_number_stays_within_what_is_asked() -> None:
    tree = {"kind": "number", "question": {"en": "?", "zh": "?"}, "range": [1, 50], "axes": [0, 60, 0, 1], "axis": "x"}
    hand = NumberOnAxis(Question.read_from(tree), (0, 60, 0, 1))
    hand.take(12.4, 0.9, True)
    assert hand.answer == 12  # whole, as nothing says how near it has to be
    press(hand, _Key.Key_Right)
    assert hand.answer == 13
    hand.take(59, 0, True)
    assert hand.answer == 50
    assert not press(hand, _Key.Key_Up)
    assert press(hand, _Key.Key_Backspace)
    assert hand.answer is None
