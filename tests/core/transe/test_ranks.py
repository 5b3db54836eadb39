"""Ranks against a count by loops, ties included, filtered and raw; and what is made of them."""

from __future__ import annotations

from math import fsum, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.triples import Graph
from core.transe.ranks import judged, length, measures, ranks


def counted(entities: Any, relations: Any, norm: int, graph: Graph) -> tuple[list[float], list[float]]:
    """Return raw and filtered ranks, candidate by candidate."""
    rows = [tuple(row) for row in (*graph.trained.tolist(), *graph.held_out.tolist())]
    raw: list[float] = []
    filtered: list[float] = []
    for h, r, t in rows:

        def away(e: int, h: int = h, r: int = r) -> float:
            missed = [
                float(entities[h][i]) + float(relations[r][i]) - float(entities[e][i]) for i in range(len(entities[0]))
            ]
            return fsum(map(abs, missed)) if norm == 1 else sqrt(fsum(x * x for x in missed))

        for found, skip in ((raw, False), (filtered, True)):
            others = [e for e in range(len(entities)) if e != t and not (skip and (h, r, e) in rows)]
            nearer = sum(away(e) < away(t) for e in others)
            found.append(1 + nearer + sum(away(e) == away(t) for e in others) / 2)
    return raw, filtered


@st.composite
def graphs(draw: Any) -> tuple[Graph, Any]:
    """Return a graph and a generator; on whole numbers many candidates are exactly as near."""
    names = [f"e{i}" for i in range(draw(st.integers(2, 6)))]
    every = [(h, r, t) for h in names for r in ("r", "s") for t in names]
    rows = draw(st.lists(st.sampled_from(every), min_size=2, max_size=12, unique=True))
    held = draw(st.integers(0, len(rows) - 1))
    trained, known = rows[held:], {r for _, r, _ in rows[held:]}
    out = tuple(row for row in rows[:held] if row[1] in known)
    if len({name for row in (*trained, *out) for name in (row[0], row[2])}) < 2:
        trained, out = [("e0", "r", "e1")], ()
    return Graph.of(tuple(trained), out), np.random.default_rng(draw(st.integers(0, 999)))


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 3), st.sampled_from([1, 2]))
def test_ranks_are_those_of_a_count_with_ties(made: Any, dim: int, norm: int) -> None:
    graph, rng = made
    entities = rng.integers(-2, 3, (len(graph.entities), dim)).astype(float)
    relations = rng.integers(-1, 2, (len(graph.relations), dim)).astype(float)
    found = ranks(entities, relations, norm, judged(graph))
    raw, filtered = counted(entities, relations, norm, graph)
    assert found.raw.tolist() == raw
    assert found.filtered.tolist() == filtered
    assert len(found.own) == len(graph.trained)
    assert len(found.unseen) == len(graph.held_out)


def test_where_all_lie_together_the_rank_is_the_middle() -> None:
    graph = Graph.of((("a", "r", "b"), ("a", "r", "c")))
    found = ranks(np.zeros((3, 2)), np.zeros((1, 2)), 2, judged(graph))
    assert found.raw.tolist() == [2.0, 2.0]
    assert found.filtered.tolist() == [1.5, 1.5]


def test_the_head_is_a_candidate_too() -> None:
    graph = Graph.of((("a", "r", "b"),))
    found = ranks(np.array([[0.0], [1.0]]), np.zeros((1, 1)), 2, judged(graph))
    assert found.own.tolist() == [2.0]


def test_measures_of_ranks() -> None:
    told = measures(np.array([1.0, 2.0, 3.0, 3.5, 10.0]))
    assert told["mean_rank"] == pytest.approx(3.9)
    assert told["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 3.5 + 1 / 10) / 5)
    assert (told["hits_at_1"], told["hits_at_3"]) == (0.2, 0.6)


def test_lengths() -> None:
    x = np.array([[3.0, -4.0], [0.0, 0.0]])
    assert length(x, 1).tolist() == [7.0, 0.0]
    assert length(x, 2).tolist() == [5.0, 0.0]
