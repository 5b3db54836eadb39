"""The small pictures of TransE: ranks and loss over the steps."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from core.data.triples import Indices
from core.run.timeline import Timeline
from core.run.values import Floats, kept
from core.transe.settings import graph_of
from playground.playback.divergence import sound_extremes
from playground.playback.view import View
from playground.tab.histories import Line, history
from playground.topics.transe.rank_dots import dots, ring
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.curves import Curve
from widgets.plots.plot import Plot

_WORDS_AT = 0.2  # of the axis
_ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)


def draw_ranks(plot: Plot, view: View, texts: Texts) -> None:
    """Show ranks as dots; the mean rank of the true tails, filtered and raw, of those held out, and of a guess."""
    names = len(graph_of(view.params).entities)
    say = partial(texts.get, "panels")
    lines = [Line("raw_mean_rank", say("raw"), "sky", pale=True, beside=False)]
    if view.params.held_out:
        lines.append(Line("test_mean_rank", say("unseen"), "orange"))
    lines.append(Line("mean_rank", say("filtered"), "blue", focused=True))
    told = numbers.compact(float(view.row["mean_rank"]))
    span = (0.8, 1.3 * names)
    under = [*dots(view), *ring(view, texts)]
    guess = _guess(view, names, texts)
    history(plot, view, lines, texts, say("rank_axis"), span, told, log=True, beneath=guess, under=under)


def _guess(view: View, names: int, texts: Texts) -> list[Curve]:
    """Return the mean rank of a guess in two parts: the words stand above where they meet, off those at the cursor."""
    rank = (names + 1) / 2
    parts, level = np.array([0.0, _WORDS_AT, 1.0]) * view.steps, np.full(2, rank)
    words = texts.get("panels", "guess").format(rank=numbers.shortest(rank))
    told = Curve("guess", words, parts[:2], level, "black", ghost=True)
    return [told, Curve("guess on", "", parts[1:], level, "black", ghost=True)]


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of every step and the mean of each epoch; of compared runs the means alone."""
    every = Line("loss", colour="sky", pale=True, beside=False)
    mean = Line("mean", texts.get("panels", "epoch_mean"), "blue", focused=True, made=_means)
    records = [view.timeline, *(other.timeline for other in view.beside)]
    high = max(0.1, *(sound_extremes(record, "loss")[1] for record in records))
    told = numbers.compact(float(view.row["loss"])) if view.t else ""
    lines = [mean] if view.beside and view.row["epoch"] > 1 else [every, mean]
    history(plot, view, lines, texts, texts.get("panels", "loss_axis"), (0.0, _rounded_up(high)), told)


def _rounded_up(high: float) -> float:
    power = 10.0 ** np.floor(np.log10(high))
    return float(next(power * part for part in _ROUND if 1.05 * high <= power * part * (1 + 1e-9) or part == 10.0))


def _means(timeline: Timeline[Any, Any]) -> tuple[Floats, Floats]:
    """Return the middle step of each finished epoch and the mean loss of its steps."""
    return _means_of(timeline.series.column("loss"), graph_of(timeline.recipe.params).trained)


@kept(8)
def _means_of(losses: Floats, trained: Indices) -> tuple[Floats, Floats]:
    k = len(trained)
    whole = (len(losses) - 1) // k
    steps = k * np.arange(whole, dtype=np.float64) + (k + 1) / 2
    means: Floats = losses[1 : 1 + whole * k].reshape(whole, k).mean(axis=1)
    return steps, means
