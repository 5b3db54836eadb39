"""The small plots of Activations: loss by step, and the gradient layer by layer."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.run.explanation import Focus
from core.run.values import locked
from playground.playback.view import View
from playground.tab.histories import Line, closely, decades, history, log_span
from playground.topics.activations.shown import COLOURS, chosen_in, net_shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.plot import Plot

_ROOM = 2.0  # that an axis of whole decades leaves above by itself
_FOR_NAMES = 0.55  # of the layers: the room that names have at their right
_STEEPEST_SIGMOID = 0.25  # the slope that a layer of sigmoid multiplies by at most


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of every net on one log axis."""
    functions, told_of = view.params.functions, chosen_in(view).function
    lines = [Line(f"{f}.loss", texts.name(f), COLOURS[f], focused=f == told_of) for f in functions]
    span = log_span(view, [line.series for line in lines], ends=closely)
    values = ((texts.name(f), float(view.row[f"{f}.loss"])) for f in functions)
    told = "; ".join(f"{name}: {numbers.compact(value)}" for name, value in values)
    history(plot, view, lines, texts, texts.get("panels", "loss_axis"), span, told, log=True)


def draw_gradient(plot: Plot, view: View, texts: Texts) -> None:
    """Show ‖∂L/∂W‖ of each hidden layer of every net on a log axis, and 0.25ᵏ of the last one's of sigmoid."""
    functions, told_of = view.params.functions, chosen_in(view).function
    layers = np.arange(1.0, view.params.layers + 1)
    lengths = {f: net_shown(view, f).gradient_by_layer for f in functions}
    curves = [
        Curve(Focus(f), texts.name(f), layers, _seen(lengths[f]), COLOURS[f], focused=f == told_of) for f in functions
    ]
    if "sigmoid" in lengths:
        shrinking = lengths["sigmoid"][-1] * _STEEPEST_SIGMOID ** (view.params.layers - layers)
        curves.insert(0, Curve(Focus("product"), "0.25ᵏ", layers, _seen(shrinking), "black", dashed=True))
    plot.set_names(texts.get("panels", "layer_axis"), texts.get("panels", "gradient_axis"))
    plot.set_log(y=True)
    deepest = max(run.params.layers for run in (view, *map(view.of, view.beside)))
    plot.number_bottom_to(deepest)
    plot.set_range(0.5, 0.5 + (1 + _FOR_NAMES) * deepest, *_span_of_gradients(view))
    plot.set_marks([] if view.covered else [Curves((*_gradients_beside(view), *curves))])
    told = () if view.covered else functions
    ends = ((texts.name(f), numbers.compact(lengths[f][0]), numbers.compact(lengths[f][-1])) for f in told)
    plot.setAccessibleDescription("; ".join(f"{name}: {first} … {last}" for name, first, last in ends))


def _gradients_beside(view: View) -> Iterator[Curve]:
    """Yield the curves of the runs beside, the one of the net told of with its letter."""
    told_of = chosen_in(view).function
    for other in map(view.of, view.beside):
        layers = np.arange(1.0, other.params.layers + 1)
        for f in other.params.functions:
            y, label = _seen(net_shown(other, f).gradient_by_layer), other.letter if f == told_of else ""
            yield Curve(f"{other.letter} {f}", label, layers, y, COLOURS[f], letter=other.letter, front=False)


def _span_of_gradients(view: View) -> tuple[float, float]:
    """Return an axis for both ends of every net in the whole record, and for what sigmoid's slopes leave at most."""
    low, high = log_span(view, [f"{f}.{end}" for f in view.params.functions for end in ("grad_first", "grad_last")])
    if "sigmoid" in view.params.functions and view.timeline.recorded:
        least = view.timeline.series.lowest_above("sigmoid.grad_last", 0.0)
        low = min(low, least * _STEEPEST_SIGMOID ** (view.params.layers - 1))
    return decades(low, high / _ROOM)


def _seen(lengths: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return lengths with nan for 0, which has no place on a log axis."""
    return locked(np.where(lengths > 0, lengths, math.nan))
