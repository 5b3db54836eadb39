"""What a hidden layer hands on: of every net the lowest, the highest and the mean output over its units and points."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, inf

import numpy as np

from core.activations.settings import Function
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.view import View
from playground.topics.activations.shown import COLOURS, chosen_in, net_shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.mark import Mark
from widgets.plots.plot import Plot

_MEAN, _END = 11.0, 5.0  # px
_LOWER = 0.22  # of a row, at which each run beside lies under the one before


def outputs_of(view: View, function: Function, layer: int) -> Floats:
    """Return what a hidden layer hands on in the net as the pictures draw it, (n, units)."""
    outputs: Floats = net_shown(view, function).look.made.outputs[layer]
    return outputs


def draw(plot: Plot, view: View, texts: Texts) -> None:
    """Show a row a net, and 0 as a line through all of them."""
    functions, layer = view.params.functions, chosen_in(view).layer
    given = {f: outputs_of(view, f, layer) for f in functions}
    low = min(-1.0, *(floor(outputs.min()) for outputs in given.values())) - 0.1
    high = max(1.0, *(ceil(outputs.max()) for outputs in given.values())) + 0.1
    plot.set_names(texts.get("panels", "output_axis"), "")
    plot.number_left_from(inf)
    plot.set_range(low, high, -len(functions) + 0.4, 0.9)
    zero = Segment(Focus("zero"), (0.0, -len(functions) + 0.4), (0.0, 0.9), "black")
    rows = (mark for row, f in enumerate(functions) for mark in _row(view, f, row, texts.name(f)))
    plot.set_marks([zero, *rows])
    means = (f"{texts.name(f)}: {numbers.fixed(float(given[f].mean()), 3)}" for f in functions)
    plot.setAccessibleDescription("; ".join(means))


def _row(view: View, function: Function, row: int, name: str) -> Iterator[Mark]:
    """Yield the range and the mean of a net, and those of the runs beside under it."""
    layer = chosen_in(view).layer
    yield from _range(outputs_of(view, function, layer), function, -float(row), f"{name}  {view.letter}".strip())
    for place, other in enumerate(map(view.of, view.beside), 1):
        if function in other.params.functions:
            told = outputs_of(other, function, min(layer, other.params.layers - 1))
            yield from _range(told, function, -row - place * _LOWER, other.letter, is_own=False)


def _range(outputs: Floats, function: Function, y: float, name: str, is_own: bool = True) -> Iterator[Mark]:
    colour, focus = COLOURS[function], Focus(function)
    low, mean, high = (float(value) for value in (np.min(outputs), np.mean(outputs), np.max(outputs)))
    yield Segment(focus, (low, y), (high, y), colour)
    for end in (low, high):
        yield Dot(focus, (end, y), "circle", "", colour, size=_END)
    style = "circle" if is_own else "ring"
    yield Dot(focus, (mean, y), style, f"{name} {numbers.fixed(mean, 3)}", colour, size=_MEAN, over=True)
