"""Settable arrays as tables that can be typed into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTableView, QWidget

from playground.tab.array_cells import ArrayCells, places
from playground.words.texts import Texts

TEXTS = Texts({"arrays": {name: {"en": name.title(), "zh": f"表{name}"} for name in ("points", "kernel")}})
POINTS, KERNEL = np.arange(6.0).reshape(3, 2), np.arange(16.0).reshape(2, 2, 2, 2)
_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
WIDE, NARROW = 900, 300


def shown_in(cells: ArrayCells, width: int) -> ArrayCells:
    cells.retranslate()
    cells.resize(width, 300)
    cells.show()
    QApplication.processEvents()
    return cells


@pytest.fixture
def cells(dressed: QApplication, freed: Callable[[QWidget], None]) -> ArrayCells:
    made = ArrayCells(("points", "kernel"), TEXTS)
    freed(made)
    made.show_array("points", POINTS, ("x", "y"))
    made.show_array("kernel", KERNEL, *places(KERNEL.shape))
    return shown_in(made, WIDE)


@pytest.fixture
def find_chooser(cells: ArrayCells) -> Callable[[], QComboBox | None]:
    return lambda: cells.findChild(QComboBox, "cells.shown")


def table(cells: ArrayCells, name: str) -> Any:
    found = cells.findChild(QTableView, f"cells.{name}")
    assert isinstance(found, QTableView)
    return found


def type_into(cells: ArrayCells, name: str, row: int, column: int, text: str) -> bool:
    model = table(cells, name).model()
    return bool(model.setData(model.index(row, column), text))


def labels(cells: ArrayCells) -> list[str]:
    return sorted(label.text() for label in cells.findChildren(QLabel) if label.isVisible() and label.text())


@pytest.fixture
def typed(cells: ArrayCells) -> list[tuple[str, Any]]:
    told: list[tuple[str, Any]] = []
    cells.typed.connect(lambda name, array: told.append((name, array)))
    return told


def test_layers_stand_below_each_other(cells: ArrayCells) -> None:
    model = table(cells, "kernel").model()
    assert (model.rowCount(), model.columnCount()) == (8, 2)
    assert [[float(model.index(r, c).data()) for c in range(2)] for r in range(8)] == KERNEL.reshape(8, 2).tolist()
    assert [model.headerData(row, _DOWN) for row in (0, 1, 5)] == ["0.0.0", "0.0.1", "1.0.1"]
    assert [model.headerData(column, _ACROSS) for column in range(2)] == ["0", "1"]


def test_what_is_typed_is_told_as_the_whole_array_in_its_shape(cells: ArrayCells, typed: list[Any]) -> None:
    assert type_into(cells, "kernel", 5, 1, "0.5")
    ((name, array),) = typed
    wanted = KERNEL.copy()
    wanted[1, 0, 1, 1] = 0.5
    assert (name, array.shape) == ("kernel", (2, 2, 2, 2))
    assert array.tolist() == wanted.tolist()
    assert KERNEL.ravel()[11] == 11  # the array that was shown is left alone


def test_what_is_no_number_is_refused(cells: ArrayCells, typed: list[Any]) -> None:
    assert not type_into(cells, "points", 0, 0, "nan")
    assert typed == []
    assert cells.findChild(QLabel, "cells.points.error").text()  # type: ignore[union-attr]


def test_a_cell_that_is_gone_to_is_told(cells: ArrayCells) -> None:
    picked: list[tuple[str, int, int]] = []
    cells.picked.connect(lambda *place: picked.append(place))
    at = table(cells, "points").visualRect(table(cells, "points").model().index(2, 1)).center()
    QTest.mouseClick(table(cells, "points").viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert picked == [("points", 2, 1)]


def test_what_is_not_there_is_a_dash(cells: ArrayCells) -> None:
    cells.show_array("points", np.where(POINTS == 3, np.nan, POINTS), ("x", "y"))
    assert table(cells, "points").model().index(1, 1).data() == "–"


def test_another_array_of_another_shape_takes_the_place(cells: ArrayCells, typed: list[Any]) -> None:
    cells.show_array("kernel", np.zeros((3, 5)), *places((3, 5)))
    assert (table(cells, "kernel").model().rowCount(), table(cells, "kernel").model().columnCount()) == (3, 5)
    type_into(cells, "kernel", 2, 4, "1")
    assert typed[-1][1].shape == (3, 5)


@pytest.mark.parametrize(("place", "row"), [((0, 0, 0, 1), 0), ((1, 0, 1, 1), 5), ((1, 1, 1, 0), 7)])
def test_a_cell_is_opened_by_its_place_in_the_array(
    cells: ArrayCells, typed: list[Any], place: tuple[int, ...], row: int
) -> None:
    cells.edit("kernel", place)
    index = table(cells, "kernel").currentIndex()
    assert (index.row(), index.column()) == (row, place[-1])
    editor: Any = table(cells, "kernel").findChild(QLineEdit)
    editor.setText("99")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert typed[-1][1][place] == 99


def test_side_by_side_where_there_is_room_else_the_one_chosen(cells: ArrayCells) -> None:
    chooser: Any = cells.findChild(QComboBox, "cells.shown")
    assert labels(cells) == ["Kernel", "Points"]
    assert not chooser.isVisible()
    shown_in(cells, NARROW)
    assert [table(cells, name).isVisible() for name in ("points", "kernel")] == [True, False]
    assert labels(cells) == []
    assert [chooser.itemText(i) for i in range(chooser.count())] == ["Points", "Kernel"]
    chooser.setCurrentIndex(1)
    assert [table(cells, name).isVisible() for name in ("points", "kernel")] == [False, True]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_array_that_there_is_none_of_now_has_no_table(cells: ArrayCells, find_chooser: Any, width: int) -> None:
    shown_in(cells, width)
    find_chooser().setCurrentIndex(1)
    cells.set_names(["points"])
    cells.show_array("points", POINTS)
    assert table(cells, "points").isVisible()
    assert (cells.findChild(QTableView, "cells.kernel"), find_chooser()) == (None, None)
    cells.set_names(["points", "kernel"])
    cells.show_array("kernel", KERNEL)
    assert table(cells, "kernel").isVisible() == (width == WIDE)
    assert find_chooser().count() == 2


def test_one_table_alone_has_neither_title_nor_choice(dressed: QApplication, freed: Any) -> None:
    alone = ArrayCells(("points",), TEXTS)
    freed(alone)
    alone.show_array("points", POINTS)
    for width in (WIDE, NARROW):
        shown_in(alone, width)
        assert table(alone, "points").isVisible()
        assert labels(alone) == []
    assert alone.findChild(QWidget, "cells.shown") is None  # a tab may have several such panels


def test_arrays_named_by_layer_come_and_go_with_the_layers(cells: ArrayCells, typed: list[tuple[str, Any]]) -> None:
    cells.set_names(["layer_1.W", "layer_1.b"])
    cells.show_array("layer_1.W", POINTS)
    cells.show_array("layer_1.b", POINTS[0])
    QApplication.processEvents()
    assert sorted(found.objectName() for found in cells.findChildren(QTableView)) == [
        "cells.layer_1.W",
        "cells.layer_1.b",
    ]
    assert labels(cells) == ["layer_1.W", "layer_1.b"]
    assert type_into(cells, "layer_1.b", 0, 1, "7")
    cells.set_names(["layer_1.W", "layer_1.b"])
    cells.show_array("layer_1.b", POINTS[1])
    assert table(cells, "layer_1.b").model().index(0, 0).data() == "2"
    (name, array), *others = typed
    assert (name, array.tolist(), others) == ("layer_1.b", [0.0, 7.0], [])


def test_more_tables_need_more_room(cells: ArrayCells) -> None:
    cells.set_names([f"layer_{k}.W" for k in range(1, 7)])
    assert [k for k in range(1, 7) if table(cells, f"layer_{k}.W").isVisible()] == [1]


def test_tables_are_named_for_a_screen_reader(cells: ArrayCells) -> None:
    assert table(cells, "kernel").accessibleName() == "Kernel"


@given(array_shapes(min_dims=2, max_dims=4, max_side=5))
def test_every_row_has_its_own_name(shape: tuple[int, ...]) -> None:
    columns, rows = places(shape)
    assert len(columns) == shape[-1]
    assert len(set(rows)) == len(rows) == int(np.prod(shape[:-1]))


@given(st.integers(0, 3), st.integers(0, 2), st.integers(0, 4))
def test_a_row_is_named_by_the_layers_it_is_in(kernel: int, channel: int, row: int) -> None:
    _, rows = places((4, 3, 5, 2))
    assert rows[int(np.ravel_multi_index((kernel, channel, row), (4, 3, 5)))] == f"{kernel}.{channel}.{row}"


def test_many_tables_ask_for_no_more_room_than_one(dressed: QApplication, freed: Callable[[QWidget], None]) -> None:
    made = ArrayCells([f"layer_{k}.W" for k in range(1, 22)], TEXTS)
    freed(made)
    assert made.minimumSizeHint().width() < NARROW


def test_a_cell_that_is_opened_comes_into_view_where_only_one_table_has_room(cells: ArrayCells) -> None:
    shown_in(cells, NARROW)
    cells.edit("kernel", (0, 0, 0, 1))
    assert [table(cells, name).isVisible() for name in ("points", "kernel")] == [False, True]
