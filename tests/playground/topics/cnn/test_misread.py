"""Misread digits and confusion: counted from the net's own readings, and a click shows one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.cnn.algorithm import scores_on_test
from core.data.digits import digits
from playground.topics.cnn.confusion import Confusion, Numbers
from playground.topics.cnn.misread import Misread, digit_at, misread_in
from widgets.grids.board import Caption
from widgets.grids.grid import Placed


def called(tab: Any) -> Any:
    view = tab.view()
    return scores_on_test(view.state.weights, view.params.layers).argmax(axis=1)


def test_a_misread_digit_says_what_it_is_and_what_it_is_read_as(tab: Any, settle: Any) -> None:
    tab.run.advance(60)
    settle()
    made = Misread(tab.view(), tab.texts)
    items = made.arrange(2000.0, 2000.0)
    names = [item.name for item in items if isinstance(item, Placed)]
    assert names == [f"digit {i}" for i in misread_in(tab.view())]
    wrong = np.flatnonzero(called(tab) != digits().labels[digits().test])
    assert sorted(misread_in(tab.view())) == digits().test[wrong].tolist()
    told = [item.text for item in items if isinstance(item, Caption)]
    first = digit_at(names[0])
    assert first is not None
    at = int(np.searchsorted(digits().test, first))
    assert told[0] == f"× {len(names)} of 360 misread"
    assert told[1] == f"{digits().labels[first]} → {called(tab)[at]}"


def test_those_without_room_are_counted(tab: Any, settle: Any) -> None:
    tab.run.advance(40)
    settle()
    items = Misread(tab.view(), tab.texts).arrange(160.0, 70.0)
    shown = sum(isinstance(item, Placed) for item in items)
    (more,) = [item.text for item in items if isinstance(item, Caption) and "…" in item.text]
    assert shown + int(more.removeprefix("… ")) == len(misread_in(tab.view()))
    assert all(item.rect.right() <= 160 and item.rect.bottom() <= 70 for item in items if isinstance(item, Placed))


def test_a_click_on_one_shows_it_and_the_button_goes_on_to_the_next(tab: Any, settle: Any) -> None:
    tab.run.advance(60)
    tab.bring_forward("misread")
    settle()
    wrong = misread_in(tab.view())
    tab.misread.clicked.emit(f"digit {wrong[1]}", 3, 3)
    assert tab.run.params.shown == wrong[1]
    tab.choice.misread.click()
    assert tab.run.params.shown == wrong[2]
    assert tab.choice.misread.text() == f"Misread {len(wrong)}"


def test_confusion_counts_every_held_out_digit_once(tab: Any, settle: Any) -> None:
    tab.run.advance(60)
    tab.bring_forward("confusion")
    settle()
    made = Confusion(tab.view(), tab.texts)
    (numbers,) = [item for item in made.arrange(400.0, 120.0) if isinstance(item, Numbers)]
    assert sum(int(text) for text, _, _ in numbers.told[20:]) == 360
    assert [text for text, _, _ in numbers.told[:20]] == 2 * [str(i) for i in range(10)]
    downs = [y for _, _, y in numbers.told[10:20]]
    assert np.diff(downs) == pytest.approx(numbers.high)  # so high are the letters at most: no name covers another
    assert max(downs) + numbers.high / 2 <= 120
    row, column = next(zip(*np.nonzero(made.reading.confusion * (1 - np.eye(10, dtype=int))), strict=True))
    tab.confusion.clicked.emit("confusion", int(row), int(column))
    shown = tab.run.params.shown
    assert digits().labels[shown] == row
    assert called(tab)[int(np.searchsorted(digits().test, shown))] == column
    empty = next(zip(*np.nonzero(made.reading.confusion == 0), strict=True))
    tab.confusion.clicked.emit("confusion", *map(int, empty))
    assert tab.run.params.shown == shown
