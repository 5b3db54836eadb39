"""Likeness of vectors by the angle between them."""

from __future__ import annotations

import numpy as np

from core.nn.similarity import analogy, cosines, neighbours, squared_distances


def test_cosines_and_analogies_follow_their_formulas() -> None:
    W = np.random.default_rng(3).normal(size=(9, 4))  # noqa: N806
    W[7] = 0
    unit = W / np.maximum(1e-300, np.linalg.norm(W, axis=1, keepdims=True))
    assert np.allclose(cosines(W, W[2]), unit @ unit[2])
    ranked = neighbours(W, 2, 3)
    assert [word for word, _ in ranked] == [int(i) for i in np.argsort(-(unit @ unit[2])) if i != 2][:3]
    found = analogy(W, 0, 1, 2, 3)
    sums = unit @ (unit[0] - unit[1] + unit[2])
    assert [word for word, _ in found] == [int(i) for i in np.argsort(-sums) if i not in (0, 1, 2)][:3]


def test_squared_distances_are_those_of_pythagoras() -> None:
    rng = np.random.default_rng(5)
    points, centres = rng.normal(size=(7, 2)), rng.normal(size=(3, 2))
    wanted = [[float(np.hypot(*(p - c)) ** 2) for c in centres] for p in points]
    assert np.allclose(squared_distances(points, centres), wanted)
