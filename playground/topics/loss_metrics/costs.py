"""What a point costs at each score, by its class, and what accuracy sees there: a step without a slope."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.loss_metrics.unit import Answers, judged
from core.nn.activations import sigmoid
from core.nn.losses import Loss
from core.run.values import Floats, locked
from playground.playback.view import View
from playground.topics.loss_metrics.shown import CLASSES, answers_of, reach_of, told_of, top_of
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
_UNBOUNDED = 2.0  # the height of an axis above which a loss has no end
_EDGE = 0.92  # of the reach, beyond which no name stands
_END = 0.99  # of the reach, where the step has its name
_PUSH = 0.2  # of the reach: the length of the tangent
_AT_DOT = 9.0  # px


def marks(view: View, texts: Texts) -> list[Mark]:
    """Return the losses of both classes over the scores, the step of accuracy, and the tangent at the point told of."""
    seen, loss, reach = answers_of(view), view.params.loss, reach_of(view)
    z = _scores(reach)
    point = told_of(view, len(seen.z))
    target = 1 if point is None else int(seen.t[point])
    curves = [
        Curve(f"cost {t}", "", z, _costs(loss, reach, t), CLASSES[t], dashed=t == 0, focused=t == target)
        for t in (0, 1)
    ]
    stair = Curve("stair", "", z, wrong_at(seen.threshold, z, target), "orange")
    named = [_named(curve, t, top_of(loss), reach, texts) for t, curve in enumerate(curves)]
    off = Off(np.concatenate([np.column_stack([curve.x, curve.y])[::_EVERY] for curve in (stair, *curves)]))
    told = Caption(texts.get("panels", "cost_metric"), (-_END * reach, float(stair.y[0])), "orange")
    return [Curves((stair, *curves)), off, *named, told, *([] if point is None else _tangent(view, seen, point, texts))]


@lru_cache(maxsize=8)
def _scores(reach: float) -> Floats:
    return locked(np.linspace(-reach, reach, _FINE))


@lru_cache(maxsize=16)
def _costs(loss: Loss, reach: float, target: int) -> Floats:
    """Return what a point of a class costs at every score; the same while the axis stays."""
    return locked(costs_at(loss, _scores(reach), target))


def costs_at(loss: Loss, z: Floats, target: int) -> Floats:
    """Return what a point of a class costs at scores (n,)."""
    return judged(loss, z, np.full(len(z), target)).values


def wrong_at(threshold: float, z: Floats, target: int) -> Floats:
    """Return 1 where a point of a class would be called wrongly, and 0 where rightly, (n,)."""
    called = (sigmoid(z) >= threshold).astype(float)
    return locked(np.abs(target - called))


def _named(curve: Curve, target: int, top: float, reach: float, texts: Texts) -> Caption:
    """Return the name of a class's curve, on the side where that is high; of one that ends at 1 beneath its end."""
    is_bounded = top < _UNBOUNDED
    inside = np.flatnonzero((np.abs(curve.x) <= _EDGE * reach) & (curve.y <= (1 if is_bounded else _AT) * top))
    at = int(inside[0 if target else -1]) if len(inside) else len(curve.x) // 2
    side = f"{'right' if target else 'left'} {'below' if is_bounded else 'above'}"
    return Caption(texts.get("panels", f"cost_{target}"), (float(curve.x[at]), float(curve.y[at])), curve.colour, side)


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
    words = Caption(texts.get("panels", key).format(slope=numbers.compact(slope)), (z, value), first=side)
    arrow = [Arrow("tangent", (z, value), (z + way, value + slope * way), "black")] if slope else []
    return [*arrow, Points("at", np.array([[z, value]]), CLASSES[t], "circle", _AT_DOT), words]
