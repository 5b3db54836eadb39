"""First weights: how wide they lie, and that a rotation is one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import kstest, norm, uniform

from core.nn.layers.starts import first_weights, orthogonal


def test_glorot_lies_evenly() -> None:
    drawn = first_weights((60, 40), 60, 40, np.random.default_rng(0), "glorot").ravel()
    limit = math.sqrt(6 / 100)
    assert kstest(drawn, uniform(-limit, 2 * limit).cdf).pvalue > 0.05


def test_he_is_normal() -> None:
    drawn = first_weights((60, 40), 60, 40, np.random.default_rng(0), "he").ravel()
    assert kstest(drawn, norm(0, math.sqrt(2 / 60)).cdf).pvalue > 0.05


@pytest.mark.parametrize("n", [1, 2, 16])
def test_a_rotation_keeps_every_length(n: int) -> None:
    u = orthogonal(n, np.random.default_rng(3))
    np.testing.assert_allclose(u @ u.T, np.eye(n), atol=1e-13)


def test_no_rotation_is_likelier_than_its_opposite() -> None:
    """Without the signs of R the diagonal of Q would lean to one side."""
    firsts = [orthogonal(3, np.random.default_rng(seed))[0, 0] for seed in range(400)]
    assert abs(np.mean(firsts)) < 0.08
