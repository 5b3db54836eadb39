"""The points of the unit: drawn or given, how they are parted, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import class_sets
from core.loss_metrics import Params, check
from core.loss_metrics.settings import data_of
from core.run.streams import data

OWN = np.array([[0.0, 1, 0], [2, 3, 1], [4, 5, 1], [6, 7, 0], [8, 9, 1]])


def refused(**given: Any) -> tuple[str, str]:
    refusal = check(Params(**given))
    assert refusal is not None
    assert "given" in refusal.values
    return refusal.field, refusal.key


@pytest.mark.parametrize("name", class_sets.NAMES)
def test_a_named_set_is_that_of_the_data_seed(name: str) -> None:
    for seed in (0, 5):
        held = data_of(Params(dataset=name, n_samples=60, spread=1.5, data_seed=seed))
        drawn = class_sets.draw(name, 60, 1.5, data(seed))
        assert np.array_equal(held.points, drawn.points)
        assert np.array_equal(held.targets, drawn.targets)
        assert len(held.test_points) == (60 if name == "far-false" else 0)


@given(n=st.integers(2, 80), share=st.floats(0, 0.5), seed=st.integers(0, 9), name=st.sampled_from(class_sets.NAMES))
def test_a_share_is_held_out_and_nothing_gets_lost(n: int, share: float, seed: int, name: str) -> None:
    whole = data_of(Params(dataset=name, n_samples=n, data_seed=seed))
    parted = data_of(Params(dataset=name, n_samples=n, data_seed=seed, test_share=share))
    assert len(parted.points) == n - round(share * n) >= 1
    rows = [
        np.column_stack([np.concatenate([a.points, a.test_points]), np.concatenate([a.targets, a.test_targets])])
        for a in (whole, parted)
    ]
    assert sorted(map(tuple, rows[0].tolist())) == sorted(map(tuple, rows[1].tolist()))
    for part in (parted.points, parted.targets, parted.test_points, parted.test_targets):
        assert not part.flags.writeable


def test_points_of_ones_own_are_parted_by_the_data_seed_and_keep_their_order() -> None:
    parts = [data_of(Params(dataset=OWN, test_share=0.4, data_seed=seed)) for seed in range(8)]
    assert all(len(part.points) == 3 and len(part.test_points) == 2 for part in parts)
    assert all((np.diff(part.points[:, 0]) > 0).all() for part in parts)
    assert len({tuple(part.test_points[:, 0].tolist()) for part in parts}) > 1
    again = data_of(Params(dataset=OWN.copy(), test_share=0.4, data_seed=3))
    assert np.array_equal(again.test_points, parts[3].test_points)
    assert data_of(Params(dataset=OWN)).targets.tolist() == [0, 1, 1, 0, 1]


def test_a_set_of_one_class_or_of_one_point_is_taken() -> None:
    assert check(Params(dataset=OWN[:1])) is None
    assert check(Params(dataset=OWN[[1, 2, 4]], test_share=0.5)) is None


@pytest.mark.parametrize(("name", "ones"), [("clouds", 10), ("overlapping", 10)])
def test_imbalance_is_the_share_of_class_1(name: str, ones: int) -> None:
    assert data_of(Params(dataset=name, imbalance=0.05)).targets.sum() == ones


@pytest.mark.parametrize("name", [name for name in class_sets.NAMES if name not in ("clouds", "overlapping")])
def test_elsewhere_another_share_is_refused_and_one_half_leaves_a_set_as_it_is(name: str) -> None:
    assert refused(dataset=name, imbalance=0.05) == ("imbalance", "imbalance_fixed")
    assert check(Params(dataset=name, imbalance=0.5)) is None


def test_what_is_no_set_is_refused() -> None:
    assert refused(dataset="blobs") == ("dataset", "dataset_unknown")
    assert refused(dataset=OWN, imbalance=0.3) == ("imbalance", "imbalance_fixed")
    for shape in ((5,), (4, 2), (0, 3), (2, 3, 1), ()):
        assert refused(dataset=np.zeros(shape)) == ("dataset", "dataset_shape")
    wrong = OWN.copy()
    wrong[3, 2] = 0.5
    refusal = check(Params(dataset=wrong))
    assert refusal is not None
    assert (refusal.key, refusal.values) == ("dataset_class", {"given": "0.5", "row": 4})
    assert refused(dataset=np.zeros((100_001, 3))) == ("dataset", "too_many")


def test_defaults_are_those_that_scripts_rely_on() -> None:
    told = replace(Params())
    assert (told.dataset, told.n_samples, told.data_seed, told.imbalance) == ("clouds", 200, 0, 0.5)
    assert (told.loss, told.test_share, told.metric, told.threshold) == ("cross-entropy", 0.0, "accuracy", 0.5)
    assert (told.learning_rate, told.optimizer, told.batch_size) == (0.5, "sgd", 0)
