"""A step as formulas with its numbers: the metric in counts, and one point's loss with its slope, before and after.

Before is what the step worked with; after is what the weights it made give. Both are of all training points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.loss_metrics.algorithm import State, answers
from core.loss_metrics.settings import Params
from core.loss_metrics.unit import Answers, judged
from core.nn.activations import sigmoid
from core.nn.losses import DELTA, Loss
from core.run.explanation import Explanation, Focus, Line, line

SOURCE = "core.nn.losses:judge"
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
    """Return metric, loss and slope with the numbers before and after a step, told of the point in focus.

    Without one it is the point that cost most. Raises IndexError for a point that does not exist.
    """
    if before is None or after.diverged:
        rule = (line(_METRICS[params.metric][0]), *_in_symbols(params.loss, 1, DELTA))
        return Explanation(rule, (), "diverged" if after.diverged else "rule", {}, SOURCE)
    was, now = answers(before.weights, params), answers(after.weights, params)
    point = point_of(focus, was, params.loss)
    rule = line(_METRICS[params.metric][0]), *Point.of(was, point).in_symbols(params.loss)
    rows = tuple(
        (label, (_metric(seen, params), *Point.of(seen, point).in_numbers(params.loss)))
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


# ---- a point's loss and its slope


@dataclass(frozen=True)
class Point:
    """One point before the losses."""

    z: float
    t: int

    @classmethod
    def of(cls, seen: Answers, place: int) -> Point:
        """Return a point of what was answered."""
        return cls(float(seen.z[place]), int(seen.t[place]))

    @property
    def p(self) -> float:
        """Return σ(z)."""
        return float(sigmoid(np.array(self.z)))

    def judged(self, loss: Loss) -> tuple[float, float]:
        """Return its loss, and the slope by z."""
        found = judged(loss, np.array([self.z]), np.array([self.t]))
        return float(found.values[0]), float(found.slopes[0])

    def in_symbols(self, loss: Loss) -> tuple[Line, Line]:
        """Return loss and slope as they are for its class and on its side of the kink."""
        return _in_symbols(loss, self.t, self._size(loss))

    def in_numbers(self, loss: Loss) -> tuple[Line, Line]:
        """Return loss and slope with its numbers."""
        value, slope = self.judged(loss)
        right = self.p if self.t else float(sigmoid(np.array(-self.z)))
        away = -self.z if self.t else self.z
        told = {"loss": value, "slope": slope, "p": self.p, "t": float(self.t), "q": right, "z": self.z, "m": 1 + away,
                "away": away}  # fmt: skip
        by_value, by_slope = _NUMBERS[_form(loss, self.t, self._size(loss))]
        if loss == "cross-entropy" and not right:
            by_value = "{away}"  # log(1 + e^x) is x itself where e^−x is no number any more
        equals = "{slope:slope} = " if by_slope else "∂ℓ/∂z = {slope:slope}"
        return line("{loss:loss} = " + by_value, told), line(equals + by_slope, told)

    def _size(self, loss: Loss) -> float:
        """Return what decides on which side of its kink a loss is: |p − t|, of the hinge the loss itself."""
        return self.judged(loss)[0] if loss == "hinge" else abs(self.p - self.t)


def _form(loss: Loss, t: int, size: float) -> tuple[str, int]:
    """Return under which name the formulas of a loss stand."""
    if loss == "huber" and size > DELTA:
        return "huber, far", t
    return ("hinge, flat" if loss == "hinge" and not size else loss), t


def _in_symbols(loss: Loss, t: int, size: float) -> tuple[Line, Line]:
    value, slope = _SYMBOLS[_form(loss, t, size)]
    return line("{ℓ:loss} = " + value), line("{∂ℓ/∂z:slope} = " + slope)


_P = "{p:probability}"
_SYMBOLS = {
    ("cross-entropy", 1): ("−log p", "p − 1"),
    ("cross-entropy", 0): ("−log(1 − p)", "p"),
    ("mse", 1): ("(p − 1)²", "2·(p − 1)·p·(1 − p)"),
    ("mse", 0): ("p²", "2·p·p·(1 − p)"),
    ("mae", 1): ("|p − 1|", "−p·(1 − p)"),
    ("mae", 0): ("|p|", "p·(1 − p)"),
    ("huber", 1): ("(p − 1)²/2", "(p − 1)·p·(1 − p)"),
    ("huber", 0): ("p²/2", "p·p·(1 − p)"),
    ("huber, far", 1): ("δ·(1 − p − δ/2)", "−δ·p·(1 − p)"),
    ("huber, far", 0): ("δ·(p − δ/2)", "δ·p·(1 − p)"),
    ("hinge", 1): ("max(0, 1 − z)", "−1"),
    ("hinge", 0): ("max(0, 1 + z)", "1"),
    ("hinge, flat", 1): ("max(0, 1 − z)", "0"),
    ("hinge, flat", 0): ("max(0, 1 + z)", "0"),
}
_NUMBERS = {
    ("cross-entropy", 1): ("−log {q:probability}", f"{_P} − 1"),
    ("cross-entropy", 0): ("−log {q:probability}", _P),
    ("mse", 1): (f"({_P} − 1)²", f"2·({_P} − 1)·{_P}·(1 − {_P})"),
    ("mse", 0): (f"{_P}²", f"2·{_P}·{_P}·(1 − {_P})"),
    ("mae", 1): (f"1 − {_P}", f"−{_P}·(1 − {_P})"),
    ("mae", 0): (_P, f"{_P}·(1 − {_P})"),
    ("huber", 1): (f"({_P} − 1)² / 2", f"({_P} − 1)·{_P}·(1 − {_P})"),
    ("huber", 0): (f"{_P}² / 2", f"{_P}·{_P}·(1 − {_P})"),
    ("huber, far", 1): (f"{DELTA}·(1 − {_P} − {DELTA / 2})", f"−{DELTA}·{_P}·(1 − {_P})"),
    ("huber, far", 0): (f"{DELTA}·({_P} − {DELTA / 2})", f"{DELTA}·{_P}·(1 − {_P})"),
    ("hinge", 1): ("1 − {z:score}", ""),
    ("hinge", 0): ("1 + {z:score}", ""),
    ("hinge, flat", 1): ("max(0, {m})", ""),
    ("hinge, flat", 0): ("max(0, {m})", ""),
}


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
