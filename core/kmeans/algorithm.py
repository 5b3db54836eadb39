"""Lloyd's k-means, one half-step per step.

    assign   labels[i]    = argmin_j |points[i] − centroids[j]|²
    move     centroids[j] = mean of the points labelled j

Assign and move take turns; after an edit of points or centroids the next step is an assign. A cluster without points
has no mean: its centroid stays, goes to the farthest point, or is dropped. Inertia never rises, whatever the remedy:
an assign gives each point to a centroid that is no farther, a mean has the smallest sum of squares, and a centroid
without points adds nothing to the sum.

Sources: Lloyd (1982); k-means++ by Arthur and Vassilvitskii (2007). Names as in scikit-learn's KMeans.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.kmeans.lloyd import Labels, exact_means, inertia, nearest
from core.kmeans.regrouped import places
from core.kmeans.settings import MOST_CLUSTERS, Coordinate, Params, points_of
from core.nn.similarity import squared_distances
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import Array, Floats, Ints, frozen, kept

VERSION = 1


@frozen
class State:
    """Points, centroids and labels after a half-step, and what that half-step did."""

    grows: ClassVar[tuple[str, ...]] = ("centroids",)

    t: int
    phase: Literal["start", "assign", "move"]  # what was done last
    edited: bool  # by the learner since then: the next step is an assign
    points: Array  # (n, 2)
    centroids: Array  # (k, 2)
    in_use: Ints  # (k,), 0 for a centroid that was dropped
    labels: Ints  # (n,), −1 before the first assign, and for points whose centroid was taken away since
    changed: int  # points the last assign gave to another cluster
    shift: float  # the farthest that the last move took a centroid
    converged: bool  # the last assign changed nothing

    def with_array(self, name: str, value: NDArray[np.float64], params: Params) -> State:
        """Return the state with other `points` or `centroids`, dropped ones among them back in use.

        Where `centroids` gain or lose rows, those that stay keep their points and whether they take part; the points
        of one that is gone belong to none. Raises ValueError for another shape.
        """
        shape = getattr(self, name).shape
        if name == "centroids" and len(value) != len(self.centroids) and value.shape[1:] == shape[1:]:
            return self._regrouped(value)
        if value.shape != shape:
            raise ValueError(f"the shape of {name} is {shape}")
        in_use = np.ones_like(self.in_use) if name == "centroids" else self.in_use
        return _edited(self, **{name: value, "in_use": in_use})

    def _regrouped(self, centroids: NDArray[np.float64]) -> State:
        if not 1 <= len(centroids) <= MOST_CLUSTERS:
            raise ValueError(f"there may be 1 to {MOST_CLUSTERS} centroids")
        rows = places(self.centroids, centroids)
        in_use = np.ones(len(centroids), dtype=np.int64)
        in_use[rows[rows >= 0]] = self.in_use[rows >= 0]
        labels = np.append(rows, -1)[self.labels]
        return _edited(self, centroids=centroids, in_use=in_use, labels=labels)


def _edited(state: State, **arrays: Any) -> State:
    return replace(state, edited=True, converged=False, **arrays)


@frozen
class MoveCentroid:
    """The learner puts a centroid at (x, y); one that was dropped takes part again."""

    part_of: ClassVar[str] = "centroids"

    cluster: int
    x: Coordinate
    y: Coordinate
    kind: Literal["move centroid"] = "move centroid"

    @property
    def target(self) -> str:
        """The centroid moved."""
        return f"centroid {self.cluster}"

    def apply(self, state: State, params: Params, rng: Streams) -> State:
        """Return the state with that centroid at its new place. Raises ValueError where there is none."""
        centroids = _with_row(state.centroids, self.cluster, (self.x, self.y), "centroid")
        in_use = _with_row(state.in_use, self.cluster, 1, "centroid")
        return _edited(state, centroids=centroids, in_use=in_use)


@frozen
class MovePoint:
    """The learner puts a point at (x, y)."""

    part_of: ClassVar[str] = "points"

    point: int
    x: Coordinate
    y: Coordinate
    kind: Literal["move point"] = "move point"

    @property
    def target(self) -> str:
        """The point moved."""
        return f"point {self.point}"

    def apply(self, state: State, params: Params, rng: Streams) -> State:
        """Return the state with that point at its new place. Raises ValueError where there is none."""
        return _edited(state, points=_with_row(state.points, self.point, (self.x, self.y), "point"))


def _with_row(array: NDArray[Any], row: int, value: Any, name: str) -> NDArray[Any]:
    if not 0 <= row < len(array):
        raise ValueError(f"there is no {name} {row}, they count from 0 to {len(array) - 1}")
    changed = array.copy()
    changed[row] = value
    return changed


EDITS = (MoveCentroid, MovePoint)
CONSTANT_ARRAYS = frozenset({"point_names"})
RESTS = ("converged",)  # nothing moves after it, but for the learner


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: points and centroids."""
    return "points", "centroids"


# ---- the points and the first centroids


def start(params: Params, rng: Streams) -> State:
    """Return the points with the first centroids, nothing assigned."""
    points = points_of(params)
    centroids = _first_centroids(points, params, rng)
    k = len(centroids)
    labels = np.full(len(points), -1, dtype=np.int64)
    return State(0, "start", False, points, centroids, np.ones(k, dtype=np.int64), labels, 0, 0.0, False)


def _first_centroids(points: Floats, params: Params, rng: Streams) -> Floats:
    if params.init == "by hand":
        return around(points, params.n_clusters) if params.centroids is None else params.centroids
    draw = random_points if params.init == "random" else plus_plus
    return points[draw(points, params.n_clusters, rng.generator)]


def random_points(points: Floats, k: int, rng: Generator) -> Labels:
    """Return the indices of k different points. Source: Forgy (1965)."""
    return rng.choice(len(points), k, replace=False)


def plus_plus(points: Floats, k: int, rng: Generator) -> Labels:
    """Return the indices of k points, each drawn by its squared distance to the nearest drawn before.

    Source: Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding, algorithm 1.
    """
    chosen = [int(rng.integers(len(points)))]
    squared = np.full(len(points), np.inf)  # of each point to the nearest chosen one
    while len(chosen) < k:
        squared = np.minimum(squared, squared_distances(points, points[chosen[-1:]])[:, 0])
        reach = np.cumsum(squared)
        if reach[-1]:
            chosen.append(int(np.searchsorted(reach, rng.random() * reach[-1], side="right")))
        else:  # all points lie on chosen ones: any other will do
            chosen.append(int(rng.choice(np.setdiff1d(np.arange(len(points)), chosen))))
    return np.array(chosen)


def around(points: Floats, k: int) -> Floats:
    """Return k places (k, 2) on a circle around the mean of the points, from where the learner drags them."""
    turn = 2 * np.pi * np.arange(k) / k
    radius = float(points.std(axis=0).max()) or 1.0
    circle: Floats = points.mean(axis=0) + radius * np.column_stack([np.sin(turn), np.cos(turn)])
    return circle


# ---- the algorithm


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the state one half-step further."""
    if state.phase == "assign" and not state.edited:
        return move(state, params)
    return assign(state)


def assign(state: State) -> State:
    """Return the state in which each point belongs to its nearest centroid, of equally near ones the first."""
    labels = nearest_in_use(state)
    changed = int(np.count_nonzero(labels != state.labels))
    kept = labels if changed else state.labels
    return replace(
        state, t=state.t + 1, phase="assign", edited=False, labels=kept, changed=changed, converged=not changed
    )


def nearest_in_use(state: State) -> Labels:
    """Return for each point the index of the nearest centroid that was not dropped."""
    used = np.flatnonzero(state.in_use)
    if len(used) == len(state.in_use):
        return nearest(state.points, state.centroids)
    return used[nearest(state.points, state.centroids[used])]


def by_distance(state: State, place: Floats) -> list[tuple[int, float]]:
    """Return the centroids that were not dropped with their squared distances to a place (2,), the nearest first."""
    used = np.flatnonzero(state.in_use)
    squared = squared_distances(place[None], state.centroids[used])[0]
    order = np.argsort(squared, kind="stable")
    return list(zip(used[order].tolist(), squared[order].tolist(), strict=True))


def move(state: State, params: Params) -> State:
    """Return the state in which each centroid is the mean of its points."""
    centroids, counts = exact_means(state.points, state.labels, len(state.centroids), inertia_of(state))
    centroids[counts == 0] = state.centroids[counts == 0]
    empty, in_use = list(empty_clusters(state)), state.in_use
    if empty and params.empty == "farthest":
        centroids[empty] = state.points[farthest(state, len(empty))]
    elif empty and params.empty == "drop":
        in_use = (state.in_use * (counts > 0)).astype(np.int64)
    shift = float(np.hypot(*(centroids - state.centroids).T).max())
    return replace(state, t=state.t + 1, phase="move", centroids=centroids, in_use=in_use, shift=shift)


def farthest(state: State, count: int) -> Labels:
    """Return the indices of the points farthest from their centroid, the farthest first; ties: lowest index."""
    away = state.points - state.centroids[state.labels]
    order: Labels = np.argsort(-(away**2).sum(axis=1), kind="stable")
    return order[:count]


def empty_clusters(state: State) -> tuple[int, ...]:
    """Return the clusters in use to which no point was assigned; none before the first assign."""
    if state.phase == "start":
        return ()
    counts = counted(state)
    return tuple(np.flatnonzero((counts == 0) & (state.in_use == 1)).tolist())


def counted(state: State) -> Labels:
    """Return how many points belong to each cluster (k,)."""
    return np.bincount(state.labels + 1, minlength=len(state.centroids) + 1)[1:]


# ---- what a frame shows


@kept(8)  # a state's row and its sentence ask for the same
def inertia_of(state: State) -> float:
    """Return the sum of squared distances to the assigned centroids; nan where a point belongs to none."""
    return NOTHING if state.labels.min() < 0 else inertia(state.points, state.centroids, state.labels)


def series(state: State, params: Params) -> Series:
    """Return phase, inertia, what an assign changed, and how far a move went."""
    return {
        "phase": state.phase,
        "inertia": inertia_of(state),
        "changed": float(state.changed) if state.phase == "assign" else NOTHING,
        "shift": state.shift if state.phase == "move" else NOTHING,
    }


def arrays(state: State, params: Params) -> Arrays:
    """Return points (n, 2) with names (n,) if there are any, centroids (k, 2), nan where dropped, and labels (n,)."""
    centroids = state.centroids
    if not state.in_use.all():
        centroids = np.where(state.in_use[:, None] == 1, centroids, NOTHING)
    names = np.array(params.point_names, dtype=np.str_)
    return {"points": state.points, "point_names": names, "centroids": centroids, "labels": state.labels}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return which clusters lost their last point or were dropped, and whether labels have come to rest."""
    known = empty_clusters(before)
    keys = [f"empty cluster {j}" for j in empty_clusters(after) if j not in known]
    keys += [f"dropped cluster {j}" for j in np.flatnonzero(before.in_use > after.in_use)]
    if after.converged and not before.converged:
        keys.append("converged")
    return tuple(keys)
