"""Losses: how wrong a net is about an example, and how that changes with its scores.

z is a score, p = f(z) what the last layer makes of it, t the target, e = p − t, s = 2t − 1:

    cross-entropy   two classes   log(1 + e^z) − t·z          ∂/∂z = σ(z) − t
                    many classes  −log softmax(z)[t]          ∂/∂z = softmax(z) − [t]
    hinge           max(0, 1 − s·z)                           ∂/∂z = −s where it is not 0
    mse             e²                                        ∂/∂p = 2e
    mae             |e|                                       ∂/∂p = sign of e, 0 at 0
    huber           e²/2 for |e| ≤ δ, else δ·(|e| − δ/2)      ∂/∂p = e, at most δ in size

Cross-entropy is computed from the scores: softmax or σ and the logarithm undo each other, so nothing is lost where p
is 0 or 1 to the last digit, and the loss is finite wherever z is. A batch's loss is the mean over examples, and over
outputs and times where there are several.

Sources: Good (1952) for the logarithm; Bishop (2006), eq. 4.90 and 4.108; Cortes & Vapnik (1995) for the hinge;
Huber (1964), eq. 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.nn import activations
from core.nn.activations import Activation, log_softmax
from core.run.values import Floats

Numbers = NDArray[np.float64] | NDArray[np.int64]
Loss = Literal["mse", "mae", "huber", "hinge", "cross-entropy"]
LOSSES: tuple[Loss, ...] = get_args(Loss)

DELTA = 0.5  # of Huber; with 1 the error of a probability would never leave the parabola


@dataclass(frozen=True, eq=False)
class Judged:
    """Each example's loss, and its derivative by that example's own scores."""

    values: Floats  # (n, …): one for each example, output and time; of many classes one for all their scores
    slopes: Floats  # shape of z

    @cached_property
    def mean(self) -> float:
        """The batch's loss."""
        return float(self.values.mean())

    @property
    def slope_of_mean(self) -> Floats:
        """∂(batch's loss)/∂z, in the shape of z."""
        return np.asarray(self.slopes / self.values.size)


def judge(loss: Loss, function: Activation | None, z: Floats, t: Numbers) -> Judged:
    """Return the losses of scores z of which the last layer makes f(z), beside targets t.

    Targets have the shape of z, or are class numbers with one axis less (cross-entropy over several scores, which
    stand on the last axis).
    """
    if loss == "cross-entropy":
        return _of_two(z, t) if _has_two_classes(z, t) else _of_many(z, t)
    t = t.reshape(z.shape)
    if loss == "hinge":
        return _hinge(z, t)
    p = activations.value(function, z)
    values, by_p = _OF_ERROR[loss](p - t)
    return Judged(values, activations.back(function, z, p, by_p))


def _has_two_classes(z: Floats, t: Numbers) -> bool:
    return t.shape == z.shape or z.shape[-1] == 1


def _of_two(z: Floats, t: Numbers) -> Judged:
    t = t.reshape(z.shape)
    small = np.exp(-np.abs(z))  # of which softplus of z and of −z, and σ(z), are made: as in `activations`
    log = np.log1p(small)
    # t·log(1 + e^−z) + (1 − t)·log(1 + e^z): the same as in the heading, but no digit is lost where z is large
    values = t * (np.maximum(-z, 0.0) + log) + (1 - t) * (np.maximum(z, 0.0) + log)
    return Judged(values, np.where(z >= 0, 1.0, small) / (1.0 + small) - t)


def _of_many(z: Floats, t: Numbers) -> Judged:
    logs = log_softmax(z.reshape(-1, z.shape[-1]))
    slopes = np.exp(logs)
    of_right = np.arange(t.size), t.reshape(-1).astype(np.int64)  # the score of each example's own class
    slopes[of_right] -= 1.0
    return Judged(-logs[of_right].reshape(t.shape), slopes.reshape(z.shape))


def _hinge(z: Floats, t: Numbers) -> Judged:
    sign = 2.0 * t - 1.0
    values = np.maximum(0.0, 1.0 - sign * z)
    return Judged(values, np.where(values > 0, -sign, 0.0))


def _squared(e: Floats) -> tuple[Floats, Floats]:
    return e * e, 2.0 * e


def _absolute(e: Floats) -> tuple[Floats, Floats]:
    return np.abs(e), np.sign(e)


def _huber(e: Floats) -> tuple[Floats, Floats]:
    size = np.abs(e)
    return np.where(size <= DELTA, e * e / 2, DELTA * (size - DELTA / 2)), np.clip(e, -DELTA, DELTA)


_OF_ERROR = {"mse": _squared, "mae": _absolute, "huber": _huber}
