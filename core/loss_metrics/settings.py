"""What is asked of the unit: its points and which of them are held out, the loss it learns by, what only watches."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le
from numpy.random import Generator

from core.data import class_sets
from core.data.class_sets import BALANCED, ClassSet
from core.nn.losses import Loss
from core.run import streams
from core.run.parameters import LOG, RESTART, VIEW, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.values import Array, Floats, Same, frozen, locked

Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
Metric = Literal["accuracy", "precision", "recall", "f1", "auc"]
MOST_POINTS = 100_000  # of one's own


@frozen
class Params:
    """The points, what the unit learns by, and what it is measured by."""

    dataset: Annotated[str | Array, Suggestions(class_sets.NAMES), Columns(3), RESTART] = "clouds"  # (n, 3): x, y, 0/1
    n_samples: Annotated[int, Ge(2), Le(5_000), LOG, RESTART] = 200  # of a set that is drawn
    spread: Annotated[float, Ge(0), Le(3), RESTART] = 1.0  # of a set that is drawn, in multiples of its own noise
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), RESTART] = 0
    imbalance: Annotated[float, Ge(0.01), Le(0.99), RESTART] = BALANCED  # share of class 1
    test_share: Annotated[float, Ge(0), Le(0.5), RESTART] = 0.0  # of the points, held out
    loss: Loss = "cross-entropy"
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.5
    optimizer: Annotated[Optimizer, RESTART] = "sgd"
    batch_size: Annotated[int, Ge(0), Le(MOST_POINTS), RESTART] = 0  # 0 = all points
    metric: Annotated[Metric, VIEW] = "accuracy"
    threshold: Annotated[float, Ge(0), Le(1), VIEW] = 0.5


def data_of(params: Params) -> ClassSet:
    """Return the points the unit learns from, and those held out. Raises Refusal for what is no set."""
    if isinstance(params.dataset, str):
        drawn = params.dataset, params.n_samples, params.spread, params.data_seed, params.imbalance
        return _drawn(*drawn, params.test_share)
    return _given(Same(params.dataset), params.test_share, params.data_seed)


@lru_cache(maxsize=8)
def _drawn(name: str, n: int, spread: float, data_seed: int, imbalance: float, test_share: float) -> ClassSet:
    rng = streams.data(data_seed)
    return _parted(class_sets.draw(name, n, spread, rng, imbalance), test_share, rng)


@lru_cache(maxsize=4)
def _given(rows: Same, test_share: float, data_seed: int) -> ClassSet:
    return _parted(class_sets.given(rows.values[0], "dataset"), test_share, streams.data(data_seed))


def _parted(whole: ClassSet, test_share: float, rng: Generator) -> ClassSet:
    """Return the set with a drawn share of its points held out, too; all stay in their own order."""
    n = len(whole.points)
    held = np.zeros(n, dtype=bool)
    held[rng.permutation(n)[: round(test_share * n)]] = True
    test_points = np.concatenate([whole.points[held], whole.test_points])
    test_targets = np.concatenate([whole.targets[held], whole.test_targets])
    parts = whole.points[~held], whole.targets[~held], test_points, test_targets
    return ClassSet(*(locked(np.ascontiguousarray(part)) for part in parts))


def check(params: Params) -> Refusal | None:
    """Refuse a set that is none, too many points, and a share of class 1 where a set has its own."""
    if not isinstance(params.dataset, str) and (misfit := _check_given(params.dataset, params.imbalance)):
        return misfit
    try:
        data_of(params)
    except Refusal as refusal:
        return refusal
    return None


def _check_given(rows: Floats, imbalance: float) -> Refusal | None:
    if len(rows.shape) and len(rows) > MOST_POINTS:
        return Refusal("dataset", "too_many", {"given": len(rows), "allowed": MOST_POINTS})
    if imbalance != BALANCED:
        values = {"given": "your own points", "allowed": ", ".join(class_sets.OF_ANY_SHARE)}
        return Refusal("imbalance", "imbalance_fixed", values)
    return None
