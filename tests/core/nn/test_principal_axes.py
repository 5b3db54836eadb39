"""The plane of the map is that of the principal axes, and gets there without a jump."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.nn.principal_axes import main_axes, turned


def cloud(seed: int, spreads: list[float]) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    directions, _ = np.linalg.qr(rng.normal(size=(len(spreads), len(spreads))))
    points: NDArray[np.float64] = rng.normal(size=(300, len(spreads))) * spreads @ directions + rng.normal(
        size=len(spreads)
    )
    return points


def test_the_main_axes_are_those_of_scikit_learn() -> None:
    decomposition = pytest.importorskip("sklearn.decomposition")
    points = cloud(3, [5.0, 3.0, 1.0, 0.5, 0.2])
    theirs = decomposition.PCA(2).fit(points).components_.T
    assert np.allclose(np.abs((main_axes(points) * theirs).sum(axis=0)), 1.0)


def test_turning_comes_to_the_main_axes_and_stays() -> None:
    points = cloud(5, [4.0, 3.0, 1.0, 1.0])
    axes = np.eye(4, 2)
    for _ in range(400):
        axes = turned(axes, points)
    assert np.allclose(np.abs((main_axes(points) * axes).sum(axis=0)), 1.0, atol=1e-6)
    assert np.allclose(turned(axes, points), axes, atol=1e-4)


@given(st.integers(0, 1000), st.lists(st.floats(0.1, 10), min_size=3, max_size=7))
def test_axes_stay_orthonormal_and_turn_little(seed: int, spreads: list[float]) -> None:
    points = cloud(seed, spreads)
    axes = main_axes(cloud(seed + 1, spreads))
    for _ in range(5):
        after = turned(axes, points)
        assert np.allclose(after.T @ after, np.eye(2), atol=1e-12)
        assert (np.arccos(np.clip((after * axes).sum(axis=0), -1, 1)) < 0.11).all()
        axes = after


@pytest.mark.parametrize("d", [1, 2])
def test_one_or_two_numbers_are_shown_as_they_are(d: int) -> None:
    points = np.arange(10.0 * d).reshape(10, d)
    axes = main_axes(points)
    assert (points @ axes)[:, :d].tolist() == points.tolist()
    assert turned(axes, points) is axes


def test_points_in_one_place_turn_nothing() -> None:
    axes = np.eye(3, 2)
    assert turned(axes, np.ones((4, 3))) is axes
