"""The small plots of the race: loss, length of the step and effective step by step; the data with the fitted lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.nn.activations import sigmoid
from core.optimizers.regression import COLUMNS, LogisticRegression, Regression
from core.optimizers.settings import loss_of
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
_DEEP = 1e-26  # of the highest: an axis that goes deeper leaves no room to what is higher
_FOOT = 1e-16  # of it: what is less is mostly rounding, and such an axis is straight there
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
        history(plot, view, _lines(view, "loss", texts), texts, axis, span, told, near=near)
    else:
        span, near = _depths(view, names, _lowest)
        above = "loss_above" if any(floors) else "loss"
        axis, lines = _axis(texts, above, near), _lines(view, "loss", texts, _lowest)
        history(plot, view, lines, texts, axis, span, told, log=not near, near=near)


def draw_lengths(plot: Plot, view: View, texts: Texts) -> None:
    """Show how long each method's steps were, on a log axis; straight at its foot where one as good as rests."""
    lines = _lines(view, "step_length", texts)
    span, near = _depths(view, [line.series for line in lines])
    axis, told = _axis(texts, "length", near), _told(view, "step_length", texts)
    history(plot, view, lines, texts, axis, span, told, log=not near, near=near)


def _depths(view: View, names: Sequence[str], lowest: Lowest = lambda record: 0.0) -> tuple[tuple[float, float], float]:
    """Return the ends of a log axis, and below what it is straight at its foot; 0: nowhere.

    How deep a run will go is not known at its start, so an axis grows with what is recorded. Of few methods the depth
    of one is what is to be seen; of many it would take the room of the others, and their axis goes down to the foot
    and stays there.
    """
    low, high = log_span(view, names, lowest, _SEEN_TO_LEAVE)
    deepest = _DEEP if len(view.params.methods) <= _FEW else _FOOT
    return ((low, high), 0.0) if low >= deepest * high else ((0.0, high), _FOOT * high)


def _axis(texts: Texts, name: str, near: float) -> str:
    if not near:
        return texts.get("panels", f"{name}_axis")
    return texts.get("panels", f"{name}_foot_axis").format(foot=numbers.tidy(f"{near:.0e}"))


def _lowest(record: Timeline[Any, Any]) -> float:
    return loss_of(record.recipe.params).lowest or 0.0


def _lines(view: View, name: str, texts: Texts, lowest: Lowest | None = None) -> list[Line]:
    """Return a line a method for the series of a name."""
    methods = view.params.methods
    beside = affected(view, methods)
    return [
        Line(f"{method}.{name}", texts.name(method), COLOURS[method], focused=method == str(view.focus),
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
    plot.set_names(*_columns(view, texts))
    if not isinstance(loss, Regression):
        plot.set_range(0, 1, 0, 1)
        plot.set_marks([])
        return
    low, high = float(loss.u.min()), float(loss.u.max())
    margin = 0.06 * (high - low or 1.0)
    u = np.linspace(low - margin, high + margin, 60)
    span = float(np.ptp(loss.t)) or 1.0
    plot.set_range(u[0], u[-1], float(loss.t.min()) - 0.15 * span, float(loss.t.max()) + 0.15 * span)
    own = tuple(_line(loss, u, method, view, texts) for method in view.params.methods)
    lines = Curves((*_lines_beside(loss, u, view), *own))
    plot.set_marks([*_points(loss, view.frame.made.batch), lines])


def _columns(view: View, texts: Texts) -> tuple[str, str]:
    """Return what the data are called, the first column standardised if it is."""
    u, t = view.columns("data", ("u", "t"), {"iris": COLUMNS.get(view.params.function, ())})
    return (texts.get("panels", "standardised").format(name=u) if view.params.standardise else u), t


def _points(loss: Regression, batch: NDArray[np.int64]) -> list[Points]:
    data = np.column_stack([loss.u, loss.t])
    everything = Points("data", data, "black", "circle", 5.0, faint=bool(batch.size))
    return [everything, Points("batch", data[batch], "vermillion", "circle", 7.0)] if batch.size else [everything]


def _line(loss: Regression, u: Floats, method: str, view: View, texts: Texts) -> Curve:
    letter = view.letter if view.beside and method == str(view.focus) else ""
    values = _fitted(loss, u, getattr(view.state, method).x)
    return Curve(method, texts.name(method), u, values, COLOURS[method], focused=bool(letter), letter=letter)


def _lines_beside(loss: Regression, u: Floats, view: View) -> Iterator[Curve]:
    """Yield the lines of the runs it is compared with, where they are fitted to the same data and differ from ours."""
    for other in map(view.of, view.beside):
        for method in other.params.methods if loss_of(other.params) is loss else ():
            point, own = (getattr(seen.state, method).x for seen in (other, view))
            label = other.letter if method == str(view.focus) else ""
            if label or not np.array_equal(point, own):
                name, values = f"{other.letter} {method}", _fitted(loss, u, point)
                yield Curve(name, label, u, values, COLOURS[method], letter=other.letter, front=False)


def _fitted(loss: Regression, u: Floats, point: Floats) -> Floats:
    """Return what a weight and a bias (2,) predict for u (n,)."""
    w, b = point.tolist()
    z = w * u + b
    return sigmoid(z) if isinstance(loss, LogisticRegression) else z


def _told(view: View, series: str, texts: Texts) -> str:
    """Return one line for a screen reader."""
    methods = [method for method in view.params.methods if f"{method}.{series}" in view.row]
    return "; ".join(f"{texts.name(method)} {numbers.compact(view.row[f'{method}.{series}'])}" for method in methods)
