"""Several runs on one clock: letters, how they go on and stand still, each with its own way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QTimer

from core.run.recipe import Recipe, SetParam
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.playback import run as run_module
from playground.playback.compared import CHANGES, SEED, differing, free_letter, keep_up
from playground.playback.player import Player
from playground.playback.run import Run
from playground.recipes.plain_compared import Comparison
from playground.topic_list import topic
from playground.words.refusals import sentence

ENTRY = topic("optimizers")
RATE = "sgd.learning_rate"


def record(t: int = 0, seed: int = 0, **params: Any) -> Timeline[Any, Any]:
    core = ENTRY.core
    timeline: Timeline[Any, Any] = Timeline(core, Recipe(ENTRY.id, core.VERSION, seed, core.Params(**params)))
    timeline.record(t)
    return timeline


def letters(run: Run) -> list[tuple[str, int]]:
    return [(other.letter, other.timeline.recorded) for other in run.compared]


@pytest.fixture
def pinned(run: Run) -> Run:
    """A run at step 10 with another start, compared with the one before."""
    run.advance(10)
    run.pin()
    run.set_parameter("start", [1.0, 1.0])
    return run


def test_a_pinned_run_goes_on_with_the_clock(pinned: Run) -> None:
    assert letters(pinned) == [("A", 10), ("B", 0)]
    pinned.advance(43)
    assert letters(pinned) == [("A", 43), ("B", 43)]
    other = pinned.compared[0].timeline
    alone = record(43)
    assert np.array_equal(other.series.column("sgd.loss"), alone.series.column("sgd.loss"))


def test_the_run_in_view_has_the_next_letter_and_is_the_one_that_is_changed(pinned: Run) -> None:
    assert (pinned.letter, pinned.params.start) == ("B", (1.0, 1.0))
    pinned.pin()
    pinned.reseed(5)
    assert [(o.letter, o.timeline.recipe.seed) for o in pinned.compared] == [("A", 0), ("B", 0), ("C", 5)]
    assert not pinned.can_pin
    pinned.pin()
    assert len(pinned.compared) == 3


def test_nothing_but_a_cross_drops_a_compared_run(pinned: Run) -> None:
    first = pinned.compared[0].timeline
    pinned.advance(3)
    for do in (pinned.undo, pinned.redo, pinned.restart, lambda: pinned.reseed(9), lambda: pinned.load(record(4))):
        do()
        assert pinned.compared[0].timeline is first
    pinned.unpin("A")
    assert (pinned.compared, pinned.letter) == ((), "")


def test_of_the_one_in_view_the_cross_brings_another_forward(pinned: Run) -> None:
    pinned.unpin("B")
    assert (pinned.compared, pinned.params.start) == ((), ENTRY.core.Params().start)
    with pytest.raises(KeyError):
        pinned.unpin("A")


def test_a_run_brought_forward_stands_at_the_same_step_and_has_its_own_way_back(pinned: Run) -> None:
    pinned.advance(6)
    pinned.set_parameter(RATE, 0.5)
    pinned.bring_forward("A")
    assert (pinned.letter, pinned.position, pinned.params.start) == ("A", 6, ENTRY.core.Params().start)
    assert not pinned.can_undo
    pinned.bring_forward("B")
    assert pinned.params.sgd.learning_rate == 0.5
    pinned.undo()
    assert pinned.params.sgd.learning_rate == ENTRY.core.Params().sgd.learning_rate


def test_runs_of_a_scene_are_compared_at_once(run: Run) -> None:
    run.pin()
    run.compare_with([record(seed=1), record(seed=2)])
    assert [(o.letter, o.timeline.recipe.seed) for o in run.compared] == [("A", 1), ("B", 2)]
    run.advance(7)
    assert letters(run) == [("A", 7), ("B", 7)]
    run.undo()
    assert (run.recipe.seed, run.letter) == (0, "B")
    assert [o.letter for o in run.compared] == ["A", "B"]
    run.compare_with([record()])
    assert run.compared == ()
    with pytest.raises(ValueError, match="no runs"):
        run.compare_with([])


def test_more_than_three_are_refused_in_words_and_nothing_changes(run: Run) -> None:
    run.compare_with([record(seed=1), record(seed=2), record(seed=3)])
    before = run.compared
    with pytest.raises(Refusal) as caught:
        run.compare_with([record()] * 4)
    assert sentence(caught.value, language="en") == "4 entries are not allowed. Use at most 3."
    assert run.compared == before
    run.compare(Comparison("A", {letter: record().recipe for letter in "BCD"}))  # as a picture of a command may
    assert [other.letter for other in run.compared] == ["A", "B", "C", "D"]


def test_one_that_ended_stands_where_it_ended() -> None:
    run = Run(ENTRY)
    diverging = record(function="bowl", methods=("sgd",), sgd=replace(ENTRY.core.Params().sgd, learning_rate=9.0))
    run.compare_with([record(), diverging])
    run.advance(3000)
    other = run.compared[1]
    assert other.timeline.ended
    assert other.step(run.position) == other.timeline.recorded < run.position
    assert other.ended(run.position)


def test_what_takes_long_is_left_to_the_player(qapp: Any, monkeypatch: pytest.MonkeyPatch, pinned: Run) -> None:
    player = Player()
    player.show(pinned)
    timer: Any = player.findChild(QTimer)
    pinned.advance(200)
    monkeypatch.setattr(run_module, "_AT_ONCE", -1.0)
    pinned.compare_with([pinned.timeline, record(seed=3)], 200)
    assert pinned.behind
    for _ in range(500):
        if not pinned.behind:
            break
        timer.timeout.emit()
    assert letters(pinned) == [("A", 200), ("B", 200)]


def test_playing_no_run_is_ahead_of_another(qapp: Any, pinned: Run) -> None:
    player = Player()
    player.show(pinned)
    timer: Any = player.findChild(QTimer)
    player.set_speed(None, 25)
    player.play()
    for _ in range(4):
        timer.timeout.emit()
        assert pinned.position > 0
        assert all(other.step(pinned.position) == pinned.position for other in pinned.compared)
    player.pause()


def test_runs_are_brought_on_at_least_a_step_and_no_further_than_asked() -> None:
    runs = [record(), record(5)]
    assert not keep_up(runs, 3, deadline=0.0)
    assert [run.recorded for run in runs] == [1, 5]
    assert keep_up(runs, 3)
    assert [run.recorded for run in runs] == [3, 5]


def test_what_runs_differ_in() -> None:
    core = ENTRY.core
    base = Recipe(ENTRY.id, core.VERSION, 0, core.Params())
    assert differing([base, base]) == []
    assert differing([base, replace(base, seed=2)]) == [SEED]
    assert differing([base, base.edited(5, SetParam(RATE, 0.5))]) == [RATE]
    assert differing([base, base.edited(5, core.EDITS[0]("adam", 1.0, 1.0))]) == [CHANGES]


def test_the_first_letter_that_is_free() -> None:
    assert (free_letter([]), free_letter(["A", "C"])) == ("A", "B")
