"""What a point costs at each score, by its class, and what accuracy sees there: a step without a slope."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.loss_metrics.unit import Answers, judged
from core.nn.activations import sigmoid
from core.nn.losses import Loss
from core.run.values import Floats, locked
from playground.playback.view import View
from playground.topics.loss_metrics.shown import (
    CLASSES,
    OVER,
    answers_of,
    is_bounded,
    reach_of,
    score_of,
    told_of,
)
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Arrow
from widgets.plots.marks.captions import Caption, Off
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points

_FINE = 241  # places of a curve
_EVERY = 3  # of these, where words are kept off
_AT = 0.72  # of the height at which the name of a curve stands, or as near to it as the curve comes
_EDGE = 0.92  # of the reach, beyond which no name stands
_ENDS = (-0.99, -0.75, -0.5, 0.3, 0.55)  # of the reach, where the step may have its name
_PUSH = 0.2  # of the reach: the length of the tangent
_AT_DOT = 9.0  # px


def marks(view: View, seen: Answers, ends: tuple[float, float], texts: Texts) -> list[Mark]:
    """Return the losses of both classes over the scores, the step of accuracy, and the tangent at the point told of.

    `ends` are those of the axes: how far scores reach and how high losses go.
    """
    params = view.params
    point = told_of(view, len(seen.z))
    target = 1 if point is None else int(seen.t[point])
    names = tuple(texts.get("panels", key) for key in ("cost_0", "cost_1", "cost_metric"))
    ground = _ground(params.loss, params.threshold, *ends, target, names)
    return [*ground, *([] if point is None else _tangent(view, seen, point, texts))]


@lru_cache(maxsize=8)  # they are the same at most steps
def _ground(
    loss: Loss, threshold: float, reach: float, top: float, target: int, names: tuple[str, ...]
) -> tuple[Mark, ...]:
    """Return the curves for points of a class, with the names of both and what is said of accuracy."""
    z = np.linspace(-reach, reach, _FINE)
    curves = [
        Curve(f"cost {t}", "", z, costs_at(loss, z, t), CLASSES[t], dashed=t == 0, focused=t == target) for t in (0, 1)
    ]
    stair = Curve("stair", "", z, wrong_at(threshold, z, target), "orange")
    named = [_named(curve, t, (reach, top), is_bounded(loss), names[t]) for t, curve in enumerate(curves)]
    off = _off(score_of(threshold), top, stair, *curves)
    return Curves((stair, *curves)), off, *named, _flat(stair, reach, names[2])


def _off(border: float, top: float, *curves: Curve) -> Off:
    """Return what words keep off: the curves, and the line at the threshold above the points."""
    up = np.linspace(0.0, OVER * top, _FINE // _EVERY)
    line = np.column_stack([np.full(len(up), border), up])
    return Off(np.concatenate([line, *(np.column_stack([curve.x, curve.y])[::_EVERY] for curve in curves)]))


def _flat(stair: Curve, reach: float, words: str) -> Caption:
    """Return what is said of accuracy, on its step where there is room for it."""
    first, *others = ((end * reach, float(np.interp(end * reach, stair.x, stair.y))) for end in _ENDS)
    return Caption(words, first, "orange", others=tuple(others))


def costs_at(loss: Loss, z: Floats, target: int) -> Floats:
    """Return what a point of a class costs at scores (n,)."""
    return judged(loss, z, np.full(len(z), target)).values


def wrong_at(threshold: float, z: Floats, target: int) -> Floats:
    """Return 1 where a point of a class would be called wrongly, and 0 where rightly, (n,)."""
    called = (sigmoid(z) >= threshold).astype(float)
    return locked(np.abs(target - called))


def _named(curve: Curve, target: int, ends: tuple[float, float], ends_at_one: bool, name: str) -> Caption:
    """Return the name of a class's curve, where that is high: inside its end, or outside of one that goes on above."""
    reach, top = ends
    within = np.abs(curve.x) <= _EDGE * reach
    low = within & (curve.y <= (1 if ends_at_one else _AT) * top)
    inside, goes_on = np.flatnonzero(low), bool(low.sum() < within.sum())
    at = int(inside[0 if target else -1]) if len(inside) else len(curve.x) // 2
    outside, inner = ("left", "right") if target else ("right", "left")
    side = outside if goes_on else f"{inner} {'below' if ends_at_one else 'above'}"
    return Caption(name, (float(curve.x[at]), float(curve.y[at])), curve.colour, side)


def place_of(view: View, point: int) -> tuple[float, float]:
    """Return the score of a point and what it costs."""
    seen, one = answers_of(view), slice(point, point + 1)
    return float(seen.z[point]), float(judged(view.params.loss, seen.z[one], seen.t[one]).values[0])


def _tangent(view: View, seen: Answers, point: int, texts: Texts) -> list[Mark]:
    """Return a point on the curve of its class, and an arrow along the tangent there, downhill."""
    (z, value), t, one = place_of(view, point), int(seen.t[point]), slice(point, point + 1)
    slope = float(judged(view.params.loss, seen.z[one], seen.t[one]).slopes[0])
    way = -np.sign(slope) * _PUSH * reach_of(view)
    key = "slope_up" if slope < 0 else "slope_down" if slope > 0 else "slope_flat"
    side = "left below" if t else "right below"
    said = "" if view.covered else texts.get("panels", key).format(slope=numbers.compact(slope))
    words = Caption(said, (z, value), first=side, others=((z + way, value + slope * way),))
    arrow = [Arrow("tangent", (z, value), (z + way, value + slope * way), "black")] if slope else []
    return [*arrow, Points("at", np.array([[z, value]]), CLASSES[t], "circle", _AT_DOT), words]
