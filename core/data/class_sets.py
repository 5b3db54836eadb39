"""Seeded sets of points in the plane, each of class 0 or 1.

    clouds        two round clouds, apart: class 0 around (1.5, 1.5), class 1 around (3.5, 3.5)
    overlapping   two round clouds that reach into each other: class 1 around (1.5, 1), class 0 around (-1.5, -1)
    moons, rings  the point sets of these names, classes are their groups
    xor           class 1 where x and y have the same sign
    spirals       two arms that wind around each other
    far-false     class 1 at the right, a fifth of the points near the border; of those held out, some that lie far
                  from it carry the wrong class

Coordinates have three decimals, as those of the point sets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.data import point_sets
from core.run.refusal import Refusal
from core.run.values import Floats

Targets = NDArray[np.int64]
Drawn = tuple[Floats, Targets]

BALANCED = 0.5
_NOTHING: Drawn = np.empty((0, 2)), np.empty(0, dtype=np.int64)
_HARD = 5  # every fifth point of far-false
_FALSE = 0.12  # of its held-out points that are not hard


@dataclass(frozen=True, eq=False)
class ClassSet:
    """Points (n, 2) with targets (n,) of 0 and 1, and those a set itself holds out (m, 2), (m,); m is mostly 0."""

    points: Floats
    targets: Targets
    test_points: Floats
    test_targets: Targets


def draw(name: str, n: int, spread: float, rng: Generator, imbalance: float = BALANCED) -> ClassSet:
    """Return a set of n points; `spread` scales its noise, `imbalance` is the share of class 1 in the two clouds.

    Raises Refusal for a name that is none, and for an imbalance of a set that has shares of its own.
    """
    if name not in NAMES:
        raise Refusal("dataset", "dataset_unknown", {"given": name[:40], "allowed": NAMES})
    if imbalance != BALANCED and name not in _CLOUDS:
        raise Refusal("imbalance", "imbalance_fixed", {"given": name, "allowed": ", ".join(OF_ANY_SHARE)})
    points, targets = _CLOUDS[name](n, spread, rng, imbalance) if name in _CLOUDS else _SETS[name](n, spread, rng)
    held = (
        _far_false_held_out(n, spread, rng) if name == "far-false" else (np.empty((0, 2)), np.empty(0, dtype=np.int64))
    )
    return ClassSet(_rounded(points), targets, _rounded(held[0]), held[1])


def given(rows: Floats, field: str) -> ClassSet:
    """Return the set that an array (n, 3) of x, y and class is. Raises Refusal for another shape or another class."""
    if rows.ndim != 2 or rows.shape[1] != 3 or not len(rows):
        raise Refusal(field, "dataset_shape", {"given": list(rows.shape), "allowed": "[n, 3]"})
    classes = rows[:, 2]
    wrong = np.flatnonzero((classes != 0) & (classes != 1))
    if len(wrong):
        raise Refusal(field, "dataset_class", {"given": f"{classes[wrong[0]]:g}", "row": int(wrong[0]) + 1})
    return ClassSet(rows[:, :2], classes.astype(np.int64), *_NOTHING)


def _rounded(points: Floats) -> Floats:
    return np.round(points, point_sets.DECIMALS)


# ---- the sets


def _two_clouds(centres: Floats, std: float, n: int, rng: Generator, imbalance: float) -> Drawn:
    """Return normal clouds around centres (2, 2) of class 0 and class 1."""
    targets = (np.arange(n) >= n - round(imbalance * n)).astype(np.int64)
    return centres[targets] + std * rng.standard_normal((n, 2)), targets


def _clouds(n: int, spread: float, rng: Generator, imbalance: float) -> Drawn:
    return _two_clouds(np.array([[1.5, 1.5], [3.5, 3.5]]), 0.5 * spread, n, rng, imbalance)


def _overlapping(n: int, spread: float, rng: Generator, imbalance: float) -> Drawn:
    return _two_clouds(np.array([[-1.5, -1.0], [1.5, 1.0]]), spread, n, rng, imbalance)


def _moons(n: int, spread: float, rng: Generator) -> Drawn:
    return point_sets.draw("moons", n, spread, rng)


def _rings(n: int, spread: float, rng: Generator) -> Drawn:
    return point_sets.draw("rings", n, spread, rng)


def _xor(n: int, spread: float, rng: Generator) -> Drawn:
    """Points in four squares; there is no noise to scale."""
    points = rng.uniform(0.3, 3.0, (n, 2)) * rng.choice([-1.0, 1.0], (n, 2))
    return points, (points[:, 0] * points[:, 1] > 0).astype(np.int64)


def _spirals(n: int, spread: float, rng: Generator) -> Drawn:
    """Two arms of 1.25 turns. Source: after Lang & Witbrock (1988)."""
    targets = (np.arange(n) >= n // 2).astype(np.int64)
    i = np.concatenate([(np.arange(count) + 0.5) / count for count in (n // 2, n - n // 2)])
    radius, angle = 3 * i + 0.2, 2 * np.pi * 1.25 * i + np.pi * targets
    arms = radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    return arms + 0.06 * spread * rng.standard_normal((n, 2)), targets


def _far_false(n: int, spread: float, rng: Generator) -> Drawn:
    """Every fifth point lies near the border x = 0, whatever its class; the others lie far from it on their side."""
    targets = np.arange(n, dtype=np.int64) % 2
    side = np.where(targets == 1, 1.0, -1.0)
    x = np.where(_is_hard(n), rng.normal(0.0, 0.35 * spread, n), side * rng.uniform(1.5, 3.5, n))
    return np.column_stack([x, 0.5 * side * rng.uniform(0.05, 1.0, n)]), targets


def _far_false_held_out(n: int, spread: float, rng: Generator) -> Drawn:
    """As many points again, of which some far from the border carry the wrong class."""
    points, targets = _far_false(n, spread, rng)
    is_false = ~_is_hard(n) & (rng.uniform(size=n) < _FALSE)
    return points, np.where(is_false, 1 - targets, targets)


def _is_hard(n: int) -> NDArray[np.bool_]:
    return np.equal(np.arange(n) % _HARD, _HARD - 1)


_CLOUDS: dict[str, Callable[[int, float, Generator, float], Drawn]] = {"clouds": _clouds, "overlapping": _overlapping}
_SETS: dict[str, Callable[[int, float, Generator], Drawn]] = {
    "moons": _moons,
    "rings": _rings,
    "xor": _xor,
    "spirals": _spirals,
    "far-false": _far_false,
}
NAMES = (*_CLOUDS, *_SETS)
OF_ANY_SHARE = tuple(_CLOUDS)  # the sets whose share of class 1 can be chosen
