"""Plots over steps: what is drawn of the run in view and of those beside it, the axes, and the marks of changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.run.recipe import Recipe, SetParam
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.tab.histories import (
    Line,
    change_marks,
    change_text,
    closely,
    decades,
    extremes,
    gaps_at,
    history,
    log_span,
)
from playground.topic_list import topic
from widgets.base import numbers
from widgets.plots.marks.change_marks import ChangeMarks
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.points import Points

ENTRY = topic("optimizers")
CORE = ENTRY.core
LOSS = Line("sgd.loss", "SGD", "black", focused=True)


def recorded(steps: int, **changes: Any) -> Timeline[Any, Any]:
    params = replace(CORE.Params(), **changes)
    timeline: Timeline[Any, Any] = Timeline(CORE, Recipe("optimizers", CORE.VERSION, 0, params))
    timeline.frame(steps)
    return timeline


@pytest.fixture
def timeline() -> Timeline[Any, Any]:
    return recorded(9)


@pytest.fixture
def other() -> Timeline[Any, Any]:
    return recorded(30, start=(4.5, -4.5))


def drawn(paper: Any, view: View, *lines: Line, **more: Any) -> list[Any]:
    """Return the curves that are drawn of a view."""
    history(paper, view, lines or [LOSS], ENTRY.texts, "loss", (0.0, 9.0), **more)
    return list(marks_of(paper, Curves)[0].curves)


def marks_of(paper: Any, kind: type) -> list[Any]:
    return [mark for mark in paper.told["set_marks"][0] if isinstance(mark, kind)]


# ---- the run in view


def test_a_line_is_its_series_to_the_end_of_the_record(paper: Any, timeline: Timeline[Any, Any]) -> None:
    (curve,) = drawn(paper, View(timeline, 4))
    assert curve.x.tolist() == list(range(10))
    assert curve.y.tolist() == timeline.series.column("sgd.loss").tolist()
    assert (curve.focus, curve.label, curve.colour, curve.focused, curve.ghost) == (
        "sgd.loss",
        "SGD",
        "black",
        True,
        False,
    )
    assert marks_of(paper, Curves)[0].cursor == 4  # where the cursor stands: what lies beyond is faint


def test_nothing_is_drawn_beyond_the_step_where_that_is_left_out(paper: Any, timeline: Timeline[Any, Any]) -> None:
    (curve,) = drawn(paper, View(timeline, 4, ahead=False))
    assert curve.x.tolist() == [0, 1, 2, 3, 4]
    assert curve.y.tolist() == timeline.series.column("sgd.loss")[:5].tolist()


def test_a_line_that_is_no_series_is_made_of_the_record(paper: Any, timeline: Timeline[Any, Any]) -> None:
    def middles(record: Timeline[Any, Any]) -> tuple[Floats, Floats]:
        steps: Floats = np.arange(0.5, record.recorded)
        return steps, 2 * steps

    (curve,) = drawn(paper, View(timeline, 4, ahead=False), Line("mean", made=middles))
    assert curve.y.tolist() == [1, 3, 5, 7]
    assert curve.x.tolist() == [0.5, 1.5, 2.5, 3.5]


def test_a_line_looks_as_it_says(paper: Any, timeline: Timeline[Any, Any]) -> None:
    (curve,) = drawn(paper, View(timeline, 4), Line("sgd.loss", dashed=True, pale=True, marker="circle"))
    assert (curve.dashed, curve.pale, curve.marker, curve.focused) == (True, True, "circle", False)


def test_before_the_first_step_nothing_is_drawn(paper: Any) -> None:
    changed = recorded(0).recipe.edited(0, SetParam("sgd.learning_rate", 0.5))
    assert drawn(paper, View(Timeline(CORE, changed), 0)) == []
    assert marks_of(paper, ChangeMarks) == [ChangeMarks(())]


def test_the_ends_of_the_axes_are_those_asked_for(paper: Any, timeline: Timeline[Any, Any]) -> None:
    drawn(paper, View(timeline, 4, steps=50), told="SGD 3.1", log=True)
    assert paper.told["set_range"] == (0, 50, 0.0, 9.0)
    assert paper.told["set_names"] == (ENTRY.texts.get("panels", "step_axis"), "loss")
    assert paper.told["set_log"] == (True, 0.0)
    assert paper.told["setAccessibleDescription"] == ("SGD 3.1",)


def test_what_lies_beneath_is_drawn_before_the_lines(paper: Any, timeline: Timeline[Any, Any]) -> None:
    beneath = LOSS.curve(View(timeline, 4))
    curves = drawn(paper, View(timeline, 4), replace(LOSS, series="adam.loss"), beneath=[beneath])
    assert [curve.focus for curve in curves] == ["sgd.loss", "adam.loss"]


# ---- runs beside it


def test_a_ghost_begins_where_the_change_was_and_bears_no_letter(
    paper: Any, timeline: Timeline[Any, Any], other: Timeline[Any, Any]
) -> None:
    ghost, curve = drawn(paper, View(timeline, 4, ghost=Compared(other, since=6)))
    assert ghost.ghost
    assert (ghost.label, ghost.colour) == ("", "black")
    assert ghost.x.tolist() == list(range(6, 31))
    assert ghost.y.tolist() == other.series.column("sgd.loss")[6:].tolist()
    assert not curve.ghost


def test_a_run_compared_with_is_drawn_whole_and_its_first_line_bears_its_letter(
    paper: Any, timeline: Timeline[Any, Any], other: Timeline[Any, Any]
) -> None:
    view = View(timeline, 4, compared=(Compared(other, "A"), Compared(recorded(3), "B")))
    curves = drawn(paper, view, LOSS, Line("adam.loss"))
    beside = [(c.letter, c.label, len(c.x)) for c in curves if not c.front]
    value = numbers.compact(float(other.series.column("sgd.loss")[4]))
    assert beside == [("A", f"A  {value}", 31), ("A", "", 31), ("B", "B", 4), ("B", "", 4)]  # B has none at step 4 yet
    assert [(gap.first, gap.second) for gap in gaps_at(curves, 4)] == []
    bare = drawn(paper, replace(view, ahead=False), LOSS)
    assert [len(c.x) for c in bare] == [5, 4, 5]  # nor is drawn of the others what lies beyond the step


def test_where_runs_are_compared_the_one_in_view_bears_its_letter_and_value(
    paper: Any, timeline: Timeline[Any, Any], other: Timeline[Any, Any]
) -> None:
    runs = (Compared(other, "A"), Compared(timeline, "B"))
    *_, own = drawn(paper, View(timeline, 4, compared=runs, letter="B"))
    value = numbers.compact(float(timeline.series.column("sgd.loss")[4]))
    assert (own.letter, own.front, own.label) == ("B", True, f"SGD  {value}")


def test_the_line_told_of_says_how_far_the_runs_are_apart(
    paper: Any, timeline: Timeline[Any, Any], other: Timeline[Any, Any]
) -> None:
    runs = (Compared(timeline, "A"), Compared(other, "B"), Compared(recorded(9, noise=0.5), "C"))
    drawn(paper, View(timeline, 4, compared=runs, letter="A"))
    (curves,) = marks_of(paper, Curves)
    own, theirs = (record.series.column("sgd.loss")[4] for record in (timeline, other))
    assert [gap[:2] for gap in curves.gaps] == [("A", "B"), ("A", "C")]
    assert curves.gaps[0].text == f"B − A  {numbers.difference(theirs - own)}"
    drawn(paper, View(other, 4, compared=runs, letter="B"))
    assert marks_of(paper, Curves)[0].gaps == curves.gaps  # whichever run is in front
    drawn(paper, View(timeline, 4))
    assert marks_of(paper, Curves)[0].gaps == ()


def test_a_run_that_has_ended_goes_on_dotted_from_a_hollow_dot(paper: Any) -> None:
    sgd = {"function": "bowl", "methods": ("sgd",)}
    over, going = recorded(1, sgd=replace(CORE.Params().sgd, learning_rate=9.0), **sgd), recorded(60, **sgd)
    over.record(60)
    assert over.ended
    view = View(going, 50, compared=(Compared(going, "A"), Compared(over, "B")), letter="A", steps=100)
    rest = next(curve for curve in drawn(paper, view) if curve.dotted)
    last = over.series.column("sgd.loss")[-1]
    assert (rest.x[0], rest.x[-1], set(rest.y)) == (over.recorded, 100, {last})
    assert rest.label == f"B  {numbers.compact(float(last))}"
    (dot,) = marks_of(paper, Points)
    assert (dot.hollow, dot.xy.tolist()) == (True, [[over.recorded, last]])
    (short,) = (curve for curve in drawn(paper, replace(view, ahead=False)) if curve.dotted)
    assert short.x[-1] == 50
    assert not any(curve.dotted for curve in drawn(paper, replace(view, t=over.recorded)))


def test_a_line_may_stand_alone(paper: Any, timeline: Timeline[Any, Any], other: Timeline[Any, Any]) -> None:
    curves = drawn(paper, View(timeline, 4, ghost=Compared(other)), replace(LOSS, beside=False), Line("adam.loss"))
    assert [curve.focus for curve in curves if curve.ghost] == ["ghost adam.loss"]


def test_a_run_of_other_series_is_left_out(paper: Any, timeline: Timeline[Any, Any]) -> None:
    convolution = topic("convolution").core
    sweep: Timeline[Any, Any] = Timeline(
        convolution, Recipe("convolution", convolution.VERSION, 0, convolution.Params())
    )
    sweep.frame(3)
    view = View(timeline, 4, compared=(Compared(sweep, "A"),))
    assert [curve.ghost for curve in drawn(paper, view)] == [False]
    assert extremes(view, ["sgd.loss"]) == timeline.series.extremes("sgd.loss")


def test_a_ghost_never_widens_an_axis_and_compared_runs_do(
    timeline: Timeline[Any, Any], other: Timeline[Any, Any]
) -> None:
    own, theirs = timeline.series.extremes("sgd.loss"), other.series.extremes("sgd.loss")
    assert theirs[1] > own[1]
    assert extremes(View(timeline, 4, ghost=Compared(other)), ["sgd.loss"]) == own
    both = extremes(View(timeline, 4, compared=(Compared(other, "A"),)), ["sgd.loss"])
    assert both == (min(own[0], theirs[0]), theirs[1])


def test_extremes_are_those_of_the_whole_record_whatever_step_is_in_view(timeline: Timeline[Any, Any]) -> None:
    names = ["sgd.loss", "adam.loss"]
    columns = np.concatenate([timeline.series.column(name) for name in names])
    for view in (View(timeline, 0), View(timeline, 9), View(timeline, 2, ahead=False)):
        assert extremes(view, names) == (columns.min(), columns.max())


def test_of_what_was_never_finite_there_are_no_extremes(timeline: Timeline[Any, Any]) -> None:
    assert extremes(View(timeline, 4), ["newton.rate_x"]) is None
    assert extremes(View(timeline, 4), []) is None


# ---- marks and words of changes


def test_changed_settings_are_marked_where_they_were_changed(paper: Any, timeline: Timeline[Any, Any]) -> None:
    recipe = timeline.recipe.edited(3, SetParam("sgd.learning_rate", 0.5)).edited(5, CORE.EDITS[0]("adam", 1.0, 1.0))
    changed = timeline.fork(recipe)
    changed.frame(6)
    (mark,) = change_marks(View(changed, 6), ENTRY.texts)  # a moved point is no setting
    assert (mark.x, mark.text) == (3, "η 0.006 → 0.5")
    drawn(paper, View(changed, 6))
    assert marks_of(paper, ChangeMarks) == [ChangeMarks((mark,))]
    drawn(paper, View(changed, 6), marks=[])
    assert marks_of(paper, ChangeMarks) == [ChangeMarks(())]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("sgd.learning_rate", 0.004, 0.003, "η 0.004 → 0.003"),
        ("noise", 0.0, 1.0, "noise 0 → 1"),
        ("unknown", True, False, "unknown True → False"),
        ("function", "bowl", "ravine", "function {bowl} → {ravine}"),
    ],
)
def test_a_change_in_words(name: str, old: Any, new: Any, words: str) -> None:
    names = {id: ENTRY.texts.choice("function", id) for id in ("bowl", "ravine")}
    assert change_text(ENTRY.texts, name, old, new).lower() == words.format(**names).lower()


# ---- log axes


@given(st.floats(1e-300, 1e12), st.floats(1, 1e12))
def test_decades_are_whole_powers_that_hold_all(low: float, factor: float) -> None:
    high = low * factor
    bottom, top = decades(low, high)
    for end in (bottom, top):
        assert np.log10(end) == pytest.approx(round(np.log10(end)), abs=1e-9)
    assert bottom <= low
    assert high < top
    assert np.log10(top) - np.log10(bottom) > 1.9


@given(st.floats(1e-200, 1e12), st.floats(1, 1e12))
def test_a_close_range_holds_all_and_ends_near_it(low: float, factor: float) -> None:
    high = low * factor
    bottom, top = closely(low, high)
    for end in (bottom, top):
        assert f"{end:.9e}"[:11] in ("1.000000000", "2.000000000", "5.000000000")
    assert bottom <= low * (1 + 1e-9)
    assert 1.3 * high <= top <= 3.4 * high
    assert top / bottom > 9.9
    if factor < 20:
        assert bottom > top / 110
    if factor > 1e3:
        assert bottom == decades(low, high)[0]


def test_the_foot_of_a_deep_axis_seldom_moves() -> None:
    feet = [decades(0.64**steps, 10.0)[0] for steps in range(1000)]  # as SGD goes down a bowl
    assert len(set(feet)) < 30


def test_what_is_zero_or_has_not_begun_makes_no_axis_of_nothing(timeline: Timeline[Any, Any]) -> None:
    newton = recorded(5, function="ravine")  # whose loss is 0 from the first step on
    low, high = log_span(View(newton, 5), ["newton.loss"])
    assert 1e-2 <= low < newton.series.column("newton.loss")[0] < high
    rests = recorded(5, function="ravine", start=(0.0, 0.0))
    for record, name in ((rests, "sgd.loss"), (timeline, "newton.rate_x")):
        assert log_span(View(record, 5), [name]) == (0.01, 1.0)


def test_of_what_diverged_only_the_beginning_sets_the_axis() -> None:
    methods = ("sgd", "adam")
    sound = recorded(60, methods=methods)
    names = [f"{method}.loss" for method in methods]
    before = log_span(View(sound, 5), names)
    changed = sound.fork(sound.recipe.edited(5, SetParam("sgd.learning_rate", 5.0)))
    changed.frame(60)
    assert changed.series.extremes("sgd.loss")[1] > 1e6 * before[1]
    for t in (5, 7, 60, 2):  # before, during, after, and back again
        low, high = log_span(View(changed, t), names)
        assert low >= 1e-3 * before[0]
        assert high <= 1e3 * before[1]
    assert extremes(View(changed, 2), names)[1] == sound.series.extremes("sgd.loss")[1]  # type: ignore[index]
