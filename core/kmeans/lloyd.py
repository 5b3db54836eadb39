"""The two halves of Lloyd's iteration: which centroid is nearest, and where the mean of a cluster lies.

Up to `FEW` points the distances are plain differences, as in the textbook. Above, points are taken block by block, so
that all numbers of a block stay in the processor's cache, and |x − μ|² is compared as |μ|² − 2μ·x: the part |x|² is the
same for every centroid. A point whose two nearest centroids are told apart by no more than that form's rounding is
asked again by differences, so both give the same labels, whatever the points. Means are summed a second time, as
differences from the first ones, where the rounding of large sums could be seen in the inertia.

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
ROUNDING = 64 * np.finfo(float).eps  # of a squared distance in either form, in squares of the largest way there is
SMALLEST = 1e-290  # near the end of what doubles hold that rule ends, and differences decide
SEEN = 1e-12  # a share of the inertia that is told from none


def nearest(points: Floats, centroids: Floats) -> Labels:
    """Return for each point (n, 2) the index of the nearest of the centroids (k, 2); of equally near ones the first."""
    return _by_differences(points, centroids) if len(points) <= FEW else nearest_in_blocks(points, centroids)


def _by_differences(points: Floats, centroids: Floats) -> Labels:
    return np.asarray(squared_distances(points, centroids).argmin(axis=1), dtype=np.int64)


def nearest_in_blocks(points: Floats, centroids: Floats) -> Labels:
    """Return what `nearest` does, for many points."""
    middle = centroids.mean(axis=0)  # moved to the origin, where μ·x loses no digits
    near = centroids - middle
    weights = np.column_stack([-2 * near, (near * near).sum(axis=1)])  # times (x, 1): |μ|² − 2μ·x
    away = float(np.abs(near).max())
    labels = np.empty(len(points), dtype=np.int64)
    for block in _blocks(len(points)):
        extended = np.ones((3, len(points[block])))
        np.subtract(points[block].T, middle[:, None], out=extended[:2])
        farthest = away + float(max(extended[:2].max(), -extended[:2].min()))
        labels[block], close = _lowest(weights @ extended, ROUNDING * farthest * farthest + SMALLEST)
        if len(close):
            labels[block.start + close] = _by_differences(points[block][close], centroids)
    return labels


def _lowest(rows: Floats, leeway: float) -> tuple[NDArray[np.unsignedinteger], Labels]:
    """Return for each column of (k, m) the row of its lowest value, and the columns where another is as low or nearly.

    What is returned for those columns means nothing. Row by row, this is several times faster than argmin.
    """
    small = np.min_scalar_type(len(rows)).type
    limit = rows.min(axis=0) + leeway
    labels, counts = np.zeros(rows.shape[1], dtype=small), (rows[0] <= limit).astype(small)
    for j, row in enumerate(rows[1:], 1):
        is_low = row <= limit
        labels += is_low * small(j)
        counts += is_low
    return labels, np.flatnonzero(counts > 1)


def means(points: Floats, labels: Labels, k: int) -> tuple[Floats, Labels]:
    """Return the mean of the points of each of k clusters, shape (k, 2), and their counts (k,); of none: 0."""
    counts = np.bincount(labels, minlength=k).astype(np.int64)
    sums = _sums(points, labels, k) if len(points) <= FEW else _sums_in_blocks(points, labels, k)
    return sums / np.maximum(counts, 1)[:, None], counts


def exact_means(points: Floats, labels: Labels, k: int, inertia: float) -> tuple[Floats, Labels]:
    """Return what `means` does, right to the last digit where rounding would be seen beside the points' inertia.

    A sum of n numbers is off by up to n roundings of the largest: far from 0, or among equal points, that shows.
    """
    found, counts = means(points, labels, k)
    off = len(points) * np.finfo(float).eps * _farthest(points)
    if len(points) * off * off > SEEN * inertia:
        found = found + means(points - found[labels], labels, k)[0]
    return found, counts


@kept(4)  # points stay the same from step to step
def _farthest(points: Floats) -> float:
    return float(np.abs(points).max())


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
