"""The eigenvalues of U and the ring through the largest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.nn.layers.starts import orthogonal
from core.rnn.recurrence import eigenvalues, radius_of, with_radius


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), st.floats(0.01, 3), st.integers(0, 999))
def test_the_ring_makes_the_largest_eigenvalue_as_long_as_is_asked(n: int, radius: float, seed: int) -> None:
    u = np.random.default_rng(seed).normal(size=(n, n))
    pulled = with_radius(u, radius)
    assert radius_of(pulled) == pytest.approx(radius, rel=1e-9)
    np.testing.assert_allclose(pulled * u[0, 0], u * pulled[0, 0], rtol=1e-9)  # one factor for all


def test_eigenvalues_come_largest_first_and_solve_their_equation() -> None:
    u = np.random.default_rng(3).normal(size=(6, 6))
    found = eigenvalues(u)
    assert (np.diff(np.abs(found)) <= 1e-9).all()
    for value in found:
        assert abs(np.linalg.det(u - value * np.eye(6))) < 1e-9
    np.testing.assert_allclose(eigenvalues(np.array([[0.0, 2.0], [-2.0, 0.0]])), [2j, -2j])


def test_a_rotation_lies_on_the_unit_circle() -> None:
    np.testing.assert_allclose(np.abs(eigenvalues(orthogonal(16, np.random.default_rng(0)))), 1, rtol=1e-12)


def test_radius_0_is_nothing_and_of_nothing_no_radius_can_be_made() -> None:
    assert not with_radius(np.eye(3), 0.0).any()
    for u in (np.zeros((2, 2)), np.array([[0.0, 1.0], [0.0, 0.0]])):
        with pytest.raises(ValueError, match="every eigenvalue of U is 0"):
            with_radius(u, 1.0)
