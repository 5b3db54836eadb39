"""What the learner changes in the Convolution tab: picture and kernel by brush, by typing and from files; settings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QTableView,
)

from core.convolution.kernels import named_kernel
from core.data.pictures import named_picture
from core.run.recipe import SetArray
from playground.topics.convolution.tab import ConvolutionTab

SHIFT = Qt.KeyboardModifier.ShiftModifier


# ---- changing picture and kernel


def test_a_brush_stroke_is_one_edit_of_the_picture(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.advance(5)
    before = tab.run.recipe
    find(QAbstractButton, "view.draw").click()
    QTest.mousePress(tab.sweep, Qt.MouseButton.LeftButton, pos=seen.point("input", 0, 0))
    QTest.mouseMove(tab.sweep, seen.point("input", 0, 1))
    QTest.mouseMove(tab.sweep, seen.point("input", 1, 1))
    QTest.mouseRelease(tab.sweep, Qt.MouseButton.LeftButton, pos=seen.point("input", 1, 1))
    wanted = named_picture("digit")
    wanted[0, 0] = wanted[0, 1] = wanted[1, 1] = 9
    (change,) = tab.run.recipe.edits
    assert change.edit == SetArray("image", wanted)
    assert tab.run.position == 5
    tab.run.undo()
    assert tab.run.recipe == before


def drag(tab: ConvolutionTab, *stops: QPoint) -> None:
    first, *others = stops
    QTest.mouseMove(tab.sweep, first)
    QTest.mousePress(tab.sweep, Qt.MouseButton.LeftButton, pos=first)
    for stop in others:
        QTest.mouseMove(tab.sweep, stop)
    QTest.mouseRelease(tab.sweep, Qt.MouseButton.LeftButton, pos=stops[-1])


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [
        ((7, 0), (7, 7), [(7, c) for c in range(8)]),
        ((6, 2), (1, 2), [(r, 2) for r in range(1, 7)]),
        ((0, 0), (7, 7), [(i, i) for i in range(8)]),
        ((0, 0), (1, 3), [(0, 0), (0, 1), (1, 2), (1, 3)]),
        ((2, 5), (-1, 8), [(2, 5), (1, 6), (0, 7)]),  # into the padding
    ],
)
def test_a_fast_stroke_has_no_gaps(tab: ConvolutionTab, seen: Any, find: Any, first: Any, last: Any, line: Any) -> None:
    blank = np.zeros((8, 8))
    tab.run.restart_with({"image": blank, "padding": 1})
    find(QAbstractButton, "view.draw").click()
    drag(tab, seen.point("input", *first), seen.point("input", *last))
    assert [tuple(cell) for cell in np.argwhere(tab.run.params.image == 9).tolist()] == sorted(line)
    tab.run.undo()
    assert tab.run.params.image.tolist() == blank.tolist()


def test_a_fast_stroke_on_a_channel_stays_in_it(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.restart_with({"image": np.zeros((3, 8, 8))})
    find(QAbstractButton, "view.draw").click()
    drag(tab, seen.point("channel 1", 4, 1), seen.point("channel 1", 4, 5))
    assert np.argwhere(tab.run.params.image == 9).tolist() == [[1, 4, c] for c in range(1, 6)]


def test_a_stroke_that_left_the_picture_draws_no_line_to_where_it_comes_back(
    tab: ConvolutionTab, seen: Any, find: Any
) -> None:
    tab.run.restart_with({"image": np.zeros((8, 8))})
    find(QAbstractButton, "view.draw").click()
    elsewhere = (QPoint(1, 1), seen.point("kernel 0", 1, 1))
    for outside in elsewhere:
        drag(tab, seen.point("input", 0, 0), outside, seen.point("input", 0, 7))
        assert np.argwhere(tab.run.params.image == 9).tolist() == [[0, 0], [0, 7]]
        tab.run.undo()


def test_at_the_start_a_stroke_is_another_picture_and_its_own_ink_rubs_out(
    tab: ConvolutionTab, seen: Any, find: Any
) -> None:
    find(QAbstractButton, "view.draw").click()
    row, column = np.argwhere(named_picture("digit") == 9)[0].tolist()
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=seen.point("input", row, column))
    assert not tab.run.recipe.edits
    assert tab.run.params.image[row, column] == 0
    assert tab.focus is None  # drawing pins nothing
    tab.run.undo()
    assert tab.run.params.image == "digit"


def type_into(table: QTableView, row: int, column: int, text: str) -> None:
    table.model().setData(table.model().index(row, column), text)


def test_cells_can_be_typed_into(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.cells").click()
    type_into(find(QTableView, "cells.kernel"), 1, 1, "7")
    assert tab.run.params.kernel.tolist() == [[-1, 0, 1], [-2, 7, 2], [-1, 0, 1]]
    tab.run.advance(4)
    type_into(find(QTableView, "cells.image"), 0, 0, "5")
    (change,) = tab.run.recipe.edits
    assert (change.step, change.edit.name, change.edit.value[0, 0]) == (4, "image", 5)
    type_into(find(QTableView, "cells.kernel"), 0, 0, "nan")
    assert find(QLabel, "cells.kernel.error").text()
    assert len(tab.run.recipe.edits) == 1


def test_the_layers_of_an_array_stand_below_each_other(tab: ConvolutionTab, find: Any) -> None:
    tab.set_parameter("image", "colour")
    find(QAbstractButton, "view.cells").click()
    tab.run.advance(1)
    table = find(QTableView, "cells.image")
    assert table.model().rowCount() == 24
    type_into(table, 10, 3, "4")  # channel 1, row 2
    assert tab.run.frame.state.image[1, 2, 3] == 4
    assert tab.run.frame.state.image.shape == (3, 8, 8)


def test_a_tile_of_the_gallery_sets_the_kernel(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "gallery.kernel.emboss").click()
    assert tab.run.params.kernel == "emboss"
    tab.set_parameter("kernel", [[1.0]])
    assert tab.gallery.current() == ""


def test_shift_and_a_tile_add_a_kernel_and_a_map(tab: ConvolutionTab, find: Any) -> None:
    tab.set_parameter("bias", [2.0])
    for name in ("blur", "emboss"):
        QTest.mouseClick(find(QAbstractButton, f"gallery.kernel.{name}"), Qt.MouseButton.LeftButton, SHIFT)
    assert tab.run.params.kernel.shape == (3, 1, 3, 3)
    assert tab.run.params.kernel[2, 0].tolist() == named_kernel("emboss").tolist()
    assert tab.look().sweep.maps == 3
    assert tab.run.params.bias == 0.0
    tab.set_parameter("image", "colour")  # each kernel, one layer deep, serves all three channels
    assert not find(QLabel, "param.image.error").text()
    assert tab.look().weights.shape == (3, 3, 3, 3)
    tab.run.restart_with({"image": "colour", "kernel": "sharpen", "kernel_size": 5})
    QTest.mouseClick(find(QAbstractButton, "gallery.kernel.outline"), Qt.MouseButton.LeftButton, SHIFT)
    assert tab.run.params.kernel.shape == (2, 3, 5, 5)
    assert tab.gallery.current() == ""


def test_an_array_can_be_typed_in_the_form(tab: ConvolutionTab, find: Any) -> None:
    box = find(QComboBox, "param.kernel")
    edit = box.lineEdit()
    edit.setText("[[1, 2], [3, −4]]")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert tab.run.params.kernel.tolist() == [[1, 2], [3, -4]]
    edit.setText("[[1, 2], [3]]")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "lengths" in find(QLabel, "param.kernel.error").text()
    edit.setText("edges")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "no kernel called edges" in find(QLabel, "param.kernel.error").text()
    bias = find(QAbstractSpinBox, "param.bias").lineEdit()
    bias.setText("[2.5]")
    QTest.keyClick(bias, Qt.Key.Key_Return)
    assert tab.run.params.bias.tolist() == [2.5]


# ---- settings and pages


def test_the_board_is_enlarged_over_the_side_column(tab: ConvolutionTab, settle: Any) -> None:
    before = tab.sweep.width()
    for wide in (True, False):
        tab.card.enlarge_requested.emit()
        settle()
        assert tab.side.isVisible() is not wide
        assert (tab.sweep.width() > before + 150) is wide


def test_one_view_at_a_time(tab: ConvolutionTab, find: Any) -> None:
    coverage, matrix = find(QAbstractButton, "view.coverage"), find(QAbstractButton, "view.matrix")
    coverage.click()
    assert tab.coverage.isVisible()
    matrix.click()
    assert tab.matrix.isVisible()
    assert not coverage.isChecked()
    matrix.click()
    assert tab.sweep.isVisible()


def test_the_form_shows_the_sizes_that_follow(tab: ConvolutionTab) -> None:
    shown = tab.shown_values()
    assert (shown["input_size"], shown["kernel_size"], shown["stride"]) == (8, 3, 1)
    tab.run.restart_with({"operation": "average pooling", "size": [2, 4], "image": "photo"})
    shown = tab.shown_values()
    assert (shown["input_size"], shown["stride"]) == (64, [2, 4])
    assert tab.run.params.stride is None


def test_the_same_size_button_sets_it_or_says_why_not(tab: ConvolutionTab, find: Any) -> None:
    button = find(QAbstractButton, "set.same")
    button.click()
    assert tab.run.params.padding == 1
    assert tab.look().sweep.geometry.output == (8, 8)
    assert not button.isEnabled()
    tab.set_parameter("kernel_size", 4)
    assert not button.isEnabled()
    assert "odd" in button.toolTip()
    tab.set_parameter("kernel_size", [5, 3])
    button.click()
    assert tab.run.params.padding == (2, 1)


def test_what_does_not_fit_is_said_at_its_field(tab: ConvolutionTab, find: Any) -> None:
    before = tab.run.recipe
    tab.set_parameter("kernel_size", 9)
    message = find(QLabel, "param.kernel_size.error").text()
    assert message == "Kernel 9 is wider than the padded input 8. Use 8 or less, or raise padding."
    assert tab.run.recipe == before
