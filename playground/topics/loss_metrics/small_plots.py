"""The small plots: loss and shares on one clock, both curves of all thresholds, and the loss above its staircase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from core.loss_metrics import outliers
from core.loss_metrics.algorithm import METRICS
from core.loss_metrics.explained_beats import WEIGHTS
from core.loss_metrics.landscape import Landscape
from core.loss_metrics.outliers import Fitted
from core.loss_metrics.settings import Metric, Params, data_of
from core.loss_metrics.unit import Answers, metrics_by_weights
from core.nn.metrics import Thresholds, sweep
from core.run.explanation import Focus
from core.run.parameters import with_defaults
from core.run.timeline import Timeline
from core.run.values import Floats, kept, locked
from playground.playback.view import View
from playground.tab.histories import Line, extremes, history
from playground.topics.loss_metrics.scores import THRESHOLD, threshold_of
from playground.topics.loss_metrics.shown import COLOURS, answers_of, weights_of
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.captions import Block, Caption, Off, Words
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

CurveOf = Callable[[Answers], tuple[Floats, Floats, tuple[float, float]]]
_CORNERS = tuple((x, y) for y in (0.5, 0.25, 0.75, 0.05, 0.95) for x in (0.5, 0.75, 0.25))  # where words may stand
_PLACES = np.array([(x, y) for y in np.linspace(0.5, 0.15, 8) for x in np.linspace(0.5, 0.3, 9)])  # of more words
_ROUND = (0.1, 0.25, 0.5, 0.75, 0.9)  # thresholds that are marked on the curves
_LOSS_TOP = 1.6  # over one weight: a loss goes on above, so that the steps of accuracy can be seen
_APART = 16  # places of a curve from one where its name may stand to the next
_NOWHERE = (1e6, 1e6)  # beyond every picture
SHARES = (-0.03, 1.06)  # so that a curve at 0 or 1 is not cut
FITTED: dict[Fitted, str] = {"mse": "blue", "mae": "orange", "huber": "green"}
_ENDS = (-0.07, 1.07, -0.07, 1.07)  # of both curves' axes, with room for a ring in a corner
_CHANCE = Curve(
    "chance", "", locked(np.array([0.0, 1.0])), locked(np.array([0.0, 1.0])), "black", dashed=True, pale=True
)  # of who guesses: as many hits as false alarms
_DEFAULT = with_defaults(Params(), "view").threshold  # at which a record keeps its metrics


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss, and of points held out theirs, from 0 on."""
    lines = [Line("loss", texts.get("panels", "train"), "black", focused=True)]
    if len(data_of(view.params).test_points):
        lines.append(Line("test_loss", texts.get("panels", "test"), "sky", dashed=True))
    ends = extremes(view, [line.series for line in lines]) or (0.0, 1.0)
    span = 0.0, 1.05 * ends[1] or 1.0
    told = numbers.compact(float(view.row["loss"]))
    history(plot, view, lines, texts, texts.get("panels", "loss_axis"), span, told)


def draw_shares(plot: Plot, view: View, texts: Texts) -> None:
    """Show every metric at the threshold in force, the chosen one thick, AUC dashed."""
    named = _names_at(view, texts)
    lines = [
        Line(name, named.get(name, ""), COLOURS[name], focused=name == view.params.metric, dashed=name == "auc",
             made=_at_threshold(name, view.params.threshold), beside=name == view.params.metric)
        for name in sorted(METRICS, key=lambda name: _rank(view, name))
    ]  # fmt: skip
    seen = answers_of(view)
    told = "; ".join(f"{texts.name(name)} {numbers.compact(seen.metric(name))}" for name in METRICS)
    history(plot, view, lines, texts, texts.get("panels", "share_axis"), SHARES, told)


def _rank(view: View, name: str) -> tuple[bool, bool]:
    """Return how far up a metric lies: the chosen one is topmost, then the one an open scene speaks of."""
    return name == view.params.metric, name in view.claim.steps


def _names_at(view: View, texts: Texts) -> Mapping[str, str]:
    """Return the names of the curves; where some lie on each other at the step in view, of the topmost and how many.

    Where runs are compared only the chosen metric has its name: letters and values stand there, too.
    """
    if view.beside:
        return {view.params.metric: texts.name(view.params.metric)}
    seen, groups = answers_of(view), defaultdict[str, list[str]](list)
    for name in sorted(METRICS, key=lambda name: _rank(view, name)):
        value = seen.metric(name)
        groups[name if np.isnan(value) else numbers.compact(value)].append(name)
    return {group[-1]: _named(group, texts) for group in groups.values()}


def _named(group: Sequence[str], texts: Texts) -> str:
    name, count = texts.name(group[-1]), len(group)
    return name if count == 1 else texts.get("panels", "and_more").format(name=name, more=count - 1)


def metrics_at(view: View, step: int) -> Mapping[str, float]:
    """Return the metrics of a recorded step, 1 or later, at the threshold in force."""
    made = {name: _at_threshold(name, view.params.threshold) for name in METRICS}
    row = view.timeline.series.row(step)
    return {name: float(make(view.timeline)[1][step - 1] if make else row[name]) for name, make in made.items()}


def _at_threshold(name: str, threshold: float) -> Any:
    """Return how a metric's line is made where the record keeps it for another threshold; None where it is kept."""
    return None if name == "auc" or threshold == _DEFAULT else partial(_measured, name, threshold)


def _measured(name: str, threshold: float, record: Timeline[Any, Any]) -> tuple[Floats, Floats]:
    """Return the steps and a metric at a threshold of the weights each step used: those of the row before."""
    found = _found_in(record, threshold)
    return found.steps, found.metrics[name]


@dataclass(frozen=True, eq=False)
class _Found:
    """The metrics of a record at a threshold, as far as it is recorded."""

    threshold: float
    steps: Floats
    metrics: Mapping[str, Floats]


_KNOWN: WeakKeyDictionary[Timeline[Any, Any], _Found] = WeakKeyDictionary()  # what was asked last of each record


def _found_in(record: Timeline[Any, Any], threshold: float) -> _Found:
    """Return the metrics of a record at a threshold; of a record that has grown only what came is measured anew."""
    known = _KNOWN.get(record)
    if known is None or known.threshold != threshold or len(known.steps) > record.recorded:
        known = _Found(threshold, np.empty(0), dict.fromkeys(METRICS[:-1], np.empty(0)))
    if (begin := len(known.steps)) < record.recorded:
        own = np.column_stack([record.series.column(weight)[begin:-1] for weight in WEIGHTS])
        data = data_of(record.recipe.params)
        new = metrics_by_weights(own, data.points, data.targets, threshold)
        steps = np.arange(1.0, record.recorded + 1)
        known = _Found(threshold, steps, {name: np.append(known.metrics[name], new[name]) for name in new})
    _KNOWN[record] = known
    return known


# ---- all thresholds


@kept(4)
def _sweep(p: Floats, t: Any) -> Thresholds:
    return sweep(p, t)


def draw_roc(plot: Plot, view: View, texts: Texts) -> None:
    """Show hits against false alarms at every threshold; the ring is the handle of today's."""
    names = texts.get("panels", "alarms"), texts.get("panels", "hits")
    _draw_curves(plot, view, roc_of, "auc", names, texts, (_CHANCE,))


def draw_pr(plot: Plot, view: View, texts: Texts) -> None:
    """Show precision against recall at every threshold; where nothing is called 1 there is no precision, no handle."""
    names = texts.get("panels", "hits"), texts.name("precision")
    _draw_curves(plot, view, precision_and_recall_of, "f1", names, texts)


def roc_of(seen: Answers) -> tuple[Floats, Floats, tuple[float, float]]:
    """Return false alarms and hits at all thresholds, (m,) each, and at the one in force."""
    counts, found = seen.counts, _sweep(seen.p, seen.t).roc
    ones, zeros = counts.tp + counts.fn, counts.fp + counts.tn
    return *found, ((counts.fp / zeros, counts.tp / ones) if ones and zeros else (np.nan, np.nan))


def precision_and_recall_of(seen: Answers) -> tuple[Floats, Floats, tuple[float, float]]:
    """Return recall and precision at all thresholds, (m,) each, and at the one in force."""
    precision, recall = _sweep(seen.p, seen.t).precision_and_recall
    return recall, precision, (seen.counts.recall, seen.counts.precision)


def _draw_curves(
    plot: Plot, view: View, curve_of: CurveOf, metric: Metric, names: tuple[str, str], texts: Texts,
    below: tuple[Curve, ...] = (),
) -> None:  # fmt: skip
    """Draw the curve of each run with a metric of it; while a scene asks there is nothing but the square."""
    plot.set_names(*names)
    plot.set_range(*_ENDS)
    if view.covered:
        plot.set_marks([])
        return
    curves, told, colour = [], [], COLOURS[metric]
    for run in (*(view.of(other) for other in view.beside), view):
        seen = answers_of(run)
        x, y, here = curve_of(seen)
        known = np.isfinite(x) & np.isfinite(y)
        letter = run.letter if view.beside else ""
        name, is_front = f"{letter} curve".strip(), run is view
        told.append(f"{letter or texts.name(metric)} {numbers.compact(seen.metric(metric))}")
        curves.append(Curve(name, letter, x[known], y[known], colour, focused=is_front, letter=letter, front=is_front))
    rings = _round_places(view, curve_of)
    points = Points("round", np.array(list(rings)).reshape(-1, 2), colour, "circle", 7.0, hollow=True)
    off = Off(np.concatenate([_along(curve.x, curve.y) for curve in (*below, *curves)]))
    drawn = Curves((*below, *curves))
    words = (
        _told_of_runs([texts.name(metric), *sorted(told)], colour, drawn)
        if view.beside
        else _told_of_one(told[0], rings, colour)
    )
    plot.set_marks([drawn, points, off, *words, *_handle(here, answers_of(view), texts, here in rings)])


def _told_of_one(told: str, rings: Mapping[tuple[float, float], str], colour: str) -> list[Mark]:
    """Return the thresholds of the rings, and the metric where it has room."""
    thresholds = [Caption(words, place, colour, "right below") for place, words in rings.items()]
    return [*thresholds, Caption(told, _CORNERS[0], colour, "above", _CORNERS[1:])]


def _told_of_runs(told: Sequence[str], colour: str, drawn: Curves) -> list[Mark]:
    """Return a metric of each run under its name, where no curve of theirs is and none of their letters; rings go
    without words beside these.
    """
    off = Off(np.concatenate([_along(curve.x, curve.y) for curve in drawn.curves if curve.letter]))
    return [Block(tuple(Words(words, colour) for words in told), _PLACES, off, _NOWHERE, drawn)]


def _round_places(view: View, curve_of: CurveOf) -> Mapping[tuple[float, float], str]:
    """Return where round thresholds stand on a curve, each place with the thresholds that share it."""
    shared = defaultdict[tuple[float, float], list[float]](list)
    for threshold in _ROUND:
        place = curve_of(replace(answers_of(view), threshold=threshold))[2]
        if np.isfinite(place).all():
            shared[place].append(threshold)
    return {place: " … ".join(map(numbers.setting, dict.fromkeys((at[0], at[-1])))) for place, at in shared.items()}


def _along(x: Floats, y: Floats) -> Floats:
    """Return places along a curve of straight stretches, (m, 2)."""
    shares = np.linspace(0, 1, 9)[:, None]
    corners = np.column_stack([x, y])
    return np.concatenate([corners[:1], *(corners[:-1] + share * (corners[1:] - corners[:-1]) for share in shares)])


def _handle(here: tuple[float, float], seen: Answers, texts: Texts, is_told: bool) -> list[Mark]:
    """Return the ring of today's threshold, with its number unless that is told; a hollow one at the foot that says so
    where the upper share is 0/0.
    """
    across, up = here
    own, said = threshold_of(seen), texts.parameter("threshold", "label")
    if np.isfinite(up):
        number = "" if is_told else numbers.setting(seen.threshold)
        return [
            Dot(THRESHOLD, here, colour="blue", draggable=True, own=own, said=said),
            Caption(number, here, "blue", "left above"),
        ]
    foot = (across, 0.0)
    words = Caption(texts.get("panels", "no_share"), foot, "blue")
    return [Dot(THRESHOLD, foot, "hollow", colour="blue", draggable=True, size=11.0, own=own, said=said), words]


def threshold_at(view: View, is_roc: bool, x: float, y: float) -> float:
    """Return the threshold whose place on the ROC curve, or on that of precision and recall, is nearest to one."""
    seen = answers_of(view)
    found = _sweep(seen.p, seen.t)
    across, up = found.roc if is_roc else found.precision_and_recall[::-1]
    away = (across - x) ** 2 + (up - y) ** 2
    return min(float(found.thresholds[int(np.nanargmin(away))]), 1.0)


# ---- over one weight


def draw_weight(plot: Plot, view: View, texts: Texts) -> None:
    """Show loss and accuracy where one weight is moved and the others stay; rings are handles of today's weight."""
    weights, axis = weights_of(view), view.options.get("axis", 0)
    seen = _landscape(weights, view.params, axis)
    loss, accuracy = seen.loss(), seen.accuracy()
    plot.set_names(WEIGHTS[axis], texts.get("panels", "loss_and_accuracy"))
    plot.axes["bottom"].set_hint(texts.get("panels", "weight_hint"))
    plot.set_range(float(seen.at[0]), float(seen.at[-1]), -0.05, _LOSS_TOP)
    if view.covered:
        plot.set_marks([])
        return
    curves = (
        Curve("accuracy", "", *_stairs(seen.at, accuracy), "orange"),
        Curve("loss", "", seen.at, loss, "black", focused=True),
    )
    names = texts.name("accuracy"), texts.get("panels", "train")
    named = [_beside_curve(curve, name) for curve, name in zip(curves, names, strict=True)]
    off = Off(np.concatenate([np.column_stack([curve.x, curve.y]) for curve in curves]))
    own = answers_of(view)
    at, handle = float(weights[axis]), Focus("weight", (axis,))
    today = [
        Dot(handle, (at, y), draggable=True, goes="x", said=WEIGHTS[axis])
        for y in (own.loss(view.params.loss), own.counts.accuracy)
    ]
    plot.set_marks([Curves((*_losses_beside(view, seen.at, axis), *curves)), off, *named, *today])


def _losses_beside(view: View, at: Floats, axis: int) -> tuple[Curve, ...]:
    """Return the loss of each compared run where one of its weights is moved to each place."""
    return tuple(
        Curve(f"{run.letter} loss", run.letter, at, _landscape(weights_of(run), run.params, axis).loss(), "black",
              letter=run.letter, front=False)
        for run in (view.of(other) for other in view.beside)
    )  # fmt: skip


def _stairs(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return what is level and jumps half way between places (m,) as the corners of its steps, (2m,) each."""
    return np.concatenate([x[:1], np.repeat((x[1:] + x[:-1]) / 2, 2), x[-1:]]), np.repeat(y, 2)


def _beside_curve(curve: Curve, name: str) -> Caption:
    """Return the name of a curve, close to the first of its places from the right that is in view and has room."""
    seen = np.flatnonzero(curve.y < _LOSS_TOP)[::-_APART]
    first, *others = ((float(curve.x[i]), float(curve.y[i])) for i in seen) if len(seen) else [(np.nan, np.nan)]
    return Caption(name, first, curve.colour, "left above", (*others, first))


@kept(4)
def _landscape(weights: Floats, params: Params, axis: int) -> Landscape:
    return Landscape.along(weights, axis, params)


# ---- a line among outliers


def draw_outliers(plot: Plot, view: View, texts: Texts) -> None:
    """Show points of which the last were pulled down, and the lines of three losses after as many steps as the run."""
    points, step = outliers.points_of(0), min(view.t, outliers.STEPS)
    low, high = float(points.t.min()) - 1, 1.15 * float(points.t.max()) + 2
    plot.set_names("x", "y")
    plot.set_range(-2.15, 2.9, low, high)
    ends, lines, words = points.x[[0, -1]], [], []
    for loss, colour in FITTED.items():
        slope, intercept = outliers.descent(loss, 0, steps=step)[-1].tolist()
        lines.append(Curve(loss, "", ends, slope * ends + intercept, colour, dashed=loss == "huber"))
        said = texts.get("panels", "fitted").format(name=texts.choice("loss", loss), slope=numbers.fixed(slope, 2))
        words.append(Words(said, colour))
    xy, right = np.column_stack([points.x, points.t]), len(points.x) - points.pulled
    dots = (
        Points("points", xy[:right], "black", "circle", 5.0),
        Points("pulled", xy[right:], "vermillion", "cross", 8.0),
    )
    plot.set_marks([*dots, Curves(tuple(lines)), *_named_lines(words, lines, xy, (low, high))])


def _named_lines(words: Sequence[Words], lines: Sequence[Curve], xy: Floats, ends: tuple[float, float]) -> list[Mark]:
    """Return what is said of the lines, one under the other, where neither point nor line is: high at the left."""
    off = Off(np.concatenate([xy, *(_along(line.x, line.y) for line in lines)]))
    low, high = ends
    across, down = np.linspace(-1.6, 1.2, 15), np.linspace(high, low, 20)
    places = np.array([(x, y) for y in down for x in across])
    return [Block(tuple(words), places, off, _NOWHERE, off)]
