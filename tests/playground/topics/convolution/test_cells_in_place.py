"""Weights and cells of the picture are changed where they stand on the board."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.convolution.kernels import named_kernel
from playground.topics.convolution.tab import ConvolutionTab

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def editor(find: Any) -> QLineEdit:
    made: QLineEdit = find(QLineEdit, "board.cell")
    return made


@pytest.mark.parametrize("ndim", [2, 4])
@pytest.mark.parametrize("steps", [0, 4])
def test_a_click_on_a_weight_edits_it_in_place(
    tab: ConvolutionTab, seen: Any, editor: QLineEdit, ndim: int, steps: int
) -> None:
    if ndim == 4:
        tab.set_parameter("kernel", np.stack([named_kernel("blur"), named_kernel("emboss")])[:, None])
    tab.run.advance(steps)
    before = tab.run.recipe
    layer = 1 if ndim == 4 else 0
    QTest.mouseClick(tab.sweep, LEFT, pos=seen.point(f"kernel {layer}", 1, 2))
    assert editor.isVisible()
    assert editor.geometry().contains(seen.point(f"kernel {layer}", 1, 2))
    editor.setText("−8.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.isVisible()
    kernel = tab.run.frame.state.kernel
    assert kernel.reshape(-1, 3, 3)[layer, 1, 2] == -8.5
    assert seen.grid(f"kernel {layer}").grid.values[1, 2] == -8.5
    assert tab.run.position == steps
    assert tab.focus is None
    tab.run.undo()
    assert tab.run.recipe == before


@pytest.mark.parametrize("steps", [0, 4])
def test_wheel_and_arrows_change_a_weight_at_once_and_escape_gives_it_back(
    tab: ConvolutionTab, seen: Any, editor: QLineEdit, steps: int, wheel: Any
) -> None:
    tab.run.advance(steps)
    before = tab.run.recipe
    QTest.mouseClick(tab.sweep, LEFT, pos=seen.point("kernel 0", 1, 1))
    wheel(editor, 120)
    assert tab.run.frame.state.kernel[1, 1] == 1
    QTest.keyClick(editor, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert tab.run.frame.state.kernel[1, 1] == 10
    assert tab.look().full.output[0, 2, 2] == core_value(tab, 2, 2)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert tab.run.recipe == before
    assert not tab.run.can_undo


def core_value(tab: ConvolutionTab, row: int, column: int) -> float:
    state = tab.run.frame.state
    return float((state.image[row : row + 3, column : column + 3] * state.kernel).sum())


def test_a_weight_is_pulled_up_and_down_as_one_change(tab: ConvolutionTab, seen: Any, editor: QLineEdit) -> None:
    before, point = tab.run.recipe, seen.point("kernel 0", 1, 1)
    QTest.mousePress(tab.sweep, LEFT, pos=point)
    for up in (5, 17, 33, 41):
        QTest.mouseMove(tab.sweep, point - QPoint(0, up))
    assert tab.run.params.kernel[1, 1] == 5
    QTest.mouseMove(tab.sweep, point + QPoint(0, 16))
    QTest.mouseRelease(tab.sweep, LEFT, pos=point + QPoint(0, 16))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert tab.run.params.kernel[1, 1] == -2
    tab.run.undo()
    assert tab.run.recipe == before


def test_tab_keeps_a_weight_and_goes_on(tab: ConvolutionTab, seen: Any, editor: QLineEdit) -> None:
    QTest.mouseClick(tab.sweep, LEFT, pos=seen.point("kernel 0", 0, 2))
    QTest.keyClicks(editor, "4")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert tab.run.params.kernel.tolist() == [[-1, 0, 4], [-2, 0, 2], [-1, 0, 1]]
    assert editor.geometry().contains(seen.point("kernel 0", 1, 0))
    assert editor.text() == "−2"
    QTest.keyClick(editor, Qt.Key.Key_Tab, SHIFT)
    assert editor.text() == "4"
    QTest.keyClicks(editor, "no number")
    QTest.mouseClick(tab.sweep, LEFT, pos=seen.point("kernel 0", 2, 2))  # keeps the last one
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.geometry().contains(seen.point("kernel 0", 0, 0))
    assert tab.run.params.kernel.tolist() == [[-1, 0, 4], [-2, 0, 2], [-1, 0, 1]]
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    tab.run.undo()
    assert tab.run.params.kernel == "vertical-edge"


def test_looking_at_a_weight_changes_nothing(tab: ConvolutionTab, seen: Any, editor: QLineEdit) -> None:
    QTest.mouseClick(tab.sweep, LEFT, pos=seen.point("kernel 0", 0, 2))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert tab.run.params.kernel == "vertical-edge"
    assert not tab.run.can_undo


def test_the_layers_of_a_flat_kernel_change_together_those_of_a_deep_one_alone(
    tab: ConvolutionTab, seen: Any, editor: QLineEdit
) -> None:
    blur = named_kernel("blur")
    for kernel, changed in ((blur, 3), (np.stack([blur, blur])[:, None], 3), (np.stack([blur] * 3), 1)):
        tab.run.restart_with({"image": "colour", "kernel": kernel})
        QTest.mouseClick(tab.sweep, LEFT, pos=seen.point("kernel 1", 0, 0))
        QTest.keyClicks(editor, "5")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert (tab.look().weights[0, :, 0, 0] == 5).sum() == changed
        assert tab.look().weights[0, 1, 0, 0] == 5


def test_a_double_click_edits_a_cell_of_the_picture(tab: ConvolutionTab, seen: Any, editor: QLineEdit) -> None:
    tab.run.advance(4)
    QTest.mouseDClick(tab.sweep, LEFT, pos=seen.point("input", 2, 3))
    QTest.keyClicks(editor, "6")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (change,) = tab.run.recipe.edits
    assert (change.edit.name, change.edit.value[2, 3]) == ("image", 6)
    tab.run.restart_with({"image": "colour"})
    QTest.mouseDClick(tab.sweep, LEFT, pos=seen.point("channel 1", 2, 3))
    QTest.keyClicks(editor, "3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert tab.run.params.image[1, 2, 3] == 3
