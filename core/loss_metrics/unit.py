"""One sigmoid unit, z = w·x + b and p = σ(z), and what each loss and each metric say of its answers.

A loss is a number for each point with a slope by z; a metric counts points on this and that side of a threshold, or
compares their order, so it has a slope of 0 wherever it has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from core.data.class_sets import Targets
from core.loss_metrics.settings import Metric, Params
from core.nn import losses, metrics
from core.nn.activations import sigmoid
from core.nn.layers import Dense, named, stacked
from core.nn.losses import LOSSES, Judged, Loss
from core.nn.metrics import Confusion
from core.nn.training import Net
from core.nn.update_rules import UpdateRule, first_order
from core.run.values import Floats, kept

_AT_ONCE = 1_000_000  # scores computed together where many weights are measured


@lru_cache
def net_of(loss: Loss) -> Net:
    """Return the unit as a stack of one layer; its weights are the vector (w_x, w_y, b)."""
    return Net(stacked((Dense(1, activation="sigmoid"),), named(None, 2)), loss)


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule with its other settings at their defaults, which are those of the race of optimizers."""
    return first_order(params.optimizer, params.learning_rate)


def scores(weights: Floats, points: Floats) -> Floats:
    """Return z of each point, (n,)."""
    return net_of("mse").bare[0].forward(weights, points).outputs[-1][:, 0]


def judged(loss: Loss, z: Floats, t: Targets) -> Judged:
    """Return each point's loss and its slope by z, (n,) each."""
    return losses.judge(loss, "sigmoid", z, t)


def every_loss(z: Floats, t: Targets) -> tuple[Floats, Floats]:
    """Return values and slopes of all losses in their order, (5, n) each."""
    found = [judged(loss, z, t) for loss in LOSSES]
    return np.array([one.values for one in found]), np.array([one.slopes for one in found])


@dataclass(frozen=True, eq=False)
class Answers:
    """What the unit answers to points with certain weights, seen at a threshold."""

    z: Floats  # (n,)
    t: Targets  # (n,)
    threshold: float

    @classmethod
    def of(cls, weights: Floats, points: Floats, targets: Targets, params: Params) -> Answers:
        """Return the answers to points (n, 2) with targets (n,); none of these arrays may change afterwards."""
        return _answered(weights, points, targets, params.threshold)

    @classmethod
    def by_hand(cls, p: Floats, threshold: float = 0.5) -> Answers:
        """Return answers that give the true class, 1, these probabilities (n,), each between 0 and 1, not at an end."""
        return cls(np.log(p) - np.log1p(-p), np.ones(len(p), dtype=np.int64), threshold)

    @cached_property
    def p(self) -> Floats:
        """Return σ(z)."""
        return sigmoid(self.z)

    @cached_property
    def called(self) -> Targets:
        """Return the class each point is called."""
        return (self.p >= self.threshold).astype(np.int64)

    @cached_property
    def counts(self) -> Confusion:
        """Return how many points of each class are called what."""
        return metrics.confusion(self.p, self.t, self.threshold)

    @cached_property
    def auc(self) -> float:
        """Return the area under the ROC curve of p, which no threshold changes."""
        return metrics.auc(self.p, self.t)

    def has_slope(self, place: int, metric: Metric) -> bool:
        """Tell whether a metric has a slope by a point's z, which then is 0.

        It has none where it does not exist or may jump: at the threshold, AUC where a point of the other class stands.
        """
        if np.isnan(self.metric(metric)):
            return False
        if metric == "auc":
            return not (self.z[self.t != self.t[place]] == self.z[place]).any()
        return bool(self.p[place] != self.threshold)

    def loss(self, loss: Loss) -> float:
        """Return the mean loss."""
        return judged(loss, self.z, self.t).mean

    def metric(self, metric: Metric) -> float:
        """Return a metric; nan where it does not exist."""
        return self.auc if metric == "auc" else float(getattr(self.counts, metric))


@kept(8)  # a row and the pictures of it ask for the same
def _answered(weights: Floats, points: Floats, targets: Targets, threshold: float) -> Answers:
    return Answers(scores(weights, points), targets, threshold)


# ---- of many weights at once


def metrics_by_weights(weights: Floats, points: Floats, targets: Targets, threshold: float) -> Mapping[str, Floats]:
    """Return accuracy, precision, recall and f1 at a threshold for each row of weights (m, 3), (m,) each.

    So a threshold can be moved over a whole run without making its steps again. nan where one does not exist.
    """
    parts = [_hits(z, targets, threshold) for z in _blocks(weights, points)]
    tp, fp = np.concatenate([np.empty((2, 0)), *parts], axis=1)
    ones = int(targets.sum())
    fn, tn = ones - tp, len(targets) - ones - fp
    with np.errstate(invalid="ignore"):
        shares = {"precision": tp / (tp + fp), "recall": tp / (tp + fn), "f1": 2 * tp / (2 * tp + fp + fn)}
    return {"accuracy": (tp + tn) / len(targets), **shares}


def losses_by_weights(loss: Loss, weights: Floats, points: Floats, targets: Targets) -> Floats:
    """Return the mean loss for each row of weights (m, 3), (m,)."""
    means = [judged(loss, z, np.broadcast_to(targets, z.shape)).values.mean(axis=1) for z in _blocks(weights, points)]
    return np.concatenate([np.empty(0), *means])


def _blocks(weights: Floats, points: Floats) -> Iterator[Floats]:
    """Yield z (k, n) of some rows of weights after the other: all at once would take much memory."""
    rows = max(1, _AT_ONCE // len(points))
    for i in range(0, len(weights), rows):
        yield weights[i : i + rows, :2] @ points.T + weights[i : i + rows, 2:]


def _hits(z: Floats, targets: Targets, threshold: float) -> Floats:
    """Return for each row of scores (k, n) how many ones and how many zeros are called 1, (2, k)."""
    is_called = sigmoid(z) >= threshold
    hits = is_called @ targets.astype(float)
    return np.array([hits, is_called.sum(axis=1) - hits])
