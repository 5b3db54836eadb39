"""A step beat by beat: forward to p, the error of a point, the gradient of the batch, the update of all three weights.

The numbers of a beat are parts of the step between two states, computed when they are asked for.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from core.loss_metrics import explained
from core.loss_metrics.algorithm import State, answers
from core.loss_metrics.beats import BEATS, Parts, parts
from core.loss_metrics.explained import point_of
from core.loss_metrics.explained_point import SOURCE, Point
from core.loss_metrics.settings import Params, data_of
from core.loss_metrics.unit import rule_of
from core.nn.update_rules_explained import source_of
from core.run.explanation import Explanation, Focus, Line, line

_FORWARD, _ERROR, _BACKWARD, _UPDATE = BEATS
WEIGHTS = ("w_x", "w_y", "b")
_LARGEST = 700.0


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, or where no step was made, what is said of the whole step."""
    if not beat or before is None or after.diverged:
        return explained.explain(before, after, params, focus)
    if beat == _UPDATE:
        return _update(explained.explain(before, after, params, None), before, after, params)
    made, place = parts(before, after, params), point_told(before, after, params, focus, beat)
    if place is None:
        return _backward(made, params)
    return _forward(before, params, place) if beat == _FORWARD else _error(made, before, params, place)


def point_told(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> int | None:
    """Return the point that a beat, or the whole step, is told of; None where it is told of none.

    It is that in focus, else that of all which cost most; in a beat of a smaller batch the first of the batch.
    """
    if before is None and focus and focus.kind == "point" and not after.diverged:
        return point_of(focus, answers(after.weights, params), params.loss)
    if before is None or after.diverged or beat in (_BACKWARD, _UPDATE):
        return None
    if beat and params.batch_size and not (focus and focus.kind == "point"):
        return int(after.batch[0])
    return point_of(focus, answers(before.weights, params), params.loss)


def _forward(before: State, params: Params, place: int) -> Explanation:
    seen, (x, y) = answers(before.weights, params), data_of(params).points[place].tolist()
    w_x, w_y, b = before.weights.tolist()
    values = {"z": float(seen.z[place]), "p": float(seen.p[place]), "x": x, "y": y, "w_x": w_x, "w_y": w_y, "b": b}
    rule = line("{z:score} = w_x·x + w_y·y + b"), line("{p:probability} = 1 / (1 + e^−{z:score})")
    weighted = line("{z:score} = {w_x:weight}·{x} + {w_y:weight}·{y} + {b:weight}", values)
    squashed = "1 / (1 + {power})" if values["z"] > -_LARGEST else "{p}"  # e to the power of more is no number
    values["power"] = math.exp(min(-values["z"], _LARGEST))
    row = "point", (weighted, line("{p:probability} = " + squashed, values))
    told: dict[str, float | str] = {"p": values["p"], "threshold": params.threshold, "class": str(int(seen.t[place]))}
    key = f"forward.{int(seen.called[place])}"
    return Explanation(rule, (row,), key, told, "core.nn.layers.dense:Dense.forward")


def _error(made: Parts, before: State, params: Params, place: int) -> Explanation:
    point = Point.of(answers(before.weights, params), place)
    loss, slope = point.judged(params.loss)
    values: dict[str, float | str] = {
        "loss": loss,
        "slope": slope,
        "mean": made.seen.loss,
        "count": str(len(made.seen.scores)),
    }
    key = "error.flat" if not slope else "error.up" if slope < 0 else "error.down"
    row = "point", point.in_numbers(params.loss)
    return Explanation(point.in_symbols(params.loss), (row,), key, values, SOURCE)


def _backward(made: Parts, params: Params) -> Explanation:
    """Return the gradient: the mean over the batch of each point's slope times what its weight is multiplied by."""
    by = ("·x", "·y", "")
    names = zip(WEIGHTS, by, strict=True)
    rule = tuple(line(f"∂L/∂{{{name}:weight}} = Σ {{∂ℓ/∂z:slope}}{times} / n") for name, times in names)
    slopes = zip(WEIGHTS, made.gradient.tolist(), strict=True)
    row = "gradient", tuple(line(f"∂L/∂{w} = {{slope:gradient}}", {"slope": slope}) for w, slope in slopes)
    values: dict[str, float | str] = {
        "length": float(np.linalg.norm(made.gradient)),
        "count": str(len(made.seen.scores)),
    }
    key = "backward.ahead" if params.optimizer == "nesterov" else "backward"
    return Explanation(rule, (row,), key, values, "core.nn.training:Look.gradient")


def _update(whole: Explanation, before: State, after: State, params: Params) -> Explanation:
    """Return all three weights before and after; the sentence is that of the whole step, which compares them.

    By the plain rule what is taken off a weight stands behind it.
    """
    is_plain = params.optimizer == "sgd"
    rule = tuple(line(f"{{{w}:weight}} ← {{{w}:weight}} − " + (f"η·∂L/∂{w}" if is_plain else "…")) for w in WEIGHTS)
    slopes = parts(before, after, params).gradient.tolist() if is_plain else (None,) * len(WEIGHTS)
    old = tuple(
        _before(weight, params.learning_rate, slope)
        for weight, slope in zip(before.weights.tolist(), slopes, strict=True)
    )
    new = tuple(
        line(f"{w} = {{new:weight}}", {"new": weight})
        for w, weight in zip(WEIGHTS, after.weights.tolist(), strict=True)
    )
    return replace(whole, rule=rule, rows=(("before", old), ("after", new)), source=source_of(rule_of(params)))


def _before(weight: float, rate: float, slope: float | None) -> Line:
    """Return a weight before a step and, where the rule is the plain one, what is taken off it."""
    taken = "" if slope is None else " − {rate:setting}·{slope:gradient}"
    return line("{weight:weight}" + taken, {"weight": weight, "rate": rate, "slope": slope or 0.0})
