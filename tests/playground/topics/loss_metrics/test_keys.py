"""The keys of the big picture: the threshold in hand, and from point to point; else they are the window's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.loss_metrics.unit import Answers
from core.run.explanation import Focus
from playground.topics.loss_metrics.by_hand import FIRST
from playground.topics.loss_metrics.keys import next_point
from playground.topics.loss_metrics.scores import THRESHOLD
from playground.topics.loss_metrics.shown import answers_of
from playground.topics.loss_metrics.tab import LossMetricsTab
from playground.window.window import Window
from widgets.plots.plot import Plot

Key, SHIFT, NONE = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def in_hand(plot: Plot) -> QWidget:
    knob = plot.findChild(QWidget, "plot.knob")
    assert isinstance(knob, QWidget)
    return knob


@pytest.mark.parametrize("id", ["scores", "roc", "pr"])
def test_the_threshold_in_hand_follows_the_arrows(tab: LossMetricsTab, id: str) -> None:
    plot: Plot = getattr(tab, id)
    panel = "scores" if id == "scores" else "roc"  # both curves stand on one page
    tab.shown.show(panel, tab.view())
    plot.take(THRESHOLD)
    assert plot.lit == THRESHOLD
    assert in_hand(plot).accessibleName() == "Threshold: 0.5"
    for key, modifier, threshold in (
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, 0.51), (Key.Key_Left, SHIFT, 0.41), (Key.Key_End, NONE, 1.0),
        (Key.Key_Right, SHIFT, 1.0), (Key.Key_Home, NONE, 0.0),
    ):  # fmt: skip
        QTest.keyClick(in_hand(plot), key, modifier)
        tab.shown.show(panel, tab.view())  # it is out of view
        assert tab.run.params.threshold == threshold
    assert tab.escape()
    assert plot.lit is None
    QTest.keyClick(plot, Key.Key_Right)
    assert tab.run.params.threshold == 0.0
    assert tab.run.recipe.edits == ()


def test_at_the_end_of_a_run_of_arrows_the_bytes_are_compared(tab: LossMetricsTab, qtbot: QtBot) -> None:
    tab.scores.take(THRESHOLD)
    QTest.keyClick(in_hand(tab.scores), Key.Key_Right)
    assert tab.same_bytes.isHidden()
    tab.escape()
    qtbot.waitUntil(lambda: not tab.same_bytes.isHidden())


def test_a_run_of_arrows_on_the_weight_is_one_edit_and_one_undo(tab: LossMetricsTab) -> None:
    before = tab.run.recipe
    tab.shown.show("weight", tab.view())
    tab.weight.take(Focus("weight", (0,)))
    w = tab.run.frame.state.weights
    for _ in range(3):
        QTest.keyClick(in_hand(tab.weight), Key.Key_Right)
    tab.escape()
    moved = tab.run.frame.state.weights
    assert moved[0] > w[0]
    assert (moved[1:] == w[1:]).all()
    assert len(tab.run.recipe.edits) == 1
    tab.run.undo()
    assert tab.run.recipe == before


def test_a_chosen_point_leads_to_its_neighbours_by_z_and_to_the_other_class(tab: LossMetricsTab) -> None:
    tab.pick(Focus("point", (150,)))
    z = answers_of(tab.view()).z
    QTest.keyClick(tab.scores, Key.Key_Right)
    assert tab.focus is not None
    at = tab.focus.at[0]
    assert at >= 100
    assert z[at] >= z[150]
    QTest.keyClick(tab.scores, Key.Key_Left)
    assert tab.focus == Focus("point", (150,))
    QTest.keyClick(tab.scores, Key.Key_Down)
    assert tab.focus.at[0] == int(np.argmin(np.abs(z[:100] - z[150])))


def test_a_bar_in_hand_goes_up_and_down(tab: LossMetricsTab) -> None:
    tab.shown.show("by_hand", tab.view())
    tab.hand.take(Focus("bar", (3,)))
    assert tab.hand.lit == Focus("bar", (3,))
    for key, modifier, height in ((Key.Key_Up, NONE, 0.46), (Key.Key_Down, SHIFT, 0.36), (Key.Key_Up, SHIFT, 0.46)):
        QTest.keyClick(in_hand(tab.hand), key, modifier)
        assert tab.view().options["bars"] == (*FIRST[:3], height, FIRST[4])
    assert tab.escape()
    QTest.keyClick(tab.hand, Key.Key_Up)
    assert tab.view().options["bars"][3] == 0.46


def in_focus() -> Any:
    return QApplication.focusWidget()


def test_t_takes_the_threshold_and_a_digit_a_bar(window: Window, settle: Any) -> None:
    tab: Any = window.visit("loss-metrics")
    settle()
    QTest.keyClick(in_focus(), Key.Key_T)
    assert tab.scores.held == THRESHOLD
    tab.bring_forward("by_hand")
    settle()
    tab.hand.setFocus()
    for digit, bar in ((Key.Key_4, 3), (Key.Key_1, 0)):
        QTest.keyClick(in_focus(), digit)
        assert tab.hand.held == Focus("bar", (bar,))
    QTest.keyClick(in_focus(), Key.Key_6)
    assert tab.hand.held == Focus("bar", (0,))


@pytest.mark.parametrize(("key", "point"), [
    (Key.Key_Left, 1), (Key.Key_Right, 0), (Key.Key_Up, 2), (Key.Key_Down, 0),
])  # fmt: skip
def test_the_ends_are_the_ends(key: Qt.Key, point: int) -> None:
    seen = Answers(np.array([0.5, -1.0, 0.7, 3.0]), np.array([0, 0, 1, 1]), 0.5)
    assert next_point(seen, 0, key) == point
    assert next_point(seen, 1, Key.Key_Left) == 1
    assert next_point(seen, 3, Key.Key_Right) == 3
    assert next_point(Answers(seen.z, np.zeros(4, dtype=np.int64), 0.5), 0, Key.Key_Up) == 0
