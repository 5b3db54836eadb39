"""The small plots of k-means: inertia by half-step, and how many points each assign changed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.run.values import Floats
from playground.playback.run import Run
from playground.tab.histories import steps_shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.line_plot import BarPlot, ChangeMark, Curve, LinePlot, Points
from widgets.plots.marks.bars import Bar

_MOST_MARKERS = 120  # half-steps up to which each has its marker on the curve


def draw_inertia(plot: LinePlot, run: Run, marks: Sequence[ChangeMark], texts: Texts) -> None:
    """Show inertia over the half-steps: hollow after an assign, filled after a move."""
    series = run.timeline.series
    steps, inertia = series.steps(), series.column("inertia")
    curves = [
        *_compared(run),
        Curve("inertia", texts.get("panels", "this_run"), steps, inertia, "black", marker="circle"),
    ]
    low, high = rounded_out(*_extremes(run, "inertia"))
    plot.set_names(texts.get("panels", "step_axis"), texts.get("panels", "inertia_axis"))
    plot.set_range(0, steps_shown(run), low, high)
    has_begun = run.timeline.recorded > 0
    plot.set_curves(curves if has_begun else [], run.position, marks if has_begun else ())
    plot.set_points(_markers(steps, inertia, np.isfinite(series.column("changed")), run.position))
    plot.describe(texts.get("panels", "inertia"), numbers.loss(run.row["inertia"]) if run.position else "")


def _markers(steps: Floats, inertia: Floats, is_assign: NDArray[np.bool_], position: int) -> list[Points]:
    """Return the half-steps as points, past and ahead, after assign and after move."""
    if len(steps) > _MOST_MARKERS:
        return []
    xy = np.column_stack([steps, inertia])
    groups = []
    for name, chosen in (("assign", is_assign), ("move", ~is_assign)):
        for when, part in (("past", steps <= position), ("ahead", steps > position)):
            places = xy[1:][(chosen & part)[1:]]
            groups.append(
                Points(f"{name} {when}", places, "black", "circle", 7.0, hollow=name == "assign", faint=when == "ahead")
            )
    return [group for group in groups if len(group.xy)]


def _compared(run: Run) -> list[Curve]:
    """Return what the pinned run, or the run before the last change, did."""
    other, begin = (run.pinned, 0) if run.pinned else (run.ghost, run.ghost_from)
    if other is None or other is run.timeline:
        return []
    x, y = other.series.steps()[begin:], other.series.column("inertia")[begin:]
    return [Curve("ghost", "A" if run.pinned else "", x, y, "black", ghost=True)]


def draw_changed(plot: BarPlot, run: Run, marks: Sequence[ChangeMark], texts: Texts) -> None:
    """Show how many points each assign gave to another cluster; the first gives all of them one, and is left out."""
    changed = run.timeline.series.column("changed")
    assigns = np.flatnonzero(np.isfinite(changed))[1:]
    before = np.concatenate([[1.0], changed[assigns][:-1]])
    shown = assigns[(changed[assigns] > 0) | (before > 0)]  # of assigns that change nothing only the first
    bars = [_bar(int(t), int(changed[t]), run.position) for t in shown]
    _, top = rounded_out(0.0, 1.12 * max((bar.height for bar in bars), default=10.0))
    plot.set_names(texts.get("panels", "step_axis"), texts.get("panels", "changed_axis"))
    plot.set_range(0, steps_shown(run), 0.0, max(top, 5.0))
    plot.set_bars(bars, 2.0, run.position, marks)
    plot.describe(texts.get("panels", "changed"), ", ".join(bar.text for bar in bars if not bar.faint))


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


def _extremes(run: Run, name: str) -> tuple[float, float]:
    """Return the lowest and the highest value of a series in the run and those it is compared with."""
    ends = [other.series.extremes(name) for other in (run.timeline, run.ghost, run.pinned) if other]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return (low, high) if low <= high else (0.0, 1.0)
