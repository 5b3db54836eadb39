"""Lists in lists as tensors: how many axes there are, how long each is, and where a list is ragged.

    shape([a, b, …]) = (how many, *shape(a))        where all of them have the shape of the first
    shape(a number)  = ()

The rank is the number of axes: of [1, 2, 3] it is 1, however many numbers there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.run.explanation import number
from core.run.refusal import Refusal
from core.run.values import Nested

Place = tuple[int, ...]  # which entry, in which list, from the outside


def shape_of(data: Nested, at: Place = ()) -> tuple[int, ...]:
    """Return how many entries the lists of each level have; a number alone has no axis.

    Raises Refusal naming the first entry that is unlike the first of its level; `at` is where the data stand.

    >>> shape_of(((1, 2), (3, 4), (5, 6))), shape_of(7), shape_of((((),),))
    ((3, 2), (), (1, 1, 0))
    """
    if not isinstance(data, tuple):
        return ()
    if not data:
        return (0,)
    first = shape_of(data[0], (*at, 0))
    for i, item in enumerate(data[1:], 1):
        other = shape_of(item, (*at, i))
        if other != first:
            raise _ragged(at, i, first, other)
    return (len(data), *first)


def _ragged(at: Place, i: int, first: Place, other: Place) -> Refusal:
    """Return the refusal of entry i of a list, which has another shape than the first of that list."""
    level = next((k for k, (a, b) in enumerate(zip(first, other, strict=False)) if a != b), min(len(first), len(other)))
    place, like = ((*at, j, *(0,) * level) for j in (i, 0))
    names = {"place": name_of(place), "like": name_of(like), "at": place}
    if level == len(other):
        return Refusal("data", "data_number_among_lists", names)
    if level == len(first):
        return Refusal("data", "data_list_among_numbers", names)
    return Refusal("data", "data_ragged", {**names, "given": other[level], "allowed": first[level]})


def name_of(place: Place) -> str:
    """Return an entry as it is written in Python.

    >>> name_of((1, 0))
    'data[1][0]'
    """
    return "data" + "".join(f"[{i}]" for i in place)


@dataclass(frozen=True)
class Piece:
    """A bracket, a number or a comma of a list as it is typed; `level` is how many lists lie around what it is of."""

    text: str
    level: int
    place: Place  # of the entry it belongs to


def pieces_of(data: Nested, place: Place = ()) -> Iterator[Piece]:
    """Yield what a nested list is typed with, ragged or not, from left to right.

    >>> "".join(piece.text for piece in pieces_of(((1, 2), (3,))))
    '[[1, 2], [3]]'
    """
    level = len(place)
    if not isinstance(data, tuple):
        yield Piece(number(data), level, place)
        return
    yield Piece("[", level, place)
    for i, item in enumerate(data):
        if i:
            yield Piece(", ", level, place)
        yield from pieces_of(item, (*place, i))
    yield Piece("]", level, place)
