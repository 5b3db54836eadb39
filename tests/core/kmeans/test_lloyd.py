"""Both forms of the nearest centroid and of the mean, against each other and against plain NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kmeans
from core.kmeans import Params, lloyd
from core.kmeans.lloyd import FEW, inertia, keeps_digits, means, nearest, nearest_in_blocks
from core.nn.similarity import squared_distances
from core.run.recipe import Recipe
from core.run.timeline import Timeline


def cloud(seed: int, n: int, k: int, place: float = 0.0, size: float = 1.0) -> tuple[lloyd.Floats, lloyd.Floats]:
    rng = np.random.default_rng(seed)
    points = place + size * rng.normal(size=(n, 2))
    return points, points[rng.choice(n, k, replace=False)] + 0.1 * size


@pytest.mark.parametrize("n", [1, 7, FEW, FEW + 1, 3 * lloyd.BLOCK + 5])
@pytest.mark.parametrize("k", [1, 2, 5, 20])
@pytest.mark.parametrize(("place", "size"), [(0.0, 1.0), (1e6, 1.0), (-300.0, 1e-3), (0.0, 1e9)])
def test_both_forms_agree_unless_two_centroids_are_equally_near(n: int, k: int, place: float, size: float) -> None:
    points, centroids = cloud(n + k, n, min(k, n), place, size)
    squared = squared_distances(points, centroids)
    fast, plain = nearest_in_blocks(points, centroids), squared.argmin(axis=1)
    rows = np.flatnonzero(fast != plain)
    spread = float(np.abs(points - centroids.mean(axis=0)).max())
    near = squared[rows, fast[rows]] - squared[rows, plain[rows]]
    assert (near <= 1e-12 * spread**2).all()
    assert len(rows) <= 1 + n // 100_000


@pytest.mark.parametrize("far", [1e3, 1e6, 1e9, 1e15])
def test_one_value_far_away_costs_no_digits(far: float) -> None:
    points, centroids = cloud(4, FEW + 1, 4)
    points[7], centroids[0] = far, far  # it has drawn a centroid to itself
    assert (nearest(points, centroids) == squared_distances(points, centroids).argmin(axis=1)).all()


def test_the_fast_form_is_left_only_where_it_loses_digits() -> None:
    points, centroids = cloud(5, FEW + 1, 6)
    assert keeps_digits(points, centroids)
    assert keeps_digits(points, np.vstack([centroids, centroids[:1]]))  # two at one place
    assert not keeps_digits(points, np.vstack([centroids, centroids[:1] + 1e-5]))
    assert not keeps_digits(np.vstack([points, [[1e7, 0.0]]]), centroids)


def test_inertia_never_rises_with_a_far_value_among_many_points() -> None:
    points = np.vstack([cloud(6, FEW + 500, 4)[0], [[1e9, 1e9]]])
    run: Timeline[Any, Any] = Timeline(kmeans, Recipe("kmeans", 1, 0, Params(points=points, init="k-means++")))
    run.record(200)
    inertia = run.series.column("inertia")[1:]
    assert (np.diff(inertia) <= 1e-9 * inertia[:-1]).all()
    assert run.frame(run.recorded).state.converged


def test_of_equally_near_centroids_the_first_is_taken() -> None:
    points = np.array([[0.0, 0.0], [0.0, 3.0]])
    centroids = np.array([[1.0, 0.0], [-1.0, 0.0], [1.0, 0.0]])
    assert nearest(points, centroids).tolist() == [0, 0]
    twins = np.array([[5.0, 5.0], [1.0, 0.0], [1.0, 0.0]])
    assert nearest_in_blocks(points, twins).tolist() == [1, 1]


@pytest.mark.parametrize("n", [5, FEW, FEW + 1, 2 * lloyd.BLOCK + 3])
def test_means_are_the_means(n: int) -> None:
    rng = np.random.default_rng(n)
    points, labels = rng.normal(3.0, 2.0, (n, 2)), rng.integers(0, 4, n)
    labels[labels == 2] = 1  # a cluster without points
    found, counts = means(points, labels, 4)
    assert counts.tolist() == [int((labels == j).sum()) for j in range(4)]
    for j in (0, 1, 3):
        if counts[j]:
            assert np.allclose(found[j], points[labels == j].mean(axis=0), rtol=1e-12, atol=1e-12)
    assert found[2].tolist() == [0, 0]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 60), k=st.integers(1, 6))
def test_inertia_is_the_sum_over_all_points(seed: int, n: int, k: int) -> None:
    points, centroids = cloud(seed, n, min(k, n))
    labels = nearest(points, centroids)
    by_hand = sum(float(((points[i] - centroids[labels[i]]) ** 2).sum()) for i in range(n))
    assert inertia(points, centroids, labels) == pytest.approx(by_hand)


def test_labels_and_counts_are_whole_numbers_of_64_bits() -> None:
    for n in (10, FEW + 1):
        points, centroids = cloud(1, n, 3)
        labels = nearest(points, centroids)
        assert labels.dtype == np.int64
        assert means(points, labels, 3)[1].dtype == np.int64
