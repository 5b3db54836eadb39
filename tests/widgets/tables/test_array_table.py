"""The table over an array: what is typed comes out whole, what is wrong stays out, and its size costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from widgets.tables.array_table import Cells

Keys = Qt.Key


@pytest.fixture
def cells(dressed: Any, freed: Callable[[QWidget], None]) -> Cells:
    made = Cells("points")
    freed(made)
    made.resize(300, 240)
    made.table.show_array(np.array([[1.5, -2.0], [3.0, 4.25], [5.0, 6.0]]))
    made.show()
    dressed.processEvents()
    return made


@pytest.fixture
def told(cells: Cells) -> list[Any]:
    arrays: list[Any] = []
    cells.table.changed.connect(arrays.append)
    return arrays


def put(cells: Cells, row: int, column: int, text: str) -> bool:
    model = cells.table.model()
    return model.setData(model.index(row, column), text)


def shown(cells: Cells, row: int, column: int) -> str:
    return str(cells.table.model().index(row, column).data())


def test_it_is_found_by_its_name(cells: Cells) -> None:
    assert cells.findChild(QTableView, "cells.points") is cells.table
    assert cells.error.objectName() == "cells.points.error"
    assert cells.error.isHidden()


def test_cells_show_the_shortest_text_with_a_true_minus(cells: Cells) -> None:
    assert [shown(cells, 0, 0), shown(cells, 0, 1), shown(cells, 1, 0)] == ["1.5", "−2", "3"]
    model = cells.table.model()
    assert model.data(model.index(0, 1), Qt.ItemDataRole.EditRole) == "-2"


def test_a_long_number_is_shown_rounded_and_stands_whole_in_editor_and_tooltip(cells: Cells) -> None:
    cells.table.show_array(np.array([[1 / 3, -2e-7 / 3, -0.0032512345, -988764.321]]))
    model = cells.table.model()
    assert [shown(cells, 0, i) for i in range(4)] == ["0.33333", "−6.667e−8", "−0.003251", "−9.8876e5"]
    assert model.data(model.index(0, 0), Qt.ItemDataRole.EditRole) == repr(1 / 3)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole) == repr(1 / 3)


def test_a_typed_number_is_told_as_the_whole_array_and_the_old_one_stays(cells: Cells, told: list[Any]) -> None:
    before = np.array([[1.5, -2.0], [3.0, 4.25], [5.0, 6.0]])
    cells.table.show_array(before)
    assert put(cells, 1, 1, "−7.5")
    assert told[0].tolist() == [[1.5, -2], [3, -7.5], [5, 6]]
    assert shown(cells, 1, 1) == "4.25"
    assert before[1, 1] == 4.25
    cells.table.show_array(told[0])
    assert shown(cells, 1, 1) == "−7.5"


def test_typing_with_the_keyboard(cells: Cells, told: list[Any], dressed: Any) -> None:
    table = cells.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, 0))
    QTest.keyClick(table, Keys.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("9")
    QTest.keyClick(editor, Keys.Key_Return)
    dressed.processEvents()
    assert told[0][2].tolist() == [9, 6]


def test_a_value_left_as_it_was_is_no_edit(cells: Cells, told: list[Any]) -> None:
    assert put(cells, 0, 0, "1.5")
    assert told == []


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e400", "1,5", "1e13", "0x10", "1_0", "two"])
def test_what_is_no_number_is_refused_with_a_message(cells: Cells, told: list[Any], text: str) -> None:
    assert not put(cells, 0, 0, text)
    assert told == []
    assert f"“{text}”" in cells.error.text()
    assert not cells.error.isHidden()
    assert shown(cells, 0, 0) == "1.5"
    assert put(cells, 0, 0, "2")
    assert cells.error.isHidden()


def test_whole_numbers_stay_whole(cells: Cells, told: list[Any]) -> None:
    cells.table.show_array(np.array([[1, 2], [3, 4]]))
    assert not put(cells, 0, 0, "1.5")
    assert "whole" in cells.error.text()
    assert put(cells, 0, 0, "7")
    assert told[0].dtype == np.int64


def test_one_axis_is_one_column_and_nan_a_dash(cells: Cells, told: list[Any]) -> None:
    cells.table.show_array(np.array([1.0, np.nan]))
    model = cells.table.model()
    assert (model.rowCount(), model.columnCount()) == (2, 1)
    assert shown(cells, 1, 0) == "–"
    assert put(cells, 1, 0, "3")
    assert told[0].tolist() == [1, 3]


def test_three_axes_are_no_table(cells: Cells) -> None:
    with pytest.raises(ValueError, match="no table"):
        cells.table.show_array(np.zeros((2, 2, 2)))


def test_copy_and_paste_are_one_edit(cells: Cells, told: list[Any]) -> None:
    cells.table.selectRow(0)
    QTest.keyClick(cells.table, Keys.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1.5\t-2"
    QGuiApplication.clipboard().setText("7\t8\n9\t10\n")
    cells.table.setCurrentIndex(cells.table.model().index(1, 0))
    QTest.keyClick(cells.table, Keys.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [array.tolist() for array in told] == [[[1.5, -2], [7, 8], [9, 10]]]


@pytest.mark.parametrize("text", ["1\t2\t3", "1\t2\n3\t4\n5\t6\n7\t8", "1\tx"])
def test_what_does_not_fit_is_not_pasted_in_part(cells: Cells, told: list[Any], text: str) -> None:
    cells.table.setCurrentIndex(cells.table.model().index(0, 0))
    cells.table.paste(text)
    assert told == []
    assert cells.error.text()


def test_headers_are_named_or_numbered_from_1(cells: Cells) -> None:
    model = cells.table.model()
    vertical, across = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
    assert str(model.headerData(0, vertical)) == "1"
    cells.table.set_headers(["x", "y"], ["a"])
    assert [str(model.headerData(i, across)) for i in range(2)] == ["x", "y"]
    assert [str(model.headerData(i, vertical)) for i in range(2)] == ["a", "2"]
    assert model.headerData(1, across, Qt.ItemDataRole.ToolTipRole) == "y"  # it may be cut where it stands


def test_a_cell_is_picked_by_a_click_but_not_by_going_to_one(cells: Cells) -> None:
    picked: list[Any] = []
    cells.table.picked.connect(lambda row, column: picked.append((row, column)))
    cells.table.setCurrentIndex(cells.table.model().index(2, 0))
    assert picked == []
    box = cells.table.visualRect(cells.table.model().index(1, 1))
    QTest.mouseClick(cells.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert picked == [(1, 1)]


def test_a_hundred_thousand_rows_are_shown_at_once(cells: Cells, dressed: Any) -> None:
    small, large = np.zeros((10, 2)), np.zeros((100_000, 2))
    times = []
    for array in (small, large, small, large):
        begin = process_time()
        cells.table.show_array(array)
        dressed.processEvents()
        cells.grab()
        times.append(process_time() - begin)
    assert times[3] < 30 * times[2]
    assert cells.table.model().rowCount(QModelIndex()) == 100_000
