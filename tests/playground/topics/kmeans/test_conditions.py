"""What is marked of k-means is so in its state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.kmeans.settings import true_groups
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.scenes.scene import scenes
from playground.topic_list import topic
from playground.topics.kmeans import conditions

Record = Callable[..., Timeline[Any, Any]]


def scene(id: str, run: str = "") -> Timeline[Any, Any]:
    return next(scene for scene in scenes(topic("kmeans")) if scene.id == id).recorded(run)


def test_a_half_step_without_change_has_the_same_labels_and_centres(record: Record) -> None:
    run = record(30)
    marked = set(conditions.nothing_changed(run, 30).all_steps)
    assert marked
    for t in range(1, 31):
        before, after = run.frame(t - 1).state, run.frame(t).state
        same = (before.labels == after.labels).all() and (before.centroids == after.centroids).all()
        assert (t in marked) == bool(same)


def test_strange_points_are_fewest_under_the_best_naming_of_clusters(record: Record) -> None:
    run = record(30, points="rings", n_clusters=2)
    found = {thing.at[0] for thing in conditions.in_a_strange_group(run, 30).things}
    labels, groups = run.frame(30).state.labels, true_groups(run.recipe.params)
    namings = [set(np.flatnonzero(labels != groups)), set(np.flatnonzero(labels == groups))]
    assert found == min(namings, key=len)
    assert not conditions.in_a_strange_group(run, 0)


def test_two_clusters_share_a_group_where_the_start_was_bad() -> None:
    assert not conditions.sharing_a_group(scene("start_decides", "good"), 28)
    bad = scene("start_decides", "bad")
    shared = {thing.at[0] for thing in conditions.sharing_a_group(bad, 28).things}
    groups, labels = true_groups(bad.recipe.params), bad.frame(28).state.labels
    assert groups is not None
    assert len(shared) == 2
    assert len({int(np.median(groups[labels == j])) for j in shared}) == 1


@pytest.mark.parametrize(
    ("run", "clusters"), [("farthest", set()), ("stay", {Focus("cluster", (3,))}), ("drop", set())]
)
def test_a_cluster_without_points_takes_part(run: str, clusters: set[Focus]) -> None:
    made = scene("empty_cluster", run)
    assert conditions.without_points(made, 1).things == {Focus("cluster", (3,))}
    assert conditions.without_points(made, 8).things == clusters


def test_centres_begin_on_points_and_leave_them() -> None:
    run = scene("virtual_mean")
    assert len(conditions.on_a_point(run, 0).things) == 3
    assert not conditions.on_a_point(run, run.recorded)


def test_a_point_has_its_centre_from_the_first_assign_on() -> None:
    run = scene("nearest_centre")
    assert conditions.point_and_its_centre(run, 0, "point 55").things == {Focus("point", (55,))}
    own = Focus("cluster", (int(run.frame(1).state.labels[55]),))
    assert conditions.point_and_its_centre(run, 1, "point 55").things == {Focus("point", (55,)), own}
