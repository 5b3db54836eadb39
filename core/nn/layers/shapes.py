"""Shapes: tuples of named axes, and the two orders in which their axes stand.

The batch comes first; None is a size that is not fixed yet. A shape is written as Keras writes it, channels last, and
computed channels first:

    written    (batch, rows, columns, channels)          what a learner types, reads and copies
    computed   (batch, channels, rows, columns)          the axes of arrays, and of a `Shape`

What an axis is called follows from how many there are. The last written axis holds what a layer computes from and
gives: features, or channels of a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from numpy.typing import NDArray

T = TypeVar("T")
Sizes = tuple[int | None, ...]  # as written
Cells = tuple[tuple[int, ...], ...]  # a block of cells: for each axis, as computed, the places on it

SEQUENCE = ("batch", "time", "features")  # as written
PICTURE = ("batch", "rows", "columns", "channels")
_NAMES: dict[int, tuple[str, ...]] = {
    1: ("batch",),
    2: ("batch", "features"),
    3: SEQUENCE,
    4: PICTURE,
    5: ("batch", "time", "rows", "columns", "channels"),
}
_WITH_CHANNELS = (4, 5)  # how many axes pictures and films have: in all other arrays both orders are the same


class Axis(NamedTuple):
    """One axis of an array."""

    name: str
    size: int | None  # None: not fixed


Shape = tuple[Axis, ...]


def names_of(rank: int) -> tuple[str, ...]:
    """Return the names of the axes of an array with so many, as written."""
    between = tuple(f"axis {i}" for i in range(1, rank - 1))
    return _NAMES.get(rank) or ("batch", *between, "features")


def named(*sizes: int | None) -> Shape:
    """Return the shape of sizes that are given as written, the batch first."""
    return channels_first(tuple(map(Axis, names_of(len(sizes)), sizes)))


def written(shape: Shape) -> Sizes:
    """Return the sizes of a shape as Keras writes them."""
    return channels_last(tuple(axis.size for axis in shape))


def text_of(sizes: Sequence[object]) -> str:
    """Return sizes or names as Keras prints them: (None, 64)."""
    return f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"


def offered(shape: Shape) -> str:
    """Return a shape as a refusal prints it: (None, 28, 28, 1)."""
    return text_of(written(shape))


def fit(sizes: Sizes, more: Sizes) -> bool:
    """Tell whether two written shapes can be the same: None may be any size."""
    return len(sizes) == len(more) and all(a is None or b is None or a == b for a, b in zip(sizes, more, strict=True))


def size_of(shape: Shape, name: str) -> int | None:
    """Return the size of the axis of that name."""
    return next(axis.size for axis in shape if axis.name == name)


def channels_first(items: tuple[T, ...]) -> tuple[T, ...]:
    """Return what belongs to the axes, given as written, in the order of computing."""
    return (*items[:-3], items[-1], items[-3], items[-2]) if len(items) in _WITH_CHANNELS else items


def channels_last(items: tuple[T, ...]) -> tuple[T, ...]:
    """Return what belongs to the axes, given as computed, in the order of writing."""
    return (*items[:-3], items[-2], items[-1], items[-3]) if len(items) in _WITH_CHANNELS else items


def as_written(x: NDArray[Any]) -> NDArray[Any]:
    """Return a view of a batch with its channels last."""
    return x.transpose(channels_last(tuple(range(x.ndim)))) if x.ndim in _WITH_CHANNELS else x


def as_computed(x: NDArray[Any]) -> NDArray[Any]:
    """Return a view of a batch, given with its channels last, with its channels first."""
    return x.transpose(channels_first(tuple(range(x.ndim)))) if x.ndim in _WITH_CHANNELS else x


def places(size: int | None) -> tuple[int, ...]:
    """Return all places of an axis; of one that is not fixed there are none to name."""
    return tuple(range(size or 0))
