from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any
from unittest.mock import Mock, patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.run.recipe import Recipe, SetParam
from core.run.timeline import KEPT_EVERY, NEAR_SHARE, Timeline, bytes_of

LAST = 40
BUDGETS = st.sampled_from([1, 2_000, 6_000, 2**20])


def at_once(function: Callable[..., Any], *given: Any) -> Future[Any]:
    """Return what stands for a thread: the function is called here and now."""
    made: Future[Any] = Future()
    try:
        made.set_result(function(*given))
    except ArithmeticError as error:
        made.set_exception(error)
    return made


def recipe_with_edits(toy: Any) -> Recipe[Any]:
    recipe: Recipe[Any] = toy.recipe().edited(5, toy.Push(2.0)).edited(5, SetParam("noise", 0.1))
    return recipe.edited(17, SetParam("rule.rate", 1.5))


def recorded(toy: Any, recipe: Recipe[Any], last: int = LAST, budget: int = 2**20) -> Timeline[Any, Any]:
    timeline = Timeline(toy, recipe, budget)
    timeline.record(last)
    return timeline


def content(timeline: Timeline[Any, Any]) -> tuple[Any, ...]:
    columns = [timeline.series.column(name).tobytes() for name in ("x", "y")]
    words = [timeline.series.row(t)["word"] for t in range(timeline.recorded + 1)]
    events = [timeline.events_at(t) for t in range(timeline.recorded + 1)]
    return *columns, words, events, timeline.end, timeline.error


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, LAST), min_size=1, max_size=25), BUDGETS)
def test_shuffled_seeks_equal_the_straight_run(toy: Any, order: list[int], budget: int) -> None:
    straight = recorded(toy, recipe_with_edits(toy))
    frames = [straight.frame(t) for t in range(LAST + 1)]
    timeline = Timeline(toy, recipe_with_edits(toy), budget)
    for t in order:
        assert timeline.frame(t) == frames[t]
    assert timeline.recorded == max(order)


ACTIONS = st.one_of(
    st.tuples(st.just("seek"), st.integers(0, LAST), st.just(0.0)),
    st.tuples(st.just("set"), st.integers(0, LAST), st.sampled_from([0.0, -0.0, 0.5, 1.25])),
    st.tuples(st.just("push"), st.integers(0, LAST), st.sampled_from([-1.0, 0.0, 2.0])),
    st.tuples(st.just("view"), st.integers(0, 2), st.just(0.0)),
    st.tuples(st.just("undo"), st.just(0), st.just(0.0)),
    st.tuples(st.just("beside"), st.just(0), st.just(0.0)),
)
VIEWS = (("x",), ("y",), ("x", "y"))


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIONS, max_size=12), BUDGETS, st.sampled_from([0, 30]), st.sampled_from([0, 35]))
def test_a_session_of_seeks_edits_and_forks_equals_a_fresh_timeline(
    toy: Any, actions: list[tuple[str, int, float]], budget: int, ends_at: int, fails_at: int
) -> None:
    timeline = Timeline(toy, toy.recipe(ends_at=ends_at, fails_at=fails_at), budget)
    undone = [timeline.recipe]
    for action, at, value in actions:
        last = min(at, (fails_at or LAST) - 1)
        match action:
            case "seek":
                timeline.frame(last)
            case "view":
                timeline = timeline.fork(timeline.recipe.viewed("shown", VIEWS[at]))
            case "undo":
                timeline = timeline.fork(undone[len(undone) // 2])
            case "beside":
                with patch("core.run.timeline.FELT", -1.0):
                    timeline.make_beside(at_once)
            case _:
                timeline.frame(last)
                edit = SetParam("rule.rate", value) if action == "set" else toy.Push(value)
                timeline = timeline.fork(timeline.recipe.edited(last, edit))
        undone.append(timeline.recipe)
    fresh = Timeline(toy, timeline.recipe)
    fresh.frame(timeline.recorded)
    if timeline.error:
        fresh.extend()
    assert content(timeline) == content(fresh)
    for t in range(timeline.recorded + 1):
        assert timeline.frame(t) == fresh.frame(t)


def test_a_fork_shares_what_both_have(toy: Any) -> None:
    parent = recorded(toy, toy.recipe())
    child = parent.fork(parent.recipe.edited(10, toy.Push(1.0)))
    assert child.recorded == 10
    assert all(child.made(t) == parent.made(t) for t in range(11))
    assert all(child.made(t) is parent.made(t) for t in range(0, 11, KEPT_EVERY))
    child.frame(LAST)
    assert parent.frame(12) != child.frame(12)
    assert content(parent) == content(recorded(toy, toy.recipe()))


def test_a_change_of_view_shares_everything(toy: Any) -> None:
    parent = recorded(toy, toy.recipe())
    child = parent.fork(parent.recipe.viewed("shown", ("y",)))
    assert child.recorded == LAST
    assert child.params_at(LAST).shown == ("y",)
    assert child.made(LAST) is parent.made(LAST)


@pytest.mark.parametrize("change", [{"seed": 8}, {"params": {"size": 4}}])
def test_another_start_shares_nothing(toy: Any, change: dict[str, Any]) -> None:
    from dataclasses import replace

    parent = recorded(toy, toy.recipe())
    params = toy.Params(**change.get("params", {}))
    child = parent.fork(replace(parent.recipe, seed=change.get("seed", 7), params=params))
    assert child.recorded == 0
    assert child.made(0) != parent.made(0)


def test_minus_zero_is_another_edit(toy: Any) -> None:
    parent = recorded(toy, toy.recipe(noise=0.0).edited(3, SetParam("rule.rate", 0.0)))
    child = parent.fork(parent.recipe.edited(3, SetParam("rule.rate", -0.0)))
    assert child.recorded == 3
    assert np.signbit(child.frame(4).state.x).tolist() != np.signbit(parent.frame(4).state.x).tolist()


def test_a_step_that_raises_leaves_its_message_and_the_earlier_frames(toy: Any) -> None:
    timeline = recorded(toy, toy.recipe(fails_at=6))
    assert (timeline.recorded, timeline.ended) == (5, True)
    assert timeline.error == "ZeroDivisionError: this step cannot be made"
    assert timeline.frame(5).error == timeline.error
    assert timeline.frame(4).error == ""
    with pytest.raises(IndexError, match="cannot be made"):
        timeline.frame(6)


def test_a_step_made_beside_is_taken_and_made_once(toy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.run.timeline.FELT", -1.0)
    timeline, submit = recorded(toy, recipe_with_edits(toy), 10), Mock(side_effect=at_once)
    timeline.make_beside(submit)
    timeline.make_beside(submit)  # it is there already
    assert submit.call_count == 1
    with patch.object(toy, "step", side_effect=AssertionError("made twice")):
        timeline.extend()
    assert content(timeline) == content(recorded(toy, recipe_with_edits(toy), 11))


def test_a_short_step_is_not_made_beside(toy: Any) -> None:
    submit = Mock(side_effect=at_once)
    recorded(toy, toy.recipe()).make_beside(submit)
    assert not submit.called


def test_a_step_that_raises_beside_leaves_its_message(toy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.run.timeline.FELT", -1.0)
    timeline = recorded(toy, toy.recipe(fails_at=6), 5)
    timeline.make_beside(at_once)
    timeline.extend()
    assert (timeline.recorded, timeline.error) == (5, "ZeroDivisionError: this step cannot be made")


def test_an_edit_can_mend_a_step_that_raises(toy: Any) -> None:
    broken = recorded(toy, toy.recipe(fails_at=6))
    mended = broken.fork(broken.recipe.edited(5, SetParam("fails_at", 0)))
    assert mended.error == ""
    assert mended.frame(6).t == 6
    later = broken.fork(broken.recipe.edited(4, toy.Push(1.0)))
    assert later.error == ""
    later.frame(5)
    later.extend()
    assert later.error == broken.error


def test_a_view_does_not_make_an_error_go_away(toy: Any) -> None:
    broken = recorded(toy, toy.recipe(fails_at=6))
    assert broken.fork(broken.recipe.viewed("shown", ("x",))).error == broken.error


def test_before_the_start_there_is_nothing(toy: Any) -> None:
    with pytest.raises(IndexError):
        Timeline(toy, toy.recipe()).frame(-1)


def test_the_end_depends_on_the_view(toy: Any) -> None:
    timeline = recorded(toy, toy.recipe(ends_at=12))
    assert (timeline.end, timeline.ended, timeline.recorded) == (12, True, 12)
    other = timeline.fork(timeline.recipe.viewed("shown", ("x",)))
    assert not other.ended
    other.frame(30)
    back = other.fork(timeline.recipe)
    assert (back.end, back.recorded) == (12, 30)


def kept(timeline: Timeline[Any, Any]) -> dict[int, Any]:
    """Return the states before the last that are kept: what is made again is another object each time."""
    first, again = ([timeline.made(t) for t in range(timeline.recorded)] for _ in range(2))
    return {t: state for t, state in enumerate(first) if again[t] is state}


def test_little_memory_thins_the_kept_states(toy: Any) -> None:
    size = bytes_of(Timeline(toy, toy.recipe()).made(0))
    timeline = recorded(toy, toy.recipe(), last=500, budget=20 * size)
    states = kept(timeline)
    assert timeline.stride >= 16
    assert set(states) == set(range(0, 500, timeline.stride))
    pairs = zip(states.values(), [None, *states.values()], strict=False)
    assert sum(bytes_of(state, shared_with=before) for state, before in pairs) <= 20 * size


def test_a_hidden_tab_gives_memory_back(toy: Any) -> None:
    timeline = recorded(toy, toy.recipe(), last=200)
    expected = timeline.frame(151)
    assert set(kept(timeline)) == set(range(0, 200, KEPT_EVERY))
    timeline.shrink(10 * bytes_of(timeline.made(16), shared_with=timeline.made(8)))
    assert len(kept(timeline)) <= 10
    assert timeline.frame(151) == expected


def test_shared_parts_are_counted_once(toy: Any) -> None:
    timeline = recorded(toy, toy.recipe(), last=2)
    one, other = timeline.made(1), timeline.made(2)
    assert one.fixed is other.fixed
    assert bytes_of(other) - bytes_of(other, shared_with=one) >= one.fixed.nbytes


def test_params_and_states_are_left_alone(toy: Any) -> None:
    recipe = recipe_with_edits(toy)
    timeline = recorded(toy, recipe)
    before = [timeline.frame(t) for t in range(LAST)]
    copies = [frame.state.x.tobytes() for frame in before]
    timeline.fork(recipe.edited(3, toy.Push(1.0))).frame(LAST)
    assert recipe == recipe_with_edits(toy)
    assert [frame.state.x.tobytes() for frame in before] == copies


def test_an_adopted_state_stands_in_until_the_record_has_come_that_far(toy: Any) -> None:
    straight = recorded(toy, recipe_with_edits(toy))
    timeline = Timeline(toy, recipe_with_edits(toy))
    timeline.adopt(17, straight.made(17))
    assert timeline.frame(17) == straight.frame(17)
    assert timeline.recorded == 0
    view = timeline.fork(timeline.recipe.viewed("shown", ("x",)))
    assert view.frame(17).state == straight.frame(17).state
    assert view.recorded == 0
    timeline.frame(20)
    assert timeline.frame(17) == straight.frame(17)


def test_a_false_snapshot_gives_way_to_the_record(toy: Any) -> None:
    straight = recorded(toy, toy.recipe())
    timeline = Timeline(toy, toy.recipe())
    timeline.adopt(17, straight.made(16))
    assert timeline.frame(17).made == straight.made(16)
    timeline.frame(18)
    assert timeline.frame(17) == straight.frame(17)


def test_an_edit_before_it_drops_a_snapshot(toy: Any) -> None:
    timeline = Timeline(toy, toy.recipe())
    timeline.adopt(17, timeline.made(0))
    child = timeline.fork(timeline.recipe.edited(3, toy.Push(1.0)))
    assert child.frame(17).made == recorded(toy, child.recipe).made(17)


class Counted:
    """A topic that counts its steps."""

    def __init__(self, toy: Any) -> None:
        self._toy = toy
        self.steps = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._toy, name)

    def step(self, state: Any, params: Any, rng: Any) -> Any:
        self.steps += 1
        return self._toy.step(state, params, rng)


def test_a_state_is_made_again_from_the_nearest_known_one(toy: Any) -> None:
    topic: Any = Counted(toy)
    timeline = recorded(topic, toy.recipe(size=64), 400, budget=20_000)
    assert timeline.stride >= 16
    timeline.budget = 2**20
    kept = 8 * timeline.stride
    topic.steps = 0
    for t, steps in ((kept + 5, 5), (kept + 9, 9), (kept + 7, 9), (kept + 3, 9), (kept + 10, 10), (kept, 10)):
        timeline.frame(t)
        assert topic.steps == steps, t


def test_a_kept_state_and_the_one_before_it_are_made_once(toy: Any) -> None:
    topic: Any = Counted(toy)
    timeline = recorded(topic, toy.recipe(size=64), 400, budget=20_000)
    kept = 8 * timeline.stride
    topic.steps = 0
    for _ in range(3):
        timeline.frame(kept), timeline.frame(kept - 1)
    assert topic.steps == timeline.stride - 1


def test_states_made_again_take_a_share_of_the_memory(toy: Any) -> None:
    topic: Any = Counted(toy)
    timeline = recorded(topic, toy.recipe(size=64), 400, budget=20_000)
    straight = recorded(toy, toy.recipe(size=64), 400)
    for t in (399, 200, 199, 198, 350, 349):
        assert timeline.frame(t).made == straight.frame(t).made
        near = made_again_up_to(t, timeline, topic)
        held = sum(bytes_of(state) for state in near)
        assert near
        assert len(near) <= 4 or held <= 20_000 * NEAR_SHARE  # what states share is not counted twice


def made_again_up_to(t: int, timeline: Timeline[Any, Any], topic: Any) -> list[Any]:
    """Return the states at hand that lead to t from a kept one: asking for them takes no step."""
    near, steps = [], topic.steps
    for earlier in range(t, t - t % timeline.stride, -1):
        state = timeline.made(earlier)
        if topic.steps > steps:
            break
        near.append(state)
    return near


def test_a_far_state_is_come_to_in_slices(toy: Any) -> None:
    timeline = recorded(toy, toy.recipe(size=64), 400, budget=20_000)
    straight = recorded(toy, toy.recipe(size=64), 400)
    timeline.budget = 2**20
    t = 9 * timeline.stride - 1
    assert timeline.wait_for(t) > timeline.wait_for(t - 5) > timeline.wait_for(8 * timeline.stride + 1) > 0
    assert timeline.wait_for(8 * timeline.stride) > 0  # the step before it has to be made again
    slices = 1
    while not timeline.come_nearer(t, deadline=0.0):
        slices += 1
    assert slices == timeline.stride - 1
    assert timeline.frame(t) == straight.frame(t)
    assert timeline.shown_at_once(t) == timeline.shown_at_once(8 * timeline.stride) == 8 * timeline.stride + 1
    assert timeline.shown_at_once(400) == 400 - 400 % timeline.stride + (400 % timeline.stride > 0)


def test_a_slice_ends_before_a_step_that_would_not_be_there_in_time(toy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now, step = [0.0], toy.step

    def slow(*given: Any) -> Any:
        now[0] += 0.01
        return step(*given)

    monkeypatch.setattr("core.run.timeline.perf_counter", lambda: now[0])
    monkeypatch.setattr(toy, "step", slow)
    timeline = recorded(toy, toy.recipe(size=64), 400, budget=20_000)
    timeline.budget, is_there = 2**20, False
    while not is_there:
        begin = now[0]
        is_there = timeline.come_nearer(9 * timeline.stride - 1, begin + 0.025)
        assert now[0] - begin < 0.0201
