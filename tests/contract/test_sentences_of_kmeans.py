"""What a sentence about a half-step of k-means says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

from core import kmeans
from core.kmeans import Params
from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe
from core.run.replay import replay

SAMPLES = 20  # half-steps of a run
FAR = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0], [80.0, -50.0]])
EXACT = np.array([[0.0, 0.0], [0.0, 2.0], [4.0, 0.0], [4.0, 2.0]])  # distances that are equal


def params_of(rng: Any) -> Params:
    """Return random points and centroids, some of them far from all points."""
    k, by_hand = int(rng.integers(1, 6)), bool(rng.random() < 0.4)
    start: Any = {"init": "by hand", "centroids": FAR[:k]} if by_hand else {"init": rng.choice(["random", "k-means++"])}
    points: Any = {"points": rng.normal(0, 10 ** rng.uniform(-2, 3), (30, 2))} if rng.random() < 0.3 else {}
    if rng.random() < 0.1:
        k, start, points = 2, {"init": "by hand", "centroids": EXACT[:2]}, {"points": EXACT}
    return Params(
        n_clusters=k, n_samples=int(rng.integers(20, 60)), empty=rng.choice(["stay", "farthest", "drop"]), **start,
        **points,
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(13), 0
    while done < count:
        params = params_of(rng)
        edits: list[Any] = [MovePoint(0, 9.0, 9.0), MoveCentroid(0, *rng.uniform(-60, 60, 2).tolist())]
        change = Change(int(rng.integers(1, SAMPLES)), edits[int(rng.integers(2))])
        before: Any = None
        for frame, _ in replay(kmeans, Recipe("kmeans", 1, int(rng.integers(99)), params, (change,)), SAMPLES):
            state = before.state if before else None
            point, cluster = int(rng.integers(len(frame.made.points))), int(rng.integers(len(frame.made.centroids)))
            for focus in (None, Focus("point", (point,)), Focus("cluster", (cluster,))):
                step = state, frame.made, frame.used
                yield kmeans.explain(*step, focus), (*step, focus)
            before, done = frame, done + 1


def begins(before: Any, after: Any, *_: Any) -> dict[str, Any]:
    assert before is None
    assert (after.labels == -1).all()
    return {"k": str(len(after.centroids))}


def distances(state: Any, point: int) -> dict[int, float]:
    """Return how far each centroid that takes part is from a point, by cluster."""
    x, y = state.points[point]
    return {j: float(np.hypot(x - a, y - b)) for j, (a, b) in enumerate(state.centroids) if state.in_use[j]}


def assigns(kind: str, before: Any, after: Any, params: Any, focus: Any, told: Any) -> dict[str, Any]:
    point = int(told["point"]) - 1
    if focus and focus.kind == "point":
        assert focus.at == (point,)
    own, old, away = int(after.labels[point]), int(before.labels[point]), distances(after, point)
    others = {j: far for j, far in away.items() if j != own}
    assert all(far >= away[own] for far in others.values())
    is_so = {"first": old == -1, "stays": old == own, "switches": old not in (-1, own), "only": not others}
    assert is_so[kind]
    other = min(others, key=lambda j: others[j]) if others else -1
    said = {"point": told["point"], "own": str(own + 1), "near": away[own], "old": str(old + 1)}
    if not others:
        return said
    said["changed"] = str(np.count_nonzero(before.labels != after.labels))
    if kind == "switches" and old in others:
        return {**said, "other": str(old + 1), "far": others[old]}
    if told["other"] != str(other + 1):  # as near as the one found
        other = int(told["other"]) - 1
        assert others[other] == pytest.approx(min(others.values()))
    return {**said, "other": str(other + 1), "far": others[other]}


def empties(before: Any, after: Any, params: Any, focus: Any, told: Any) -> dict[str, Any]:
    cluster = int(told["cluster"]) - 1
    assert after.in_use[cluster]
    assert not (after.labels == cluster).any()
    return {"cluster": told["cluster"], "remedy": params.empty}


def rests(before: Any, after: Any, *_: Any) -> dict[str, Any]:
    assert np.array_equal(before.labels, after.labels)
    return {"inertia": float(((after.points - after.centroids[after.labels]) ** 2).sum())}


def moves(kind: str, before: Any, after: Any, params: Any, focus: Any, told: Any) -> dict[str, Any]:
    cluster = int(told["cluster"]) - 1
    own = after.points[after.labels == cluster]
    way = after.centroids[cluster] - before.centroids[cluster]
    size = float(np.abs(after.points).max())
    assert after.phase == "move"
    if kind in ("mean", "still"):
        assert after.centroids[cluster] == pytest.approx(own.mean(axis=0), rel=1e-9, abs=1e-9 * size)
        assert (float(np.hypot(*way)) <= 1e-11 * size) == (kind == "still")
    else:
        assert not len(own)
        in_use = {"drop": (1, 0), "dropped": (0, 0)}.get(kind, (1, 1))
        assert (before.in_use[cluster], after.in_use[cluster]) == in_use
        assert kind in ("dropped", params.empty)
        assert kind == "farthest" or not way.any()
    said = {"cluster": told["cluster"], "count": str(len(own)), "length": float(np.hypot(*way))}
    if kind == "farthest":
        point = int(told["point"]) - 1
        assert np.array_equal(after.points[point], after.centroids[cluster])
        apart = before.points[point] - before.centroids[before.labels[point]]
        said |= {"point": told["point"], "away": float(np.hypot(*apart))}
    return {**said, "across": float(way[0]), "up": float(way[1])}


CHECKERS: dict[str, Any] = {
    "start": begins, "assign.empty": empties, "assign.converged": rests,
    **{f"assign.{kind}": partial(assigns, kind) for kind in ("first", "stays", "switches", "only")},
    **{f"move.{kind}": partial(moves, kind) for kind in ("mean", "still", "stay", "farthest", "drop", "dropped")},
}  # fmt: skip


@pytest.mark.parametrize("steps", [2000])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    told = ((explanation, (*step, explanation.values)) for explanation, step in steps_of(steps))
    assert check_sentences("kmeans", told, CHECKERS) == set(CHECKERS)
