"""Points standardised, and back in their own units; and their names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import kmeans
from core.kmeans import Params
from core.kmeans.settings import in_given_units, name_of
from core.run.refusal import Refusal
from core.run.streams import Streams
from playground.recipes.plain_recipes import read_params, with_parameters


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


TOWNS = {"points": [[1.0, 2.0], [3.0, 4.0], [5.0, 0.0]], "point_names": ["Ulm", "Bern", "Graz"], "n_clusters": 2}


def test_points_have_names_that_go_with_them() -> None:
    params = read_params(kmeans, TOWNS)
    assert [name_of(params, point) for point in range(3)] == ["Ulm", "Bern", "Graz"]
    assert with_parameters(kmeans, params, {"n_clusters": 1}).point_names == params.point_names
    others = with_parameters(kmeans, params, {"points": [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]]})
    assert (others.point_names, name_of(others, 1)) == ((), "2")


def test_each_point_has_a_name_or_none_has() -> None:
    with pytest.raises(Refusal) as refused:
        read_params(kmeans, {**TOWNS, "point_names": ["Ulm", "Bern"]})
    assert (refused.value.field, refused.value.key) == ("point_names", "point_names")


def test_exports_hold_the_names() -> None:
    params = read_params(kmeans, TOWNS)
    state = kmeans.start(params, Streams.start(0))
    assert kmeans.arrays(state, params)["point_names"].tolist() == ["Ulm", "Bern", "Graz"]
    assert kmeans.arrays(kmeans.start(kmeans.Params(), Streams.start(0)), kmeans.Params())["point_names"].size == 0
