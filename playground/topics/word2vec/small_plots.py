"""The smaller pictures of word2vec: the loss and the words' chances."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from core.data.corpora import read_corpus
from core.run.timeline import Timeline
from core.run.values import Floats
from core.word2vec.algorithm import guessing_loss
from playground.playback.divergence import sound_extremes
from playground.playback.view import View
from playground.tab.histories import Line, history
from playground.topics.word2vec.shown_example import Step
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.grids.share_bars import BarList
from widgets.plots.marks.curves import Curve
from widgets.plots.plot import Plot

_A_LINE = 2  # passes whose means make one
_ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)


def rounded_up(value: float) -> float:
    """Return the next round number at or above a positive value, so that a range made of it seldom moves."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in _ROUND if power * step >= value * (1 - 1e-9))


def weight_limit(timeline: Timeline[Any, Any]) -> float:
    """Return the weight at which colours are strongest, the same for the whole record."""
    return rounded_up(0.8 * max(sound_extremes(timeline, name)[1] for name in ("reach", "output_reach")))


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of every step, the mean of each pass through the text, and what guessing would cost.

    Of compared runs the means alone, as soon as they make a line: the losses of the steps would hide it.
    """
    guessing = guessing_loss(view.params)
    high = max(guessing, *(sound_extremes(record, "loss")[1] for record in _records(view)))
    every = Line("loss", colour="sky", pale=True, beside=False)
    mean = Line("mean", texts.get("panels", "epoch_mean"), "blue", focused=True, made=_means_of)
    lines = [mean] if view.beside and view.row["epoch"] >= _A_LINE else [every, mean]
    told = numbers.compact(float(view.row["loss"])) if view.t else ""
    span = (0.0, rounded_up(1.05 * high))
    guess = _guess_line(view, guessing, texts)
    history(plot, view, lines, texts, texts.get("panels", "loss_axis"), span, told, beneath=guess)


def _records(view: View) -> list[Timeline[Any, Any]]:
    return [view.timeline, *(other.timeline for other in view.compared)]


def _means_of(timeline: Timeline[Any, Any]) -> tuple[Floats, Floats]:
    """Return the middle step of each finished pass through the text and the mean loss of its steps."""
    losses, passes, means = (timeline.series.column(name) for name in ("loss", "epoch", "epoch_loss"))
    finishes = (np.diff(passes) > 0) & np.isfinite(losses[1:])  # a step that diverged finishes none
    ends = np.flatnonzero(finishes) + 1
    starts = np.concatenate([[0], ends])[:-1]
    return (starts + ends + 1) / 2.0, means[ends]


def _guess_line(view: View, guessing: float, texts: Texts) -> list[Curve]:
    """Return a line over the whole axis as two halves: the words stand above where they meet, never on the line."""
    key = "guessing" if view.params.output == "softmax" else "guessing_sampled"
    values = {"size": read_corpus(view.params.corpus).size, "loss": f"{guessing:.2f}"}
    halves = np.array([0.0, 0.5, 1.0]) * view.steps
    level = np.full(2, guessing)
    told = Curve("guess", texts.get("panels", key).format(**values), halves[:2], level, "black", ghost=True)
    return [told, Curve("guess on", "", halves[1:], level, "black", ghost=True)]


def draw_bars(bars: BarList, view: View, step: Step) -> None:
    """Show what the net gave each word, the likeliest first; the target ought to have had all.

    Of compared runs too, where those learned from the same words.
    """
    first = step.likeliest(bars.room())
    if step.target >= 0 and step.target not in first:
        first = [*first[:-1], step.target]
    marked = {step.word(thing.at[0]) for thing in view.claim.things if thing.kind == "word"}
    shown = step.bars(first, others_alike(view, step))
    bars.set_bars([replace(bar, marked=bar.label in marked) for bar in shown], view.letter)


def others_alike(view: View, step: Step) -> list[tuple[str, Step]]:
    """Return the same step of the compared runs, by letter, of those that learned from the same words."""
    others = ((run.letter, Step.in_view(view.of(run))) for run in view.beside)
    return [(letter, other) for letter, other in others if step.reads_as(other)]


def bars_of(view: View) -> Literal["none", "front"]:
    """Tell whether the bars are those of all runs that are compared, or of the one in front alone."""
    return "none" if len(others_alike(view, Step.in_view(view))) == len(view.beside) else "front"
