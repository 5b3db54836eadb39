"""Which cluster stands for which of the groups that points were drawn from, and which points lie with another."""

from __future__ import annotations

import numpy as np

from core.kmeans.lloyd import Labels
from core.run.values import kept

Matched = dict[int, int]


@kept(4)
def matched(labels: Labels, groups: Labels) -> Matched:
    """Return the group of each cluster that has one, at most one each, so that most points lie with their own.

    `labels` and `groups` are (n,); a label of −1 is no cluster. There are few groups: each set of those already taken
    is tried, cluster by cluster.
    """
    k, g = max(0, int(labels.max()) + 1), int(groups.max()) + 1
    is_in = labels >= 0
    overlap = np.bincount(labels[is_in] * g + groups[is_in], minlength=k * g).reshape(k, g).tolist()
    best: dict[int, tuple[int, Matched]] = {0: (0, {})}  # by the groups taken, as bits: points in their own, and how
    for cluster in range(k):
        for taken, (own, pairs) in list(best.items()):
            for group in range(g):
                key, more = taken | 1 << group, own + overlap[cluster][group]
                if key != taken and more > best.get(key, (0, {}))[0]:
                    best[key] = more, {**pairs, cluster: group}
    return max(best.values(), key=lambda found: found[0])[1]


@kept(4)
def in_another_group(labels: Labels, groups: Labels) -> Labels:
    """Return the indices of the points whose cluster stands for another group than theirs; labels of −1 are none."""
    pairs = matched(labels, groups)
    group_of = np.array([pairs.get(cluster, -1) for cluster in range(max(0, int(labels.max()) + 1))] + [-1])
    return np.flatnonzero((group_of[labels] != groups) & (labels >= 0))


def apart(labels: Labels, others: Labels) -> int:
    """Return how many points two groupings of the same points, labels from 0, put into different groups.

    The numbers of groups mean nothing: those that share most points are matched first, each with one other,
    since two runs may have too many for every matching to be tried.

    >>> apart(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 1]))
    1
    """
    shape = int(labels.max()) + 1, int(others.max()) + 1
    shared = np.zeros(shape, dtype=np.int64)
    np.add.at(shared, (labels, others), 1)
    together = 0
    for _ in range(min(shape)):
        one, other = np.unravel_index(int(shared.argmax()), shape)
        together += max(0, int(shared[one, other]))
        shared[one, :], shared[:, other] = -1, -1
    return len(labels) - together
