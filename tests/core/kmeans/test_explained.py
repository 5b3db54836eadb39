"""The step in numbers: what the strip tells is what the step did."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import kmeans
from core.kmeans import Params
from core.kmeans.algorithm import inertia_of
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.replay import replay

FAR = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])
REMEDIES = ("stay", "farthest", "drop")


def told(focus: str, t: int, params: Params | None = None) -> Any:
    frames = [frame for frame, _ in replay(kmeans, Recipe("kmeans", 1, 0, params or Params()), t)]
    before = frames[t - 1].state if t else None
    return kmeans.explain(before, frames[t].made, frames[t].params, Focus.of(focus)), frames


def numbers_of(explanation: Any) -> list[list[float]]:
    return [[t.value for t in row[1][0] if not isinstance(t.value, str)] for row in explanation.rows]


def test_the_start_is_told_without_numbers() -> None:
    explanation, _ = told("", 0)
    assert explanation.rows == ()
    assert explanation.source == "core.kmeans.algorithm:assign"


@pytest.mark.parametrize("point", [0, 17, 279])
def test_an_assign_tells_the_two_nearest_distances(point: int) -> None:
    explanation, frames = told(f"point {point}", 3)
    state = frames[3].made
    squared = np.sort(((state.points[point] - state.centroids) ** 2).sum(axis=1))
    assert [row[0] for row in numbers_of(explanation)] == pytest.approx(squared[1::-1].tolist())
    for d, x, a, y, b in numbers_of(explanation):
        assert d == pytest.approx((x - a) ** 2 + (y - b) ** 2)
    assert explanation.values["own"] == str(state.labels[point] + 1)


@pytest.mark.parametrize("cluster", range(4))
def test_a_move_tells_the_mean_of_the_cluster(cluster: int) -> None:
    explanation, frames = told(f"cluster {cluster}", 4)
    own = frames[4].made.points[frames[4].made.labels == cluster]
    for axis, (mean, total) in enumerate(numbers_of(explanation)):
        assert mean == pytest.approx(own[:, axis].mean())
        assert total == pytest.approx(own[:, axis].sum())
    assert explanation.values["count"] == str(len(own))
    assert explanation.source == "core.kmeans.algorithm:move"


def test_without_a_focus_a_move_tells_of_the_centroid_that_went_farthest() -> None:
    explanation, frames = told("", 4)
    shift = np.linalg.norm(frames[4].made.centroids - frames[3].made.centroids, axis=1)
    assert explanation.values["cluster"] == str(shift.argmax() + 1)
    assert explanation.values["length"] == pytest.approx(shift.max())


@pytest.mark.parametrize("empty", REMEDIES)
def test_an_empty_cluster_and_its_remedy_are_told(empty: Any) -> None:
    params = Params(n_clusters=4, init="by hand", centroids=FAR, empty=empty)
    assert told("", 1, params)[0].sentence == "assign.empty"
    assert told("", 1, params)[0].values == {"cluster": "4", "remedy": empty}
    assert told("cluster 3", 2, params)[0].sentence == f"move.{empty}"


def test_convergence_is_told() -> None:
    frames = replay(kmeans, Recipe("kmeans", 1, 0, Params()), 60)
    at = next(frame.t for frame, began in frames if "converged" in began)
    assert told("", at)[0].sentence == "assign.converged"
    assert told("", at + 1)[0].sentence == "move.still"


@pytest.mark.parametrize("t", [2, 3, 4, 9])
def test_inertia_is_told_before_and_after(t: int) -> None:
    explanation, frames = told("", t)
    terms = [term.value for _, cells in explanation.rows for cell in cells[1:] for term in cell]
    assert [inertia_of(frames[i].made) for i in (t - 1, t)] == [x for x in terms if isinstance(x, float)][:2]


def test_large_counts_have_thin_spaces() -> None:
    explanation, frames = told("", 2, Params(n_samples=12_000))
    assert int(explanation.values["count"].replace("\N{THIN SPACE}", "")) in np.bincount(frames[2].made.labels)
    assert "\N{THIN SPACE}" in explanation.values["count"]


def test_an_assign_tells_of_the_nearest_centre_with_inertia_and_in_words_how_many_changed() -> None:
    explanation, frames = told("", 3)
    assert [(name, len(cells)) for name, cells in explanation.rows] == [("next", 2), ("nearest", 2)]
    assert explanation.values["changed"] == str(frames[3].made.changed)


def test_a_point_that_switches_is_told_how_far_the_centre_is_that_it_left() -> None:
    params = Params(n_clusters=6)
    for seed in range(4):
        *_, before, after = (frame.made for frame, _ in replay(kmeans, Recipe("kmeans", 1, seed, params), 3))
        for point in np.flatnonzero(before.labels != after.labels).tolist():
            explanation = kmeans.explain(before, after, params, Focus("point", (point,)))
            left = int(before.labels[point])
            assert explanation.sentence == "assign.switches"
            assert explanation.values["other"] == explanation.values["old"] == str(left + 1)
            assert explanation.values["far"] == pytest.approx(np.hypot(*(after.points[point] - after.centroids[left])))


def test_a_point_with_a_name_is_told_by_it() -> None:
    towns = Params(points=FAR, point_names=("Ulm", "Bern", "Graz", "Linz"), n_clusters=2)
    assert told("point 2", 1, towns)[0].values["point"] == "Graz"
    assert told("point 2", 1, replace(towns, point_names=()))[0].values["point"] == "3"
