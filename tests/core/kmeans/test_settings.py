"""Points standardised, and back in their own units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import kmeans
from core.kmeans import Params
from core.kmeans.settings import in_given_units


def test_standardised_columns_have_mean_0_and_deviation_1() -> None:
    rng = np.random.default_rng(0)
    given_points = np.column_stack(
        [
            rng.uniform(20, 60, 50),
            rng.uniform(2e4, 9e4, 50),
        ]
    )
    params = Params(points=given_points, standardise=True, n_clusters=2)
    points = kmeans.points_of(params)
    assert points.mean(axis=0) == pytest.approx(0, abs=1e-12)
    assert points.std(axis=0) == pytest.approx(1)
    assert in_given_units(params, points) == pytest.approx(given_points)
    assert kmeans.points_of(replace(params, standardise=False)) is params.points


def test_a_constant_column_becomes_0() -> None:
    points = kmeans.points_of(Params(points=np.array([[1.0, 5.0], [3.0, 5.0]]), standardise=True, n_clusters=1))
    assert points.tolist() == [[-1, 0], [1, 0]]


def test_drawn_sets_are_standardised_too_and_keep_their_groups() -> None:
    params = Params(points="stretched", standardise=True)
    assert kmeans.points_of(params).std(axis=0) == pytest.approx(1)
    assert kmeans.true_groups(params) is kmeans.true_groups(replace(params, standardise=False))
