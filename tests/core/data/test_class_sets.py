"""The sets of two classes: their sizes, shares and measures."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import default_rng

from core.data import class_sets, point_sets
from core.run.refusal import Refusal


@pytest.mark.parametrize("name", class_sets.NAMES)
@pytest.mark.parametrize("n", [2, 51, 200])
def test_every_set_has_its_points_of_both_classes(name: str, n: int) -> None:
    drawn = class_sets.draw(name, n, 1.0, default_rng(3))
    assert drawn.points.shape == (n, 2)
    assert set(drawn.targets.tolist()) <= {0, 1}
    assert np.array_equal(drawn.points, np.round(drawn.points, 3))
    assert len(drawn.test_points) == len(drawn.test_targets) == (n if name == "far-false" else 0)
    if name not in ("xor", "rings") or n > 2:
        assert len(set(drawn.targets.tolist())) == 2


def test_the_clouds_stand_where_they_should() -> None:
    for name, low, high, std in (("clouds", (1.5, 1.5), (3.5, 3.5), 0.5), ("overlapping", (-1.5, -1), (1.5, 1), 1.0)):
        drawn = class_sets.draw(name, 20_000, 1.0, default_rng(1))
        for target, centre in ((0, low), (1, high)):
            own = drawn.points[drawn.targets == target]
            assert len(own) == 10_000
            assert own.mean(axis=0) == pytest.approx(centre, abs=0.03)
            assert own.std(axis=0) == pytest.approx([std, std], rel=0.03)


@pytest.mark.parametrize(("share", "n", "ones"), [(0.05, 200, 10), (0.01, 50, 0), (0.99, 200, 198), (0.5, 7, 4)])
def test_imbalance_is_the_share_of_class_1(share: float, n: int, ones: int) -> None:
    assert class_sets.draw("clouds", n, 1.0, default_rng(0), share).targets.sum() == ones


def test_spread_scales_the_noise_and_nothing_else() -> None:
    still = class_sets.draw("clouds", 40, 0.0, default_rng(0))
    assert {tuple(point) for point in still.points.tolist()} == {(1.5, 1.5), (3.5, 3.5)}
    arms = class_sets.draw("spirals", 100, 0.0, default_rng(0))
    assert np.hypot(*arms.points.T) == pytest.approx(np.tile(3 * (np.arange(50) + 0.5) / 50 + 0.2, 2), abs=1e-3)
    assert arms.points[50:] == pytest.approx(-arms.points[:50], abs=1e-9)


def test_moons_and_rings_are_the_point_sets() -> None:
    for name in ("moons", "rings"):
        drawn = class_sets.draw(name, 90, 1.5, default_rng(8))
        points, groups = point_sets.draw(name, 90, 1.5, default_rng(8))
        assert np.array_equal(drawn.points, points)
        assert np.array_equal(drawn.targets, groups)


def test_the_classes_of_xor_are_the_signs() -> None:
    drawn = class_sets.draw("xor", 500, 1.0, default_rng(2))
    assert np.array_equal(drawn.targets == 1, np.prod(drawn.points, axis=1) > 0)
    assert 0.3 <= np.abs(drawn.points).min() <= np.abs(drawn.points).max() <= 3


def test_far_points_of_far_false_lie_on_their_side_but_some_held_out_carry_the_other_class() -> None:
    drawn = class_sets.draw("far-false", 5_000, 1.0, default_rng(4))
    hard = np.arange(5_000) % 5 == 4
    side = np.where(drawn.points[:, 0] > 0, 1, 0)
    assert np.array_equal(side[~hard], drawn.targets[~hard])
    assert np.abs(drawn.points[~hard, 0]).min() >= 1.5
    wrong = np.where(drawn.test_points[:, 0] > 0, 1, 0) != drawn.test_targets
    assert wrong[~hard].mean() == pytest.approx(0.12, abs=0.02)


@pytest.mark.parametrize(
    ("name", "share", "field", "key"),
    [("cloud", 0.5, "dataset", "dataset_unknown"), ("moons", 0.3, "imbalance", "imbalance_fixed")],
)
def test_what_is_no_set_is_refused(name: str, share: float, field: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        class_sets.draw(name, 20, 1.0, default_rng(0), share)
    assert (refused.value.field, refused.value.key) == (field, key)


def test_an_array_of_ones_own() -> None:
    own = class_sets.given(np.array([[0.5, 2.0, 1.0], [3.0, -1.0, 0.0]]), "points")
    assert own.points.tolist() == [[0.5, 2.0], [3.0, -1.0]]
    assert own.targets.tolist() == [1, 0]
    for rows, key in (
        (np.zeros((4, 2)), "dataset_shape"),
        (np.zeros((0, 3)), "dataset_shape"),
        (np.zeros(3), "dataset_shape"),
        (np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 2.0]]), "dataset_class"),
        (np.array([[0.0, 0.0, np.nan]]), "dataset_class"),
    ):
        with pytest.raises(Refusal) as refused:
            class_sets.given(rows, "points")
        assert (refused.value.field, refused.value.key) == ("points", key)
