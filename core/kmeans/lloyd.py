"""The two halves of Lloyd's iteration: which centroid is nearest, and where the mean of a cluster lies.

Up to `FEW` points the distances are plain differences, as in the textbook. Above, points are taken block by block, so
that all numbers of a block stay in the processor's cache, and |x − μ|² is compared as |μ|² − 2μ·x: the part |x|² is the
same for every centroid. Where points or centroids lie so far out, beside centroids close to each other, that this loses
the digits that tell them apart, they are differences there, too. Both give the same labels, unless a point lies
on a border to within a billionth of the way from one centroid to the other.

Source: Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.nn.similarity import squared_distances
from core.run.values import Floats, kept

Labels = NDArray[np.int64]

FEW = 2000
BLOCK = 1 << 15
MOST_SPREAD = 1e6  # of squares that are subtracted, in the square of the least way between two centroids


def nearest(points: Floats, centroids: Floats) -> Labels:
    """Return for each point (n, 2) the index of the nearest of the centroids (k, 2); of equally near ones the first."""
    if len(points) <= FEW:
        return np.asarray(squared_distances(points, centroids).argmin(axis=1), dtype=np.int64)
    form = nearest_in_blocks if keeps_digits(points, centroids) else _nearest_by_differences
    return form(points, centroids)


def keeps_digits(points: Floats, centroids: Floats) -> bool:
    """Tell whether |μ|² − 2μ·x, of double precision, tells centroids (k, 2) apart as well as differences do."""
    middle = centroids.mean(axis=0)
    away = float(np.abs(centroids - middle).max())
    farthest = _farthest(points) + float(np.abs(middle).max())
    ways = squared_distances(centroids, centroids)
    least = float(ways[ways > 0].min(initial=np.inf))  # those at one place are equally near anyhow
    return away * (away + 2 * farthest) <= MOST_SPREAD * least


@kept(4)  # points stay the same from step to step
def _farthest(points: Floats) -> float:
    return float(np.abs(points).max())


def _nearest_by_differences(points: Floats, centroids: Floats) -> Labels:
    labels = np.empty(len(points), dtype=np.int64)
    for block in _blocks(len(points)):
        labels[block] = squared_distances(points[block], centroids).argmin(axis=1)
    return labels


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
