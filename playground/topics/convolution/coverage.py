"""How many windows see each cell of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.nn.convolution import Geometry, Pair
from core.run.values import Floats
from playground.topics.convolution.board_layout import MOST_OUTLINES
from playground.topics.convolution.sweep_view import Look
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed, cell_size
from widgets.grids.number_format import NumberForm

MARGIN, GAP, HEADER = 8.0, 28.0, 24.0


def same_padding(geometry: Geometry) -> Pair | None:
    """Return the padding that keeps the picture's size: half of what a window reaches beyond its first cell.

    There is none unless the reach is odd and the stride 1.
    """
    if geometry.stride != (1, 1) or any(reach % 2 == 0 for reach in geometry.reach):
        return None
    rows, columns = (reach // 2 for reach in geometry.reach)
    return rows, columns


def arrange_coverage(look: Look, width: float, height: float) -> Sequence[Item]:
    """Place the picture's cells with the number of windows that see them: as it is, without padding, with the same."""
    chosen = _paddings(look)
    maps = {padding: replace(look.sweep.geometry, padding=padding).coverage().astype(float) for padding in chosen}
    top, foot = HEADER * scale(), 30 * scale()
    wide = (width - 2 * MARGIN - (len(chosen) - 1) * GAP) / len(chosen)
    cell = cell_size(wide, height - top - foot, *look.sweep.geometry.picture)
    limit = max(float(counts.max()) for counts in maps.values())
    form = NumberForm.of(np.concatenate([counts.ravel() for counts in maps.values()]))
    items: list[Item] = []
    for i, (padding, counts) in enumerate(maps.items()):
        x = MARGIN + i * (cell * look.sweep.geometry.picture[1] + GAP)
        items.append(Caption(_coverage_title(look, padding), x, 2, "section", "text", widest=wide))
        grid = Grid(counts, Signed(limit), form, outlines=_seen(look) if _is_now(look, padding) else (), kept=True)
        items.append(Placed("coverage" if _is_now(look, padding) else f"other {i}", grid, x, top, cell))
    note = Caption(_coverage_note(look, maps[look.sweep.geometry.padding]), MARGIN,
                   top + cell * look.sweep.geometry.picture[0] + 8, widest=width - 2 * MARGIN)  # fmt: skip
    return [*items, note]


def _paddings(look: Look) -> list[Pair]:
    """Return none, the one now, and the one that keeps the size, smallest first, each once."""
    geometry = look.sweep.geometry
    found = {geometry.padding}
    if all(replace(geometry, padding=(0, 0)).output):
        found.add((0, 0))
    if not look.pools and (same := same_padding(geometry)):
        found.add(same)
    return sorted(found)


def _is_now(look: Look, padding: Pair) -> bool:
    return padding == look.sweep.geometry.padding


def _coverage_title(look: Look, padding: Pair) -> str:
    shown = padding[0] if padding[0] == padding[1] else f"{padding[0]}, {padding[1]}"
    if _is_now(look, padding):
        return look.text("coverage_now", padding=shown)
    key = "coverage_same" if padding == same_padding(look.sweep.geometry) and not look.pools else "coverage_title"
    return look.text(key, padding=shown)


def _seen(look: Look) -> list[Outline]:
    if look.cell is None:
        return []
    seen = look.sweep.geometry.seen(*look.cell[1:])
    return [Outline(r, c, width=1.5) for _, _, r, c in seen[:MOST_OUTLINES]]


def _coverage_note(look: Look, counts: Floats) -> str:
    rows, columns = look.sweep.geometry.output
    kh, kw = look.sweep.geometry.window
    return look.text("coverage_note", windows=numbers.count(rows * columns), cells=kh * kw, corner=int(counts[0, 0]),
                     edge=int(counts[0, counts.shape[1] // 2]), most=int(counts.max()))  # fmt: skip
