"""The table by hand: keys walk, rate and empty; the last row is someone new."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.ratings.factors import newcomer
from core.run.explanation import Focus
from playground.topics.ratings.rating_table import LENS
from widgets.grids.board import Caption
from widgets.plots.marks.arrows_and_dots import Dot

YOU = 4  # the row below A to D


def press(tab: Any, *keys: Qt.Key) -> None:
    tab.table.setFocus()
    for key in keys:
        QTest.keyClick(tab.table, key)


def known(tab: Any) -> Any:
    return tab.run.frame.state.learned.given.with_gaps


def captions(tab: Any) -> list[str]:
    return [item.text for item in tab.table.items() if isinstance(item, Caption)]


def test_keys_walk_over_the_cells_rate_and_empty(tab: Any) -> None:
    tab.run.advance(5)
    tab.choose(Focus("rating", (0, 0)))
    press(tab, Qt.Key.Key_Delete)
    assert np.isnan(known(tab)[0, 0])
    press(tab, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_3)
    assert known(tab)[1, 1] == 3.0
    assert [change.step for change in tab.run.recipe.edits] == [5]
    tab.run.undo()
    assert np.isnan(known(tab)[1, 1])
    press(tab, Qt.Key.Key_PageDown)
    assert tab.focus == Focus("rating", (2, 1))


def test_walking_ends_at_the_edges(tab: Any) -> None:
    tab.choose(Focus("rating", (0, 0)))
    press(tab, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert tab.focus == Focus("rating", (0, 0))
    press(tab, *[Qt.Key.Key_Down] * 9, *[Qt.Key.Key_Right] * 9)
    assert tab.focus == Focus("rating", (YOU, 3))


def test_the_row_of_someone_new_is_solved_at_once_and_nothing_is_learned_from_it(tab: Any) -> None:
    tab.run.advance(200)
    before = tab.run.frame.state
    assert captions(tab).count("○") == 4
    tab.choose(Focus("rating", (YOU, 0)))
    press(tab, Qt.Key.Key_5, Qt.Key.Key_Right, Qt.Key.Key_4)
    assert tab.run.params.newcomer == ((0.0, 5.0), (1.0, 4.0))
    assert (tab.run.frame.state, tab.run.position) == (before, 200)
    solved = newcomer(before.learned, np.array([5.0, 4.0, np.nan, np.nan]), tab.run.params.regularization)
    (handle,) = [mark for mark in tab.ruler.marks if isinstance(mark, Dot) and mark.focus == Focus("user", (YOU,))]
    assert handle.xy == pytest.approx(tuple(solved))
    assert not captions(tab).count("○")
    press(tab, Qt.Key.Key_Delete)
    assert tab.run.params.newcomer == ((0.0, 5.0),)


def test_a_click_in_the_row_of_someone_new_opens_its_field_in_another_row_it_chooses(tab: Any, settle: Any) -> None:
    tab.table.clicked.emit("ratings", 1, 2)
    assert not tab.hands.editor.isVisible()
    assert tab.focus == Focus("rating", (1, 2))
    tab.table.clicked.emit("ratings", YOU, 2)
    settle()
    assert tab.hands.editor.isVisible()
    tab.hands.editor.setText("2")
    QTest.keyClick(tab.hands.editor, Qt.Key.Key_Return)
    assert tab.run.params.newcomer == ((2.0, 2.0),)


def test_films_that_other_ratings_do_not_have_are_no_longer_rated(tab: Any) -> None:
    tab.hands.rate((YOU, 3), 2.0)
    tab.hands.rate((YOU, 0), 4.0)
    tab.set_parameter("ratings", [[1.0, 2.0], [3.0, None]])
    assert tab.run.params.newcomer == ((0.0, 4.0),)


def test_where_cells_are_too_small_the_row_spoken_of_has_its_numbers(tab: Any, settle: Any) -> None:
    rows = [[float((i + j) % 5 + 1) if (i + 2 * j) % 3 else None for j in range(60)] for i in range(60)]
    tab.run.restart_with({"ratings": rows})
    tab.run.advance(3)
    tab.choose(Focus("rating", (30, 40)))
    settle()
    lens = tab.table.placed(LENS)
    assert lens.grid.columns < 60
    first = tab.hands.rating_at(LENS, 0, 0)[1]
    assert tab.hands.rating_at(LENS, 0, lens.grid.columns - 1) == (30, first + lens.grid.columns - 1)
    assert first <= 40 < first + lens.grid.columns
    predicted = tab.run.frame.state.learned
    value = rows[30][40]
    told = value if value is not None else float(predicted.users[30] @ predicted.items[:, 40])
    assert f"{told:.1f}" in captions(tab)
    press(tab, Qt.Key.Key_2)
    assert known(tab)[30, 40] == 2.0
