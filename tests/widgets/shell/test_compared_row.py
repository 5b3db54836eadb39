"""The row of chips."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from widgets.shell.compared_row import Chip, ComparedRow, fitted

LONG = Chip("A", (("Learning rate", "0.003"), ("Momentum", "0.9")), symbols=("η", ""))


def words(room: float) -> dict[str, float]:
    return {text: width for text, _, width in fitted(LONG, room)}


def test_names_give_way_before_values(qtbot: QtBot) -> None:
    whole = words(1000)
    assert list(whole) == ["Learning rate", "0.003", "Momentum", "0.9"]
    tight = words(0.6 * sum(whole.values()))
    assert list(tight) == ["η", "0.003", "Momentum", "0.9"]
    assert tight["Momentum"] < whole["Momentum"]
    assert (tight["0.003"], tight["0.9"]) == (whole["0.003"], whole["0.9"])
    none = words(20)
    assert (none["η"], none["Momentum"]) == (0, 0)
    assert none["0.003"] < whole["0.003"]


def test_a_short_value_stands_whole_beside_a_name_that_is_cut(qtbot: QtBot) -> None:
    chip = Chip("B", (("Hidden layers", "4"),))
    (_, _, name), (_, _, value) = fitted(chip, 1000)
    for room in np.arange(40.0, name):
        (_, _, cut), (_, _, kept) = fitted(chip, room)
        assert cut < name
        assert kept == value


def test_what_is_said_at_the_right_is_never_cut(qtbot: QtBot) -> None:
    row = ComparedRow(QAction("Pin run"))
    qtbot.addWidget(row)
    row.show_chips([LONG, Chip("B", LONG.pairs)], "all else equal", True)
    row.resize(560, 42)
    row.show()
    assert [chip.letter for chip in row.chips()] == ["A", "B"]
    row.show_chips([], "", True)
    assert not row.isVisible()
