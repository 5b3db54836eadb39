"""How near the true tails are: the rank of each among all entities, raw and filtered, and what is made of ranks.

    rank = 1 + candidates strictly nearer to h + r + ½ · others exactly as near

Every entity is a candidate, the head too. Filtered: other true tails of the same head and relation are left out.
Source: Bordes et al. (2013), section 4; ties as the mean of the best and the worst place among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.data.triples import Graph, Indices
from core.run.values import Floats, kept

HEAD, RELATION, TAIL = range(3)


def length(differences: Floats, norm: int) -> Floats:
    """Return Σ|x| (norm 1) or √Σx² (norm 2) over the last axis, number by number in their order."""
    total: Floats = np.zeros(differences.shape[:-1])
    for axis in range(differences.shape[-1]):
        x = differences[..., axis]
        total += np.abs(x) if norm == 1 else x * x
    return total if norm == 1 else np.sqrt(total)


def distances(tips: Floats, entities: Floats, norm: int) -> Floats:
    """Return d of each tip h + r (k, dim) to each entity (n, dim), shape (k, n)."""
    total: Floats = np.zeros((len(tips), len(entities)))
    away = np.empty_like(total)
    for axis in range(entities.shape[1]):
        np.subtract(tips[:, axis : axis + 1], entities[:, axis], out=away)
        total += np.abs(away, out=away) if norm == 1 else np.multiply(away, away, out=away)
    return total if norm == 1 else np.sqrt(total, out=total)


@dataclass(frozen=True, eq=False)
class Judged:
    """The triples that are ranked: the trained ones, then those held out."""

    rows: Indices  # (k, 3)
    left_out: NDArray[np.bool_]  # (k, n): another true tail of this head and relation
    trained: int

    @cached_property
    def with_others(self) -> Indices:
        """The rows of which something is left out."""
        return np.flatnonzero(self.left_out.any(axis=1))

    @cached_property
    def queries(self) -> tuple[Indices, Indices]:
        """Each pair of head and relation once, (q, 2), and which of them each triple asks, (k,)."""
        pairs, places = np.unique(self.rows[:, :2], axis=0, return_inverse=True)
        return pairs, places.ravel()


@kept(8)
def judged(graph: Graph) -> Judged:
    """Return the triples of a graph that are ranked, and what the filter leaves out of each."""
    rows = np.concatenate([graph.trained, graph.held_out])
    left_out = np.zeros((len(rows), len(graph.entities)), dtype=bool)
    for place, (head, relation, tail) in enumerate(rows.tolist()):
        left_out[place, graph.known[TAIL, relation, head]] = True
        left_out[place, tail] = False
    return Judged(rows, left_out, len(graph.trained))


@dataclass(frozen=True, eq=False)
class Ranks:
    """The rank of every triple's tail, (k,): those trained, then those held out."""

    raw: Floats
    filtered: Floats
    trained: int

    @property
    def own(self) -> Floats:
        """The filtered ranks of the trained triples."""
        return self.filtered[: self.trained]

    @property
    def unseen(self) -> Floats:
        """The filtered ranks of those held out."""
        return self.filtered[self.trained :]


def ranks(entities: Floats, relations: Floats, norm: int, among: Judged) -> Ranks:
    """Return the ranks of all tails."""
    pairs, places = among.queries
    tips = entities[pairs[:, 0]] + relations[pairs[:, 1]]
    away = distances(tips, entities, norm)[places]
    true = away[np.arange(len(places)), among.rows[:, 2]][:, None]
    nearer, alike = away < true, away == true
    counted = 1.0 + nearer.sum(axis=1) + (alike.sum(axis=1) - 1) / 2
    filtered, some = counted.copy(), among.with_others
    left_out = among.left_out[some]
    filtered[some] -= (nearer[some] & left_out).sum(axis=1) + (alike[some] & left_out).sum(axis=1) / 2
    return Ranks(counted, filtered, among.trained)


def measures(of: Floats) -> dict[str, float]:
    """Return mean rank, mean of 1/rank, and the shares of ranks up to 1 and 3, of at least one rank."""
    count = len(of)  # sums and counts: they give what `mean` gives, which takes many times as long to begin
    return {
        "mean_rank": float(np.add.reduce(of)) / count, "mrr": float(np.add.reduce(1 / of)) / count,
        "hits_at_1": np.count_nonzero(of <= 1) / count, "hits_at_3": np.count_nonzero(of <= 3) / count,
    }  # fmt: skip
