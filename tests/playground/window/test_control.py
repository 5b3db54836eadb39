"""What the actions do to the tab in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDockWidget,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
)

from core.run.explanation import Focus
from playground.playback import run as run_module
from playground.playback.player import Player
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window
from widgets.shell.transport_bar import SPEEDS

Find = Callable[[type[Any], str], Any]
Do = Callable[[str], None]


@pytest.fixture
def do(window: Window) -> Do:
    return lambda id: window.actions_[id].trigger()


def enabled(window: Window) -> set[str]:
    names = ("play", "step", "back", "start", "end", "next_event")
    return {name for name in names if window.actions_[f"transport.{name}"].isEnabled()}


def tick(player: Player) -> None:
    clock: Any = player.findChild(QTimer)
    clock.timeout.emit()


def test_what_can_be_done_at_the_start_in_the_middle_and_at_the_end(window: Window, tab: TopicTab) -> None:
    assert enabled(window) == {"play", "step"}
    tab.run.advance(4)
    assert enabled(window) == {"play", "step", "back", "start"}
    tab.run.seek(3)
    assert enabled(window) == {"play", "step", "back", "start", "end"}
    tab.run.seek(0)
    assert enabled(window) == {"play", "step", "end"}


def test_step_back_start_end(tab: TopicTab, do: Do) -> None:
    shown = []
    for id in ("step", "step", "ten_on", "back", "start", "end", "ten_back"):
        do(f"transport.{id}")
        shown.append(tab.run.position)
    assert shown == [1, 2, 12, 11, 0, 12, 2]


def test_stepping_pauses(player: Player, tab: TopicTab, do: Do) -> None:
    for id in ("step", "back", "start"):
        do("transport.play")
        tab.run.advance(2)
        do(f"transport.{id}")
        assert not player.playing, id


def test_scrubbing_pauses_and_shows_the_step(player: Player, tab: TopicTab, find: Find, do: Do) -> None:
    tab.run.advance(20)
    do("transport.play")
    find(QSlider, "transport.position").setValue(7)
    assert (tab.run.position, player.playing) == (7, False)


def test_the_play_button_says_pause_while_it_plays(window: Window, tab: TopicTab, do: Do) -> None:
    play = next(button for button in tab.transport.findChildren(QPushButton) if button.text() == "Play")
    do("transport.play")
    assert play.text() == "Pause"
    do("transport.play")
    assert play.text() == "Play"


def test_every_speed_can_be_chosen(player: Player, find: Find) -> None:
    box = find(QComboBox, "transport.speed")
    chosen = []
    for i in range(box.count()):
        box.setCurrentIndex(i)
        chosen.append((player.per_second, player.per_tick))
    assert len(set(chosen)) == len(SPEEDS)
    assert chosen[-1] == (None, None)


def test_the_seed_is_typed_and_drawn(tab: TopicTab, find: Find, do: Do, window: Window) -> None:
    box = find(QSpinBox, "transport.seed")
    tab.run.advance(3)
    box.setValue(42)
    assert (tab.run.recipe.seed, tab.run.position) == (42, 0)
    assert "Seed 42" in [label.text() for label in window.statusBar().findChildren(QLabel)]
    do("transport.new_seed")
    assert box.value() == tab.run.recipe.seed != 42


def test_undo_and_redo_are_open_when_there_is_something(window: Window, tab: TopicTab, do: Do) -> None:
    undo, redo = window.actions_["edit.undo"], window.actions_["edit.redo"]
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    do("edit.undo")
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)
    do("edit.redo")
    assert tab.run.params.sgd.learning_rate == 0.02


def test_next_event_goes_from_change_to_change(window: Window, tab: TopicTab, do: Do) -> None:
    tab.run.advance(5)
    tab.set_parameter("sgd.learning_rate", 0.02)
    tab.run.advance(5)
    tab.set_parameter("sgd.learning_rate", 0.03)
    do("transport.start")
    assert window.actions_["transport.next_event"].isEnabled()
    do("transport.next_event")
    assert tab.run.position == 5


def letters(tab: TopicTab) -> list[str]:
    return [chip.letter for chip in tab.compared.chips()]


def test_runs_are_pinned_up_to_three_and_never_let_go_of_by_the_same_button(
    window: Window, tab: TopicTab, do: Do
) -> None:
    action = window.actions_["view.compare"]
    tab.run.advance(5)
    shown = [(action.isEnabled(), letters(tab))]
    for _ in range(3):
        do("view.compare")
        tab.run.reseed(tab.run.recipe.seed + 1)
        shown.append((action.isEnabled(), letters(tab)))
    assert shown == [(True, []), (True, ["A", "B"]), (False, ["A", "B", "C"]), (False, ["A", "B", "C"])]
    assert (action.text(), action.isCheckable()) == ("&Pin run", False)


def test_a_chip_brings_its_run_forward_and_its_cross_lets_go_of_it(tab: TopicTab, find: Any, do: Do) -> None:
    tab.run.advance(5)
    do("view.compare")
    tab.set_parameter("sgd.learning_rate", 0.02)
    find(QAbstractButton, "compare.a").click()
    assert (tab.run.params.sgd.learning_rate, tab.run.letter) == (tab.entry.core.Params().sgd.learning_rate, "A")
    find(QAbstractButton, "compare.a.remove").click()
    assert (tab.run.params.sgd.learning_rate, letters(tab), tab.compared.isVisible()) == (0.02, [], False)


def test_letters_bring_their_runs_forward_where_nothing_is_typed(window: Window, tab: TopicTab, settle: Any) -> None:
    tab.run.advance(5)
    assert not window.actions_["view.front_a"].isEnabled()
    tab.run.pin()
    settle()
    tab.take_focus()
    for key, letter in ((Qt.Key.Key_A, "A"), (Qt.Key.Key_B, "B"), (Qt.Key.Key_C, "B")):
        QTest.keyClick(tab.plots()["surface"], key)
        assert tab.run.letter == letter
    field = tab.form.field("start")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert tab.run.letter == "B"


def test_the_end_is_said_in_words(window: Window, player: Player, tab: TopicTab, do: Do) -> None:
    tab.set_parameter("function", "bowl")
    tab.set_parameter("methods", ["sgd"])
    tab.set_parameter("sgd.learning_rate", 9.0)
    player.set_speed(None, 1000)
    do("transport.play")
    for _ in range(1000):  # where much else goes on, a tick takes fewer steps
        if player.playing:
            tick(player)
    assert not player.playing
    assert window.statusBar().currentMessage() == tab.event_text("end", tab.run.position)
    assert "diverged" in window.statusBar().currentMessage()


def test_a_method_that_diverges_is_named_at_its_step(window: Window, tab: TopicTab) -> None:
    tab.set_parameter("function", "bowl")
    tab.set_parameter("sgd.learning_rate", 9.0)
    tab.run.advance(100)
    step = min(t for t, keys in tab.run.timeline.events.items() if "diverged: sgd" in keys)
    tab.run.seek(step)
    assert window.statusBar().currentMessage().startswith(f"SGD diverged at step {step}")
    assert tab.run.can_step


def test_the_limit_is_said_in_words(
    window: Window, player: Player, tab: TopicTab, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "LONGEST", 30)
    player.set_speed(None, 1000)
    do("transport.play")
    while player.playing:  # a busy machine may need more than one tick
        tick(player)
    assert tab.run.position == 30
    assert "200000 steps" in window.statusBar().currentMessage().replace("\u2009", "").replace("\u202f", "")
    assert enabled(window) == {"back", "start"}


def test_a_failing_step_is_said_in_words(
    window: Window, tab: TopicTab, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = tab.entry.core.step

    def fail(state: Any, *rest: Any) -> Any:
        if state.t == 3:
            raise ZeroDivisionError("division by zero")
        return step(state, *rest)

    monkeypatch.setattr(tab.entry.core, "step", fail)
    tab.run.advance(3)
    do("transport.step")
    assert tab.run.position == 3
    assert window.statusBar().currentMessage().startswith("Step 4 could not be made: ")
    tab.run.seek(1)  # earlier frames stay usable
    assert tab.run.frame.t == 1


def test_the_code_shows_what_runs_and_follows_the_focus(window: Window, tab: TopicTab, do: Do, settle: Any) -> None:
    do("view.code")
    settle()
    dock = window.findChild(QDockWidget, "source")
    assert dock is not None
    assert dock.isVisible()
    view: Any = dock.widget()
    tab.choose(Focus("adam"))
    tab.run.advance(1)
    marks = view.findChild(QPlainTextEdit).extraSelections()
    marked = "\n".join(mark.cursor.block().text() for mark in marks)
    assert "def step" in marked
    assert "m_hat" in marked
    dock.close()
    settle()
    assert not window.actions_["view.code"].isChecked()
    do("view.code")
    assert dock.isVisible()


def test_the_strip_can_be_hidden(window: Window, tab: TopicTab, do: Do) -> None:
    do("view.numbers")
    assert not tab.numbers.isVisible()
    do("view.numbers")
    assert tab.numbers.isVisible()


def test_zoom_goes_back(tab: TopicTab, do: Do) -> None:
    plot: Any = tab.plots()["surface"]
    plot.user_zoomed = True
    do("view.fit")
    assert not plot.user_zoomed


def test_faster_and_slower_stop_at_the_ends(tab: TopicTab, do: Do) -> None:
    for _ in range(20):
        do("transport.faster")
    assert tab.transport.speed_box.currentIndex() == len(SPEEDS) - 1
    for _ in range(20):
        do("transport.slower")
    assert tab.transport.speed_box.currentIndex() == 0
