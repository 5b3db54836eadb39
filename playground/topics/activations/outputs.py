"""What a hidden layer hands on: of every net the lowest, the highest and the mean output over its units and points."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, inf

import numpy as np

from core.activations.settings import Function
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.view import View
from playground.topics.activations.shown import COLOURS, chosen_in, drawable, net_shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.zones import PlacedText
from widgets.plots.plot import Plot

_MEAN, _END = 11.0, 5.0  # px
_OVER = 0.3  # of a row, at which its words stand over it
_LOWER = 0.22  # of a row, at which each run beside lies under the one before


def outputs_of(view: View, function: Function, layer: int) -> Floats:
    """Return what a hidden layer hands on in the net as the pictures draw it, (n, units)."""
    outputs: Floats = net_shown(view, function).look.made.outputs[layer]
    return outputs


def draw(plot: Plot, view: View, texts: Texts) -> None:
    """Show a row a net, and 0 as a line through all of them."""
    functions, layer = view.params.functions, chosen_in(view).layer
    given = {f: drawable(outputs_of(view, f, layer)) for f in functions}
    low = min(-1.0, *(floor(outputs.min()) for outputs in given.values())) - 0.1
    high = max(1.0, *(ceil(outputs.max()) for outputs in given.values())) + 0.1
    plot.set_names(texts.get("panels", "output_axis"), "")
    plot.number_left_from(inf)
    plot.set_range(low, high, -len(functions) + 0.4, 0.9)
    zero = Segment(Focus("zero"), (0.0, -len(functions) + 0.4), (0.0, 0.9), "black")
    rows = (mark for row, f in enumerate(functions) for mark in _row(view, f, row, texts.name(f)))
    plot.set_marks([] if view.covered else [zero, *rows])
    told = () if view.covered else functions
    means = (f"{texts.name(f)}: {numbers.compact(float(given[f].mean()))}" for f in told)
    plot.setAccessibleDescription("; ".join(means))


def _row(view: View, function: Function, row: int, name: str) -> Iterator[Mark]:
    """Yield the range and the mean of a net, those of the runs beside under it, and over them all means in words."""
    layer, told = chosen_in(view).layer, []
    for place, run in enumerate((view, *map(view.of, view.beside))):
        if function in run.params.functions:
            given = drawable(outputs_of(run, function, min(layer, run.params.layers - 1)))
            told.append(f"{run.letter} {numbers.compact(float(given.mean()))}".strip())
            yield from _range(given, function, -row - place * _LOWER, "ring" if place else "circle")
    yield PlacedText((0.0, -row + _OVER), "   ".join([name, *told]), is_series=True, colour=COLOURS[function])


def _range(outputs: Floats, function: Function, y: float, style: str) -> Iterator[Mark]:
    colour, focus = COLOURS[function], Focus(function)
    low, mean, high = (float(value) for value in (np.min(outputs), np.mean(outputs), np.max(outputs)))
    yield Segment(focus, (low, y), (high, y), colour)
    for end in (low, high):
        yield Dot(focus, (end, y), "circle", "", colour, size=_END)
    yield Dot(focus, (mean, y), style, "", colour, size=_MEAN, over=True)
