"""The small plot of Collaborative filtering: the errors over the updates, or the loss of the net."""

from __future__ import annotations

import numpy as np

from core.ratings.factors import error_of_mean
from playground.playback.divergence import sound_extremes
from playground.playback.view import View
from playground.tab.histories import Line, history
from playground.topics.ratings.ruler import rounded_up
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.curves import Curve
from widgets.plots.plot import Plot


def draw_error(plot: Plot, view: View, texts: Texts) -> None:
    """Show the error of the known ratings and of those held out; of candidates the expected loss."""
    is_net = view.params.model == "candidates"
    known = Line("rmse", texts.get("panels", "known"), "blue", focused=True)
    lines = [known, Line("test_rmse", texts.get("panels", "held"), "purple")]
    if is_net:
        lines = [Line("loss", "", "blue", focused=True)]
    records = [view.timeline, *(other.timeline for other in view.compared)]
    high = max(sound_extremes(record, line.series)[1] for record in records for line in lines)
    axis = texts.get("panels", "loss_axis" if is_net else "error_axis")
    told = numbers.compact(float(view.row[lines[0].series]))
    level = [] if is_net else [error_of_mean(view.state.learned, view.params)]
    span = (0.0, rounded_up(1.05 * max(high, *level, 0.0)))
    beneath = [curve for error in level for curve in _mean(view, error, texts)]
    history(plot, view, lines, texts, axis, span, told, beneath=beneath)


def _mean(view: View, error: float, texts: Texts) -> list[Curve]:
    """Return what always saying the mean gives, as two halves: the words stand above where they meet."""
    halves, level = np.array([0.0, 0.6, 1.0]) * view.steps, np.full(2, error)
    words = texts.get("panels", "mean_said").format(error=numbers.fixed(error, 2))
    told = Curve("mean", words, halves[:2], level, "black", ghost=True)
    return [told, Curve("mean on", "", halves[1:], level, "black", ghost=True)]
