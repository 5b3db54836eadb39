"""How many windows see each cell of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRectF

from core.nn.convolution import Geometry, Pair
from core.run.explanation import Focus
from core.run.values import Floats
from playground.tab.marked_cells import cells
from playground.topics.convolution.board_layout import LINE, MOST_OUTLINES, asked_cell, grown_in, pair_text
from playground.topics.convolution.sweep_view import Look
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import LARGEST_CELL, Grid, Outline, Placed, Signed, cell_size
from widgets.grids.number_format import NumberForm

MARGIN, GAP, HEADER = 8.0, 28.0, 24.0


class _Coverage(NamedTuple):
    """How many windows see each cell (rows, columns) of a picture, and whether it is that of the run in view."""

    title: str
    geometry: Geometry
    counts: Floats
    is_now: bool

    @classmethod
    def of(cls, title: str, geometry: Geometry, is_now: bool) -> _Coverage:
        """Count the windows of a sweep."""
        return cls(title, geometry, geometry.coverage().astype(float), is_now)


def same_padding(geometry: Geometry) -> Pair | None:
    """Return the padding that keeps the picture's size: half of what a window reaches beyond its first cell.

    There is none unless the reach is odd and the stride 1.
    """
    if geometry.stride != (1, 1) or any(reach % 2 == 0 for reach in geometry.reach):
        return None
    rows, columns = (reach // 2 for reach in geometry.reach)
    return rows, columns


def arrange_coverage(look: Look, width: float, height: float) -> Sequence[Item]:
    """Place each picture with the number of windows that see its cells; while that is asked, without the numbers."""
    shown = _compared(look) if look.view.beside else _padded(look)
    top, foot = HEADER * scale(), 8 + 2 * LINE * scale()
    wide = (width - 2 * MARGIN - (len(shown) - 1) * GAP) / len(shown)
    largest = grown_in(width) * LARGEST_CELL
    shapes = (one.counts.shape for one in shown)
    cell = min(cell_size(wide, height - top - foot, rows, columns, largest) for rows, columns in shapes)
    limit = max(float(one.counts.max()) for one in shown)
    form = NumberForm.of(np.concatenate([one.counts.ravel() for one in shown]))
    items: list[Item] = []
    x, y = MARGIN, top + cell * max(len(one.counts) for one in shown) + 8
    for i, one in enumerate(shown):
        items.append(Caption(one.title, x, 2, "section", "text", widest=wide))
        counts = np.full_like(one.counts, np.nan) if look.view.covered else one.counts
        grid = Grid(counts, Signed(limit), form, outlines=_seen(look) if one.is_now else (), kept=True)
        placed = Placed("coverage" if one.is_now else f"other {i}", grid, x, top, cell)
        items += [
            placed,
            *([asked_cell(placed.cells(Outline(0, 0)))] if look.view.covered else _notes(look, one, x, y)),
        ]
        x += max(cell * one.counts.shape[1], _notes_width(look, one)) + GAP
    for placed in [item for item in items if isinstance(item, Placed)]:
        items += cells(look.view, partial(_cell, placed))
    return [*items, Caption(look.text("covered"), MARGIN, y)] if look.view.covered else items


def _cell(placed: Placed, thing: Focus) -> QRectF | None:
    """Where a cell of the picture stands on one of the grids."""
    return placed.cells(Outline(thing.at[1], thing.at[2])) if thing.kind == "input" else None


def _compared(look: Look) -> list[_Coverage]:
    """The runs that are compared, by their letters."""
    found = []
    for run in look.view.compared:
        other = look if run.letter == look.view.letter else replace(look, view=look.view.of(run))
        geometry = other.sweep.geometry
        title = f"{run.letter} · {look.text('coverage_title', padding=pair_text(geometry.padding))}"
        found.append(_Coverage.of(title, geometry, other is look))
    return found


def _padded(look: Look) -> list[_Coverage]:
    """The run in view as it is, without padding, and with the padding that keeps the size."""
    geometry = look.sweep.geometry
    return [
        _Coverage.of(_title(look, padding), replace(geometry, padding=padding), padding == geometry.padding)
        for padding in _paddings(look)
    ]


def _paddings(look: Look) -> list[Pair]:
    """Return none, the one now, and the one that keeps the size, smallest first, each once."""
    geometry = look.sweep.geometry
    found = {geometry.padding}
    if all(replace(geometry, padding=(0, 0)).output):
        found.add((0, 0))
    if not look.pools and (same := same_padding(geometry)):
        found.add(same)
    return sorted(found)


def _title(look: Look, padding: Pair) -> str:
    key, geometry = "coverage_title", look.sweep.geometry
    if padding == geometry.padding:
        key = "coverage_now"
    elif padding == same_padding(geometry) and not look.pools:
        key = "coverage_same"
    return look.text(key, padding=pair_text(padding))


def _seen(look: Look) -> list[Outline]:
    seen = look.sweep.geometry.seen(*look.cell[1:]) if look.cell else []
    return [Outline(r, c, width=1.5) for _, _, r, c in seen[:MOST_OUTLINES]]


def _notes(look: Look, one: _Coverage, x: float, y: float) -> list[Caption]:
    """What is counted at corner, edge and elsewhere of a picture, and how many windows there are in all."""
    counts, (rows, columns), (kh, kw) = one.counts, one.geometry.output, one.geometry.window
    seen = look.text("coverage_seen", corner=int(counts[0, 0]), edge=int(counts[0, counts.shape[1] // 2]),
                     most=int(counts.max()))  # fmt: skip
    windows = look.text("coverage_windows", windows=numbers.count(rows * columns), cells=kh * kw)
    return [Caption(text, x, y + i * LINE * scale()) for i, text in enumerate((seen, windows))]


def _notes_width(look: Look, one: _Coverage) -> float:
    return max(note.width for note in _notes(look, one, 0, 0))
