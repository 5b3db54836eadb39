"""How clusters look wherever they are shown: colour, marker and name of each."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.kmeans import State
from core.run.explanation import Focus
from core.run.values import Same
from playground.words.texts import Texts
from widgets.shell.run_list import RunRow

SERIES = ("blue", "orange", "green", "purple", "vermillion", "sky", "black", "yellow")
_MARKERS = ("circle", "square", "triangle_up", "diamond", "pentagon", "star", "triangle_down", "cross")


def colour(cluster: int) -> str:
    """The series colour of a cluster; beyond eight they begin anew, with other markers."""
    return SERIES[cluster % len(SERIES)]


def marker(cluster: int) -> str:
    """The marker of a cluster; no two of the twenty share both colour and marker."""
    return _MARKERS[(cluster + cluster // len(SERIES)) % len(_MARKERS)]


def name(cluster: int, texts: Texts) -> str:
    """What a cluster is called; people count from 1."""
    return texts.get("cluster").format(n=cluster + 1)


def row(cluster: int, texts: Texts) -> RunRow:
    """The row of a cluster in a list."""
    return RunRow(f"cluster {cluster}", name(cluster, texts), colour(cluster), marker(cluster))


def sizes(state: State) -> tuple[list[int], list[float]]:
    """How many points each cluster has, and the sum of their squared distances to its centre."""
    return _sizes(Same(state.points, state.centroids, state.labels))


@lru_cache(maxsize=4)
def _sizes(key: Same) -> tuple[list[int], list[float]]:
    points, centroids, labels = key.values
    away = points - centroids[labels]
    sums = np.bincount(labels, (away**2).sum(axis=1), minlength=len(centroids))
    return np.bincount(labels, minlength=len(centroids)).tolist(), sums.tolist()


MARKS = {Focus("centroid", (cluster,)): colour(cluster) for cluster in range(20)}
