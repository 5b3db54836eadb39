"""How clusters look wherever they are shown: colour, marker and name of each."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import numpy as np

from core.kmeans.algorithm import State, counted
from core.kmeans.groups import apart
from core.kmeans.lloyd import Labels
from core.nn.metrics import silhouette
from core.run.explanation import Focus
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.tab.measures import Measure, series
from playground.words.texts import Texts
from widgets.shell.run_list import RunRow

SERIES = ("blue", "orange", "green", "purple", "vermillion", "sky", "black", "yellow")
MOST_SILHOUETTE = 600  # points whose silhouette is told at every step: it compares each with each
_MARKERS = ("circle", "square", "triangle_up", "diamond", "pentagon", "star", "triangle_down", "cross")


def colour(cluster: int) -> str:
    """The series colour of a cluster; beyond eight they begin anew in other tones."""
    tone = cluster // len(SERIES)
    return SERIES[cluster % len(SERIES)] + (f" {tone + 1}" if tone else "")


def marker(cluster: int) -> str:
    """The marker of a cluster; those of one series in different tones have different ones."""
    return _MARKERS[(cluster + cluster // len(SERIES)) % len(_MARKERS)]


def row(cluster: int, texts: Texts) -> RunRow:
    """The row of a cluster in a list; people count from 1."""
    name = texts.get("cluster").format(n=cluster + 1)
    return RunRow(f"cluster {cluster}", name, colour(cluster), marker(cluster))


def used(state: State) -> list[int]:
    """The clusters whose centres take part."""
    return [j for j, is_used in enumerate(state.in_use.tolist()) if is_used]


@kept(4)
def sizes(state: State) -> tuple[list[int], list[float]]:
    """How many points each cluster has, and the sum of their squared distances to its centre."""
    away = state.points - state.centroids[state.labels]
    sums = np.bincount(state.labels + 1, (away**2).sum(axis=1), minlength=len(state.centroids) + 1)[1:]
    return counted(state).tolist(), sums.tolist()


def measures(texts: Texts) -> list[Measure]:
    """What runs of k-means are compared by."""
    said = {key: texts.get("measures", key) for key in texts.tree["measures"]}
    return [
        series("inertia", said["inertia"]),
        Measure(said["silhouette"], lambda view: _silhouette(view.state.points, view.state.labels)),
        Measure(said["shift"], lambda view: float(view.state.shift) if view.t > 1 else nan),  # nothing moved before
        Measure(said["smallest"], lambda view: _size(view, min), is_count=True),
        Measure(said["largest"], lambda view: _size(view, max), is_count=True),
        Measure(said["elsewhere"], between=_elsewhere, is_count=True),
    ]


@kept(8)
def _silhouette(points: Floats, labels: Labels) -> float:
    """The silhouette of a run; nan before the first assign, and of more points than there is time for at a frame."""
    return silhouette(points, labels) if labels[0] >= 0 and len(points) <= MOST_SILHOUETTE else nan


def _size(view: View, which: Callable[[list[int]], int]) -> float:
    """The number of points of the smallest or the largest cluster, before the first assign none."""
    state: State = view.state
    if state.labels[0] < 0:
        return nan
    return which([count for count, used in zip(sizes(state)[0], state.in_use.tolist(), strict=True) if used])


def _elsewhere(one: View, other: View) -> float:
    """How many points two runs put into different groups, where they have the same points."""
    labels, others = one.state.labels, other.state.labels
    if not np.array_equal(one.state.points, other.state.points) or min(labels.min(), others.min()) < 0:
        return nan
    return apart(labels, others)


MARKS = {Focus("centroid", (cluster,)): colour(cluster) for cluster in range(20)}
