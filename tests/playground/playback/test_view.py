"""A view: what a picture may read of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.run.recipe import Origin, Recipe, SetParam
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.run import Run
from playground.playback.view import View, axis_end
from playground.topic_list import topic

CORE = topic("optimizers").core


def recorded(steps: int, seed: int = 0) -> Timeline[Any, Any]:
    timeline: Timeline[Any, Any] = Timeline(CORE, Recipe("optimizers", CORE.VERSION, seed, CORE.Params()))
    timeline.frame(steps)
    return timeline


@pytest.fixture
def timeline() -> Timeline[Any, Any]:
    return recorded(6)


def test_it_shows_a_step_and_the_one_it_was_made_from(timeline: Timeline[Any, Any]) -> None:
    view = View(timeline, 4)
    assert view.frame == timeline.frame(4)
    assert view.before == timeline.frame(3)
    assert (view.state, view.params) == (timeline.frame(4).state, timeline.params_at(4))


def test_the_start_was_made_from_nothing(timeline: Timeline[Any, Any]) -> None:
    assert View(timeline, 0).before is None


def test_its_row_is_that_of_the_record(timeline: Timeline[Any, Any]) -> None:
    losses = timeline.series.column("sgd.loss")
    assert [View(timeline, t).row["sgd.loss"] for t in range(7)] == losses.tolist()
    assert len(set(losses)) == 7


def test_a_snapshot_beyond_the_record_has_its_row_and_nothing_before(timeline: Timeline[Any, Any]) -> None:
    young = Timeline(CORE, timeline.recipe)
    young.adopt(5, timeline.made(5))
    view = View(young, 5)
    assert view.before is None
    assert view.row["sgd.loss"] == timeline.series.row(5)["sgd.loss"]
    assert young.recorded == 0  # asking for it recorded nothing


def test_a_row_of_a_snapshot_holds_what_is_hidden_too(timeline: Timeline[Any, Any]) -> None:
    young = Timeline(CORE, timeline.recipe.viewed("methods", ("sgd",)))
    young.adopt(5, timeline.made(5))
    assert set(View(young, 5).row) == set(timeline.series.row(5))


def test_parameters_are_those_in_force_at_its_step(timeline: Timeline[Any, Any]) -> None:
    changed = timeline.fork(timeline.recipe.edited(3, SetParam("sgd.learning_rate", 0.5)))
    changed.frame(6)
    rates = [View(changed, t).params.sgd.learning_rate for t in (2, 3, 6)]
    assert rates == [timeline.params_at(0).sgd.learning_rate, 0.5, 0.5]


@pytest.mark.parametrize(("ahead", "last"), [(True, 6), (False, 2)])
def test_what_is_recorded_ahead_may_be_left_out(timeline: Timeline[Any, Any], ahead: bool, last: int) -> None:
    assert View(timeline, 2, ahead=ahead).recorded == last


def test_nothing_is_drawn_beyond_the_record(timeline: Timeline[Any, Any]) -> None:
    assert View(timeline, 9, ahead=False).recorded == 6


def test_runs_compared_with_go_before_the_run_before_the_last_change(timeline: Timeline[Any, Any]) -> None:
    ghost, pinned = Compared(recorded(3, seed=1), since=2), Compared(recorded(4, seed=2), "A")
    assert View(timeline, 2, ghost=ghost).others == (ghost,)
    assert View(timeline, 2, ghost=ghost, compared=(pinned,)).others == (pinned,)
    assert View(timeline, 2).others == ()


def test_no_run_is_compared_with_itself(timeline: Timeline[Any, Any]) -> None:
    other = Compared(recorded(4, seed=2), "B")
    view = View(timeline, 2, compared=(Compared(timeline, "A"), other))
    assert view.others == (other,)


def test_another_view_of_the_same_step_is_its_own(timeline: Timeline[Any, Any]) -> None:
    view = View(timeline, 4)
    assert view.frame.t == 4
    later = replace(view, t=5)
    assert (later.frame.t, later.row["sgd.loss"]) == (5, timeline.series.row(5)["sgd.loss"])


def test_a_run_gives_its_view() -> None:
    run = Run(topic("optimizers"))
    run.advance(30)
    run.seek(12)
    view = run.view(options={"hessian": True})
    assert (view.timeline, view.t, view.steps, view.options) == (run.timeline, 12, 50, {"hessian": True})
    assert (view.ghost, view.compared) == (None, ())


def test_a_run_compared_with_makes_the_axis_longer_and_one_before_a_change_does_not() -> None:
    run = Run(topic("optimizers"))
    run.advance(30)
    run.seek(4)
    run.set_parameter("sgd.learning_rate", 0.5)
    view = run.view()
    assert view.ghost == Compared(run.ghost or run.timeline, since=4)
    assert (view.ghost.timeline.recorded, view.steps) == (30, 20)
    run.undo()
    run.pin()
    run.reseed(3)
    view = run.view()
    assert [(other.letter, other.timeline.recorded) for other in view.compared] == [("A", 30), ("B", 0)]
    assert (view.letter, [other.letter for other in view.others]) == ("B", ["A"])
    assert view.steps == 50


@given(st.integers(0, 10**7))
def test_the_step_axis_ends_at_a_round_number_at_or_beyond_the_record(longest: int) -> None:
    end = axis_end(longest)
    assert end >= max(20, longest)
    assert str(end).strip("0") in ("1", "2", "5")
    assert end in (20, 50, 100) or end < 2.6 * longest


@pytest.mark.parametrize(("longest", "end"), [(0, 20), (20, 20), (21, 50), (99, 100), (501, 1000), (4000, 5000)])
def test_the_end_of_the_step_axis(longest: int, end: int) -> None:
    assert axis_end(longest) == end


TABLE = Origin("data", "plants.csv", ("height", "width"))


def regression(data: Any, *origins: Origin) -> View:
    params = CORE.Params(function="linear-regression", start=(0.0, 0.0), data=data)
    return View(Timeline(CORE, Recipe("optimizers", CORE.VERSION, 0, params, origins=origins)), 0)


def test_columns_are_called_as_in_their_file() -> None:
    view = regression(np.array([[1.0, 2.0], [3.0, 5.0]]), TABLE)
    assert view.columns("data", ("u", "t")) == ("height", "width")
    assert view.columns("data", ("u", "t", "class")) == ("u", "t", "class")  # there is a name for each, or for none
    assert view.origin("data") == TABLE


def test_columns_chosen_of_a_shipped_table_have_names_and_others_none() -> None:
    assert regression("iris:sepal_length, sepal_width").columns("data", "ut") == ("sepal_length", "sepal_width")
    assert regression("iris").columns("data", ("u", "t")) == ("u", "t")
    assert regression(np.array([[1.0, 2.0], [3.0, 5.0]])).columns("data", ("u", "t")) == ("u", "t")


DATA = [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]]
PLANTS = Origin("data", "plants.csv", ("height", "width"))


@pytest.fixture
def named(run: Run) -> Run:
    run.restart_with({"function": "linear-regression", "start": [0.0, 0.0]})
    with run.reading(PLANTS):
        run.set_parameter("data", DATA)
    return run


def test_what_was_read_has_a_name_until_it_is_another(named: Run) -> None:
    assert named.recipe.origins == (PLANTS,)
    named.set_parameter("sgd.learning_rate", 0.01)
    named.advance(3)
    named.reseed(5)
    named.restart()
    assert named.recipe.origins == (PLANTS,)
    named.set_parameter("data", "iris")
    assert not named.recipe.origins


def test_undo_brings_the_name_back(named: Run) -> None:
    named.set_parameter("data", "iris")
    named.undo()
    assert named.recipe.origins == (PLANTS,)
    named.undo()
    assert not named.recipe.origins
    named.redo()
    assert named.recipe.origins == (PLANTS,)


def test_the_same_numbers_from_another_file_have_its_name_and_nothing_begins_again(named: Run) -> None:
    named.advance(3)
    with named.reading(Origin("data", "other.csv")):
        named.set_parameter("data", DATA)
    assert named.recipe.origins == (Origin("data", "other.csv"),)
    assert (named.position, named.timeline.recorded) == (3, 3)


def test_a_refused_value_leaves_the_old_name(named: Run) -> None:
    with pytest.raises(Refusal), named.reading(Origin("data", "other.csv")):
        named.set_parameter("data", [[1.0]])
    named.set_parameter("noise", 1.0)
    assert named.recipe.origins == (PLANTS,)
