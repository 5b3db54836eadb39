"""Points piled up in columns of their scores: class 1 up from a middle line, class 0 down from it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from core.data.class_sets import Targets
from core.loss_metrics.unit import Answers
from core.run.values import Floats, kept
from playground.topics.loss_metrics.shown import score_of

COLUMNS = 48  # over the axis
HIGHEST = 24  # rows of a pile
_MOST = 36  # rows of both piles together
_ROOMS = (9, 15, 21, 27)  # rows that a class is given: the next that leaves some free, so that the middle seldom moves
_FREE = 3

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Piles:
    """The column and the row of each point (n,), from 0 at the middle line; several share a place where piles are high.

    Columns begin at the threshold, so that none stands on both sides of it.
    """

    t: Targets
    columns: Ints
    rows: Ints
    per: int  # points that share a place
    begin: float  # of column 0, as a score
    width: float  # of a column

    @classmethod
    def of(cls, seen: Answers, reach: float, per: int = 0) -> Piles:
        """Return the piles of scores between ±reach; `per` points share a place, 0: as many as it needs."""
        width, border = 2 * reach / COLUMNS, score_of(seen.threshold)
        begin = border if isfinite(border) else 0.0
        z = np.clip(seen.z, -reach - width, reach + width)  # beyond is out of the picture
        columns = np.floor((z - begin) / width).astype(np.int64)
        if isfinite(border):  # rounding decides as the metrics do
            columns = np.where(seen.called == 1, np.maximum(columns, 0), np.minimum(columns, -1))
        heights = _heights(seen, columns)
        per = per or _per_place(*(int(heights[seen.t == t].max(initial=-1)) + 1 for t in (0, 1)))
        return cls(seen.t, columns, heights // per, per, begin, width)

    @property
    def x(self) -> Floats:
        """Where each point stands along the axis, (n,)."""
        return np.asarray((self.columns + 0.5) * self.width + self.begin, dtype=float)

    def room(self, target: int) -> int:
        """Return how many rows a class is given."""
        needed = int(self.rows[self.t == target].max(initial=-1)) + 1 + _FREE
        return next((room for room in _ROOMS if room >= needed), needed)

    def outline(self, target: int) -> tuple[Floats, Floats]:
        """Return the outline of a class: x, rising, and how many rows high it is there; (0,) each where it has none."""
        own = self.columns[self.t == target]
        if not len(own):
            return np.empty(0), np.empty(0)
        counts = np.bincount(own - own.min())
        edges = self.begin + self.width * np.arange(own.min(), own.max() + 2)
        return np.repeat(edges, 2), np.concatenate([[0.0], np.repeat(-(-counts // self.per), 2), [0.0]])


def _heights(seen: Answers, columns: Ints) -> Ints:
    """Return of each point how many of its class stand below it in its column."""
    heights = np.empty(len(columns), dtype=np.int64)
    order = _order(seen.z)
    for target in (0, 1):
        own = order[seen.t[order] == target]
        heights[own] = np.arange(len(own)) - np.searchsorted(columns[own], columns[own], side="left")
    return heights


@kept(4)
def _order(z: Floats) -> Targets:
    return np.argsort(z, kind="stable")


def _per_place(zeros: int, ones: int) -> int:
    """Return how many points share a place, so that neither pile is too high, nor both together."""
    return max(1, -(-max(zeros, ones) // HIGHEST), -(-(zeros + ones) // _MOST))
