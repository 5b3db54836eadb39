"""A table to choose columns of, as hands and keys meet it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from widgets.tables.column_choice import ColumnChoice, Columns

COLUMNS = Columns(
    ("", "Height, cm", "species"),
    (np.array([0.0, 1.0]), np.array([1.5, np.nan]), ("ape", "")),
    (2, 3),
    frozenset({0, 2}),
    {0: "row numbers"},
)


@pytest.fixture
def table(qtbot: Any, dressed: object) -> ColumnChoice:
    made = ColumnChoice("t")
    qtbot.addWidget(made)
    made.show_columns(COLUMNS)
    made.resize(500, 200)
    made.show()
    return made


def head(table: ColumnChoice, column: int) -> str:
    return str(table.model().headerData(column, Qt.Orientation.Horizontal))


def test_cells_show_what_was_read_and_blanks_nothing(table: ColumnChoice) -> None:
    model = table.model()
    shown = [[model.data(model.index(row, column)) for column in range(3)] for row in range(2)]
    assert shown == [["0", "1.5", "ape"], ["1", "", ""]]
    assert model.headerData(1, Qt.Orientation.Vertical) == "3"


def test_heads_say_what_a_column_is_chosen_for(table: ColumnChoice) -> None:
    assert [head(table, column) for column in range(3)] == ["\nrow numbers", "Height, cm\n", "species\n"]
    table.mark({1: "x axis", 0: ""})
    assert [head(table, column) for column in range(3)] == ["\n✓", "Height, cm\n✓ x axis", "species\n"]
    assert "Height, cm" in table.accessibleDescription()


def test_a_name_too_long_for_a_head_ends_in_dots_and_is_told_whole(table: ColumnChoice) -> None:
    name = "a name as long as a sentence " * 4
    table.show_columns(Columns((name,), (np.array([1.0]),), (1,)))
    assert head(table, 0).startswith("a name as long")
    assert head(table, 0).endswith("…\n")
    assert table.model().headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == name


def test_what_is_not_proposed_is_pale_until_it_is_chosen(table: ColumnChoice) -> None:
    model, ink = table.model(), Qt.ItemDataRole.ForegroundRole
    assert model.data(model.index(0, 0), ink) != model.data(model.index(0, 1), ink)
    table.mark({0: ""})
    assert model.data(model.index(0, 0), ink) == model.data(model.index(0, 1), ink)
    table.mark({0: ""}, left_out={0})
    assert model.data(model.index(0, 0), ink) != model.data(model.index(1, 0), ink)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.BackgroundRole) is None


def test_a_click_on_a_head_and_space_in_a_cell_ask_for_a_column(table: ColumnChoice, qtbot: Any) -> None:
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 12, header.height() // 2)
    with qtbot.waitSignal(table.asked) as asked:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [1]
    table.setCurrentIndex(table.model().index(0, 2))
    with qtbot.waitSignal(table.asked) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert asked.args == [2]
