"""Which loss fits where some numbers are wrong: a line through points of which four were pulled down.

    y = w·x + b,  L = mean ℓ(y − t)          w, b ← w, b − η·∂L/∂(w, b)

Squared error gives a point twice as far off twice the pull, absolute error gives all the same, Huber's does the first
near the line and the second beyond δ. Source: Huber (1964).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import numpy as np

from core.nn.losses import judge
from core.run import streams
from core.run.values import Floats, locked

Fitted = Literal["mse", "mae", "huber"]  # the losses of numbers
LOSSES: tuple[Fitted, ...] = get_args(Fitted)
N, PULLED = 40, 4
TRUE_SLOPE, TRUE_INTERCEPT, NOISE = 2.0, 1.0, 0.3
LEARNING_RATE = 0.05
STEPS = 2000
_STRETCH = 100  # steps that are made at a time


@dataclass(frozen=True, eq=False)
class Points:
    """Points near a line, and which of them were pulled away from it."""

    x: Floats  # (N,) ascending
    t: Floats  # (N,)
    pulled: int  # the last so many


@lru_cache(maxsize=8)
def points_of(seed: int, pulled: int = PULLED) -> Points:
    """Return points around y = 2x + 1, the last few of them 8 to 12 too low."""
    rng = streams.data(seed)
    x = np.linspace(-2, 2, N)
    t = TRUE_SLOPE * x + TRUE_INTERCEPT + NOISE * rng.standard_normal(N)
    down = rng.uniform(8, 12, N)
    return Points(locked(x), locked(np.where(np.arange(N) < N - pulled, t, t - down)), pulled)


def descent(loss: Fitted, seed: int, pulled: int = PULLED, steps: int = STEPS) -> Floats:
    """Return slope and intercept at each step of a descent from 0 on all points, (steps + 1, 2)."""
    stretches = [_stretch(loss, seed, pulled, k) for k in range(steps // _STRETCH + 1)]
    return locked(np.concatenate([stretch[:-1] for stretch in stretches])[: steps + 1])


@lru_cache(maxsize=256)
def _stretch(loss: Fitted, seed: int, pulled: int, k: int) -> Floats:
    """Return the k-th stretch of a descent, (_STRETCH + 1, 2): nobody waits for steps that are not looked at yet."""
    points = points_of(seed, pulled)
    path = np.zeros((_STRETCH + 1, 2))
    path[0] = _stretch(loss, seed, pulled, k - 1)[-1] if k else 0.0
    for i in range(_STRETCH):
        w, b = path[i]
        slopes = judge(loss, None, w * points.x + b, points.t).slope_of_mean
        path[i + 1] = w - LEARNING_RATE * float(slopes @ points.x), b - LEARNING_RATE * float(slopes.sum())
    return locked(path)
