"""The studies beside scikit-learn's silhouette and its many starts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from core import kmeans
from core.kmeans import Params
from core.kmeans.studies import SEEDS, STARTS, best_by_clusters, by_clusters, by_seed, different_ends
from core.nn.metrics import MOST_COMPARED, silhouette
from core.run.recipe import Recipe
from core.run.studies import CancelledError


def recipe(params: Params | None = None, seed: int = 0) -> Recipe[Params]:
    return Recipe("kmeans", 1, seed, params or Params())


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(3, 400), k=st.integers(1, 6), decimals=st.integers(0, 4))
def test_the_silhouette_is_scikit_learns(seed: int, n: int, k: int, decimals: int) -> None:
    rng = np.random.default_rng(seed)
    points, labels = np.round(rng.normal(size=(n, 2)), decimals), rng.integers(0, k, n)
    ours = silhouette(points, labels)
    if 1 < len(np.unique(labels)) < n:
        assert ours == pytest.approx(silhouette_score(points, labels), abs=1e-6)  # it takes distances by a product
    else:
        assert math.isnan(ours)


def test_of_many_points_a_part_is_compared_always_the_same() -> None:
    params = Params(n_samples=3 * MOST_COMPARED)
    points, groups = kmeans.points_of(params), kmeans.true_groups(params)
    assert groups is not None
    assert silhouette(points, groups) == silhouette(points, groups)
    assert silhouette(points, groups) == pytest.approx(silhouette_score(points, groups), abs=0.01)


def test_the_elbow_is_where_the_groups_are() -> None:
    ends = list(by_clusters(recipe(Params(init="k-means++"))).results())
    assert len(ends) == 10 * STARTS
    best = best_by_clusters(ends)
    assert [end.n_clusters for end in best] == list(range(1, 11))
    inertias = np.array([end.inertia for end in best])
    assert (np.diff(inertias) < 0).all()
    assert max(best[1:], key=lambda end: end.silhouette).n_clusters == 4
    bends = inertias[:-2] - 2 * inertias[1:-1] + inertias[2:]
    assert bends[1:].argmax() + 3 == 4  # but for the first bend, from one cluster to two
    judge = KMeans(4, n_init=20, random_state=0).fit(kmeans.points_of(Params()))
    assert inertias[3] == pytest.approx(judge.inertia_, rel=1e-9)


def test_other_seeds_come_to_other_ends_on_the_same_points() -> None:
    ends = list(by_seed(recipe()).results())
    assert [end.seed for end in ends] == list(range(SEEDS))
    assert len(different_ends(ends)) >= 2
    assert min(different_ends(ends)) == pytest.approx(
        KMeans(4, n_init=20, random_state=0).fit(kmeans.points_of(Params())).inertia_, rel=1e-9
    )


def test_ends_that_differ_by_rounding_are_one() -> None:
    one = next(by_seed(recipe()).results())
    assert len(different_ends([one, replace(one, inertia=one.inertia * (1 + 1e-12))])) == 1


def test_a_study_is_a_pure_function_of_its_recipe() -> None:
    by_hand = Params(init="by hand", centroids=np.eye(2), n_clusters=2)
    for study in (by_clusters(recipe(by_hand)), by_seed(recipe(by_hand))):
        assert repr(list(study.results())) == repr(list(study.results()))


def test_few_points_allow_few_clusters() -> None:
    ends = list(by_clusters(recipe(Params(points=np.eye(2), n_clusters=2))).results())
    assert [end.n_clusters for end in best_by_clusters(ends)] == [1, 2]
    assert all(math.isnan(end.silhouette) for end in ends)


def test_a_cancelled_study_ends_between_two_steps() -> None:
    asked = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 7

    with pytest.raises(CancelledError):
        list(by_seed(recipe()).results(is_cancelled))
    assert len(asked) == 8
