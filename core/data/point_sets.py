"""Seeded sets of points in the plane, each with the groups it was drawn from.

    blobs       four round groups of one size
    unequal     three round groups of unequal size and spread
    stretched   two long groups side by side
    moons       two half circles that reach into each other
    rings       a ring inside a ring
    iris        150 flowers: petal length and width, or the two columns named (`iris:sepal_length,sepal_width`)

Coordinates have three decimals, so that what is read in a table is the whole number.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.data.table import shipped
from core.run.refusal import Refusal
from core.run.values import Floats

Groups = NDArray[np.int64]
Drawn = tuple[Floats, Groups]

DECIMALS = 3
IRIS = ("petal_length", "petal_width")


def draw(name: str, n: int, spread: float, rng: Generator) -> Drawn:
    """Return points (n, 2) of a set and the group each belongs to (n,); `spread` scales its noise.

    Raises Refusal for a name that is none.
    """
    if name.partition(":")[0] == "iris":
        return _iris(name)
    if name not in _SETS:
        raise Refusal("points", "points_unknown", {"given": name[:40], "allowed": NAMES})
    points, groups = _SETS[name](n, spread, rng)
    return np.round(points, DECIMALS), groups


def _gaussians(n: int, centres: Floats, stds: Floats, shares: list[float], rng: Generator) -> Drawn:
    """Return normal groups around centres (g, 2) with standard deviations (g, 2), sizes by their shares."""
    ends = np.round(np.cumsum(shares) / sum(shares) * n).astype(np.int64)
    groups = np.searchsorted(ends, np.arange(n), side="right")
    return centres[groups] + stds[groups] * rng.standard_normal((n, 2)), groups


def _blobs(n: int, spread: float, rng: Generator) -> Drawn:
    centres = np.array([[2.4, 3.2], [-3.0, 2.0], [-2.2, -3.2], [3.4, -1.6]])
    return _gaussians(n, centres, np.full((4, 2), 0.8 * spread), [1, 1, 1, 1], rng)


def _unequal(n: int, spread: float, rng: Generator) -> Drawn:
    centres = np.array([[-2.0, 0.0], [3.6, 1.8], [3.2, -2.2]])
    stds = spread * np.array([[1.6, 1.6], [0.45, 0.45], [0.45, 0.45]])
    return _gaussians(n, centres, stds, [8, 1, 1], rng)


def _stretched(n: int, spread: float, rng: Generator) -> Drawn:
    return _gaussians(n, np.array([[-2.0, 0.0], [2.0, 0.0]]), np.tile([0.4 * spread, 8.0], (2, 1)), [1, 1], rng)


def _moons(n: int, spread: float, rng: Generator) -> Drawn:
    groups = (np.arange(n) >= n // 2).astype(np.int64)
    angle = rng.uniform(0, np.pi, n)
    upper = np.column_stack([2 * np.cos(angle), 2 * np.sin(angle)])
    lower = np.column_stack([2 - 2 * np.cos(angle), 1 - 2 * np.sin(angle)])
    return np.where(groups[:, None] == 0, upper, lower) + 0.16 * spread * rng.standard_normal((n, 2)), groups


def _rings(n: int, spread: float, rng: Generator) -> Drawn:
    groups = (np.arange(n) >= n // 3).astype(np.int64)  # the outer ring is longer, so it has more points
    angle, radius = rng.uniform(0, 2 * np.pi, n), np.where(groups == 0, 1.0, 3.0)
    circle = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return circle + 0.15 * spread * rng.standard_normal((n, 2)), groups


def _iris(name: str) -> Drawn:
    given, _, chosen = name.partition(":")
    columns = [column.strip() for column in chosen.split(",")] if chosen else list(IRIS)
    if len(columns) != 2:
        raise Refusal("points", "csv_two_columns", {"given": chosen[:40]})
    table = shipped(given)
    groups = np.unique(np.array(table.columns["species"]), return_inverse=True)[1].astype(np.int64)
    return table.beside(columns[0], columns[1], "points"), groups


_SETS: dict[str, Callable[[int, float, Generator], Drawn]] = {
    "blobs": _blobs,
    "unequal": _unequal,
    "stretched": _stretched,
    "moons": _moons,
    "rings": _rings,
}
NAMES = (*_SETS, "iris")
