"""A step as formulas with its numbers: the metric in counts, and one point's loss with its slope, before and after.

Before is what the step worked with; after is what the weights it made give. Both are of all training points.
"""

from __future__ import annotations

import numpy as np

from core.loss_metrics.algorithm import State, answers
from core.loss_metrics.explained_point import SOURCE, Point, explain_at_start, explain_point, in_symbols
from core.loss_metrics.settings import Params, data_of
from core.loss_metrics.unit import Answers, judged
from core.nn.losses import DELTA, Loss
from core.run.explanation import Explanation, Focus, Line, line

_MORE = 1.01  # what is said to have risen rose by this factor at least, so that the digits shown differ

_METRICS = {
    "accuracy": ("accuracy = ({TP:tp} + {TN:tn}) / n", "({tp:tp} + {tn:tn}) / {n}"),
    "precision": ("precision = {TP:tp} / ({TP:tp} + {FP:fp})", "{tp:tp} / ({tp:tp} + {fp:fp})"),
    "recall": ("recall = {TP:tp} / ({TP:tp} + {FN:fn})", "{tp:tp} / ({tp:tp} + {fn:fn})"),
    "f1": ("F1 = 2·{TP:tp} / (2·{TP:tp} + {FP:fp} + {FN:fn})", "2·{tp:tp} / (2·{tp:tp} + {fp:fp} + {fn:fn})"),
    "auc": ("AUC = ordered pairs / (n₁·n₀)", "{ordered} / ({n1}·{n0})"),
}
_Values = dict[str, float | str]


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return loss and slope of the point that cost most and the metric, with the numbers before and after a step.

    Of a point in focus all is told of that alone, at the start with the first weights. Raises IndexError for one that
    does not exist.
    """
    if before is None and not after.diverged and focus and focus.kind == "point":
        own = answers(after.weights, params)
        return explain_at_start(own, params, point_of(focus, own, params.loss))
    if before is None or after.diverged:
        target = int(data_of(params).targets.any())  # the form of class 1, unless there is none of it
        rule = (*in_symbols(params.loss, target, DELTA), line(_METRICS[params.metric][0]))
        return Explanation(rule, (), "diverged" if after.diverged else "rule", {}, SOURCE)
    was, now = answers(before.weights, params), answers(after.weights, params)
    point = point_of(focus, was, params.loss)
    if focus and focus.kind == "point":
        return explain_point(was, now, params, point)
    rule = *Point.of(was, point).in_symbols(params.loss), line(_METRICS[params.metric][0])
    rows = tuple(
        (label, (*Point.of(seen, point).in_numbers(params.loss), _metric(seen, params)))
        for label, seen in (("before", was), ("after", now))
    )
    return Explanation(rule, rows, *_in_words(was, now, params), SOURCE)


def point_of(focus: Focus | None, seen: Answers, loss: Loss) -> int:
    """Return the point in focus, else that of the largest loss, the first of equals."""
    if focus and focus.kind == "point" and focus.at:
        if not 0 <= focus.at[0] < len(seen.z):
            raise IndexError(f"there is no point {focus.at[0]}")
        return focus.at[0]
    return int(judged(loss, seen.z, seen.t).values.argmax())


# ---- the metric


def _metric(seen: Answers, params: Params) -> Line:
    """Return a metric as the share it is; without a value where that is 0/0."""
    value, shares = seen.metric(params.metric), _METRICS[params.metric][1]
    ones = int(seen.t.sum())
    zeros = len(seen.t) - ones
    counts = {name: str(getattr(seen.counts, name)) for name in ("tp", "fp", "fn", "tn")}
    ordered = round(2 * seen.auc * ones * zeros) / 2 if ones * zeros else 0.0  # a tie counts half
    pairs = {"n1": str(ones), "n0": str(zeros), "ordered": f"{ordered:.1f}".removesuffix(".0")}
    told: _Values = {"value": value, "n": str(len(seen.t)), **counts, **pairs}
    return line(("0/0" if np.isnan(value) else "{value:metric}") + f" = {shares}", told)


# ---- in words


def _in_words(was: Answers, now: Answers, params: Params) -> tuple[str, _Values]:
    """Return the key of a sentence that fits the step, and both values of what it compares."""
    crossed = int((was.called != now.called).sum())
    values: _Values = {
        "metric": params.metric, "crossed": str(crossed), "n": str(len(was.t)), "loss_was": was.loss(params.loss),
        "loss": now.loss(params.loss),
    }  # fmt: skip
    old, new = was.metric(params.metric), now.metric(params.metric)
    if np.isnan(old) or np.isnan(new):
        return ("one_class" if params.metric == "auc" else f"nothing.{params.metric}"), values
    values |= {"was": old, "now": new}
    if new > old * _MORE and float(values["loss"]) > float(values["loss_was"]) * _MORE:
        return "both_rise", values
    if params.metric == "auc":
        return ("auc.still" if new == old else "auc.moved"), values
    return ("crossed" if crossed else "still"), values
