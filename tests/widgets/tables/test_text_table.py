from __future__ import annotations

from itertools import pairwise

from pytestqt.qtbot import QtBot

from widgets.tables.text_table import TextTable


def test_rows_are_shown_and_changed(qtbot: QtBot) -> None:
    table = TextTable((0.6, 0.4))
    qtbot.addWidget(table)
    table.resize(300, 120)
    pictures = [table.grab().toImage()]
    for rows in ([["word", "cosine"]], [["word", "cosine"], ["king", "0.98"]]):
        table.show_rows(rows)
        pictures.append(table.grab().toImage())
    assert all(a != b for a, b in pairwise(pictures))
