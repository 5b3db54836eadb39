"""Two questions that no single run answers: which k is enough, and how much the start decides.

Sources: Thorndike (1953) for the elbow; Rousseeuw (1987), Silhouettes, J. Comput. Appl. Math. 20, for the silhouette.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from core import kmeans
from core.kmeans.algorithm import inertia_of
from core.kmeans.settings import Params, points_of
from core.nn.metrics import silhouette
from core.run.recipe import Recipe
from core.run.studies import Study
from core.run.timeline import Frame

MOST_STEPS = 600
MOST_K = 10
STARTS = 3  # runs for each k, of which the best counts
SEEDS = 20


@dataclass(frozen=True)
class End:
    """Where one run came to rest."""

    n_clusters: int
    seed: int
    inertia: float
    silhouette: float  # nan for one cluster, where there is none


def by_clusters(recipe: Recipe[Params]) -> Study[End]:
    """Return the study of k from 1 on, `STARTS` runs each, on the points of a recipe.

    Centroids by hand fit one k only; there k-means++ stands in for them.
    """
    params = _without_hand(recipe.params, "k-means++")
    most = min(MOST_K, len(points_of(params)))
    recipes = tuple(
        replace(recipe, params=replace(params, n_clusters=k), seed=(recipe.seed + i) % 2**31, edits=())
        for k in range(1, most + 1)
        for i in range(STARTS)
    )
    return _study(recipes, with_silhouette=True)


def by_seed(recipe: Recipe[Params]) -> Study[End]:
    """Return the study of seeds 0 … 19 on the points of a recipe. In place of centroids by hand, points are drawn."""
    params = _without_hand(recipe.params, "random")
    recipes = tuple(replace(recipe, params=params, seed=seed, edits=()) for seed in range(SEEDS))
    return _study(recipes, with_silhouette=False)


def _without_hand(params: Params, init: Any) -> Params:
    return replace(params, init=init, centroids=None) if params.init == "by hand" else params


def _study(recipes: tuple[Recipe[Params], ...], with_silhouette: bool) -> Study[End]:
    def measure(recipe: Recipe[Any], frame: Frame[Any, Any]) -> End:
        state = frame.state
        width = silhouette(state.points, state.labels) if with_silhouette else np.nan
        return End(recipe.params.n_clusters, recipe.seed, inertia_of(state), width)

    return Study(kmeans, recipes, MOST_STEPS, "converged", measure)


def best_by_clusters(ends: Iterable[End]) -> list[End]:
    """Return the end of lowest inertia for each k, k ascending."""
    ranked = sorted(ends, key=lambda end: (end.n_clusters, end.inertia))
    return [next(same_k) for _, same_k in groupby(ranked, lambda end: end.n_clusters)]


def different_ends(ends: Iterable[End]) -> list[float]:
    """Return the inertias that differ by more than rounding, ascending."""
    found: list[float] = []
    for inertia in sorted(end.inertia for end in ends):
        if not found or inertia > found[-1] * (1 + 1e-6):
            found.append(inertia)
    return found
