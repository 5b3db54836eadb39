"""A photograph of a digit made into one of 8 × 8 cells: its ink framed by a square, centred and shrunk by area.

Paper is what lies along the edge of the photograph; ink is whatever differs from it, darker or lighter, less a quarter
of the most: shadows and noise. Each cell holds the mean ink of its part of the square, that of the darkest cell is 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.data.digits import SIDE
from core.run.values import Floats, locked

_NOISE = 0.25  # of the most that anything differs from the paper
_LIGHT = np.array([0.299, 0.587, 0.114])  # how bright red, green and blue are to the eye


@dataclass(frozen=True, eq=False)
class Photograph:
    """A picture (rows, columns) or (3, rows, columns), in numbers of any range."""

    picture: Floats

    @cached_property
    def ink(self) -> Floats:
        """The ink of each of its points, (rows, columns), 0 paper, 1 the most."""
        grey = self.picture if self.picture.ndim == 2 else np.tensordot(_LIGHT, self.picture, 1)
        edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
        away = np.abs(grey - np.median(edge))
        most = float(away.max())
        return np.clip((away / most - _NOISE) / (1 - _NOISE), 0, 1) if most else np.zeros_like(away)

    @cached_property
    def frame(self) -> tuple[float, float, float]:
        """The square around the ink, its middle that of the ink's rows and columns: top, left and side, in points."""
        rows, columns = (np.flatnonzero(self.ink.any(axis=axis)) for axis in (1, 0))
        if not rows.size:
            return 0.0, 0.0, float(max(self.ink.shape))
        (top, bottom), (left, right) = ((float(at[0]), float(at[-1]) + 1) for at in (rows, columns))
        side = max(bottom - top, right - left)
        return (top + bottom - side) / 2, (left + right - side) / 2, side

    @cached_property
    def digit(self) -> Floats:
        """What the net is shown, (8, 8), 0 … 1."""
        top, left, side = self.frame
        shares = (_shares(first, side, n) for first, n in zip((top, left), self.ink.shape, strict=True))
        rows, columns = shares
        made = rows @ self.ink @ columns.T
        return locked(made / made.max() if made.any() else made)


def _shares(first: float, side: float, n: int) -> Floats:
    """Return which share of each of 8 parts, from `first` on `side` long, each of n points takes, (8, n)."""
    ends = first + side * np.arange(SIDE + 1) / SIDE
    points = np.arange(n)
    over = np.minimum(ends[1:, None], points + 1) - np.maximum(ends[:-1, None], points)
    return np.asarray(np.clip(over, 0, None) * SIDE / side)


def is_photograph(picture: Floats) -> bool:
    """Tell whether an array is a photograph, and no digit of 8 × 8 cells: larger, and in numbers above 1."""
    is_picture = picture.ndim == 2 or (picture.ndim == 3 and len(picture) == 3)
    rows, columns = picture.shape[-2:] if is_picture else (0, 0)
    return min(rows, columns) >= SIDE and (rows, columns) != (SIDE, SIDE) and bool(picture.max() > 1)
