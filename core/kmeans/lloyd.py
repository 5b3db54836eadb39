"""The two halves of Lloyd's iteration: which centroid is nearest, and where the mean of a cluster lies.

Up to `FEW` points the distances are plain differences, as in the textbook. Above, points are taken block by block, so
that all numbers of a block stay in the processor's cache, and |x − μ|² is compared as |μ|² − 2μ·x: the part |x|² is the
same for every centroid. Both give the same labels, unless two distances agree to twelve digits.

Source: Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.nn.similarity import squared_distances
from core.run.values import Floats

Labels = NDArray[np.int64]

FEW = 2000
BLOCK = 1 << 15


def nearest(points: Floats, centroids: Floats) -> Labels:
    """Return for each point (n, 2) the index of the nearest of the centroids (k, 2); of equally near ones the first."""
    if len(points) <= FEW:
        return np.asarray(squared_distances(points, centroids).argmin(axis=1), dtype=np.int64)
    return nearest_in_blocks(points, centroids)


def nearest_in_blocks(points: Floats, centroids: Floats) -> Labels:
    """Return what `nearest` does, for many points."""
    middle = centroids.mean(axis=0)  # moved to the origin, where μ·x loses no digits
    near = centroids - middle
    weights = np.column_stack([-2 * near, (near * near).sum(axis=1)])  # times (x, 1): |μ|² − 2μ·x
    labels = np.empty(len(points), dtype=np.int64)
    for block in _blocks(len(points)):
        extended = np.ones((3, len(points[block])))
        np.subtract(points[block].T, middle[:, None], out=extended[:2])
        labels[block] = _first_lowest(weights @ extended)
    return labels


def _first_lowest(rows: Floats) -> NDArray[np.unsignedinteger]:
    """Return for each column of (k, m) the first row with its lowest value. Overwrites the first row.

    Row by row, this is several times faster than argmin along the first axis.
    """
    small = np.min_scalar_type(len(rows)).type
    lowest, labels = rows[0], np.zeros(rows.shape[1], dtype=small)
    for j, row in enumerate(rows[1:], 1):
        np.maximum(labels, (row < lowest) * small(j), out=labels)  # j only grows: the last row that was lower is kept
        np.minimum(lowest, row, out=lowest)
    return labels


def means(points: Floats, labels: Labels, k: int) -> tuple[Floats, Labels]:
    """Return the mean of the points of each of k clusters, shape (k, 2), and their counts (k,); of none: 0."""
    counts = np.bincount(labels, minlength=k).astype(np.int64)
    sums = _sums(points, labels, k) if len(points) <= FEW else _sums_in_blocks(points, labels, k)
    return sums / np.maximum(counts, 1)[:, None], counts


def _sums(points: Floats, labels: Labels, k: int) -> Floats:
    return np.column_stack([np.bincount(labels, points[:, axis], minlength=k) for axis in range(2)])


def _sums_in_blocks(points: Floats, labels: Labels, k: int) -> Floats:
    """Return the sums of the clusters' points as products of a matrix of zeros and ones, (k, m), with them."""
    small = np.min_scalar_type(k)
    clusters, sums = np.arange(k, dtype=small)[:, None], np.zeros((k, 2))
    for block in _blocks(len(points)):
        belongs = labels[block].astype(small) == clusters
        sums += belongs.astype(float) @ points[block]
    return sums


def inertia(points: Floats, centroids: Floats, labels: Labels) -> float:
    """Return the sum of the squared distances of points (n, 2) to the centroid each is assigned to."""
    away = points - centroids[labels]
    return float(np.einsum("ij,ij->", away, away))


def _blocks(n: int) -> Iterator[slice]:
    for first in range(0, n, BLOCK):
        yield slice(first, first + BLOCK)
