"""How many windows see each cell of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.nn.convolution import Geometry, Pair
from core.run.values import Floats
from playground.topics.convolution.board_layout import MOST_OUTLINES, pair_text
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
    geometry = look.sweep.geometry
    maps = {padding: replace(geometry, padding=padding).coverage().astype(float) for padding in _paddings(look)}
    top, foot = HEADER * scale(), 30 * scale()
    wide = (width - 2 * MARGIN - (len(maps) - 1) * GAP) / len(maps)
    cell = cell_size(wide, height - top - foot, *geometry.picture)
    limit = max(float(counts.max()) for counts in maps.values())
    form = NumberForm.of(np.concatenate([counts.ravel() for counts in maps.values()]))
    items: list[Item] = []
    for i, (padding, counts) in enumerate(maps.items()):
        x, is_now = MARGIN + i * (cell * geometry.picture[1] + GAP), padding == geometry.padding
        items.append(Caption(_title(look, padding), x, 2, "section", "text", widest=wide))
        grid = Grid(counts, Signed(limit), form, outlines=_seen(look) if is_now else (), kept=True)
        items.append(Placed("coverage" if is_now else f"other {i}", grid, x, top, cell))
    y = top + cell * geometry.picture[0] + 8
    return [*items, Caption(_note(look, maps[geometry.padding]), MARGIN, y, widest=width - 2 * MARGIN)]


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


def _note(look: Look, counts: Floats) -> str:
    rows, columns = look.sweep.geometry.output
    kh, kw = look.sweep.geometry.window
    return look.text("coverage_note", windows=numbers.count(rows * columns), cells=kh * kw, corner=int(counts[0, 0]),
                     edge=int(counts[0, counts.shape[1] // 2]), most=int(counts.max()))  # fmt: skip
