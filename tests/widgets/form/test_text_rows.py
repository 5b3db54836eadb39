"""Rows of text: typed, pasted, added, removed and moved; whole rows are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from widgets.form.text_rows import TextRows

FACTS = [["ann", "knows", "bob"], ["bob", "knows", "cem"]]


@pytest.fixture
def make(dressed: Any, freed: Callable[[QWidget], None]) -> Callable[..., TextRows]:
    def make_one(rows: list[list[str]] = FACTS, grows: bool = False) -> TextRows:
        table = TextRows("param.triples", 3, grows)
        freed(table)
        table.show_rows(rows, len(rows[0]) if rows else 3)
        table.resize(300, 200)
        table.show()
        dressed.processEvents()
        return table

    return make_one


def go(table: TextRows, row: int, column: int) -> None:
    table.setCurrentIndex(table.model().index(row, column))


def told_by(table: TextRows) -> list[Any]:
    told: list[Any] = []
    table.changed.connect(lambda rows: told.append([list(row) for row in rows]))
    return told


def test_showing_rows_tells_nothing_and_fills_short_ones(make: Any) -> None:
    table = make()
    told = told_by(table)
    table.show_rows([["a"], ["b", "c"]], 2)
    assert (table.rows(), table.model().columnCount(), told) == ([["a", ""], ["b", "c"]], 2, [])


def test_a_typed_cell_is_told_with_all_rows_and_the_same_text_is_not(make: Any, dressed: Any) -> None:
    table = make()
    told = told_by(table)
    go(table, 1, 2)
    QTest.keyClick(table, Qt.Key.Key_D)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "an")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    dressed.processEvents()
    assert told == [[FACTS[0], ["bob", "knows", "dan"]]]
    assert table.model().setData(table.model().index(1, 2), "dan")
    assert len(told) == 1


def test_pasting_adds_rows_and_only_where_it_may_columns(make: Any) -> None:
    table = make()
    told = told_by(table)
    go(table, 1, 1)
    table.paste("likes\teve\tmore\r\nsees\tfay\r\n")
    assert told == [[FACTS[0], ["bob", "likes", "eve"], ["", "sees", "fay"]]]
    wide = make(grows=True)
    go(wide, 1, 2)
    wide.paste("x\ty")
    assert wide.rows() == [[*FACTS[0], ""], ["bob", "knows", "x", "y"]]


def test_pasting_without_a_cell_adds_at_the_end(make: Any) -> None:
    table = make([])
    table.paste("a\tb\tc\nd")
    assert table.rows() == [["a", "b", "c"], ["d", "", ""]]
    table.paste("")
    assert len(table.rows()) == 2


def test_copy_paste_and_delete_by_keys(make: Any) -> None:
    table = make()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "ann\tknows\tbob"
    go(table, 1, 0)
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table.rows() == [FACTS[0], FACTS[0]]
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert table.rows() == [FACTS[0]]


def test_rows_are_added_removed_and_moved(make: Any) -> None:
    table = make()
    told = told_by(table)
    go(table, 0, 0)
    table.add()
    assert (table.rows(), told) == ([FACTS[0], ["", "", ""], FACTS[1]], [])
    table.remove()
    assert told.pop() == FACTS
    go(table, 1, 0)
    table.move_row(1)  # there is nothing below
    assert told == []
    table.move_row(-1)
    assert told.pop() == [FACTS[1], FACTS[0]]
    table.insert(["x", "y", "z"])
    assert told.pop() == [FACTS[1], ["x", "y", "z"], FACTS[0]]
    table.selectAll()
    table.remove()
    assert told.pop() == []
    table.remove()
    assert told == []


def test_columns_are_added_and_cut(make: Any) -> None:
    table = make()
    table.add_columns(1)
    assert table.rows()[0] == ["ann", "knows", "bob", ""]
    table.add_columns(-3)
    assert table.rows() == [["ann"], ["bob"]]
    table.add_columns(-1)
    assert table.rows() == [["ann"], ["bob"]]


def test_a_cell_of_choices_is_chosen(make: Any, dressed: Any) -> None:
    table = make()
    table.set_choices(1, ("knows", "likes"))
    go(table, 0, 1)
    table.edit(table.currentIndex())
    box = table.findChild(QComboBox)
    assert box is not None
    assert box.currentText() == "knows"
    box.setCurrentIndex(1)
    box.activated.emit(1)
    dressed.processEvents()
    assert table.rows()[0] == ["ann", "likes", "bob"]


def test_headings_are_numbers_where_there_are_no_names(make: Any) -> None:
    table = make()
    table.set_headers(["head", "relation"])
    named = [table.model().headerData(i, Qt.Orientation.Horizontal) for i in range(3)]
    assert named == ["head", "relation", 3]


def test_a_box_of_choices_has_room_for_the_widest_and_its_column_only_for_what_is_shown(
    make: Callable[..., TextRows],
) -> None:
    table = make([["a", "b", "c"]])
    table.resize(300, 120)
    table.set_choices(0, ("a", "TimeDistributed"))
    table.resizeColumnToContents(0)
    go(table, 0, 0)
    table.edit(table.currentIndex())
    box = table.findChild(QComboBox)
    assert box is not None
    widest = box.fontMetrics().horizontalAdvance("TimeDistributed") + 40
    assert box.width() >= widest > table.columnWidth(0)
