"""The painted table of compared runs."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from widgets.tables.compared_table import ComparedTable, MeasureRow

TWO = [MeasureRow("inertia", ("1414.738", "334.216"), ("−1080.522",)), MeasureRow("groups", ("3", "4"), ("+1",))]
THREE = [MeasureRow("inertia", ("1414.738", "334.216", "9.000"), ("−1080.522", "−1405.738"))]


@pytest.fixture
def table(qtbot: QtBot) -> ComparedTable:
    made = ComparedTable()
    qtbot.addWidget(made)
    made.resize(400, 100)
    return made


def height(table: ComparedTable, width: int, letters: str, rows: list[MeasureRow]) -> int:
    table.show_runs(letters, "A", rows)
    table.resize(width, 10)
    table.grab()
    return table.height()


def test_a_measure_stands_on_one_line_where_there_is_room_and_else_under_its_name(table: ComparedTable) -> None:
    assert height(table, 400, "AB", TWO) < height(table, 240, "AB", TWO)
    assert height(table, 240, "AB", TWO[:1]) < height(table, 240, "ABC", THREE)  # differences on a third line


def test_columns_do_not_become_narrower_while_the_same_runs_are_shown(table: ComparedTable) -> None:
    short = [MeasureRow("inertia", ("1", "2"), ("+1",))]
    alone = height(table, 300, "AB", short)
    assert height(table, 300, "AB", TWO[:1]) > alone
    assert height(table, 300, "AB", short) > alone
    assert height(table, 300, "AC", short) == alone


def test_the_run_in_front_is_seen_and_all_is_told(table: ComparedTable) -> None:
    table.show_runs("AB", "A", TWO)
    before = table.grab().toImage()
    table.show_runs("AB", "B", TWO)
    assert table.grab().toImage() != before
    assert table.accessibleDescription() == "inertia 1414.738 334.216; groups 3 4"
