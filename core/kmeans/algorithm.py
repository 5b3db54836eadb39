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
from functools import lru_cache
from typing import Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Le
from numpy.random import Generator
from numpy.typing import NDArray

from core.data import point_sets
from core.kmeans.explained import explain as explain
from core.kmeans.lloyd import Floats, Labels, inertia, means, nearest
from core.run.parameters import LOG, RESTART, VIEW, Suggestions
from core.run.refusal import Refusal
from core.run.streams import Streams, generator
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Ints, frozen, locked

VERSION = 1
MOST_CLUSTERS = 20
SETS = (*point_sets.NAMES, "iris:sepal_length,sepal_width")
Coordinate = Annotated[float, Ge(-LARGEST), Le(LARGEST)]


@frozen
class Params:
    """Points, how many centroids, where they start, and what is done about an empty cluster."""

    points: Annotated[str | Array, Suggestions(SETS), RESTART] = "blobs"
    n_samples: Annotated[int, Ge(MOST_CLUSTERS), Le(1_000_000), LOG, RESTART] = 280  # of a set that is drawn
    spread: Annotated[float, Ge(0), Le(3), RESTART] = 1.0  # of a set that is drawn, in multiples of its own noise
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), RESTART] = 0
    n_clusters: Annotated[int, Ge(1), Le(MOST_CLUSTERS), RESTART] = 4
    init: Annotated[Literal["random", "k-means++", "by hand"], RESTART] = "random"
    centroids: Annotated[Array | None, RESTART] = None  # (n_clusters, 2), by hand
    empty: Literal["stay", "farthest", "drop"] = "stay"
    shading: Annotated[bool, VIEW] = True
    trails: Annotated[bool, VIEW] = True
    lines: Annotated[bool, VIEW] = False
    medoid: Annotated[bool, VIEW] = True
    study: Annotated[Literal["elbow", "silhouette", "starts"], VIEW] = "elbow"


@frozen
class State:
    """Points, centroids and labels after a half-step, and what that half-step did."""

    t: int
    phase: Literal["start", "assign", "move"]  # what was done last
    edited: bool  # by the learner since then: the next step is an assign
    points: Array  # (n, 2)
    centroids: Array  # (k, 2)
    in_use: Ints  # (k,), 0 for a centroid that was dropped
    labels: Ints  # (n,), −1 before the first assign
    changed: int  # points the last assign gave to another cluster
    shift: float  # the farthest that the last move took a centroid
    converged: bool  # the last assign changed nothing

    def with_array(self, name: str, value: NDArray[np.float64], params: Params) -> State:
        """Return the state with other `points` or `centroids`, dropped ones among them back in use.

        Raises ValueError for another shape.
        """
        if value.shape != getattr(self, name).shape:
            raise ValueError(f"the shape of {name} is {getattr(self, name).shape}")
        in_use = np.ones_like(self.in_use) if name == "centroids" else self.in_use
        return _edited(self, **{name: value, "in_use": in_use})


def _edited(state: State, **arrays: Any) -> State:
    return replace(state, edited=True, converged=False, **arrays)


@frozen
class MoveCentroid:
    """The learner puts a centroid at (x, y); one that was dropped takes part again."""

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
        in_use = state.in_use.copy()
        centroids = _with_row(state.centroids, self.cluster, (self.x, self.y), "centroid")
        in_use[self.cluster] = 1
        return _edited(state, centroids=centroids, in_use=in_use)


@frozen
class MovePoint:
    """The learner puts a point at (x, y)."""

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


def _with_row(array: Floats, row: int, place: tuple[float, float], name: str) -> Floats:
    if not 0 <= row < len(array):
        raise ValueError(f"there is no {name} {row}, they count from 0 to {len(array) - 1}")
    changed = array.copy()
    changed[row] = place
    return changed


EDITS = (MoveCentroid, MovePoint)
SETTABLE = ("points", "centroids")
CONSTANT_ARRAYS: frozenset[str] = frozenset()
RESTS = ("converged",)  # nothing moves after it, but for the learner


# ---- the points and the first centroids


def points_of(params: Params) -> Floats:
    """Return the points (n, 2) of a run. Raises Refusal for a name that is none."""
    return _drawn(params)[0] if isinstance(params.points, str) else params.points


def true_groups(params: Params) -> Labels | None:
    """Return the group (n,) each point of a named set was drawn from; None for points of one's own."""
    return _drawn(params)[1] if isinstance(params.points, str) else None


def _drawn(params: Params) -> point_sets.Drawn:
    assert isinstance(params.points, str)
    return _draw(params.points, params.n_samples, params.spread, params.data_seed)


@lru_cache(maxsize=8)
def _draw(name: str, n: int, spread: float, data_seed: int) -> point_sets.Drawn:
    points, groups = point_sets.draw(name, n, spread, generator(data_seed, _DATA))
    return locked(points), locked(groups)


_DATA = 4  # the key of the stream that draws points: apart from those of start, steps, edits and epochs


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply for those not given.

    `centroids` imply `by hand` and `n_clusters`; another start lets go of them; few points allow few clusters.
    """
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
    squared = _squared_to(points, chosen[0])
    while len(chosen) < k:
        reach = np.cumsum(squared)
        if not reach[-1]:  # all points lie on chosen ones: any other will do
            left = np.setdiff1d(np.arange(len(points)), chosen)
            chosen.append(int(rng.choice(left)))
            continue
        chosen.append(int(np.searchsorted(reach, rng.random() * reach[-1], side="right")))
        squared = np.minimum(squared, _squared_to(points, chosen[-1]))
    return np.array(chosen)


def _squared_to(points: Floats, index: int) -> Floats:
    away = points - points[index]
    squared: Floats = away[:, 0] ** 2 + away[:, 1] ** 2
    return squared


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


def move(state: State, params: Params) -> State:
    """Return the state in which each centroid is the mean of its points."""
    centroids, counts = means(state.points, state.labels, len(state.centroids))
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
    if state.labels[0] < 0:
        return ()
    counts = np.bincount(state.labels, minlength=len(state.centroids))
    return tuple(np.flatnonzero((counts == 0) & (state.in_use == 1)).tolist())


# ---- what a frame shows


def inertia_of(state: State) -> float:
    """Return the sum of squared distances to the assigned centroids; nan before the first assign."""
    return NOTHING if state.labels[0] < 0 else inertia(state.points, state.centroids, state.labels)


def series(state: State, params: Params) -> Series:
    """Return phase, inertia, what an assign changed, and how far a move went."""
    return {
        "phase": state.phase,
        "inertia": inertia_of(state),
        "changed": float(state.changed) if state.phase == "assign" else NOTHING,
        "shift": state.shift if state.phase == "move" else NOTHING,
    }


def arrays(state: State, params: Params) -> Arrays:
    """Return points (n, 2), centroids (k, 2), nan where dropped, and labels (n,)."""
    centroids = np.where(state.in_use[:, None] == 1, state.centroids, NOTHING)
    return {"points": state.points, "centroids": centroids, "labels": state.labels}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return which clusters lost their last point or were dropped, and whether labels have come to rest."""
    known = empty_clusters(before)
    keys = [f"empty cluster {j}" for j in empty_clusters(after) if j not in known]
    keys += [f"dropped cluster {j}" for j in np.flatnonzero(before.in_use > after.in_use)]
    if after.converged and not before.converged:
        keys.append("converged")
    return tuple(keys)
