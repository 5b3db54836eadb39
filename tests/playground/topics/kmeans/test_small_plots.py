"""The small plots of k-means: inertia by half-step, and how many points each assign changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.kmeans.small_plots import draw_changed, draw_inertia, rounded_out
from widgets.plots.marks.bars import Bars
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.points import Points

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("kmeans").texts


@pytest.fixture
def inertia(paper: Any) -> Callable[..., dict[str, Any]]:
    """Draw inertia over a view, and return its points by name."""

    def draw(run: Any, t: int, **seen: Any) -> dict[str, Any]:
        draw_inertia(paper, View(run, t, **seen), [], TEXTS)
        return {mark.name: mark for mark in paper.told["set_marks"][0] if isinstance(mark, Points)}

    return draw


@pytest.fixture
def bars(paper: Any) -> Callable[..., list[Any]]:
    """Draw the changes over a view, and return the bars."""

    def draw(run: Any, t: int, **seen: Any) -> list[Any]:
        draw_changed(paper, View(run, t, **seen), [], TEXTS)
        return [bar for mark in paper.told["set_marks"][0] if isinstance(mark, Bars) for bar in mark.bars]

    return draw


def curves(paper: Any) -> list[Curve]:
    return [curve for mark in paper.told["set_marks"][0] if isinstance(mark, Curves) for curve in mark.curves]


def test_inertia_is_the_series_hollow_after_an_assign(paper: Any, record: Record, inertia: Any) -> None:
    run = record(9)
    groups = inertia(run, 5)
    (curve,) = curves(paper)
    assert curve.y[1:].tolist() == run.series.column("inertia")[1:].tolist()
    assert groups["assign past"].xy[:, 0].tolist() == [1, 3, 5]
    assert groups["move past"].xy[:, 0].tolist() == [2, 4]
    assert groups["assign ahead"].xy[:, 0].tolist() == [7, 9]
    assert groups["assign past"].hollow
    assert not groups["move past"].hollow
    assert groups["move ahead"].faint
    assert groups["assign past"].xy[:, 1].tolist() == run.series.column("inertia")[[1, 3, 5]].tolist()


def test_without_what_lies_ahead_no_point_is_faint(record: Record, inertia: Any) -> None:
    assert set(inertia(record(9), 5, ahead=False)) == {"assign past", "move past"}


def test_many_half_steps_have_no_points(record: Record, inertia: Any) -> None:
    assert inertia(record(119), 5)
    assert inertia(record(120), 5) == {}


def test_the_run_compared_with_stays_beside_the_new_one(paper: Any, record: Record, inertia: Any) -> None:
    pinned, run = record(9), record(3, seed=5)
    inertia(run, 3, compared=(Compared(pinned, "A"),))
    (other,) = (curve for curve in curves(paper) if not curve.front)
    assert (other.label, other.letter) == (f"{pinned.series.row(3)['inertia']:.3f}", "A")
    assert paper.told["set_range"][3] > pinned.series.extremes("inertia")[1] > run.series.extremes("inertia")[1]
    inertia(run, 3, ghost=Compared(pinned))
    assert run.series.extremes("inertia")[1] < paper.told["set_range"][3] < pinned.series.extremes("inertia")[1]


def test_bars_count_the_points_that_changed(record: Record, bars: Any) -> None:
    run = record(40)
    changed = run.series.column("changed")
    expected = {t: changed[t] for t in range(3, 40) if changed[t] > 0}
    heights = {bar.x: bar.height for bar in bars(run, 40)}
    assert {t: heights[t] for t in expected} == expected
    assert [x for x, height in heights.items() if height == 0] == [25]  # the first assign that changed nothing
    assert [bar.x for bar in bars(run, 9) if not bar.faint] == [3, 5, 7, 9]
    assert [bar.x for bar in bars(run, 9, ahead=False)] == [3, 5, 7, 9]


def test_the_half_step_in_view_stands_out(record: Record, bars: Any) -> None:
    run = record(12)
    for t in (5, 6):  # after the assign, and after the move that follows
        assert [bar.x for bar in bars(run, t) if bar.strong] == [5]


def test_the_axis_of_the_bars_is_the_same_whatever_step_is_in_view(paper: Any, record: Record, bars: Any) -> None:
    run, ends = record(40), set()
    for t in (0, 9, 40):
        bars(run, t)
        ends.add(paper.told["set_range"])
    ((_, steps, low, high),) = ends
    assert (steps, low) == (20, 0)
    assert high > max(bar.height for bar in bars(run, 40))


def test_the_changes_of_compared_runs_are_lines_with_the_letter_and_the_last_count(paper: Any, record: Record) -> None:
    pinned, run = record(20), record(20, seed=5)
    changed, others = (timeline.series.column("changed") for timeline in (run, pinned))
    draw_changed(paper, View(run, 6, compared=(Compared(pinned, "A"), Compared(run, "B")), letter="B"), [], TEXTS)
    drawn = {curve.letter: curve for curve in curves(paper)}
    assert {letter: curve.label for letter, curve in drawn.items()} == {"A": f"{others[5]:g}", "B": f"{changed[5]:g}"}
    assert drawn["A"].x.tolist()[:3] == [3, 5, 7]
    assert drawn["A"].y.tolist()[:3] == others[[3, 5, 7]].tolist()
    assert not drawn["A"].front
    assert paper.told["set_range"][3] > max(others[3:20:2].max(), changed[3:20:2].max())


def test_the_difference_of_two_counts_has_no_decimals(paper: Any, record: Record) -> None:
    runs = [Compared(record(20), "A"), Compared(record(20, seed=5), "B")]
    draw_changed(paper, View(runs[1].timeline, 6, compared=tuple(runs), letter="B"), [], TEXTS)
    (gap,) = (gap for mark in paper.told["set_marks"][0] if isinstance(mark, Curves) for gap in mark.gaps)
    assert gap.text == "B − A  +9"


def test_the_first_assign_is_not_counted_and_the_panel_says_so(tab: Any) -> None:
    for step, is_said in ((0, False), (1, True), (2, True), (3, False)):
        tab.run.seek(step)
        tab.run.advance(step - tab.run.position)
        said = tab.shown.by_id["changed"].empty(tab.view())
        assert (said == TEXTS.get("panels", "not_counted")) == is_said


def test_a_run_alone_has_no_name_on_its_curve(paper: Any, record: Record, inertia: Any) -> None:
    inertia(record(9), 9)
    assert [curve.label for curve in curves(paper)] == [""]


def test_round_ranges_hold_what_they_are_for() -> None:
    for low, high in ((334.2, 2769.5), (0.0, 25.0), (19.5, 60.0), (5.0, 5.0), (0.0, 0.0), (1e-9, 3e-9), (0, 1e12)):
        below, above = rounded_out(low, high)
        assert below <= low
        assert above > high
