"""The small plots of the race: loss and effective step by step, and the data with the fitted lines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import optimizers as core
from core.optimizers.regression import LogisticRegression, Regression, sigmoid
from core.run.timeline import Frame, Timeline
from core.run.values import Floats
from playground.playback.run import Run
from playground.tab.histories import SMALLEST, change_marks, decades, steps_shown
from playground.topics.optimizers.surface import COLOURS, affected
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.line_plot import Curve, LinePlot, Points


def draw_loss(plot: LinePlot, run: Run, focus: str, texts: Texts) -> None:
    """Show each method's loss over the steps, on a log axis; where it can be ≤ 0, less the lowest recorded."""
    methods = run.params.methods
    lows, highs = _extremes(run, [f"{method}.loss" for method in methods])
    lowest = min(lows, default=1.0)
    shift = lowest if lowest <= 0 else 0.0
    curves = _ghosts(run, methods, "loss", shift)
    for method in methods:
        x, y = _column(run.timeline, f"{method}.loss", shift)
        curves.append(Curve(method, texts.get("methods", method), x, y, COLOURS[method], focused=method == focus))
    high = max(highs, default=1.0) - shift
    plot.set_names(texts.get("panels", "step_axis"), texts.get("panels", "loss_above_axis" if shift else "loss_axis"))
    plot.set_log(y=True)
    plot.set_range(0, steps_shown(run), *decades(lowest - shift, high))
    plot.set_curves(curves if run.timeline.recorded else [], run.position, change_marks(run, texts))
    plot.describe(texts.get("panels", "loss"), _told(run, methods, "loss", texts))


def draw_rates(plot: LinePlot, run: Run, focus: str, texts: Texts) -> None:
    """Show how far one unit of gradient moves each axis, method by method: x solid, y dashed."""
    methods = [method for method in run.params.methods if method != "newton"]
    names = [f"{method}.rate_{axis}" for method in methods for axis in "xy"]
    lows, highs = _extremes(run, names)
    curves = []
    for name in names:
        method, axis = name.split(".")[0], name[-1]
        x, y = _column(run.timeline, name, 0.0)
        label = texts.get("methods", method) if axis == "x" else ""
        curves.append(Curve(name, label, x, y, COLOURS[method], dashed=axis == "y", focused=method == focus))
    plot.set_names(texts.get("panels", "step_axis"), texts.get("panels", "rate_axis"))
    plot.set_log(y=True)
    plot.set_range(0, steps_shown(run), *decades(min(lows, default=0.001), max(highs, default=1.0)))
    plot.set_curves(curves, run.position, change_marks(run, texts))
    plot.describe(texts.get("panels", "rates"), _told(run, methods, "rate_x", texts))


def draw_fit(plot: LinePlot, run: Run, frame: Frame[Any, Any], texts: Texts) -> None:
    """Show the data of a regression, the rows of the last mini-batch, and each method's line."""
    loss = core.loss_of(frame.params)
    if not isinstance(loss, Regression):
        plot.set_points([])
        plot.set_curves([])
        plot.set_empty(texts.get("panels", "no_data"))
        return
    plot.set_empty("")
    plot.set_names("u", "t")
    low, high = float(loss.u.min()), float(loss.u.max())
    margin = 0.06 * (high - low or 1.0)
    u = np.linspace(low - margin, high + margin, 60)
    span = float(np.ptp(loss.t)) or 1.0
    plot.set_range(u[0], u[-1], float(loss.t.min()) - 0.15 * span, float(loss.t.max()) + 0.15 * span)
    plot.set_points(_points(loss, frame.made.batch))
    plot.set_curves([_line(loss, u, method, frame, texts) for method in frame.params.methods])


def _points(loss: Regression, batch: NDArray[np.int64]) -> list[Points]:
    data = np.column_stack([loss.u, loss.t])
    everything = Points("data", data, "black", "circle", 5.0, faint=bool(batch.size))
    return [everything, Points("batch", data[batch], "vermillion", "circle", 7.0)] if batch.size else [everything]


def _line(loss: Regression, u: Floats, method: str, frame: Frame[Any, Any], texts: Texts) -> Curve:
    w, b = getattr(frame.state, method).x.tolist()
    z = w * u + b
    values = sigmoid(z) if isinstance(loss, LogisticRegression) else z
    return Curve(method, texts.get("methods", method), u, values, COLOURS[method])


def _column(timeline: Timeline[Any, Any], name: str, shift: float) -> tuple[Floats, Floats]:
    y = timeline.series.column(name)
    return timeline.series.steps(), np.maximum(y - shift, SMALLEST) if shift else y


def _extremes(run: Run, names: list[str]) -> tuple[list[float], list[float]]:
    """Return the lowest and highest recorded values of the series that have any."""
    ends = [run.timeline.series.extremes(name) for name in names]
    known = [(low, high) for low, high in ends if low <= high]
    return [low for low, _ in known], [high for _, high in known]


def _ghosts(run: Run, methods: tuple[str, ...], series: str, shift: float) -> list[Curve]:
    """Return what the pinned run, or the run before the last change, did."""
    other, begin = (run.pinned, 0) if run.pinned else (run.ghost, run.ghost_from)
    if other is None:
        return []
    curves = []
    for i, method in enumerate(affected(run, methods)):
        x, y = _column(other, f"{method}.{series}", shift)
        label = "A" if run.pinned and i == 0 else ""
        curves.append(Curve(f"ghost {method}", label, x[begin:], y[begin:], COLOURS[method], ghost=True))
    return curves


def _told(run: Run, methods: Any, series: str, texts: Texts) -> str:
    """Return one line for a screen reader."""
    row = run.row
    return "; ".join(f"{texts.get('methods', m)} {numbers.loss(row[f'{m}.{series}'])}" for m in methods)
