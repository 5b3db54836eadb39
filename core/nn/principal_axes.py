"""The two directions in which points spread most, followed from step to step without a jump."""

from __future__ import annotations

import numpy as np

from core.run.values import Floats

_TURN = 0.05  # how far an axis may turn in one call, in radians at most


def main_axes(points: Floats) -> Floats:
    """Return the first two principal axes of points (n, d) as columns (d, 2); of d ≤ 2 the coordinate axes themselves.

    The sign is fixed by making each axis' largest entry positive. Source: Pearson (1901).
    """
    d = points.shape[1]
    if d <= 2:
        return np.eye(d, 2)
    centred = points - points.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)  # ascending
    axes = directions[:, :-3:-1]
    largest = axes[np.abs(axes).argmax(axis=0), [0, 1]]
    return np.ascontiguousarray(axes * np.where(largest < 0, -1.0, 1.0))


def turned(axes: Floats, points: Floats) -> Floats:
    """Return the axes a little nearer to the main ones of the points: one slow step of orthogonal iteration.

    Each axis is pulled towards where the spread along it points, then both are made orthonormal again. What is kept
    from step to step never jumps, as fresh principal axes do when two spreads change places.
    Source: Golub & Van Loan (2013), section 8.2.4.
    """
    if axes.shape[0] <= 2:
        return axes
    along = points @ axes
    pull = points.T @ (along - along.mean(axis=0))
    lengths = np.sqrt((pull * pull).sum(axis=0))
    if not lengths.all() or not np.isfinite(lengths).all():  # the points coincide, or are beyond all bounds
        return axes
    moved = axes + _TURN * pull / lengths
    first = moved[:, 0] / np.sqrt(moved[:, 0] @ moved[:, 0])
    second = moved[:, 1] - (moved[:, 1] @ first) * first
    return np.column_stack([first, second / np.sqrt(second @ second)])
