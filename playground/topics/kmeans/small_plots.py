"""The small plots of k-means: inertia by half-step, and how many points each assign changed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from core.run.timeline import Timeline
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.tab.histories import Line, extremes, history
from playground.tab.marked import Path, stretches
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.bars import Bar, Bars
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

_MOST_MARKERS = 120  # half-steps up to which each has its marker on the curve


def draw_inertia(plot: Plot, view: View, marks: Sequence[ChangeMark], texts: Texts) -> None:
    """Show inertia over the half-steps: hollow after an assign, filled after a move."""
    line = Line("inertia", marker="circle")
    span = rounded_out(*(extremes(view, ["inertia"]) or (0.0, 1.0)))
    told = numbers.compact(view.row["inertia"]) if view.t else ""
    axis = texts.get("panels", "inertia_axis")
    history(plot, view, [line], texts, axis, span, told, marks, under=_markers(view))


def _markers(view: View) -> list[Points]:
    """Return the half-steps as points, past and ahead, after assign and after move."""
    if view.recorded >= _MOST_MARKERS:
        return []
    series, known = view.timeline.series, slice(1, view.recorded + 1)
    xy = np.column_stack([series.steps(), series.column("inertia")])[known]
    is_hollow, is_faint = np.isfinite(series.column("changed")[known]), xy[:, 0] > view.t
    groups = [
        Points(f"{name} {when}", xy[(is_hollow == hollow) & (is_faint == faint)], "black", "circle", 7.0, hollow, faint)
        for name, hollow in (("assign", True), ("move", False))
        for when, faint in (("past", False), ("ahead", True))
    ]
    return [group for group in groups if len(group.xy)]


def draw_changed(plot: Plot, view: View, marks: Sequence[ChangeMark], texts: Texts) -> None:
    """Show how many points each assign gave to another cluster, as bars; of runs that are compared as lines."""
    records = [view.timeline, *(other.timeline for other in view.beside)]
    most = max(float(_counts(record)[1].max(initial=0.0)) for record in records)
    top = max(5.0, rounded_out(0.0, 1.12 * most)[1])
    if view.beside:
        line = Line("changed", marker="circle", made=_counts, is_count=True)
        history(plot, view, [line], texts, texts.get("panels", "changed_axis"), (0.0, top), marks=marks)
    else:
        _draw_bars(plot, view, top, marks, texts)


def is_counted(view: View) -> bool:
    """Tell whether any of the runs has come to an assign that is counted."""
    return any(len(_counts(record)[0]) for record in [view.timeline, *(other.timeline for other in view.beside)])


def _draw_bars(plot: Plot, view: View, top: float, marks: Sequence[ChangeMark], texts: Texts) -> None:
    assigns, counts = _counts(view.timeline)
    is_shown = (counts > 0) | (np.append(1.0, counts)[:-1] > 0)  # of assigns that change nothing only the first
    bars = [_bar(int(t), int(n), view.t) for t, n in zip(assigns[is_shown], counts[is_shown], strict=True)]
    plot.set_names(texts.get("panels", "step_axis"), texts.get("panels", "changed_axis"))
    plot.set_range(0, view.steps, 0.0, top)
    drawn = [bar for bar in bars if bar.x <= view.recorded]
    _, still = stretches(view.alone(), _foot)
    plot.set_marks([Bars(tuple(drawn), 2.0, view.t), *still, ChangeMarks(tuple(marks))])
    plot.setAccessibleDescription(", ".join(bar.text for bar in drawn if not bar.faint))


def _foot(run: View) -> Iterator[Path]:
    """Yield the foot of the plot, where half-steps are marked that a scene speaks of."""
    steps = np.arange(run.t + 1, dtype=float)
    yield Path("changed", "black", lambda: (steps, np.column_stack([steps, np.zeros_like(steps)])))


def _counts(timeline: Timeline[Any, Any]) -> tuple[Floats, Floats]:
    """Return the assigns of a run and how many points each moved, but for the first, which gives all a cluster."""
    return _counted(timeline.series.column("changed"))


@kept(8)  # by identity: the same arrays at every frame draw nothing anew
def _counted(changed: Floats) -> tuple[Floats, Floats]:
    assigns = np.flatnonzero(np.isfinite(changed))[1:]
    return assigns.astype(float), changed[assigns]


def _bar(step: int, count: int, position: int) -> Bar:
    text = numbers.count(count)
    return Bar(float(step), float(count), text, text, faint=step > position, strong=step in (position, position - 1))


def rounded_out(low: float, high: float) -> tuple[float, float]:
    """Return the range widened to round numbers, so that it seldom moves while the record grows.

    >>> rounded_out(334.2, 2769.5)
    (0.0, 3000.0)
    """
    span = (high - low) or abs(high) or 1.0
    tenth = 10.0 ** math.floor(math.log10(span))
    step = next(tenth * part for part in (0.2, 0.5, 1.0) if span <= 5 * tenth * part or part == 1.0)
    return math.floor(low / step) * step, math.ceil((high + 0.02 * span) / step) * step
