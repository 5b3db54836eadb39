"""The same layer as one matrix: a row for each output cell, a column for each cell of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from core.convolution.settings import layers
from core.nn.convolution import Geometry, as_matrix
from core.run.values import Floats, Same
from playground.topics.convolution.board_layout import MOST_OUTLINES, POINTED, asked_cell, wrapped
from playground.topics.convolution.coverage import GAP, HEADER, MARGIN
from playground.topics.convolution.sweep_view import Look, largest
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed, cell_size

LARGEST_MATRIX = 400  # rows or columns that are still drawn


@lru_cache(maxsize=2)  # made anew only for other kernels or geometry
def _matrix(kernel: Same, geometry: Geometry, channels: int) -> Floats:
    return as_matrix(layers(kernel.values[0], channels), geometry)


def why_no_matrix(look: Look) -> str:
    """Return why there is no matrix to draw, or nothing."""
    if look.pools:
        return look.text("matrix_no_weights")
    rows, columns = look.sweep.cells, look.image.size
    if max(rows, columns) > LARGEST_MATRIX:
        values = {"rows": numbers.count(rows), "columns": numbers.count(columns), "most": LARGEST_MATRIX}
        return look.text("matrix_too_large", **values)
    return ""


def arrange_matrix(look: Look, width: float, height: float) -> Sequence[Item]:
    """Place matrix, flattened picture above it and flattened map beside it, kernel and counts at the left."""
    matrix = _matrix(Same(look.state.kernel), look.sweep.geometry, len(look.image))
    left = max(150.0 * scale(), 0.2 * width)
    strip = 12.0
    top = 2 * HEADER * scale() + strip
    rows, columns = matrix.shape
    cell = cell_size(width - left - 3 * GAP - strip, height - top - MARGIN, rows, columns, largest=14.0)
    x, limit, wide = left + GAP, largest(look.full.weight_form), cell * columns
    outlines = [*_row_in_view(look, matrix), *_weight_pointed_at(look)]
    picture = Grid(look.image.reshape(1, -1), look.full.plane_ramp, kept=True)
    output = Grid(look.swept.reshape(-1, 1), look.map_ramp)
    seen = np.full_like(matrix, np.nan) if look.view.covered else matrix
    placed = Placed("matrix", Grid(seen, Signed(limit), outlines=outlines, kept=True), x, top, cell)
    size = look.text("matrix_size", rows=numbers.count(rows), columns=numbers.count(columns),
                     entries=numbers.count(matrix.size))  # fmt: skip
    y = HEADER * scale()
    return [
        *_counts(look, matrix, left),
        Caption(look.text("picture_row"), x, 2, "section", "text", widest=width - x),
        Placed("picture", picture, x, y, cell),
        Caption(size, x, y + strip + 6, "subtitle", "muted", widest=width - x),
        placed,
        *([asked_cell(placed.rect)] if look.view.covered else []),
        Caption(look.text("map_column"), x + wide + GAP, top - 20 * scale(), "section", "text"),
        Placed("map", output, x + wide + GAP, top, cell),
    ]


def _counts(look: Look, matrix: Floats, width: float) -> list[Item]:
    """The kernel, how few of the entries hold a weight, and how few different weights there are."""
    weights = look.weights[look.map, 0]
    cell = cell_size(width - MARGIN, 130 * scale(), *weights.shape)
    form, spot = look.full.weight_form, look.spot
    pointed = [Outline(spot.row, spot.column, colour=POINTED)] if spot and spot.kind == "kernel" else []
    grid = Grid(weights, Signed(largest(form)), form, bold=True, outlines=pointed)
    placed = Placed(f"kernel {look.layer(look.map, 0)}", grid, MARGIN, HEADER * scale(), cell)
    y = placed.rect.bottom() + 12
    filled = int((~np.isnan(matrix)).sum())
    lines = [look.text("covered")] if look.view.covered else [
        look.text("matrix_weights", filled=numbers.count(filled), share=numbers.percent(filled / matrix.size),
                  distinct=look.state.kernel.size),
        look.text("matrix_dense", entries=numbers.count(matrix.size)),
    ]  # fmt: skip
    captions = [part for line in lines for part in wrapped(line, width - MARGIN)]
    return [
        Caption(look.text("kernel"), MARGIN, 2, "section", "text"),
        placed,
        *(Caption(text, MARGIN, y + 17 * i * scale(), widest=width) for i, text in enumerate(captions)),
    ]


def _row_in_view(look: Look, matrix: Floats) -> list[Outline]:
    return [Outline(look.sweep.cell(*look.cell), 0, 1, matrix.shape[1], width=2.0)] if look.cell else []


def _weight_pointed_at(look: Look) -> list[Outline]:
    """Everywhere one weight stands in the matrix: once in each row, but for rows that meet padding there."""
    spot, geometry = look.spot, look.sweep.geometry
    if spot is None or spot.kind != "kernel":
        return []
    outlines = [
        Outline(look.sweep.cell(look.map, i, j), r * geometry.picture[1] + c, colour=POINTED, width=1.5)
        for i, j in np.ndindex(geometry.output)
        for a, b, r, c in geometry.seen(i, j)
        if (a, b) == (spot.row, spot.column)
    ]
    return outlines[:MOST_OUTLINES]
