"""The tab by itself: cells are chosen, beats are times, weights are typed into, settings are those of the task."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from core.rnn import SetRadius, arrays
from core.rnn.algorithm import seen_with
from core.rnn.net import unrolled
from core.run.explanation import Focus
from playground.topics.rnn.tab import RnnTab
from playground.window.window import Window


def test_a_cell_that_is_clicked_is_told_of_at_its_time(tab: RnnTab) -> None:
    tab.film.clicked.emit("state", 5, 2)
    assert tab.beat == "time_2"
    assert tab.pinned()
    assert tab.focus_name(tab.view()) == "time 2, unit 5 · sequence 1"
    told = arrays(tab.run.frame.made, tab.run.params)
    assert tab.explanation(tab.view()).values["now"] == told["h"][0, 3, 5]
    tab.film.hovered.emit("state", 7, 4)
    assert tab.focus_name(tab.view()) == "time 2, unit 7 · sequence 1"
    tab.film.left.emit()
    assert tab.focus_name(tab.view()) == "time 2, unit 5 · sequence 1"


def test_another_run_lets_go_of_what_it_does_not_have(tab: RnnTab) -> None:
    tab.pick(Focus("state", (3, 7, 12)))
    tab.set_parameter("units", 4)
    assert tab.view().focus is None


def test_every_beat_is_told_in_its_own_words(tab: RnnTab) -> None:
    assert [tab.beat_name(beat) for beat in tab.beats()] == [*(f"t {t}" for t in range(8)), "Back", "Update"]
    kinds = set()
    for beat in tab.beats():
        tab.show_beat(beat)
        kinds.add(tab.explanation(tab.view()).sentence.partition(".")[0])
    assert kinds == {"time", "back", "step"}
    tab.show_beat("back")
    assert tab.focus_name(tab.view()) == "time 6, unit 0 · sequence 1"


@pytest.mark.parametrize(("task", "shown"), [
    ("echo", {"symbols", "lag"}), ("parity", set()), ("next-character", {"text"}),
])  # fmt: skip
def test_settings_are_those_of_the_task(task: str, shown: set[str], tab: RnnTab) -> None:
    tab.set_parameter("task", task)
    assert {"symbols", "lag", "text", "inputs", "targets"} & set(tab.settings_shown()) == shown


def test_what_begins_anew_each_time_is_not_asked_whether_it_goes_on(tab: RnnTab) -> None:
    assert "consecutive" in tab.settings_shown()
    tab.set_parameter("task", "adding")
    assert "consecutive" not in tab.settings_shown()


def test_every_array_can_be_typed_into_where_it_stands(tab: RnnTab) -> None:
    for name in ("W", "U", "V", "b", "c"):
        held = arrays(tab.run.frame.state, tab.run.params)[name]
        typed = np.full(held.shape, 0.5) if held.ndim > 1 else np.full((1, *held.shape), 0.5)
        tab.cells.typed.emit(name, typed)
        np.testing.assert_array_equal(arrays(tab.run.frame.state, tab.run.params)[name], np.full(held.shape, 0.5))
    assert tab.gesture_text(tab.run.recipe.edits[-1].edit) == "c set by hand"


def test_the_ring_is_an_edit_of_the_row_in_view(tab: RnnTab) -> None:
    tab.run.gesture(SetRadius(0.5), True)
    found = np.linalg.eigvals(arrays(tab.run.frame.state, tab.run.params)["U"])
    assert np.abs(found).max() == pytest.approx(0.5, rel=1e-9)
    assert tab.gesture_text(SetRadius(0.5)) == "the ring of U pulled"


def press(tab: RnnTab, key: Qt.Key) -> None:
    QTest.keyClick(tab.film, key)


def test_another_sequence_is_chosen_in_the_list_and_by_page_keys(tab: RnnTab) -> None:
    assert (tab.sequences.count(), tab.sequences.currentIndex()) == (16, 0)
    tab.film.clicked.emit("state", 5, 2)
    tab.sequences.setCurrentIndex(3)
    tab.sequences.activated.emit(3)
    assert tab.focus == Focus("state", (3, 2, 5))
    press(tab, Qt.Key.Key_PageDown)
    assert (tab.focus, tab.sequences.currentIndex()) == (Focus("state", (4, 2, 5)), 4)
    tab.choose(None)
    press(tab, Qt.Key.Key_PageUp)
    assert tab.focus == Focus("sequence", (0,))
    tab.set_parameter("batch_size", 2)
    assert tab.sequences.count() == 2


@pytest.mark.parametrize("front", ["optimizers"])  # so that the tab is built in the shorter language
def test_the_list_of_sequences_has_room_for_its_words_in_another_language(window: Window, settle: Any) -> None:
    window.set_language("zh")
    box: Any = window.visit("rnn").findChild(QComboBox, "view.sequence")
    settle()
    narrow, short = box.width(), box.fontMetrics().horizontalAdvance(box.currentText())
    window.set_language("en")
    settle()
    assert box.width() - narrow >= box.fontMetrics().horizontalAdvance(box.currentText()) - short > 0


def test_arrows_go_along_time_and_from_a_chosen_cell_to_the_next(tab: RnnTab) -> None:
    tab.show_beat("time_3")
    press(tab, Qt.Key.Key_Down)
    assert (tab.beat, tab.focus) == ("time_4", None)
    press(tab, Qt.Key.Key_Up)
    assert tab.beat == "time_3"
    tab.film.clicked.emit("state", 5, 2)
    press(tab, Qt.Key.Key_Right)
    press(tab, Qt.Key.Key_Down)
    assert (tab.beat, tab.focus) == ("time_3", Focus("state", (0, 3, 6)))
    for _ in range(9):
        press(tab, Qt.Key.Key_Left)
    assert (tab.beat, tab.focus) == ("time_0", Focus("state", (0, 0, 6)))


def test_the_second_cursor_is_dragged(tab: RnnTab) -> None:
    tab.film.pressed.emit("t", 0, 2)
    assert tab.beat == "time_2"
    tab.film.dragged.emit("state", 4, 5)
    assert (tab.beat, tab.focus) == ("time_5", None)
    tab.film.released.emit()
    tab.film.dragged.emit("state", 4, 6)
    assert tab.beat == "time_5"


def test_a_bar_tells_of_its_lag(tab: RnnTab) -> None:
    tab.film.clicked.emit("lag", 0, 5)
    assert tab.focus == Focus("lag", (2,))
    assert tab.focus_name(tab.view()) == "time 5, unit 0 · sequence 1"


def test_of_weights_set_by_hand_strip_and_film_tell_the_same(tab: RnnTab) -> None:
    was = tab.run.frame.made
    tab.run.gesture(SetRadius(0.5), True)
    told = tab.explanation(tab.view())
    seen = [seen_with(state, was, tab.run.params) for state in (was, tab.run.frame.state)]
    assert told.sentence == "set"
    assert [told.values["was"], told.values["now"]] == [look.loss for look in seen if look]
    tab.show_beat("time_4")
    h = unrolled(seen[1]).h if seen[1] else None
    assert h is not None
    assert tab.explanation(tab.view()).values["now"] == h[0, 5, 0]
    tab.run.advance(1)
    tab.show_beat("update")
    assert tab.explanation(tab.view()).sentence == "step.classes"
