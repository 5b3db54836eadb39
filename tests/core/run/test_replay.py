from __future__ import annotations

from typing import Any

import pytest

from core.run.recipe import SetParam
from core.run.replay import replay
from core.run.timeline import Timeline


def test_frames_and_events_are_those_of_the_timeline(toy: Any) -> None:
    recipe = (
        toy.recipe().edited(0, SetParam("rule.rate", 0.5)).edited(4, toy.Push(3.0)).edited(6, SetParam("noise", 0.0))
    )
    timeline = Timeline(toy, recipe)
    for frame, began in replay(toy, recipe, 12):
        assert frame == timeline.frame(frame.t)
        assert began == timeline.events_at(frame.t)
    assert timeline.recorded == 12


def test_it_stops_after_the_steps_asked_for(toy: Any) -> None:
    assert [frame.t for frame, _ in replay(toy, toy.recipe(), 3)] == [0, 1, 2, 3]
    assert [frame.t for frame, _ in replay(toy, toy.recipe(), 0)] == [0]


def test_it_stops_at_the_end(toy: Any) -> None:
    assert [frame.t for frame, _ in replay(toy, toy.recipe(ends_at=2), 9)] == [0, 1, 2]


def test_the_view_decides_about_the_end(toy: Any) -> None:
    recipe = toy.recipe(ends_at=2, shown=("x",))
    assert len(list(replay(toy, recipe, 9))) == 10


def test_a_frame_shows_what_the_step_made_and_what_edits_made_of_it(toy: Any) -> None:
    recipe = toy.recipe().edited(2, toy.Push(100.0)).edited(2, SetParam("noise", 0.0))
    frames = [frame for frame, _ in replay(toy, recipe, 3)]
    assert (frames[2].state.x - frames[2].made.x).min() > 90
    assert (frames[2].used.noise, frames[2].params.noise) == (0.5, 0.0)
    assert frames[3].used.noise == 0.0
    assert frames[3].made.x == pytest.approx(0.9 * frames[2].state.x)


def test_an_edit_takes_no_step(toy: Any) -> None:
    recipe = toy.recipe().edited(2, toy.Push(1.0))
    assert [frame.state.t for frame, _ in replay(toy, recipe, 4)] == [0, 1, 2, 3, 4]


def test_an_edit_leaves_the_draws_of_later_steps_alone(toy: Any) -> None:
    plain = [frame.state.x for frame, _ in replay(toy, toy.recipe(), 6)]
    pushed = [frame.state.x for frame, _ in replay(toy, toy.recipe().edited(2, toy.Push(1.0)), 6)]
    gap = pushed[2] - plain[2]
    assert pushed[6] - plain[6] == pytest.approx(gap * 0.9**4)


def test_a_failing_step_raises(toy: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        list(replay(toy, toy.recipe(fails_at=3), 5))
