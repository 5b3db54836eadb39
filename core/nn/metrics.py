"""Metrics: how good a net's answers are. No gradient comes from them, so nothing is trained by them.

Of two classes, where everything with p ≥ threshold is called class 1:

    tp, fp, fn, tn   called 1 and is 1, called 1 but is 0, called 0 but is 1, called 0 and is 0
    precision        tp/(tp + fp)                 recall   tp/(tp + fn)
    f1               2·tp/(2·tp + fp + fn)        auc      share of pairs (a 1, a 0) in which the 1 stands higher

A share 0/0 does not exist and is given as `NOTHING`: precision when nothing is called 1, recall when nothing is 1.
Names and conventions are scikit-learn's, which puts 0 where we put nothing.

Sources: van Rijsbergen (1979), ch. 7, for precision, recall and F; Hanley & McNeil (1982) for the area as a share of
pairs; Fawcett (2006), algorithm 1, for the curve; Rousseeuw (1987) for the silhouette.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.nn.losses import Numbers
from core.nn.similarity import squared_distances
from core.run.streams import generator
from core.run.topic import NOTHING
from core.run.values import Floats

Counts = NDArray[np.int64]

MOST_COMPARED = 2000  # points whose silhouette is computed: it compares each with each
_BLOCK = 256  # points compared with all others at once
_FEW_AXES = 8  # up to which distances are taken difference by difference


def share(part: float, whole: float) -> float:
    """Return part/whole, or nothing where the whole is empty."""
    return part / whole if whole else NOTHING


def called(z: Floats) -> Counts:
    """Return the class that scores call: the first of the largest, or of one score 1 where z ≥ 0; last axis gone."""
    if z.shape[-1] == 1:
        return (z[..., 0] >= 0).astype(np.int64)
    return np.asarray(z.argmax(axis=-1), dtype=np.int64)


def accuracy(classes: Numbers, t: Numbers) -> float:
    """Return the share of examples whose class is called rightly."""
    return share(float((classes == t.reshape(classes.shape)).sum()), classes.size)


def share_within(p: Floats, t: Floats, distance: float = 0.1) -> float:
    """Return the share of numbers within a distance of their target: the accuracy of nets that give numbers."""
    return share(float((np.abs(p - t.reshape(p.shape)) <= distance).sum()), p.size)


@dataclass(frozen=True)
class Confusion:
    """How many examples of two classes are called what."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def accuracy(self) -> float:
        """Share of all that is called rightly."""
        return share(self.tp + self.tn, self.tp + self.fp + self.fn + self.tn)

    @property
    def precision(self) -> float:
        """Share of what is called 1 that is 1."""
        return share(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of what is 1 that is called 1."""
        return share(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is called 1 although some are."""
        return share(2 * self.tp, 2 * self.tp + self.fp + self.fn)


def confusion(p: Floats, t: Numbers, threshold: float = 0.5) -> Confusion:
    """Return the counts when every example with p ≥ threshold, (n,), is called 1; t is 0 or 1."""
    is_called, is_one = p >= threshold, t.astype(bool)
    tp, positives, ones = (int(np.count_nonzero(found)) for found in (is_called & is_one, is_called, is_one))
    return Confusion(tp, positives - tp, ones - tp, len(p) - positives - ones + tp)


def confusion_matrix(t: Numbers, classes: Numbers, count: int) -> Counts:
    """Return (count, count): row i, column j tells how many examples of class i are called j."""
    places = t.astype(np.int64) * count + classes.astype(np.int64)
    return np.bincount(places.ravel(), minlength=count * count).reshape(count, count)


def auc(scores: Floats, t: Numbers) -> float:
    """Return the area under the ROC curve: the share of pairs of a 1 and a 0 in which the 1 has the higher score.

    Ties count half; nothing where a class is missing.
    """
    is_one = t.astype(bool)
    ones, zeros = scores[is_one], np.sort(scores[~is_one])
    lower, not_higher = zeros.searchsorted(ones), zeros.searchsorted(ones, side="right")
    return share(float(lower.sum() + not_higher.sum()) / 2, len(ones) * len(zeros))


@dataclass(frozen=True, eq=False)
class Thresholds:
    """Both kinds of hits at every threshold that makes a difference, from calling nothing 1 to calling all 1."""

    thresholds: Floats  # (m,) falling; the first lies above every score
    tp: Counts  # (m,)
    fp: Counts  # (m,)

    @property
    def roc(self) -> tuple[Floats, Floats]:
        """False positive rate and true positive rate, (m,) each; nan where a class is missing."""
        return _shares(self.fp, self.fp[-1]), _shares(self.tp, self.tp[-1])

    @property
    def precision_and_recall(self) -> tuple[Floats, Floats]:
        """Precision and recall, (m,) each; the first precision is nan, as nothing is called 1."""
        return _shares(self.tp, self.tp + self.fp), _shares(self.tp, self.tp[-1])


def _shares(part: Counts, whole: Counts | np.int64) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(part / whole)


def sweep(scores: Floats, t: Numbers) -> Thresholds:
    """Return what each threshold makes of scores (n,) with targets 0 or 1; equal scores are called together."""
    order = np.argsort(-scores, kind="stable")
    falling, ones = scores[order], t[order].astype(np.int64)
    last = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)  # of each run of equal scores
    hits = np.cumsum(ones)[last]
    return Thresholds(
        np.append(np.inf, falling[last]), np.append(0, hits), np.append(0, last + 1 - hits)
    )  # fmt: skip


# ---- of clusters


def silhouette(points: Floats, labels: NDArray[np.int64]) -> float:
    """Return the mean of (b − a) / max(a, b): a the mean distance of a point to its own cluster, b to the next one.

    Of many points `MOST_COMPARED` are drawn, always the same. nan where there are not at least two clusters and fewer
    clusters than points. A point alone in its cluster counts 0.
    """
    if len(points) > MOST_COMPARED:
        drawn = generator(0).choice(len(points), MOST_COMPARED, replace=False)
        points, labels = points[drawn], labels[drawn]
    clusters, own = np.unique(labels, return_inverse=True)
    if not 1 < len(clusters) < len(points):
        return float("nan")
    members = (own[:, None] == np.arange(len(clusters))).astype(float)
    counts = members.sum(axis=0)
    widths = [
        _widths(points[i : i + _BLOCK], own[i : i + _BLOCK], points, members, counts)
        for i in range(0, len(points), _BLOCK)
    ]
    return float(np.concatenate(widths).mean())


def _widths(block: Floats, own: NDArray[np.int64], points: Floats, members: Floats, counts: Floats) -> Floats:
    """Return the silhouette widths (m,) of a block of points (m, 2) with clusters own (m,)."""
    sums = _distances(block, points) @ members
    rows = np.arange(len(block))
    within = sums[rows, own] / np.maximum(counts[own] - 1, 1)
    between = sums / counts
    between[rows, own] = np.inf
    nearest = between.min(axis=1)
    widths: Floats = (nearest - within) / np.maximum(np.maximum(within, nearest), np.finfo(float).tiny)
    widths[counts[own] == 1] = 0.0
    return widths


def _distances(block: Floats, points: Floats) -> Floats:
    """Return those of points (m, d) to points (n, d); of many axes by a product, good to 1e−8 of the largest."""
    if points.shape[1] <= _FEW_AXES:
        return np.asarray(np.sqrt(squared_distances(block, points)))
    own, others = ((x * x).sum(axis=1) for x in (block, points))
    return np.asarray(np.sqrt(np.maximum(own[:, None] + others - 2.0 * block @ points.T, 0.0)))
