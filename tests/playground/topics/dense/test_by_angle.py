"""Lines are turned by the angle of w and shifted by b, by keys; a chosen point goes by arrows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.dense.settings import data_of
from core.run.explanation import Focus
from playground.topics.dense.plane import line_of
from widgets.plots.marks.mark import Hit

Key, NONE, SHIFT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def in_focus() -> Any:
    return QApplication.focusWidget()


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(in_focus(), key, held)


def line(tab: Any, net: Any = "with_bias") -> Any:
    return line_of(tab.run.frame.state, net, tab.run.params)


def angle(tab: Any, net: str) -> float:
    return math.degrees(math.atan2(*line(tab, net).w[::-1]))


def test_tab_leads_through_all_handles_of_both_lines(tab: Any) -> None:
    tab.run.advance(20)
    tab.plane.setFocus()
    held = []
    for _ in tab.plane.handles():
        press(Key.Key_Tab)
        held.append((tab.plane.held.kind, in_focus().accessibleName().split(":")[0]))
    assert ("shift", "With bias, shift") in held
    assert ("turn with_bias", "With bias, turn") in held
    assert ("turn without_bias", "Without, turn") in held


@pytest.mark.parametrize("net", ["with_bias", "without_bias"])
def test_a_run_of_arrows_turns_a_line_about_its_nail_in_one_undo(tab: Any, net: str) -> None:
    tab.run.advance(20)
    before, recipe, was = angle(tab, net), tab.run.recipe, line(tab, net)
    handle = next(h.focus for h in tab.plane.handles() if h.focus.kind == f"turn {net}")
    tab.plane.take(handle)
    for key, held in ((Key.Key_Right, NONE), (Key.Key_Right, NONE), (Key.Key_Down, SHIFT)):
        press(key, held)
    tab.plane.let_go()
    assert (angle(tab, net) - before + 180) % 360 - 180 == pytest.approx(-28.8, abs=0.01)
    assert math.hypot(*line(tab, net).w) == pytest.approx(math.hypot(*was.w))
    assert line(tab, net).b == was.b
    tab.run.undo()
    assert tab.run.recipe == recipe


def test_b_is_typed_at_the_line_and_w_stays(tab: Any) -> None:
    tab.run.advance(5)
    w = line(tab).w
    tab.plane.take(Focus("shift"))
    press(Key.Key_Return)
    field = in_focus()
    field.setText("-0.25")
    press(Key.Key_Return)
    assert (line(tab).w, line(tab).b) == (w, -0.25)
    assert len(tab.run.recipe.edits) == 1


def test_a_chosen_point_goes_by_arrows_until_escape(tab: Any) -> None:
    tab.plane.clicked.emit(0.0, 0.0, Hit(Focus("point", (7,)), 1.0))
    x = data_of(tab.run.params).x.copy()
    press(Key.Key_Up)
    press(Key.Key_Up)
    moved = data_of(tab.run.params).x
    assert moved[7, 0] == pytest.approx(x[7, 0])
    assert moved[7, 1] > x[7, 1]
    assert np.array_equal(np.delete(moved, 7, axis=0), np.delete(x, 7, axis=0))
    assert tab.escape()
    assert tab.plane.held is None
    assert tab.focus == Focus("point", (7,))
    tab.run.undo()
    assert np.array_equal(data_of(tab.run.params).x, x)
