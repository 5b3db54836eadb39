"""Each task done as the learner does it, with mouse and keys: it is ticked then, and not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from playground.topics.convolution.tab import ConvolutionTab

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
CORNERS = ("1", "0", "-1", "0", "0", "0", "-1", "0", "1")


class Hands:
    """What a learner does in the window."""

    def __init__(self, tab: ConvolutionTab, find: Callable[..., Any], settle: Callable[[], None], qtbot: QtBot) -> None:
        self.tab, self.find, self.settle, self._qtbot = tab, find, settle, qtbot

    def open(self, id: str) -> None:
        self.tab.stage.turn_list()
        self.click(f"scene.{id}")
        assert not self.is_done()

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        QTest.mouseClick(button, LEFT, pos=button.rect().center())
        self.settle()

    def type(self, parameter: str, text: str) -> None:
        field = self.find(QAbstractSpinBox, f"param.{parameter}")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def press(self, key: Qt.Key, times: int = 1, shift: bool = False) -> None:
        """Press a key where the keyboard is after a field was left: in the picture."""
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.tab.sweep, key, SHIFT if shift else NONE)
        self.settle()

    def step(self, times: int = 1) -> None:
        self.press(Qt.Key.Key_Right, times)

    def is_done(self) -> bool:
        """Tell whether it is ticked, once all frames that came have been looked at."""
        self._qtbot.waitUntil(lambda: not any(timer.isActive() for timer in self.tab.stage.findChildren(QTimer)))
        on = self.tab.stage.on
        return on is not None and on.outcome is not None


@pytest.fixture
def hands(tab: ConvolutionTab, find: Any, settle: Any, qtbot: QtBot) -> Hands:
    return Hands(tab, find, settle, qtbot)


def test_the_output_is_halved_by_typing_stride_and_padding(hands: Hands) -> None:
    hands.open("halve_the_output")
    hands.type("stride", "2")
    hands.step()
    assert not hands.is_done()  # 3 × 3
    hands.type("padding", "1")
    assert hands.tab.run.params.padding == 1
    hands.step()
    assert hands.is_done()


def test_the_size_is_kept_by_a_click(hands: Hands) -> None:
    hands.open("keep_the_size")
    hands.type("kernel_size", "5")
    hands.step()
    assert not hands.is_done()
    hands.click("set.same")
    hands.step()
    assert hands.is_done()


def test_seven_cells_are_seen_by_dilation_three(hands: Hands) -> None:
    hands.open("see_seven_with_nine")
    hands.type("dilation", "2")
    hands.step()
    assert not hands.is_done()
    hands.type("dilation", "3")
    hands.step()
    assert hands.is_done()


def test_the_bars_vanish_once_the_sweep_is_at_its_end(hands: Hands) -> None:
    hands.open("blind_to_the_bars")
    hands.click("gallery.kernel.horizontal-edge")
    hands.press(Qt.Key.Key_Right, 3, shift=True)
    assert not hands.is_done()
    hands.press(Qt.Key.Key_Right, shift=True)
    assert hands.tab.run.timeline.ended
    assert hands.is_done()


def test_corners_are_found_by_weights_typed_in_place(hands: Hands, seen: Any) -> None:
    hands.open("find_corners")
    hands.settle()
    QTest.mouseClick(hands.tab.sweep, LEFT, pos=seen.point("kernel 0", 0, 0))
    editor = hands.find(QLineEdit, "board.cell")
    for i, weight in enumerate(CORNERS):
        editor.selectAll()
        QTest.keyClicks(editor, weight)
        QTest.keyClick(editor, Qt.Key.Key_Return if i == len(CORNERS) - 1 else Qt.Key.Key_Tab)
        assert not hands.is_done()
    assert hands.tab.run.frame.state.kernel.ravel().tolist() == [float(weight) for weight in CORNERS]
    hands.step()
    assert hands.is_done()


def test_the_kernel_is_learned_in_thirty_steps_by_a_larger_rate(hands: Hands) -> None:
    hands.open("learn_in_thirty_steps")
    hands.press(Qt.Key.Key_Right, 3, shift=True)
    assert not hands.is_done()
    hands.press(Qt.Key.Key_Home)
    hands.type("learning_rate", "0.0085")
    hands.press(Qt.Key.Key_Right, 3, shift=True)
    assert hands.tab.run.position == 30
    assert hands.is_done()


def test_the_hint_comes_after_three_tries(hands: Hands) -> None:
    hands.open("halve_the_output")
    hint = hands.find(QLabel, "scene.hint")
    for stride in ("2", "3", "4"):
        assert hint.isHidden()
        hands.type("stride", stride)
        hands.step()
    hands.type("stride", "5")
    assert hint.isVisible()
    assert "ring of padding" in hint.text()
    assert not hands.is_done()


def test_undo_of_what_reached_a_task_does_not_reach_it(hands: Hands) -> None:
    hands.tab.run.restart_with({"stride": 2, "padding": 1})
    hands.open("halve_the_output")
    hands.tab.run.undo()
    hands.step()
    assert not hands.is_done()
