"""Both forms of the nearest centroid and of the mean, against each other and against plain NumPy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kmeans
from core.kmeans import Params, lloyd
from core.kmeans.lloyd import FEW, exact_means, inertia, means, nearest, nearest_in_blocks
from core.nn.similarity import squared_distances
from core.run.recipe import Recipe
from core.run.timeline import Timeline


def cloud(seed: int, n: int, k: int, place: float = 0.0, size: float = 1.0) -> tuple[lloyd.Floats, lloyd.Floats]:
    rng = np.random.default_rng(seed)
    points = place + size * rng.normal(size=(n, 2))
    return points, points[rng.choice(n, k, replace=False)] + 0.1 * size


def by_loops(points: lloyd.Floats, centroids: lloyd.Floats) -> list[int]:
    """The textbook's labels, in plain numbers: of equally near centroids the first."""
    places = centroids.tolist()
    found = []
    for x, y in points.tolist():
        squared = [(x - a) * (x - a) + (y - b) * (y - b) for a, b in places]
        found.append(squared.index(min(squared)))
    return found


@pytest.mark.parametrize("n", [1, 7, FEW, FEW + 1, lloyd.BLOCK + 5])
@pytest.mark.parametrize("k", [1, 2, 5, 20])
@pytest.mark.parametrize(("place", "size"), [(0.0, 1.0), (1e6, 1.0), (1e11, 1e-3), (-300.0, 1e-3), (0.0, 1e9)])
def test_both_forms_agree(n: int, k: int, place: float, size: float) -> None:
    points, centroids = cloud(n + k, n, min(k, n), place, size)
    assert (nearest_in_blocks(points, centroids) == squared_distances(points, centroids).argmin(axis=1)).all()


NASTY = st.one_of(
    st.integers(-3, 3).map(float),  # many points at one place, many equally near
    st.floats(-1.0, 1.0, allow_subnormal=True),
    st.sampled_from([0.0, -0.0, 5e-324, -1e-310, 1e-160, 1e-12, 1e12, -1e12, 1e11 + 1e-5]),
)
OFFSETS = st.sampled_from([0.0, 1.0, -1e3, 1e6, 1e9, 1e11, -1e11])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_fast_form_gives_the_labels_of_the_textbook(data: st.DataObject) -> None:
    offset, is_constant = data.draw(OFFSETS), data.draw(st.booleans())
    drawn = data.draw(st.lists(st.tuples(NASTY, NASTY), min_size=1, max_size=40))
    points = np.array(drawn) + offset
    if is_constant:
        points[:, 1] = points[0, 1]
    if data.draw(st.booleans()):
        points[0] = 1e12  # one value far away
    k = data.draw(st.integers(1, min(20, len(points))))
    of_points = data.draw(st.permutations(range(len(points))))[:k]
    centroids = points[of_points] if data.draw(st.booleans()) else np.array(drawn[:k]) * 0.5 + offset
    assert nearest_in_blocks(points, centroids).tolist() == by_loops(points, centroids)


@settings(max_examples=40, deadline=None)
@given(
    offset=OFFSETS, scale=st.sampled_from([1e-300, 1e-12, 1e-5, 1.0, 1e5]), seed=st.integers(0, 999),
    k=st.integers(1, 8), kind=st.sampled_from(["cloud", "grid", "constant", "twice", "far"]),
    init=st.sampled_from(["random", "k-means++"]),
)  # fmt: skip
def test_inertia_never_rises_and_comes_to_rest_whatever_the_points(
    offset: float, scale: float, seed: int, k: int, kind: str, init: Any
) -> None:
    rng = np.random.default_rng(seed)
    points: Any = (
        rng.normal(size=(FEW + 300, 2)) if kind in ("cloud", "far") else rng.integers(0, 9, (FEW + 300, 2)) * 1.0
    )
    points[:, 1] *= kind != "constant"
    points[::2] = points[1::2] if kind == "twice" else points[::2]
    points = points * scale + offset
    points[5] = 1e12 if kind == "far" else points[5]
    run: Timeline[Any, Any] = Timeline(
        kmeans, Recipe("kmeans", 1, seed, Params(points=points, n_clusters=k, init=init))
    )
    run.record(400)
    inertia = run.series.column("inertia")[1:]
    rounding = len(points) * float(np.spacing(np.abs(np.delete(points, 5, 0)).max())) ** 2  # of a place, at each point
    assert (np.diff(inertia) <= 1e-12 * inertia[:-1] + rounding).all()
    assert run.frame(run.recorded).state.converged


def test_means_far_from_the_origin_keep_their_digits() -> None:
    rng = np.random.default_rng(1)
    points, labels = 1e11 + rng.normal(size=(9_000, 2)), rng.integers(0, 2, 9_000)
    found, _ = exact_means(points, labels, 2, 1.8e4)
    for j in range(2):
        right = [float(sum(map(Fraction, axis)) / len(axis)) for axis in points[labels == j].T.tolist()]
        assert found[j].tolist() == right


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
