"""How far points lie apart, and what vectors know: which words are alike, and which completes an analogy.

    cos(u, v) = u·v / (|u| |v|)
    a − b + c ≈ ?       the word whose vector has the largest cosine with that sum, the three left out

Source: Mikolov, Yih & Zweig (2013), section 4.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.run.values import Floats

Ranked = list[tuple[int, float]]


def squared_distances(points: Floats, centroids: Floats) -> Floats:
    """Return |x_i − μ_j|² for points (n, d) and centroids (k, d), shape (n, k), difference by difference."""
    away = points[:, :1] - centroids[:, 0]
    squared: Floats = away * away
    for axis in range(1, points.shape[1]):
        away = points[:, axis : axis + 1] - centroids[:, axis]
        squared += away * away
    return squared


def cosines(W: Floats, vector: Floats) -> Floats:
    """Return the cosine of each row of W (V, N) with a vector (N,); 0 where one of them is zero."""
    lengths = np.sqrt((W * W).sum(axis=1) * (vector @ vector))
    alike: Floats = np.divide(W @ vector, lengths, out=np.zeros(len(W)), where=lengths > 0)
    return alike


def neighbours(W: Floats, word: int, count: int) -> Ranked:
    """Return the words most like a word with their cosines, the nearest first."""
    return _best(cosines(W, W[word]), count, {word})


def analogy(W: Floats, a: int, b: int, c: int, count: int) -> Ranked:
    """Return the words that complete a − b + c best, with their cosines; each vector counts with length 1."""
    lengths = np.sqrt((W[[a, b, c]] ** 2).sum(axis=1))
    first, second, third = W[[a, b, c]] / np.where(lengths > 0, lengths, 1.0)[:, None]
    return _best(cosines(W, first - second + third), count, {a, b, c})


def _best(values: Floats, count: int, left_out: set[int]) -> Ranked:
    order = np.argsort(-values, kind="stable")[: count + len(left_out)].tolist()
    return [(word, float(values[word])) for word in order if word not in left_out][:count]


def gap_between_groups(W: Floats, groups: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Return the mean cosine of pairs of words within a group, and of pairs from two groups."""
    of = np.array([i for i, group in enumerate(groups) for _ in group])
    rows = W[[word for group in groups for word in group]]
    directions = rows / np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    alike = directions @ directions.T
    same = of[:, None] == of
    others = ~np.eye(len(of), dtype=bool)
    return float(alike[same & others].mean()), float(alike[~same].mean())
