"""The seeded sets: their sizes, groups and measures."""

from __future__ import annotations

import numpy as np
import pytest

from core import kmeans
from core.kmeans import Params


@pytest.mark.parametrize("name", kmeans.SETS)
def test_every_set_has_its_points_and_groups(name: str) -> None:
    for n in (20, 281):
        params = Params(points=name, n_samples=n)
        points, groups = kmeans.points_of(params), kmeans.true_groups(params)
        assert groups is not None
        assert points.shape == ((150, 2) if name.startswith("iris") else (n, 2))
        assert len(groups) == len(points)
        assert len(np.unique(groups)) >= 2


def test_rings_have_their_radii_and_blobs_their_spread() -> None:
    params = Params(points="rings", n_samples=4000)
    radius = np.linalg.norm(kmeans.points_of(params), axis=1)
    groups = kmeans.true_groups(params)
    assert radius[groups == 0].mean() == pytest.approx(1, abs=0.05)
    assert radius[groups == 1].mean() == pytest.approx(3, abs=0.05)
    blobs = Params(n_samples=8000, spread=1.0)
    for j in range(4):
        assert kmeans.points_of(blobs)[kmeans.true_groups(blobs) == j].std(axis=0) == pytest.approx(
            [0.8, 0.8], rel=0.05
        )


def test_the_two_columns_of_iris_are_the_files() -> None:
    assert kmeans.points_of(Params(points="iris"))[0].tolist() == [1.4, 0.2]
    assert kmeans.points_of(Params(points="iris:sepal_length,sepal_width"))[0].tolist() == [5.1, 3.5]
