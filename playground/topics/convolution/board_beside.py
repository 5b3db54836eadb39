"""The runs compared, at the right of a row: their maps below each other, before each what the run differs in."""

from __future__ import annotations

import numpy as np

from playground.topics.convolution.board_input import picture, window, window_words
from playground.topics.convolution.board_layout import fitting
from playground.topics.convolution.board_others import HEADER, Column, has_own_picture, own_kernel
from playground.topics.convolution.sweep_view import Look, largest, ramp_of
from widgets.base.fonts import scale
from widgets.grids.board import Item
from widgets.grids.grid import Grid, Placed, Ramp, Signed
from widgets.grids.number_format import NumberForm


def beside(look: Look, column: Column, map: int, x: float, y: float, end: float) -> list[Item]:
    """Place part and map of each run compared; while their maps would tell an answer, the parts alone."""
    items: list[Item] = []
    for i, other in enumerate(look.others):
        if map >= other.rows:
            continue
        number, top = map * len(look.others) + i, y + i * column.height
        parts = _parts(look, other, column, map, number, x, top)
        items += [*_letter(look, other, x, top, x + column.part), *parts] if parts else []
        if not look.view.covered:
            items += _map(look, other, column, map, number, x + column.part, top, end, bool(parts))
    return items


def _letter(look: Look, other: Look, x: float, y: float, end: float) -> list[Item]:
    """Whose they are, and where its windows cover other than ours how much."""
    rows, columns = other.sweep.geometry.reach
    is_other = (rows, columns) != look.sweep.geometry.reach
    letter, size = other.view.letter, look.text("size_of", rows=rows, columns=columns)
    sizes = [(letter, window_words(other)), (letter, size)] if is_other and other.cell else []
    return fitting([*sizes, (letter, "")], x, y, end, "accent_text")  # in the colour of the window


def _parts(look: Look, other: Look, column: Column, map: int, number: int, x: float, y: float) -> list[Item]:
    top = y + HEADER * scale()
    if has_own_picture(look, other):
        return [Placed(f"picture {number}", picture(other, window(other)), x, top, column.part_cell)]
    kernel = own_kernel(look, other, map)
    if kernel is None:
        return []
    layers = np.concatenate(list(kernel), axis=1)
    form = NumberForm.of(layers)
    return [Placed(f"weights {number}", Grid(layers, Signed(1.3 * largest(form)), form), x, top, column.part_cell)]


def _map(
    look: Look, other: Look, column: Column, map: int, number: int, x: float, y: float, end: float, has_letter: bool
) -> list[Item]:
    """The map of a run, under its letter where nothing that stands before it says that already."""
    values = other.full.output[map]
    grid = Grid(values, _alike(look, other), NumberForm.of(values), kept=True, filled=other.filled(map))
    name = look.text("pooled" if other.pools else "map")
    size = look.text("size_of", rows=grid.rows, columns=grid.columns)
    letter = other.view.letter
    heads = [(name, size), ("", size)] if has_letter else [(f"{letter} · {name}", size), (letter, size)]
    placed = Placed(f"pinned {number}", grid, x, y + HEADER * scale(), column.map_cell)
    return [*fitting(heads, x, y, end), placed]


def _alike(look: Look, other: Look) -> Ramp:
    """Return the colours of the maps of a run compared: those of the run in view, unless its numbers go beyond them."""
    ramp = look.map_ramp
    if other.learns:
        return ramp
    maps, (low, high) = other.full.output, ramp.ends
    return ramp if low <= maps.min() and maps.max() <= high else ramp_of(maps.reshape(-1, maps.shape[-1]))
