"""A point's loss with its slope, in symbols and in its numbers, and what a step did to a point that was chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.loss_metrics.settings import Metric, Params
from core.loss_metrics.unit import Answers, judged
from core.nn.activations import sigmoid
from core.nn.losses import DELTA, Loss
from core.run.explanation import Explanation, Line, line

SOURCE = "core.nn.losses:judge"
_Values = dict[str, float | str]


def explain_point(was: Answers, now: Answers, params: Params, place: int) -> Explanation:
    """Return loss and slope of a point before and after a step beside the slope of the metric there; p in words."""
    old, new, called = Point.of(was, place), Point.of(now, place), int(was.called[place])
    rows = ("before", _in_numbers(was, place, params)), ("after", _in_numbers(now, place, params))
    values: _Values = {
        "called": str(called), "class": str(old.t), "p_was": old.p, "p": new.p,
        "loss_was": old.judged(params.loss)[0], "loss": new.judged(params.loss)[0],
    }  # fmt: skip
    key = "point.right" if called == old.t else "point.wrong"
    return Explanation(_in_symbols(was, place, params), rows, key, values, SOURCE)


def explain_at_start(own: Answers, params: Params, place: int) -> Explanation:
    """Return the same of a point where no step was made yet."""
    row = "point", _in_numbers(own, place, params)
    return Explanation(_in_symbols(own, place, params), (row,), "rule", {}, SOURCE)


def _in_symbols(seen: Answers, place: int, params: Params) -> tuple[Line, ...]:
    return _flat(seen, place, params.metric), *Point.of(seen, place).in_symbols(params.loss)


def _in_numbers(seen: Answers, place: int, params: Params) -> tuple[Line, ...]:
    return _flat(seen, place, params.metric), *Point.of(seen, place).in_numbers(params.loss)


def _flat(seen: Answers, place: int, metric: Metric) -> Line:
    """Return the slope of a metric by the score of a point: 0, or none."""
    return line(f"∂{{{metric}:metric}}/∂z = {0 if seen.has_slope(place, metric) else '–'}")


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
        return in_symbols(loss, self.t, self._size(loss))

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


def in_symbols(loss: Loss, t: int, size: float) -> tuple[Line, Line]:
    """Return a loss and its slope for a class, on the side of the kink that `size` says: |p − t|, of the hinge ℓ."""
    value, slope = _SYMBOLS[_form(loss, t, size)]
    return line("{ℓ:loss} = " + value), line("{∂ℓ/∂z:slope} = " + slope)


_P = "{p:probability}"
_SYMBOLS = {
    ("cross-entropy", 1): ("−log p", "p − 1"),
    ("cross-entropy", 0): ("−log(1 − p)", "p"),
    ("mse", 1): ("(p − 1)²", "−2·p·(1 − p)²"),
    ("mse", 0): ("p²", "2·p²·(1 − p)"),
    ("mae", 1): ("|p − 1|", "−p·(1 − p)"),
    ("mae", 0): ("|p|", "p·(1 − p)"),
    ("huber", 1): ("(p − 1)²/2", "−p·(1 − p)²"),
    ("huber", 0): ("p²/2", "p²·(1 − p)"),
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
    ("mse", 1): (f"({_P} − 1)²", f"−2·{_P}·(1 − {_P})²"),
    ("mse", 0): (f"{_P}²", f"2·{_P}²·(1 − {_P})"),
    ("mae", 1): (f"1 − {_P}", f"−{_P}·(1 − {_P})"),
    ("mae", 0): (_P, f"{_P}·(1 − {_P})"),
    ("huber", 1): (f"({_P} − 1)² / 2", f"−{_P}·(1 − {_P})²"),
    ("huber", 0): (f"{_P}² / 2", f"{_P}²·(1 − {_P})"),
    ("huber, far", 1): (f"{DELTA}·(1 − {_P} − {DELTA / 2})", f"−{DELTA}·{_P}·(1 − {_P})"),
    ("huber, far", 0): (f"{DELTA}·({_P} − {DELTA / 2})", f"{DELTA}·{_P}·(1 − {_P})"),
    ("hinge", 1): ("1 − {z:score}", ""),
    ("hinge", 0): ("1 + {z:score}", ""),
    ("hinge, flat", 1): ("max(0, {m})", ""),
    ("hinge, flat", 0): ("max(0, {m})", ""),
}
