"""The small plots of the race: loss and effective step by step, and the data with the fitted lines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.nn.activations import sigmoid
from core.optimizers.algorithm import loss_of
from core.optimizers.regression import LogisticRegression, Regression
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.playback.view import View
from playground.tab.histories import Line, Lowest, extremes, history, log_span
from playground.topics.optimizers.surface import COLOURS, affected, near_zero
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots import symmetric
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

_FEW = 2  # methods, so that there is room for a name at each of their lines
_DEEP = 1e-26  # of the highest loss: an axis that goes deeper leaves no room to what is higher
_FOOT = 1e-16  # of it: what is less is rounding, and such an axis is straight there
_SEEN_TO_LEAVE = 1e3  # how many times as high as all others a loss that diverges is still drawn


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show each method's loss over the steps.

    On a log axis, less the surface's minimum, straight at its foot where a loss goes deeper than one can tell apart;
    where one of the functions is not known to have any minimum, on a symmetric one.
    """
    names = [f"{method}.loss" for method in view.params.methods]
    records = [view.timeline, *(other.timeline for other in view.compared)]
    floors = [loss_of(record.recipe.params).lowest for record in records]
    told = _told(view, "loss", texts)
    if None in floors:
        near, (low, high) = near_zero(view), extremes(view, names) or (0.0, 1.0)
        axis, span = texts.get("panels", "loss_symmetric_axis"), symmetric.outwards(low, high, near)
        history(plot, view, _loss_lines(view, texts), texts, axis, span, told, near=near)
    else:
        above, lines = "loss_above" if any(floors) else "loss", _loss_lines(view, texts, _lowest)
        low, high = log_span(view, names, _lowest, _SEEN_TO_LEAVE)
        if low >= _DEEP * high:
            history(plot, view, lines, texts, texts.get("panels", f"{above}_axis"), (low, high), told, log=True)
        else:
            foot = _FOOT * high
            axis = texts.get("panels", f"{above}_foot_axis").format(foot=numbers.tidy(f"{foot:.0e}"))
            history(plot, view, lines, texts, axis, (0.0, high), told, near=foot)


def _lowest(record: Timeline[Any, Any]) -> float:
    return loss_of(record.recipe.params).lowest or 0.0


def _loss_lines(view: View, texts: Texts, lowest: Lowest | None = None) -> list[Line]:
    methods = view.params.methods
    beside = affected(view, methods)
    return [
        Line(f"{method}.loss", texts.name(method), COLOURS[method], focused=method == str(view.focus),
             beside=method in beside, lowest=lowest)
        for method in methods
    ]  # fmt: skip


def draw_rates(plot: Plot, view: View, texts: Texts) -> None:
    """Show how far one unit of gradient moves each axis, method by method: x solid, y dashed."""
    methods = [method for method in view.params.methods if method != "newton"]
    lines = [
        Line(f"{method}.rate_{axis}", _rate_label(view, method, axis, texts), COLOURS[method],
             focused=method == str(view.focus), dashed=axis == "y",
             beside=bool(view.compared) and method == str(view.focus))
        for method in methods
        for axis in "xy"
    ]  # fmt: skip
    span = log_span(view, [line.series for line in lines])
    history(plot, view, lines, texts, texts.get("panels", "rate_axis"), span, _told(view, "rate_x", texts), log=True)


def _rate_label(view: View, method: str, axis: str, texts: Texts) -> str:
    """Return the name of a method and its axis; of many, those not in focus have their name at the line for x only."""
    if method == str(view.focus) or len(view.params.methods) <= _FEW:
        return f"{texts.name(method)} {axis}"
    return texts.name(method) if axis == "x" else ""


def draw_fit(plot: Plot, view: View, texts: Texts) -> None:
    """Show the data of a regression, the rows of the last mini-batch, and each method's line."""
    loss = loss_of(view.params)
    if not isinstance(loss, Regression):
        plot.set_marks([])
        return
    plot.set_names("u", "t")
    low, high = float(loss.u.min()), float(loss.u.max())
    margin = 0.06 * (high - low or 1.0)
    u = np.linspace(low - margin, high + margin, 60)
    span = float(np.ptp(loss.t)) or 1.0
    plot.set_range(u[0], u[-1], float(loss.t.min()) - 0.15 * span, float(loss.t.max()) + 0.15 * span)
    lines = tuple(_line(loss, u, method, view, texts) for method in view.params.methods)
    plot.set_marks([*_points(loss, view.frame.made.batch), Curves(lines)])


def _points(loss: Regression, batch: NDArray[np.int64]) -> list[Points]:
    data = np.column_stack([loss.u, loss.t])
    everything = Points("data", data, "black", "circle", 5.0, faint=bool(batch.size))
    return [everything, Points("batch", data[batch], "vermillion", "circle", 7.0)] if batch.size else [everything]


def _line(loss: Regression, u: Floats, method: str, view: View, texts: Texts) -> Curve:
    w, b = getattr(view.state, method).x.tolist()
    z = w * u + b
    values = sigmoid(z) if isinstance(loss, LogisticRegression) else z
    return Curve(method, texts.name(method), u, values, COLOURS[method])


def _told(view: View, series: str, texts: Texts) -> str:
    """Return one line for a screen reader."""
    methods = [method for method in view.params.methods if f"{method}.{series}" in view.row]
    return "; ".join(f"{texts.name(method)} {numbers.compact(view.row[f'{method}.{series}'])}" for method in methods)
