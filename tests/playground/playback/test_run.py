"""The run behind a tab: steps, edits, undo, ghosts, and steps that have to be recorded again."""

from __future__ import annotations

from typing import Any

import pytest

from core.run.recipe import SetParam
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.playback import run as module
from playground.playback.compared import same_run
from playground.playback.run import Run
from playground.topic_list import topic

ENTRY = topic("optimizers")
RATE = "sgd.learning_rate"


@pytest.fixture
def at_ten(run: Run) -> Run:
    run.advance(10)
    return run


def straight(recipe: Any, t: int) -> Any:
    return Timeline(ENTRY.core, recipe).frame(t)


def counted(signal: Any) -> list[Any]:
    calls: list[Any] = []
    signal.connect(lambda *args: calls.append(args))
    return calls


def test_a_run_starts_at_step_0_with_the_defaults(run: Run) -> None:
    assert (run.position, run.timeline.recorded, run.params) == (0, 0, ENTRY.core.Params())
    assert run.view().before is None


def test_stepping_forward_after_back_replays_the_record(at_ten: Run) -> None:
    last = at_ten.frame
    at_ten.seek(4)
    at_ten.advance(6)
    assert at_ten.frame == last
    assert at_ten.timeline.recorded == 10


def test_advance_tells_once_however_many_steps(run: Run) -> None:
    moved = counted(run.moved)
    run.advance(10)
    assert len(moved) == 1


@pytest.mark.parametrize(("asked", "shown"), [(-3, 0), (0, 0), (7, 7), (99, 10)])
def test_seek_stays_within_the_record(at_ten: Run, asked: int, shown: int) -> None:
    at_ten.seek(asked)
    assert at_ten.position == shown


def test_seeking_the_step_in_view_tells_nothing(at_ten: Run) -> None:
    moved = counted(at_ten.moved)
    at_ten.seek(10)
    assert moved == []


def test_an_edit_stands_after_the_step_in_view_and_holds_from_the_next(at_ten: Run) -> None:
    before = at_ten.frame.made
    at_ten.set_parameter(RATE, 0.02)
    assert at_ten.frame.made == before
    assert at_ten.params.sgd.learning_rate == 0.02
    assert [(c.step, c.edit) for c in at_ten.recipe.edits] == [(10, SetParam(RATE, 0.02))]
    at_ten.advance(3)
    assert at_ten.frame == straight(at_ten.recipe, 13)


def test_the_same_value_again_is_no_edit(at_ten: Run) -> None:
    changed = counted(at_ten.changed)
    at_ten.set_parameter(RATE, at_ten.params.sgd.learning_rate)
    assert changed == []
    assert not at_ten.can_undo


def test_a_refused_value_changes_nothing(at_ten: Run) -> None:
    recipe, changed = at_ten.recipe, counted(at_ten.changed)
    with pytest.raises(Refusal):
        at_ten.set_parameter(RATE, -1)
    assert at_ten.recipe is recipe
    assert changed == []


def test_a_drag_is_one_undo(at_ten: Run) -> None:
    for rate in (0.02, 0.03, 0.04):
        at_ten.set_parameter(RATE, rate, final=False)
    at_ten.set_parameter(RATE, 0.04)
    at_ten.undo()
    assert at_ten.recipe.edits == ()
    assert not at_ten.can_undo


def test_two_drags_are_two_undos(at_ten: Run) -> None:
    for rate in (0.02, 0.03):
        at_ten.set_parameter(RATE, rate, final=False)
        at_ten.set_parameter(RATE, rate)
    at_ten.undo()
    assert at_ten.params.sgd.learning_rate == 0.02


def test_a_drag_that_never_ended_does_not_swallow_the_next_change(at_ten: Run) -> None:
    at_ten.set_parameter(RATE, 0.02, final=False)
    at_ten.set_parameter("adam.learning_rate", 0.5)
    at_ten.undo()
    assert at_ten.params.sgd.learning_rate == 0.02


def test_undo_brings_back_later_edits_and_the_step_in_view(at_ten: Run) -> None:
    at_ten.set_parameter(RATE, 0.02)
    at_ten.advance(5)
    at_ten.set_parameter(RATE, 0.03)
    at_ten.seek(3)
    at_ten.set_parameter(RATE, 0.04)
    assert [c.step for c in at_ten.recipe.edits] == [3]
    at_ten.undo()
    assert [c.step for c in at_ten.recipe.edits] == [10, 15]
    assert at_ten.position == 3
    at_ten.redo()
    assert [c.step for c in at_ten.recipe.edits] == [3]


def test_undo_to_another_start_shows_the_step_it_left(at_ten: Run) -> None:
    frame = at_ten.frame
    at_ten.set_parameter("start", [1, 1])
    at_ten.advance(2)
    at_ten.set_parameter("start", [2, 2])
    at_ten.undo()
    at_ten.undo()
    assert at_ten.position == 10
    assert at_ten.frame == frame


def test_undo_that_takes_long_is_left_to_the_player(at_ten: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 0.0)
    at_ten.set_parameter("start", [1, 1])
    at_ten.advance(1)  # now this is the ghost, and the first record is thrown away
    at_ten.set_parameter("start", [2, 2])
    at_ten.undo()
    at_ten.undo()
    assert (at_ten.position, at_ten.target) == (0, 10)
    while at_ten.timeline.recorded < 10:
        at_ten.timeline.extend()
    at_ten.caught_up()
    assert (at_ten.position, at_ten.target) == (10, None)


def test_a_change_clears_what_could_be_redone(at_ten: Run) -> None:
    at_ten.set_parameter(RATE, 0.02)
    at_ten.undo()
    at_ten.set_parameter(RATE, 0.03)
    assert not at_ten.can_redo


def test_a_restart_parameter_begins_again(at_ten: Run) -> None:
    at_ten.set_parameter(RATE, 0.02)
    at_ten.set_parameter("start", [1.0, 2.0])
    assert (at_ten.position, at_ten.timeline.recorded, at_ten.recipe.edits) == (0, 0, ())
    assert at_ten.params.sgd.learning_rate == 0.02  # settings stay as they are now
    assert at_ten.params.start == (1.0, 2.0)


def test_a_view_parameter_is_no_edit_and_no_undo(at_ten: Run) -> None:
    at_ten.set_parameter("methods", ["sgd"])
    assert at_ten.position == 10
    assert at_ten.recipe.edits == ()
    assert not at_ten.can_undo


def test_undo_keeps_what_is_shown(at_ten: Run) -> None:
    at_ten.set_parameter(RATE, 0.02)
    at_ten.set_parameter("methods", ["adam"])
    at_ten.undo()
    assert at_ten.params.methods == ("adam",)


def test_the_old_run_stays_as_a_ghost_from_the_change_on(at_ten: Run) -> None:
    old = at_ten.timeline
    at_ten.seek(6)
    at_ten.set_parameter(RATE, 0.02)
    assert at_ten.ghost is old
    assert at_ten.ghost_from == 6


def test_a_drag_keeps_the_ghost_of_its_beginning(at_ten: Run) -> None:
    old = at_ten.timeline
    at_ten.seek(6)
    for rate in (0.02, 0.03):
        at_ten.set_parameter(RATE, rate, final=False)
    at_ten.set_parameter(RATE, 0.03)
    assert at_ten.ghost is old


def test_a_cut_record_is_told(at_ten: Run) -> None:
    cuts = counted(at_ten.cut)
    at_ten.set_parameter(RATE, 0.02)  # nothing beyond the step in view
    assert cuts == []
    at_ten.seek(6)
    at_ten.set_parameter(RATE, 0.03)
    assert cuts == [(6,)]


def test_a_ghost_goes_with_the_next_change(at_ten: Run) -> None:
    at_ten.seek(4)
    at_ten.set_parameter(RATE, 0.02)
    assert at_ten.ghost is not None
    at_ten.set_parameter(RATE, 0.03)  # nothing lies beyond this step any more
    assert at_ten.ghost is None


def test_reset_empties_the_record_and_undoes_to_where_it_was(at_ten: Run) -> None:
    at_ten.set_parameter(RATE, 0.02)
    at_ten.advance(2)
    at_ten.restart()
    assert (at_ten.position, at_ten.timeline.recorded) == (0, 0)
    assert at_ten.recipe.params.sgd.learning_rate == 0.02
    at_ten.undo()
    assert (at_ten.position, [c.step for c in at_ten.recipe.edits]) == (12, [10])


def test_reset_of_an_untouched_run_leaves_nothing_to_undo(at_ten: Run) -> None:
    at_ten.restart()
    assert (at_ten.position, at_ten.timeline.recorded, at_ten.can_undo) == (0, 0, False)


def test_a_new_seed_begins_again_and_the_same_seed_does_nothing(at_ten: Run) -> None:
    at_ten.reseed(0)
    assert at_ten.position == 10
    at_ten.reseed(7)
    assert (at_ten.recipe.seed, at_ten.position) == (7, 0)


def test_the_next_event_is_a_change_or_what_a_step_began(run: Run) -> None:
    run.set_parameter("function", "bowl")
    run.advance(5)
    run.set_parameter("sgd.learning_rate", 3.0)
    run.advance(100)
    diverged = min(t for t, keys in run.timeline.events.items() if "diverged: sgd" in keys)
    run.seek(0)
    steps = []
    while (t := run.next_event()) is not None:
        steps.append(t)
        run.seek(t)
    assert steps == sorted({5, *run.timeline.events})
    assert diverged in steps


def test_the_window_records_no_further_than_its_limit(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 12)
    run.advance(20)
    assert (run.position, run.at_limit, run.can_step) == (12, True, False)


def test_a_snapshot_is_shown_while_its_record_is_made(run: Run) -> None:
    far = Timeline(ENTRY.core, run.recipe)
    frame = far.frame(40)
    opened = Timeline(ENTRY.core, run.recipe)
    opened.adopt(40, frame.made)
    run.load(opened, 40, stands_in=True)
    assert (run.position, run.timeline.recorded, run.target) == (40, 0, 40)
    assert run.frame == frame
    assert not run.can_step
    run.advance()  # nothing to go to yet
    assert run.position == 40


def test_a_step_asked_for_before_it_is_recorded_is_shown_afterwards(run: Run) -> None:
    opened = Timeline(ENTRY.core, run.recipe)
    opened.adopt(40, Timeline(ENTRY.core, run.recipe).frame(40).made)
    run.load(opened, 40, stands_in=True)
    run.seek(39)
    assert run.position == 40
    while opened.recorded < 40:
        opened.extend()
    run.caught_up()
    assert run.position == 39


def test_an_edit_at_a_snapshot_keeps_it_in_view(run: Run) -> None:
    opened = Timeline(ENTRY.core, run.recipe)
    opened.adopt(40, Timeline(ENTRY.core, run.recipe).frame(40).made)
    run.load(opened, 40, stands_in=True)
    run.set_parameter(RATE, 0.02)
    assert (run.position, run.target) == (40, 40)
    assert [c.step for c in run.recipe.edits] == [40]


def test_undo_leads_back_from_an_opened_run(at_ten: Run) -> None:
    recipe = at_ten.recipe
    other = Run(ENTRY, seed=3)
    at_ten.load(other.timeline)
    at_ten.undo()
    assert at_ten.recipe == recipe
    assert at_ten.position == 10


def test_undo_of_a_scene_brings_back_what_was_compared_before_it(at_ten: Run) -> None:
    recipe = at_ten.recipe
    at_ten.pin()
    before = [(other.letter, other.timeline) for other in at_ten.compared if other.letter != at_ten.letter]
    scene = [Run(ENTRY, seed=seed).timeline for seed in (3, 4, 5)]
    at_ten.compare_with(scene)
    assert [other.letter for other in at_ten.compared] == ["A", "B", "C"]
    at_ten.undo()
    assert at_ten.recipe == recipe
    assert at_ten.letter == "B"
    assert [(o.letter, o.timeline) for o in at_ten.compared if o.letter != "B"] == before
    at_ten.redo()
    assert [other.timeline.recipe for other in at_ten.compared] == [timeline.recipe for timeline in scene]


def test_undo_of_a_file_leaves_what_was_pinned_since(at_ten: Run) -> None:
    at_ten.load(Run(ENTRY, seed=3).timeline)
    at_ten.pin()
    at_ten.undo()
    assert [other.letter for other in at_ten.compared] == ["A", "B"]


def test_a_failing_step_leaves_the_record_and_its_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.advance(3)

    def fail(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(ENTRY.core, "step", fail)
    run.advance(5)
    assert (run.position, run.can_step) == (3, False)
    assert "by zero" in run.frame.error


def test_same_run_looks_past_what_is_shown(at_ten: Run) -> None:
    recipe = at_ten.recipe
    at_ten.set_parameter("methods", ["sgd"])
    assert same_run(recipe, at_ten.recipe)
    at_ten.set_parameter(RATE, 0.5)
    assert not same_run(recipe, at_ten.recipe)


def test_a_far_step_is_shown_when_it_is_there_and_the_nearest_one_meanwhile(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.advance(40)
    moved, awaited = counted(run.moved), counted(run.awaited)
    monkeypatch.setattr(Timeline, "wait_for", lambda timeline, t: float(t == 15))
    run.seek(15)
    assert (run.position, run.far) == (9, 15)  # 8 is kept
    assert (len(moved), len(awaited)) == (1, 1)
    run.come_nearer(deadline=0.0)
    assert (run.position, run.far) == (9, 15)
    for _ in range(20):
        run.come_nearer(deadline=0.0)
    assert (run.position, run.far) == (15, None)
    assert run.frame == straight(run.recipe, 15)
    assert len(moved) == 2


def test_a_step_back_to_a_far_one_stays_where_it_is_until_then(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run.advance(40)
    run.seek(16)
    monkeypatch.setattr(Timeline, "wait_for", lambda timeline, t: float(t == 15))
    run.seek(15)
    assert (run.position, run.far) == (16, 15)


@pytest.mark.parametrize("other", ["seek", "advance", "edit", "undo"])
def test_what_is_awaited_is_forgotten_for_something_else(run: Run, monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    run.set_parameter(RATE, 0.004)
    run.advance(40)
    monkeypatch.setattr(Timeline, "wait_for", lambda timeline, t: float(t == 15))
    run.seek(15)
    if other == "seek":
        run.seek(30)
    elif other == "advance":
        run.advance()
    elif other == "undo":
        run.undo()
    else:
        run.set_parameter(RATE, 0.002)
    assert run.far is None
    position = run.position
    run.come_nearer(deadline=1e9)
    assert run.position == position


def test_several_parameters_are_dragged_as_one_undo(at_ten: Run) -> None:
    before = at_ten.recipe
    for x, final in ((1.0, False), (1.5, False), (2.0, True)):
        at_ten.restart_with({"start": [x, 2.0], "function": "ravine"}, final)
    assert at_ten.params.start == (2.0, 2.0)
    at_ten.undo()
    assert at_ten.recipe == before
