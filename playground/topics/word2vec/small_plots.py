"""The smaller pictures of word2vec: the map of the vectors, the loss, the words' chances, what is like what."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core import word2vec as core
from core.run.timeline import Frame, Timeline
from core.run.values import Floats
from playground.playback.run import Run
from playground.tab.histories import change_marks, steps_shown
from playground.topics.word2vec.shown_example import Step
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.grids.share_bars import Bar, BarList
from widgets.plots.line_plot import Curve, LinePlot
from widgets.plots.plane_plot import LabelMap, Spot

_ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
MOST_OTHERS = 150  # words on the map beside those of the step


def rounded_up(value: float) -> float:
    """Return the next round number at or above a positive value, so that a range made of it seldom moves."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in _ROUND if power * step >= value * (1 - 1e-9))


def weight_limit(timeline: Timeline[Any, Any]) -> float:
    """Return the weight at which colours are strongest, the same for the whole record."""
    return rounded_up(0.8 * max(timeline.series.extremes(name)[1] for name in ("reach", "output_reach")))


# The map.


def draw_map(plot: LabelMap, run: Run, frame: Frame[Any, Any], step: Step, with_outputs: bool, texts: Texts) -> None:
    """Show where the input vectors lie, and the output vectors if asked for."""
    inputs, outputs = core.word_map(frame.state)
    names = ("reach", "output_reach") if with_outputs else ("reach",)
    reach = rounded_up(1.05 * max(run.timeline.series.extremes(name)[1] for name in names))
    plot.set_range(-reach, reach, -reach, reach)
    order = _by_importance(step, len(inputs))
    spots = [_spot(step, word, inputs[word].tolist(), False) for word in order]
    if with_outputs:
        spots += [_spot(step, word, outputs[word].tolist(), True) for word in order]
    plot.set_spots(spots)
    names_told = ", ".join(step.word(word) for word in order[:20])
    plot.describe(texts.get("panels", "map"), names_told)


def _by_importance(step: Step, count: int) -> list[int]:
    """Return the words on the map, those of the step first, then the commonest."""
    roles = [word for word in (step.target, *step.inputs, *step.negatives) if 0 <= word < count]
    common = np.argsort(-step.corpus.counts[:count], kind="stable")[:MOST_OTHERS].tolist()
    return list(dict.fromkeys([*roles, *common]))


def _spot(step: Step, word: int, place: list[float], is_output: bool) -> Spot:
    colour, label = step.colour(word), step.word(word)
    name = f"{label}'" if is_output else label
    shown = label if not is_output or colour else ""
    return Spot(name, place[0], place[1], shown, colour, "square" if is_output else "circle", hollow=is_output)


def variance_share(vectors: Floats, axes: Floats) -> float:
    """Return the share of the input vectors' variance that the plane of the map shows; 1 where there is none."""
    centred = vectors - vectors.mean(axis=0)
    whole = float((centred * centred).sum())
    along = centred @ axes
    return float((along * along).sum()) / whole if whole else 1.0


# The loss.


def draw_loss(plot: LinePlot, run: Run, texts: Texts) -> None:
    """Show the loss of every step, the mean of each pass through the text, and what guessing would cost."""
    timeline = run.timeline
    steps, losses = timeline.series.steps(), timeline.series.column("loss")
    guessing = core.guessing_loss(run.params)
    high = max(timeline.series.extremes("loss")[1], guessing)
    means = Curve("mean", texts.get("panels", "epoch_mean"), *epoch_means(losses, run.params), "blue", focused=True)
    curves = [*_ghost(run), Curve("loss", "", steps, losses, "sky", pale=True), _guess_line(run, guessing, texts)]
    plot.set_names(texts.get("panels", "step_axis"), texts.get("panels", "loss_axis"))
    plot.set_range(0, steps_shown(run), 0, rounded_up(1.05 * high) if math.isfinite(high) else 1.0)
    shown = [*curves, means] if len(means.x) else curves
    plot.set_curves(shown if timeline.recorded else [], run.position, change_marks(run, texts))
    plot.describe(texts.get("panels", "loss"), numbers.loss(float(run.row["loss"])) if run.position else "")


def epoch_means(losses: Floats, params: core.Params) -> tuple[Floats, Floats]:
    """Return the middle step of each finished pass through the text and the mean loss of its steps."""
    count = len(core.examples(params))
    finished = core.epochs(len(losses) - 1, params)
    ends = -(-np.arange(1, finished + 1) * count // params.batch)  # the step in which the pass ends
    ends = np.unique(ends)
    starts = np.concatenate([[0], ends[:-1]]).astype(int) if len(ends) else ends
    sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(losses[1:]))])
    means = (sums[ends] - sums[starts]) / np.maximum(1, ends - starts) if len(ends) else np.empty(0)
    return (starts + ends + 1) / 2.0, means


def _guess_line(run: Run, guessing: float, texts: Texts) -> Curve:
    key = "guessing" if run.params.output == "softmax" else "guessing_sampled"
    values = {"size": core.corpus_of(run.params).size, "loss": f"{guessing:.2f}"}
    ends = np.array([0.0, float(steps_shown(run))])
    return Curve("guess", texts.get("panels", key).format(**values), ends, np.full(2, guessing), "black", ghost=True)


def _ghost(run: Run) -> list[Curve]:
    other, begin = (run.pinned, 0) if run.pinned else (run.ghost, run.ghost_from)
    if other is None:
        return []
    x, y = epoch_means(other.series.column("loss"), other.recipe.params)
    kept = x >= begin
    return [Curve("ghost", "A" if run.pinned else "", x[kept], y[kept], "black", ghost=True)] if kept.any() else []


# Chances.


def draw_bars(bars: BarList, step: Step, texts: Texts) -> None:
    """Show what the net gave each word, the likeliest first; the target ought to have had all."""
    bars.set_empty("" if step.inputs else texts.get("panels", "press_play"))
    first = step.likeliest(bars.room())
    if step.target >= 0 and step.target not in first:
        first = [*first[:-1], step.target]
    bars.set_bars(
        [
            Bar(step.word(word), step.output(word), step.colour(word), 1.0 if word == step.target else None)
            for word in first
        ]
    )
