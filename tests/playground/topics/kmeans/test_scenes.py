"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from typing import Any

import pytest

from core import kmeans
from core.kmeans.algorithm import by_distance, inertia_of
from core.kmeans.settings import true_groups
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params, with_changes
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic
from playground.topics.kmeans.scenes import POINT
from widgets.base import numbers

TASKS = {scene.id: scene for scene in scenes(topic("kmeans")) if scene.is_task}
TWO_IN_ONE = [[3.4, -1.2], [3.4, -2.0], [2.4, 3.2], [-2.6, -0.6]]


def attempt(
    task: Scene, steps: int, changes: tuple[tuple[int, str, Any], ...] = (), seed: int | None = None, **given: Any
) -> bool:
    plain = task.plain[0][1]
    params = read_params(kmeans, {**plain["params"], **given})
    recipe = Recipe("kmeans", 1, plain.get("seed", 0) if seed is None else seed, params)
    edits = [{"step": step, "name": name, "value": value} for step, name, value in changes]
    timeline: Timeline[Any, Any] = Timeline(kmeans, with_changes(kmeans, recipe, edits))
    timeline.frame(steps)
    return task.reached(timeline)


def dragged(step: int, cluster: int, x: float, y: float) -> tuple[int, str, Any]:
    return step, "move centroid", {"cluster": cluster, "x": x, "y": y}


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_playing_alone_does_not_do(task: Scene) -> None:
    assert not attempt(task, 200)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_other_seeds_and_points_do_not_do(task: Scene) -> None:
    for seed in range(6):
        assert not attempt(task, 100, seed=seed)
    for points in ("moons", "rings", "unequal", [[0, 0], [1, 1], [5, 5], [9, 0], [0, 9]]):
        assert not attempt(task, 100, points=points)


def test_a_centre_dragged_far_away_loses_its_points() -> None:
    task = TASKS["empty_one"]
    assert attempt(task, 9, (dragged(8, 1, 40.0, 40.0),))
    assert not attempt(task, 8, (dragged(8, 1, 40.0, 40.0),))
    assert not attempt(task, 40, (dragged(8, 1, 3.0, 3.0),))


def test_two_centres_in_one_group_trap_it() -> None:
    task = TASKS["trap_it"]
    assert attempt(task, 60, centroids=TWO_IN_ONE)
    by_dragging = tuple(dragged(0, j, x, y) for j, (x, y) in enumerate(TWO_IN_ONE))
    assert attempt(task, 60, by_dragging)
    assert not attempt(task, 60, centroids=[[2.4, 3.2], [-3, 2], [-2.2, -3.2], [3.4, -1.6]])
    assert not attempt(task, 60, centroids=[[0, 0], [3, 0], [-3, 0], [50, 50]])  # an empty one does not count
    assert not attempt(task, 2, centroids=TWO_IN_ONE)  # it has to come to rest
    assert not attempt(task, 60, points="rings", centroids=TWO_IN_ONE)


def test_k_means_plus_plus_is_quick() -> None:
    task = TASKS["better_start"]
    assert attempt(task, 20, init="k-means++")
    assert not attempt(task, 20, init="k-means++", n_clusters=3)
    assert not attempt(task, 2, init="k-means++")


def test_the_elbow_lies_at_four() -> None:
    task = TASKS["find_the_elbow"]
    assert attempt(task, 30, n_clusters=4)
    for k in (3, 5, 6):
        assert not attempt(task, 60, n_clusters=k)
    assert not attempt(task, 60, n_clusters=4, init="random", seed=0)  # trapped


# ---- what is said at the end of a scene stands there


SCENES = {scene.id: scene for scene in scenes(topic("kmeans")) if not scene.is_task}


def at_the_end(id: str, run: str = "") -> Any:
    return SCENES[id].recorded(run).frame(SCENES[id].length).state


def test_the_distances_told_are_those_in_the_table_at_the_end() -> None:
    told, state = SCENES["nearest_centre"].check().values, at_the_end("nearest_centre")
    ranked = by_distance(state, state.points[POINT])
    assert [told["last_near"], told["last_second"]] == [numbers.compact(squared**0.5) for _, squared in ranked[:2]]
    assert told["step"] == SCENES["nearest_centre"].length


def test_the_points_of_the_far_centre_are_counted_at_the_end() -> None:
    told = SCENES["empty_cluster"].check().values
    for run, name in (("farthest", "cured"), ("stay", "stay")):
        assert told[name] == int((at_the_end("empty_cluster", run).labels == 3).sum())
    assert SCENES["empty_cluster"].names[0] == "farthest"  # so that its points are seen in the picture


@pytest.mark.parametrize("id", ["long_groups", "unequal_groups"])
def test_what_the_true_groups_would_come_to_is_told_beside_what_came(id: str) -> None:
    told, state = SCENES[id].check().values, at_the_end(id)
    groups = true_groups(SCENES[id].recipe().params)
    assert groups is not None
    whole = sum(((state.points[groups == j] - state.points[groups == j].mean(axis=0)) ** 2).sum() for j in set(groups))
    assert (told["cut"], told["groups"]) == (f"{inertia_of(state):.0f}", f"{whole:.0f}")
    assert inertia_of(state) < whole


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.id)
def test_every_scene_asks_and_brings_something_forward(scene: Scene) -> None:
    assert scene.question
    assert scene.set_up.panels
