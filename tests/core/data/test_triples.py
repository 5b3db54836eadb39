"""Triples as numbers: the order of names, what makes a false triple, what is refused."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from core.data.triples import NAMES, SETS, Graph, shipped
from core.run.refusal import Refusal


def test_the_world_has_twelve_capitals_and_countries_on_four_continents() -> None:
    graph = Graph.of(shipped("world"))
    assert (len(graph.entities), len(graph.trained)) == (28, 36)
    assert graph.relations == ("capital of", "in", "lies on")
    of = {relation: {(h, t) for h, r, t in SETS["world"] if r == relation} for relation in graph.relations}
    country, continent = dict(of["capital of"]), dict(of["in"])
    assert {(capital, continent[country[capital]]) for capital in country} == of["lies on"]
    assert Counter(continent.values()) == dict.fromkeys(continent.values(), 3)


@pytest.mark.parametrize(
    ("name", "entities", "triples"), [("marriages", 8, 8), ("contains", 8, 6), ("week", 7, 6), ("ring", 7, 7)]
)
def test_the_small_sets(name: str, entities: int, triples: int) -> None:
    graph = Graph.of(shipped(name))
    assert (len(graph.entities), len(graph.relations), len(graph.trained)) == (entities, 1, triples)


def test_every_set_is_a_graph() -> None:
    assert all(Graph.of(SETS[name]).entities for name in NAMES)
    assert {(t, r, h) for h, r, t in SETS["marriages"]} == set(SETS["marriages"])
    assert set(SETS["ring"]) - set(SETS["week"]) == {("Sunday", "before", "Monday")}


def test_names_are_numbered_as_they_come_head_before_tail_those_held_out_last() -> None:
    graph = Graph.of((("b", "likes", "a"), ("a", "knows", "c")), (("d", "likes", "b"),))
    assert graph.entities == ("b", "a", "c", "d")
    assert graph.relations == ("likes", "knows")
    assert graph.trained.tolist() == [[0, 0, 1], [1, 1, 2]]
    assert graph.held_out.tolist() == [[3, 0, 0]]
    assert graph.named(graph.held_out[0]) == ("d", "likes", "b")


def test_what_is_held_out_is_true_as_well() -> None:
    graph = Graph.of((("a", "r", "b"), ("c", "r", "b")), (("a", "r", "c"),))
    assert graph.false_ones(graph.trained[0], 2).tolist() == [0]
    assert graph.false_ones(graph.trained[0], 0).tolist() == [1]


AB = ("a", "r", "b")


@pytest.mark.parametrize(
    ("trained", "held_out", "field", "key"),
    [
        ((AB, AB), (), "triples", "triple_twice"),
        ((AB,), (AB,), "held_out", "triple_twice"),
        ((AB,), (("b", "r", "a"), ("b", "r", "a")), "held_out", "triple_twice"),
        ((("a", "r", "a"),), (), "triples", "too_few_entities"),
        ((("", "r", "b"),), (), "triples", "empty_name"),
        ((("a", " ", "b"),), (), "triples", "empty_name"),
        ((("a", "r", "\t"),), (), "triples", "empty_name"),
        ((AB,), (("a", "r", ""),), "held_out", "empty_name"),
        ((AB,), (("a", "s", "b"),), "held_out", "relation_unknown"),
        ((("a" * 101, "r", "b"),), (), "triples", "long_name"),
        ((AB,), (("a", "r", "c" * 101),), "held_out", "long_name"),
    ],
)
def test_what_is_no_graph_is_refused(trained: Any, held_out: Any, field: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        Graph.of(trained, held_out)
    assert (refused.value.field, refused.value.key) == (field, key)


def test_an_unknown_set_is_refused_by_name() -> None:
    with pytest.raises(Refusal) as refused:
        shipped("world " * 100)
    assert refused.value.key == "triples_unknown"
    assert len(str(refused.value.values["given"])) <= 40


def test_numbers_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Graph.of((AB,)).trained[0, 0] = np.int64(1)
