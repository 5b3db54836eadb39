"""A half-step of k-means in numbers: the rule, the rule with this step's numbers, and what it means in a sentence.

An assign is told of one point and its two nearest centroids, a move of one cluster and its mean.
"""

from __future__ import annotations

import numpy as np

from core.kmeans.algorithm import State, by_distance, empty_clusters, inertia_of
from core.kmeans.lloyd import Labels
from core.kmeans.settings import Params, name_of
from core.nn.similarity import squared_distances
from core.run.explanation import Explanation, Focus, Line, grouped, line
from core.run.values import Floats

Told = tuple[str, dict[str, float | str]]
AT_REST = 1e-12  # of the farthest coordinate: a mean of the same points, summed anew, moves less
_ASSIGN = (line("c(x) ← argmin_j ‖x − μ_j‖²"), line("J = Σ ‖x − μ_c(x)‖²"))
_MOVE = (line("μ_j ← (1 / |C_j|) × Σ x   x ∈ C_j"), line("J = Σ ‖x − μ_c(x)‖²"))


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule of the half-step with its numbers, told of the cluster or the point in `focus`.

    A focus is a `cluster` or a `point` with its index; where there is none, the one that tells most is taken.
    """
    if before is None:
        return Explanation(_ASSIGN, (), "start", {"k": str(len(after.centroids))}, "core.kmeans.algorithm:assign")
    point, cluster = _asked(focus, after)
    if after.phase == "assign":
        return _assign(before, after, params, _telling_point(before, after, cluster) if point is None else point)
    return _move(before, after, params, _telling_cluster(before, after) if cluster is None else cluster)


def _asked(focus: Focus | None, after: State) -> tuple[int | None, int | None]:
    """Return the point and the cluster in focus; with a point comes its cluster."""
    match focus:
        case Focus("point", (point,)):
            return point, int(after.labels[point])
        case Focus("cluster", (cluster,)):
            return None, cluster
    return None, None


# ---- an assign


def _telling_point(before: State, after: State, cluster: int | None) -> int:
    """Return a point that changed, if it can be of the cluster asked for; if none did, the one nearest to a border."""
    moved = after.labels != before.labels
    own = np.ones_like(moved) if cluster is None else after.labels == cluster
    candidates = np.flatnonzero(moved & own)
    if len(candidates):
        return int(candidates[0])
    candidates = np.flatnonzero(own) if own.any() else np.arange(len(own))
    return int(candidates[_gaps(after, candidates).argmin()])


def _gaps(state: State, points: Labels) -> Floats:
    """Return how much farther the second nearest centroid is than the nearest, squared, of some points (m,)."""
    squared = np.sort(squared_distances(state.points[points], state.centroids[state.in_use == 1]), axis=1)
    gaps: Floats = squared[:, 1] - squared[:, 0] if squared.shape[1] > 1 else squared[:, 0]
    return gaps


def _assign(before: State, after: State, params: Params, point: int) -> Explanation:
    near = _own_and_next(after, point)
    own, *other = (_distance(after, point, cluster, squared) for cluster, squared in near)
    rows: list[tuple[str, tuple[Line, ...]]] = [("next", (cell, *_inertia("J(t−1)", before))) for cell in other]
    rows.append(("nearest", (own, *_inertia("J(t)", after))))  # comes last: it decides, and that is its inertia
    sentence, values = _assigned(before, after, params, point, near)
    return Explanation(_ASSIGN, tuple(rows), sentence, values, "core.kmeans.algorithm:assign")


def _own_and_next(state: State, point: int) -> list[tuple[int, float]]:
    """Return the centroid of a point and the nearest of the others, each with its squared distance."""
    own, every = int(state.labels[point]), by_distance(state, state.points[point])
    return sorted(every, key=lambda found: found[0] != own)[:2]  # the order of the others stays


def _distance(state: State, point: int, cluster: int, squared: float) -> Line:
    (x, y), (a, b) = state.points[point].tolist(), state.centroids[cluster].tolist()
    template = f"{{d:centroid {cluster}}} = ({{x}} − {{a}})² + ({{y}} − {{b}})²"
    return line(template, {"d": squared, "x": x, "y": y, "a": a, "b": b})


def _assigned(before: State, after: State, params: Params, point: int, nearest: list[tuple[int, float]]) -> Told:
    lost = empty_clusters(after)
    if lost:
        return "assign.empty", {"cluster": str(lost[0] + 1), "remedy": params.empty}
    if after.converged:
        return "assign.converged", {"inertia": inertia_of(after)}
    (own, squared), *others = nearest
    values: dict[str, float | str] = {"point": name_of(params, point), "own": str(own + 1), "near": squared**0.5}
    if not others:
        return "assign.only", values
    values |= {"other": str(others[0][0] + 1), "far": others[0][1] ** 0.5}
    old = int(before.labels[point])
    if old == -1:
        return "assign.first", values
    values["changed"] = grouped(after.changed)
    if old == own:
        return "assign.stays", values
    left = dict(by_distance(after, after.points[point])).get(old)  # is the one it left farther, as the next nearest is?
    told = {} if left is None else {"other": str(old + 1), "far": left**0.5}
    return "assign.switches", {**values, **told, "old": str(old + 1)}


# ---- a move


def _telling_cluster(before: State, after: State) -> int:
    """Return a cluster that was dropped, else the one whose centroid moved farthest."""
    dropped = np.flatnonzero(before.in_use > after.in_use)
    if len(dropped):
        return int(dropped[0])
    return int(np.hypot(*(after.centroids - before.centroids).T).argmax())


def _move(before: State, after: State, params: Params, cluster: int) -> Explanation:
    own = after.points[after.labels == cluster]
    totals = _inertia("J(t−1)", before), _inertia("J(t)", after)
    rows = [
        (label, (_mean(own, axis, cluster, after), *totals[axis])) for axis, label in enumerate(("x_axis", "y_axis"))
    ]
    sentence, values = _moved(before, after, params, cluster, len(own))
    return Explanation(_MOVE, tuple(rows), sentence, values, "core.kmeans.algorithm:move")


def _mean(own: Floats, axis: int, cluster: int, after: State) -> Line:
    mean = float(after.centroids[cluster, axis])
    if not len(own):
        return line(f"{{m:centroid {cluster}}}    C_j = ∅", {"m": mean})
    template = f"{{m:centroid {cluster}}} = (1 / {{n}}) × {{sum}}"
    return line(template, {"m": mean, "n": grouped(len(own)), "sum": float(own[:, axis].sum())})


def _moved(before: State, after: State, params: Params, cluster: int, count: int) -> Told:
    way = after.centroids[cluster] - before.centroids[cluster]
    length = float(np.hypot(*way))
    values: dict[str, float | str] = {"cluster": str(cluster + 1), "count": grouped(count), "length": length}
    if not count:
        remedy = params.empty if before.in_use[cluster] else "dropped"
        gone_to = _gone_to(before, after, params, cluster) if remedy == "farthest" else {}
        return f"move.{remedy}", {**values, **gone_to}
    if length <= AT_REST * float(np.abs(after.points).max()):
        return "move.still", values
    return "move.mean", {**values, "across": float(way[0]), "up": float(way[1])}


def _inertia(name: str, state: State) -> tuple[Line, ...]:
    """Return the inertia of a state, none where a point belongs to no centroid."""
    return () if state.labels.min() < 0 else (line(f"{name} = {{j}}", {"j": inertia_of(state)}),)


def _gone_to(before: State, after: State, params: Params, cluster: int) -> dict[str, float | str]:
    """Return the point at which a centroid now stands, and how far it was from its own centroid."""
    point = int(np.flatnonzero((after.points == after.centroids[cluster]).all(axis=1))[0])
    away = before.points[point] - before.centroids[before.labels[point]]
    return {"point": name_of(params, point), "away": float(np.hypot(*away))}
