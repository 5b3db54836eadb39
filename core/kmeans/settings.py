"""What k-means is asked to do: its parameters, the points they mean, and what does not go together."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le, Len

from core.data import point_sets
from core.kmeans.lloyd import Labels
from core.run import streams
from core.run.parameters import LOG, LONGEST_ROW_NAME, MOST_ROW_NAMES, RESTART, VIEW, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.values import LARGEST, Array, Floats, frozen, kept, locked

MOST_CLUSTERS = 20
SETS = (*point_sets.NAMES, "iris:sepal_length,sepal_width")
Name = Annotated[str, Len(1, LONGEST_ROW_NAME)]
Coordinate = Annotated[float, Ge(-LARGEST), Le(LARGEST)]


@frozen
class Params:
    """Points, how many centroids, where they start, and what is done about an empty cluster."""

    points: Annotated[str | Array, Suggestions(SETS), Columns(2, rows="point_names"), RESTART] = "blobs"
    point_names: Annotated[tuple[Name, ...], Len(0, MOST_ROW_NAMES), RESTART] = ()  # of points of one's own
    n_samples: Annotated[int, Ge(MOST_CLUSTERS), Le(1_000_000), LOG, RESTART] = 280  # of a set that is drawn
    spread: Annotated[float, Ge(0), Le(3), RESTART] = 1.0  # of a set that is drawn, in multiples of its own noise
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), RESTART] = 0
    standardise: Annotated[bool, RESTART] = False  # both columns to mean 0 and standard deviation 1
    n_clusters: Annotated[int, Ge(1), Le(MOST_CLUSTERS), RESTART] = 4
    init: Annotated[Literal["random", "k-means++", "by hand"], RESTART] = "random"
    centroids: Annotated[Array | None, Columns(2), RESTART] = None  # (n_clusters, 2), by hand
    empty: Literal["stay", "farthest", "drop"] = "stay"
    shading: Annotated[bool, VIEW] = True
    trails: Annotated[bool, VIEW] = True
    lines: Annotated[bool, VIEW] = False
    medoid: Annotated[bool, VIEW] = True
    groups: Annotated[bool, VIEW] = False
    study: Annotated[Literal["elbow", "silhouette", "starts"], VIEW] = "elbow"


def points_of(params: Params) -> Floats:
    """Return the points (n, 2) of a run. Raises Refusal for a name that is none."""
    points = given_points(params)
    return _standardised(points) if params.standardise else points


def given_points(params: Params) -> Floats:
    """Return the points (n, 2) as they are drawn or given, in their own units. Raises Refusal as `points_of` does."""
    return _drawn(params)[0] if isinstance(params.points, str) else params.points


def in_given_units(params: Params, places: Floats) -> Floats:
    """Return places (m, 2) of a run in the units of the given points."""
    if not params.standardise:
        return places
    middle, scale = _middle_and_scale(given_points(params))
    return places * scale + middle


@kept(4)
def _standardised(points: Floats) -> Floats:
    """Return points with mean 0 and standard deviation 1 in each column; a constant column becomes 0."""
    if points.ndim != 2 or not len(points):
        return points  # refused by its shape
    middle, scale = _middle_and_scale(points)
    return locked((points - middle) / scale)


def _middle_and_scale(points: Floats) -> tuple[Floats, Floats]:
    """Return mean and standard deviation (ddof 0) of each column; 1 for the deviation of a constant one."""
    deviation = points.std(axis=0)
    return points.mean(axis=0), np.where(deviation > 0, deviation, 1.0)


def name_of(params: Params, point: int) -> str:
    """Return what a point is called: by its name where it has one, else by its number from 1."""
    return params.point_names[point] if point < len(params.point_names) else str(point + 1)


def true_groups(params: Params) -> Labels | None:
    """Return the group (n,) each point of a named set was drawn from; None for points of one's own."""
    return _drawn(params)[1] if isinstance(params.points, str) else None


def _drawn(params: Params) -> point_sets.Drawn:
    assert isinstance(params.points, str)
    return _draw(params.points, params.n_samples, params.spread, params.data_seed)


@lru_cache(maxsize=8)
def _draw(name: str, n: int, spread: float, data_seed: int) -> point_sets.Drawn:
    points, groups = point_sets.draw(name, n, spread, streams.data(data_seed))
    return locked(points), locked(groups)


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply for those not given.

    `centroids` imply `by hand` and `n_clusters`; another start lets go of them; few points allow few clusters; other
    points have no names.
    """
    if "points" in given and "point_names" not in given and params.point_names:
        params = replace(params, point_names=())  # they were those of other points
    if isinstance(params.points, np.ndarray) and "n_clusters" not in given and len(params.points):
        params = replace(params, n_clusters=min(params.n_clusters, len(params.points)))
    if params.centroids is None:
        return params
    if "centroids" in given:
        by_hand = params if "init" in given else replace(params, init="by hand")
        k = len(params.centroids) if params.centroids.ndim == 2 else 0
        fits = "n_clusters" not in given and 1 <= k <= MOST_CLUSTERS
        return replace(by_hand, n_clusters=k) if fits else by_hand
    if params.init != "by hand" or len(params.centroids) != params.n_clusters:
        return replace(params, centroids=None)
    return params


def check(params: Params) -> Refusal | None:
    """Refuse points that are none, centroids that do not fit, and more clusters than points."""
    try:
        points = points_of(params)
    except Refusal as refusal:
        return refusal
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        return Refusal("points", "points_shape", {"given": list(points.shape), "allowed": "(n, 2)"})
    if len(params.point_names) not in (0, len(points)):
        return Refusal("point_names", "point_names", {"given": len(params.point_names), "allowed": len(points)})
    if misfit := _check_centroids(params):
        return misfit
    if params.n_clusters > len(points):
        return Refusal("n_clusters", "more_clusters", {"given": params.n_clusters, "allowed": len(points)})
    return None


def _check_centroids(params: Params) -> Refusal | None:
    if params.centroids is None:
        return None
    shape = list(params.centroids.shape)
    if len(shape) != 2 or shape[1] != 2 or not 1 <= shape[0] <= MOST_CLUSTERS:
        return Refusal("centroids", "centroids_shape", {"given": shape, "most": MOST_CLUSTERS})
    if params.init != "by hand":
        return Refusal("centroids", "centroids_init", {"given": params.init, "allowed": "by hand"})
    if shape[0] != params.n_clusters:
        return Refusal("centroids", "centroids_number", {"given": shape[0], "allowed": params.n_clusters})
    return None
