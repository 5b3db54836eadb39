"""Two other ways to look at a convolution: how many windows see each cell, and the same layer as one matrix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from core.nn.convolution import Geometry, Pair, as_matrix
from core.run.values import Floats
from playground.topics.convolution.board_layout import MOST_OUTLINES, POINTED
from playground.topics.convolution.sweep_view import Look
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed, cell_size
from widgets.grids.number_format import NumberForm

LARGEST_MATRIX = 400  # rows or columns that are still drawn
_MARGIN, _GAP, _HEADER = 8.0, 28.0, 24.0
_PIECE = re.compile("[^\u3000-\uffee ]+ ?|[\u3000-\uffee] ?")  # a word, or one Chinese character


def same_padding(geometry: Geometry) -> Pair | None:
    """Return the padding that keeps the picture's size: half of what a window reaches beyond its first cell.

    There is none unless the reach is odd and the stride 1.
    """
    if geometry.stride != (1, 1) or any(reach % 2 == 0 for reach in geometry.reach):
        return None
    rows, columns = (reach // 2 for reach in geometry.reach)
    return rows, columns


# ---- coverage


def arrange_coverage(look: Look, width: float, height: float) -> Sequence[Item]:
    """Place the picture's cells with the number of windows that see them: as it is, without padding, with the same."""
    chosen = _paddings(look)
    maps = {padding: replace(look.sweep.geometry, padding=padding).coverage().astype(float) for padding in chosen}
    top, foot = _HEADER * scale(), 30 * scale()
    wide = (width - 2 * _MARGIN - (len(chosen) - 1) * _GAP) / len(chosen)
    cell = cell_size(wide, height - top - foot, *look.sweep.geometry.picture)
    limit = max(float(counts.max()) for counts in maps.values())
    form = NumberForm.of(np.concatenate([counts.ravel() for counts in maps.values()]))
    items: list[Item] = []
    for i, (padding, counts) in enumerate(maps.items()):
        x = _MARGIN + i * (cell * look.sweep.geometry.picture[1] + _GAP)
        items.append(Caption(_coverage_title(look, padding), x, 2, "section", "text", widest=wide))
        grid = Grid(counts, Signed(limit), form, outlines=_seen(look) if _is_now(look, padding) else (), kept=True)
        items.append(Placed("coverage" if _is_now(look, padding) else f"other {i}", grid, x, top, cell))
    note = Caption(_coverage_note(look, maps[look.sweep.geometry.padding]), _MARGIN,
                   top + cell * look.sweep.geometry.picture[0] + 8, widest=width - 2 * _MARGIN)  # fmt: skip
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


# ---- as a matrix


class KeptMatrix:
    """Makes the matrix anew only for other kernels or another geometry."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._matrix: Floats = np.empty((0, 0))

    def of(self, look: Look) -> Floats:
        """Return the matrix of a look, nan where there is no weight."""
        key = (look.state.kernel, look.params.operation, look.sweep)
        if not (len(self._key) == 3 and key[0] is self._key[0] and key[1:] == self._key[1:]):
            self._key, self._matrix = key, as_matrix(look.weights, look.sweep.geometry)
        return self._matrix


def why_no_matrix(look: Look) -> str:
    """Return why there is no matrix to draw, or nothing."""
    if look.pools:
        return look.text("matrix_no_weights")
    rows, columns = look.sweep.cells, look.image.size
    if max(rows, columns) > LARGEST_MATRIX:
        values = {"rows": numbers.count(rows), "columns": numbers.count(columns), "most": LARGEST_MATRIX}
        return look.text("matrix_too_large", **values)
    return ""


def arrange_matrix(look: Look, matrix: Floats, width: float, height: float) -> Sequence[Item]:
    """Place matrix, flattened picture above it and flattened map beside it, kernel and counts at the left."""
    left = max(150.0 * scale(), 0.2 * width)
    strip = 12.0
    top = 2 * _HEADER * scale() + strip
    rows, columns = matrix.shape
    cell = cell_size(width - left - 3 * _GAP - strip, height - top - _MARGIN, rows, columns, largest=14.0)
    x, limit = left + _GAP, look.full.weight_limit
    wide = cell * matrix.shape[1]
    outlines = [*_row_in_view(look, matrix), *_weight_pointed_at(look)]
    picture = Grid(look.image.reshape(1, -1), look.full.ramp, kept=True)
    output = Grid(look.shown.reshape(-1, 1), Signed(look.full.limit))
    size = look.text("matrix_size", rows=numbers.count(rows), columns=numbers.count(columns),
                     entries=numbers.count(matrix.size))  # fmt: skip
    y = _HEADER * scale()
    return [
        *_counts(look, matrix, left),
        Caption(look.text("picture_row"), x, 2, "section", "text", widest=width - x),
        _strip("picture", picture, x, y, cell),
        Caption(size, x, y + strip + 6, "subtitle", "muted", widest=width - x),
        Placed("matrix", Grid(matrix, Signed(limit), outlines=outlines, kept=True), x, top, cell),
        Caption(look.text("map_column"), x + wide + _GAP, top - 20 * scale(), "section", "text"),
        _strip("map", output, x + wide + _GAP, top, cell),
    ]


def _strip(name: str, grid: Grid, x: float, y: float, cell: float) -> Placed:
    return Placed(name, grid, x, y, cell)


def _counts(look: Look, matrix: Floats, width: float) -> list[Item]:
    """The kernel, how few of the entries hold a weight, and how few different weights there are."""
    weights = look.weights[look.cell[0] if look.cell else 0, 0]
    cell = cell_size(width - _MARGIN, 130 * scale(), *weights.shape)
    grid = Grid(weights, Signed(look.full.weight_limit), look.full.weight_form, bold=True,
                outlines=_pointed_kernel(look))  # fmt: skip
    placed = Placed("kernel 0", grid, _MARGIN, _HEADER * scale(), cell)
    y = placed.rect.bottom() + 12
    filled = int((~np.isnan(matrix)).sum())
    lines = [
        look.text("matrix_weights", filled=numbers.count(filled), share=numbers.share(filled / matrix.size),
                  distinct=look.state.kernel.size),
        look.text("matrix_dense", entries=numbers.count(matrix.size)),
    ]  # fmt: skip
    captions = [part for line in lines for part in _wrapped(line, width - _MARGIN)]
    return [
        Caption(look.text("kernel"), _MARGIN, 2, "section", "text"),
        placed,
        *(Caption(text, _MARGIN, y + 17 * i * scale(), widest=width) for i, text in enumerate(captions)),
    ]


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines that fit, broken after spaces and between Chinese characters."""
    first, *rest = _PIECE.findall(text)
    lines = [first]
    for piece in rest:
        if Caption(f"{lines[-1]}{piece}".rstrip(), 0, 0).width <= width or piece in "，。）":
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _pointed_kernel(look: Look) -> list[Outline]:
    spot = look.spot
    return [Outline(spot.row, spot.column, colour=POINTED)] if spot and spot.kind == "kernel" else []


def _row_in_view(look: Look, matrix: Floats) -> list[Outline]:
    if look.cell is None:
        return []
    return [Outline(look.sweep.cell(*look.cell), 0, 1, matrix.shape[1], width=2.0)]


def _weight_pointed_at(look: Look) -> list[Outline]:
    """Everywhere one weight stands in the matrix: once in each row, but for rows that meet padding there."""
    spot, geometry = look.spot, look.sweep.geometry
    if spot is None or spot.kind != "kernel":
        return []
    outlines = []
    for cell in range(look.sweep.cells):
        map, i, j = look.sweep.place(cell)
        if map != (look.cell[0] if look.cell else 0):
            continue
        for a, b, r, c in geometry.seen(i, j):
            if (a, b) == (spot.row, spot.column):
                outlines.append(Outline(cell, r * geometry.picture[1] + c, colour=POINTED, width=1.5))
    return outlines[:MOST_OUTLINES]
