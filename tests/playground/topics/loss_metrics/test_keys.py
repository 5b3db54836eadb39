"""The keys of the big picture: the threshold in hand, and from point to point; else they are the window's."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.loss_metrics.unit import Answers
from core.run.explanation import Focus
from playground.topics.loss_metrics.by_hand import FIRST
from playground.topics.loss_metrics.keys import next_point
from playground.topics.loss_metrics.scores import THRESHOLD
from playground.topics.loss_metrics.shown import answers_of
from playground.topics.loss_metrics.tab import LossMetricsTab

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def test_the_threshold_in_hand_follows_the_arrows(tab: LossMetricsTab) -> None:
    tab.keys.take()
    assert tab.scores.lit == THRESHOLD
    for key, modifier, threshold in (
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, 0.51), (Key.Key_Left, SHIFT, 0.41), (Key.Key_End, SHIFT, 1.0),
        (Key.Key_Right, SHIFT, 1.0), (Key.Key_Home, SHIFT, 0.0),
    ):  # fmt: skip
        QTest.keyClick(tab.scores, key, modifier)
        assert tab.run.params.threshold == threshold
    assert tab.escape()
    assert tab.scores.lit is None
    QTest.keyClick(tab.scores, Key.Key_Right)
    assert tab.run.params.threshold == 0.0
    assert tab.run.recipe.edits == ()


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


def test_a_digit_chooses_a_bar_and_arrows_move_it(tab: LossMetricsTab) -> None:
    QTest.keyClick(tab.hand, Key.Key_Up)
    assert tab.view().options["bars"] == FIRST
    QTest.keyClick(tab.hand, Key.Key_4)
    assert tab.hand.lit == Focus("bar", (3,))
    for key, modifier, height in (
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, 0.46), (Key.Key_Down, SHIFT, 0.36),
        (Key.Key_6, Qt.KeyboardModifier.NoModifier, 0.36), (Key.Key_Up, SHIFT, 0.46),
    ):  # fmt: skip
        QTest.keyClick(tab.hand, key, modifier)
        assert tab.view().options["bars"] == (*FIRST[:3], height, FIRST[4])
    assert tab.escape()
    QTest.keyClick(tab.hand, Key.Key_Up)
    assert tab.view().options["bars"][3] == 0.46


@pytest.mark.parametrize(("key", "point"), [
    (Key.Key_Left, 1), (Key.Key_Right, 0), (Key.Key_Up, 2), (Key.Key_Down, 0),
])  # fmt: skip
def test_the_ends_are_the_ends(key: Qt.Key, point: int) -> None:
    seen = Answers(np.array([0.5, -1.0, 0.7, 3.0]), np.array([0, 0, 1, 1]), 0.5)
    assert next_point(seen, 0, key) == point
    assert next_point(seen, 1, Key.Key_Left) == 1
    assert next_point(seen, 3, Key.Key_Right) == 3
    assert next_point(Answers(seen.z, np.zeros(4, dtype=np.int64), 0.5), 0, Key.Key_Up) == 0
