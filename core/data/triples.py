"""Facts as triples of names, head · relation · tail, and the five sets of them that come with the program.

    world      12 capitals, their countries and 4 continents: capital of, in, lies on
    marriages  4 couples, made up; every fact stands there both ways
    contains   2 continents with 3 countries each: one head, many tails
    week       Monday comes before Tuesday, … before Sunday
    ring       the same, and Sunday before Monday

Names are numbered in order of first appearance, the head before the tail, triple by triple; those held out come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.run.refusal import Refusal
from core.run.values import locked

Triple = tuple[str, str, str]
Indices = NDArray[np.int64]

LONGEST_NAME = 100

_WORLD = (
    ("Paris", "France", "Europe"), ("Madrid", "Spain", "Europe"), ("Rome", "Italy", "Europe"),
    ("Tokyo", "Japan", "Asia"), ("Hanoi", "Vietnam", "Asia"), ("Bangkok", "Thailand", "Asia"),
    ("Nairobi", "Kenya", "Africa"), ("Accra", "Ghana", "Africa"), ("Dakar", "Senegal", "Africa"),
    ("Lima", "Peru", "South America"), ("Quito", "Ecuador", "South America"),
    ("Montevideo", "Uruguay", "South America"),
)  # fmt: skip
_COUPLES = ("Ada", "Ben"), ("Cleo", "Dan"), ("Eve", "Finn"), ("Gwen", "Hugo")
_CONTAINED = {"Europe": ("France", "Spain", "Italy"), "Asia": ("Japan", "Vietnam", "Thailand")}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _world() -> Iterator[Triple]:
    yield from ((capital, "capital of", country) for capital, country, _ in _WORLD)
    yield from ((country, "in", continent) for _, country, continent in _WORLD)
    yield from ((capital, "lies on", continent) for capital, _, continent in _WORLD)


_WEEK: tuple[Triple, ...] = tuple((day, "before", following) for day, following in pairwise(_DAYS))
SETS: dict[str, tuple[Triple, ...]] = {
    "world": tuple(_world()),
    "marriages": tuple((a, "married to", b) for couple in _COUPLES for a, b in (couple, couple[::-1])),
    "contains": tuple((whole, "contains", part) for whole, parts in _CONTAINED.items() for part in parts),
    "week": _WEEK,
    "ring": (*_WEEK, (_DAYS[-1], "before", _DAYS[0])),
}
NAMES = tuple(SETS)


def shipped(name: str) -> tuple[Triple, ...]:
    """Return the triples of a set that comes with the program. Raises Refusal for a name that is none."""
    if name not in SETS:
        raise Refusal("triples", "triples_unknown", {"given": name[:40], "allowed": NAMES})
    return SETS[name]


@dataclass(frozen=True, eq=False)
class Graph:
    """Triples as numbers: rows of head, relation, tail, places in the names."""

    entities: tuple[str, ...]
    relations: tuple[str, ...]
    trained: Indices  # (k, 3)
    held_out: Indices  # (j, 3)

    @classmethod
    def of(cls, trained: Sequence[Triple], held_out: Sequence[Triple] = ()) -> Graph:
        """Return triples as numbers. Raises Refusal for those that are no graph to learn from."""
        _check_names("triples", trained)
        _check_names("held_out", held_out)
        _check_repeated(trained, held_out)
        rows = (*trained, *held_out)
        entities = _places(name for head, _, tail in rows for name in (head, tail))
        relations = _places(relation for _, relation, _ in trained)
        _check_relations(held_out, relations)
        if len(entities) < 2:
            raise Refusal("triples", "too_few_entities", {"given": next(iter(entities), "")})
        numbers = [(entities[head], relations[relation], entities[tail]) for head, relation, tail in rows]
        numbered = np.array(numbers, dtype=np.int64)
        parts = (locked(numbered[: len(trained)]), locked(numbered[len(trained) :]))
        return cls(tuple(entities), tuple(relations), *parts)

    @cached_property
    def known(self) -> dict[tuple[int, int, int], list[int]]:
        """The heads (0) or tails (2) that are true beside a relation and an entity, by (end, relation, entity)."""
        found: dict[tuple[int, int, int], list[int]] = {}
        for head, relation, tail in np.concatenate([self.trained, self.held_out]).tolist():
            found.setdefault((0, relation, tail), []).append(head)
            found.setdefault((2, relation, head), []).append(tail)
        return found

    def false_ones(self, triple: Indices, end: int) -> Indices:
        """Return the entities that make no known triple in place of the head (end 0) or the tail (end 2)."""
        is_free = np.ones(len(self.entities), dtype=bool)
        is_free[self.known[end, int(triple[1]), int(triple[2 - end])]] = False
        return np.flatnonzero(is_free)

    def has(self, entity: int, relation: int) -> bool:
        """Tell whether there are names of these numbers."""
        return 0 <= entity < len(self.entities) and 0 <= relation < len(self.relations)

    def named(self, triple: Indices) -> Triple:
        """Return a triple as names."""
        head, relation, tail = map(int, triple)
        return self.entities[head], self.relations[relation], self.entities[tail]


def _places(names: Iterable[str]) -> dict[str, int]:
    """Return each name's number, in order of first appearance."""
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def _check_names(field: str, rows: Sequence[Triple]) -> None:
    for place, row in enumerate(rows, 1):
        if not all(name.strip() for name in row):
            raise Refusal(field, "empty_name", {"row": place})
        for name in row:
            if len(name) > LONGEST_NAME:
                raise Refusal(field, "long_name", {"row": place, "given": len(name), "allowed": LONGEST_NAME})


def _check_repeated(trained: Sequence[Triple], held_out: Sequence[Triple]) -> None:
    seen: set[Triple] = set()
    for field, rows in (("triples", trained), ("held_out", held_out)):
        for place, row in enumerate(rows, 1):
            if row in seen:
                raise Refusal(field, "triple_twice", {"row": place, "given": " · ".join(row)})
            seen.add(row)


def _check_relations(held_out: Sequence[Triple], relations: dict[str, int]) -> None:
    for place, (_, relation, _) in enumerate(held_out, 1):
        if relation not in relations:
            allowed = tuple(relations)[:10]
            raise Refusal("held_out", "relation_unknown", {"row": place, "given": relation, "allowed": allowed})
