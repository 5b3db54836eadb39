"""What the claims of k-means speak of: half-steps, clusters and points that meet a condition."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.kmeans.algorithm import State, empty_clusters
from core.kmeans.groups import in_another_group
from core.kmeans.settings import true_groups
from core.nn.similarity import squared_distances
from core.run.explanation import Focus
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

_ON = 1e-6  # how near a centre lies to a point that it lies on


def nothing_changed(run: Timeline, t: int) -> Members:
    """The assigns that changed no label, and the moves that moved no centre."""
    changed, shift = (column(run, name)[: t + 1] for name in ("changed", "shift"))
    return Members(steps={"": np.flatnonzero((changed == 0) | (shift == 0))})


def in_a_strange_group(run: Timeline, t: int) -> Members:
    """The points that lie with another group than their own."""
    state, groups = _state(run, t), true_groups(run.recipe.params)
    return Members(_named("point", in_another_group(state.labels, groups) if groups is not None else ()))


def sharing_a_group(run: Timeline, t: int) -> Members:
    """The clusters that have most of their points from a group from which another cluster has most of its, too."""
    state, groups = _state(run, t), true_groups(run.recipe.params)
    if groups is None or state.phase == "start":
        return Members()
    most = {int(j): int(np.bincount(groups[state.labels == j]).argmax()) for j in np.unique(state.labels)}
    shared = [j for j, group in most.items() if list(most.values()).count(group) > 1]
    return Members(_named("cluster", shared))


def without_points(run: Timeline, t: int) -> Members:
    """The clusters to which no point was assigned."""
    return Members(_named("cluster", empty_clusters(_state(run, t))))


def on_a_point(run: Timeline, t: int) -> Members:
    """The clusters whose centre lies on a data point."""
    state = _state(run, t)
    away = np.sqrt(squared_distances(state.centroids, state.points).min(axis=1))
    return Members(_named("cluster", np.flatnonzero((away < _ON) & (state.in_use == 1))))


def point_and_its_centre(run: Timeline, t: int, point: str) -> Members:
    """A point, and the cluster that it has joined."""
    focus = Focus.of(point)
    assert focus is not None
    label = int(_state(run, t).labels[focus.at[0]])
    return Members(frozenset({focus}) | (_named("cluster", (label,)) if label >= 0 else frozenset()))


def _state(run: Timeline, t: int) -> State:
    state: State = run.frame(t).state
    return state


def _named(kind: str, numbers: Iterable[int]) -> frozenset[Focus]:
    return frozenset(Focus(kind, (int(number),)) for number in numbers)
