"""Codes of colours: numbers that mean something can be compared, one-hots are all equally far apart.

white, grey and red are written as their red, green and blue with two numbers of 0 behind. By the angle between them
grey is as white; by distance it is nearer to red, for red is nearer to the origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.nn.similarity import cosines, squared_distances
from core.run.values import Floats, locked

COLOURS = ("white", "grey", "red")
CODES = locked(np.array([[255.0, 255, 255, 0, 0], [100, 100, 100, 0, 0], [255, 0, 0, 0, 0]]))
ONE_HOTS = locked(np.eye(3))
CODES_DRAWN = locked(np.column_stack([CODES[:, 0], np.hypot(CODES[:, 1], CODES[:, 2])]))
"""The codes on the plane on which they and their origin lie, for green and blue of each are equal: (3, 2)."""
ONE_HOTS_DRAWN = locked(np.array([[0.0, 0.0], [np.sqrt(2.0), 0.0], [np.sqrt(0.5), np.sqrt(1.5)]]))
"""The one-hots on the plane through their ends, on which their origin does not lie."""


@dataclass(frozen=True)
class Pair:
    """Two colours, and how alike their codes are."""

    one: str
    other: str
    cosine: float
    distance: float


def pairs(codes: Floats) -> tuple[Pair, ...]:
    """Return the three pairs of colours by codes (3, n): white and grey, white and red, grey and red."""
    distances = np.sqrt(squared_distances(codes, codes))
    return tuple(
        Pair(COLOURS[i], COLOURS[j], float(cosines(codes, codes[i])[j]), float(distances[i, j]))
        for i, j in combinations(range(len(COLOURS)), 2)
    )
