"""Five bars to be drawn by hand: what is given to the true class of five points, its accuracy and its loss."""

from __future__ import annotations

import numpy as np

from core.loss_metrics.unit import Answers
from core.run.explanation import Focus
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.bars import Bar, Bars
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.handle import Span
from widgets.plots.marks.note import Note
from widgets.plots.plot import Plot

FIRST: tuple[float, ...] = (0.6, 0.6, 0.6, 0.45, 0.45)
LOWEST, HIGHEST = 0.01, 0.99  # beyond, a loss has no end
_BELOW = 0.35  # of the height, for the two numbers


def with_bar(bars: tuple[float, ...], place: int, p: float) -> tuple[float, ...]:
    """Return bars of which one was drawn to a height."""
    height = round(min(max(p, LOWEST), HIGHEST), 2)
    return (*bars[:place], height, *bars[place + 1 :])


def draw(plot: Plot, view: View, texts: Texts) -> None:
    """Show the bars with a handle each, the half they must reach to be right, and what they are worth."""
    heights = view.options.get("bars", FIRST)
    seen = Answers.by_hand(np.array(heights))
    plot.set_names(texts.get("panels", "bars_axis"), texts.get("panels", "p_axis"))
    plot.axes["bottom"].set_hint(texts.get("panels", "bars_hint"))
    plot.set_range(0.4, len(heights) + 0.6, -_BELOW, 1.05)
    half = Curve("half", "", np.array([0.4, len(heights) + 0.6]), np.array([0.5, 0.5]), "orange", dashed=True)
    bars = tuple(Bar(i, p, focus=Focus("bar", (i - 1,)), faint=p < 0.5) for i, p in enumerate(heights, 1))
    dots = [_handle(i, p, texts) for i, p in enumerate(heights, 1)]
    plot.set_marks([Bars(bars), Curves((half,)), *dots, Note(_told(seen, view, texts))])


def _handle(place: int, p: float, texts: Texts) -> Dot:
    own, said = Span(p, LOWEST, HIGHEST), f"{place}, {texts.get('panels', 'p_axis')}"
    return Dot(Focus("bar", (place - 1,)), (float(place), p), draggable=True, goes="y", own=own, said=said)


def _told(seen: Answers, view: View, texts: Texts) -> str:
    values = {"accuracy": numbers.compact(seen.counts.accuracy), "loss": numbers.compact(seen.loss(view.params.loss))}
    return texts.get("panels", "bars_told").format(**values)
