"""The index of what is lit of a tensor, written beside it as NumPy takes it, each number in the colour of its axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.nn.layers import Stack, written
from core.shapes.cells import Mask
from playground.topics.shapes.axes import colour_of, names_in
from playground.topics.shapes.stack_plan import Place, Plan
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption

_LEFT, _APART, _BEFORE = 2.0, 10.0, 44.0  # px before a shape, behind it, and kept free before the tensor


def index_of(lit: Mask) -> tuple[str, ...]:
    """Return the index of lit cells of one example, as in `y[n, 1, 2:4, :]` without n; nothing where it is no block."""
    places = [np.flatnonzero(lit.any(axis=tuple(j for j in range(lit.ndim) if j != i))) for i in range(lit.ndim)]
    is_block = lit.any() and int(lit.sum()) == int(np.prod([len(at) for at in places]))
    if not is_block or any(at[-1] - at[0] != len(at) - 1 for at in places):
        return ()
    return tuple(_slice(at.tolist(), size) for at, size in zip(places, lit.shape, strict=True))


def _slice(at: Sequence[int], size: int) -> str:
    if len(at) == 1:
        return str(at[0])
    return ":" if len(at) == size else f"{at[0]}:{at[-1] + 1}"


def written_index(made: Stack, plan: Plan, place: Place, lit: Mask, height: float) -> Iterator[Caption]:
    """Yield the index behind the shape of a tensor, or under its names, where there is room."""
    found = index_of(lit)
    if not found:
        return
    pieces = list(_pieces(("n", *found), names_in(made, place.k)))
    wide = sum(text_width(text, "label") for text, _ in pieces)
    x, y = _LEFT + _shape_width(made, place.k) + _APART, place.words + 1.0
    if x + wide > place.left - _BEFORE:
        x, y = _LEFT, place.words + text_height("strong") + (text_height("tick") + 4 if place.names else 2.0)
        if y + text_height("label") > plan.joints.get(place.k + 1, height - text_height("tick") - 2):
            return
    for text, colour in pieces:
        yield Caption(text, x, y, "label", colour, moves=True)
        x += text_width(text, "label")


def _pieces(index: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for i, (text, name) in enumerate(zip(index, names, strict=True)):
        yield (", " if i else "["), "muted"
        yield text, colour_of(name)
    yield "]", "muted"


def _shape_width(made: Stack, k: int) -> float:
    sizes = written(made.shapes[k])
    return text_width(f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})", "strong")
