"""The line through points of which some were pulled down, against least squares and optimality."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.loss_metrics.outliers import LOSSES, PULLED, N, descent, points_of


def test_four_points_at_the_right_are_too_low_and_the_others_near_the_line() -> None:
    for seed in range(5):
        points, whole = points_of(seed), points_of(seed, 0)
        gap = whole.t - points.t
        assert (gap[: N - PULLED] == 0).all()
        assert ((gap[-PULLED:] >= 8) & (gap[-PULLED:] <= 12)).all()
        assert np.abs(whole.t - 2 * whole.x - 1).max() < 4 * 0.3


@pytest.mark.parametrize("pulled", [0, 2, 4])
def test_squared_error_comes_to_least_squares(pulled: int) -> None:
    points = points_of(3, pulled)
    assert descent("mse", 3, pulled)[-1] == pytest.approx(np.polyfit(points.x, points.t, 1), abs=1e-9)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_descent_begins_at_0_and_ends_lower(loss: Any) -> None:
    path, points = descent(loss, 1), points_of(1)
    errors = [np.abs(w * points.x + b - points.t) for w, b in (path[0], path[-1])]
    means = [
        {"mse": e**2, "mae": e, "huber": np.where(e <= 0.5, e**2 / 2, 0.5 * (e - 0.25))}[loss].mean() for e in errors
    ]
    assert path[0].tolist() == [0, 0]
    assert path.shape == (2001, 2)
    assert means[1] < means[0]
    assert not path.flags.writeable


@pytest.mark.parametrize("steps", [0, 1, 99, 100, 101, 730])
def test_fewer_steps_are_the_beginning_of_more(steps: int) -> None:
    assert descent("huber", 4, steps=steps).tolist() == descent("huber", 4)[: steps + 1].tolist()


@pytest.mark.parametrize("seed", range(6))
def test_four_outliers_turn_the_line_of_squared_error_alone(seed: int) -> None:
    slopes = {loss: float(descent(loss, seed)[-1, 0]) for loss in LOSSES}
    assert -0.2 <= slopes["mse"] <= 0.95
    assert 1.6 <= slopes["mae"] <= 2.0
    assert 1.5 <= slopes["huber"] <= 2.0
    assert all(abs(float(descent(loss, seed, 0)[-1, 0]) - 2) < 0.2 for loss in LOSSES)
