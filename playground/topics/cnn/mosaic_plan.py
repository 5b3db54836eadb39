"""Where everything of the mosaic stands: a function of the layers and of the room alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import ceil

from core.cnn.settings import Layers, net
from core.nn.convolution import pair
from core.nn.layers import Conv2D
from core.nn.layers.pooling import Pooling
from widgets.base.labels import text_height

MOST_MAPS = 32  # of a column; the others are counted
MOST_SLICES, LEAST_SLICE = 16, 2.0  # of a kernel; px of a cell of one
SIZES = range(9, 1, -1)  # px of a map's cells that are tried, until all fits
BELOW = 4.0  # px from a kernel to what it has become
LARGE = range(40, 1, -1)  # of a layer by itself
STRIP, BAR, WIDEST_BAR = 12.0, 13.0, 26.0  # px a strip is wide, and a bar, where room is left
GAP, EDGE = 6.0, 12.0  # px between tiles, between columns
WIDEST_EDGE = 40.0  # px between columns, where there is room left
BUTTON, BESIDE = 17.0, 21.0  # px a button is wide that pushes the digit, and what it takes of the room beside it
LEAST_DIGIT, DIGIT = 8, 16  # px a cell of a digit with buttons is wide at least, and in a board of the usual height
LEAST_ROOM = 20.0  # px a unit is high, where more of them beside each other make that possible
LEAST_TITLE = 100.0  # px for the words over it
Corner = tuple[float, float]


@dataclass(frozen=True)
class Column:
    """A layer that gives maps, and the pool behind it if there is one: a unit for each map, side by side and below."""

    k: int
    pool: int | None
    left: float
    width: float
    units: tuple[Corner, ...]  # the top left corner of each map's unit
    cell: float  # of the maps, the pooled ones too
    kernel_cell: float  # 0 without kernels
    slices: int  # of a kernel
    begins: tuple[float, ...]  # in a unit: where the maps of each layer begin
    room: float  # px from a unit to that below it
    words: float  # px for what is written over it, up to the next column

    @property
    def layers(self) -> tuple[int, ...]:
        """The places of its layers."""
        return (self.k,) if self.pool is None else (self.k, self.pool)

    @property
    def across(self) -> int:
        """How many slices of a kernel stand side by side, in two rows at most."""
        return ceil(self.slices / 2)


@dataclass(frozen=True)
class Plan:
    """The places of the digit, the columns, the strips and the bars; `end` is where the last of them ends."""

    top: float  # under the words
    digit: Corner
    digit_cell: float
    has_buttons: bool  # whether the digit has room for them at its sides
    columns: tuple[Column, ...]
    strips: tuple[tuple[int, float], ...]  # the layers that give a row, and where each stands
    bars: float
    bar: float  # px a bar is wide
    end: float

    @property
    def below_digit(self) -> float:
        """Where the line below the digit ends that tells of its push."""
        beside = BESIDE if self.has_buttons else 0.0
        return self.digit[1] + 8 * self.digit_cell + beside + 2 + text_height("tick")


@lru_cache(maxsize=32)
def plan(layers: Layers, width: float, height: float) -> Plan:
    """Return the largest plan that fits into the width, columns apart as far as that allows; else the smallest."""
    for size in SIZES:
        made = _plan(layers, size, width, height)
        if made.end <= width:
            break
    more = (width - made.end) // (len(made.columns) + max(2, len(made.strips) + 1))
    return _plan(layers, size, width, height, min(EDGE + more, WIDEST_EDGE)) if more >= 1 else made


def _plan(layers: Layers, size: int, width: float, height: float, edge: float = EDGE) -> Plan:
    shapes = net(layers).stack.shapes
    top = text_height("label") + text_height("subtitle") + 6.0
    line = text_height("tick") + 2
    has_buttons = height - top - 2 * BESIDE - line >= 8 * LEAST_DIGIT
    beside = BESIDE if has_buttons else 0.0
    highest = max(DIGIT, (height - top) // 16)  # half of the height, where that is large
    digit = float(max(1, min(2 * size + 2, highest, (height - top - 2 * beside - line) // 8)))
    left, columns = EDGE + max(8 * digit + 2 * beside, LEAST_TITLE) + edge, []
    for k, pool in _in_columns(layers):
        columns.append(_column(layers, k, pool, left, top, height, size, edge=edge))
        left = columns[-1].left + columns[-1].width + edge
    rows = [k for k in range(1, len(layers)) if len(shapes[k]) == 2]
    strips = tuple((k, left + i * (STRIP + edge)) for i, k in enumerate(rows))
    left += len(rows) * (STRIP + edge) - edge * bool(rows) + edge + EDGE
    bar = min(max(BAR, (width - EDGE - left) // 10), WIDEST_BAR)
    bars = max(left, width - 10 * bar - EDGE)
    corner = EDGE + beside, top + beside
    return Plan(top, corner, digit, has_buttons, tuple(columns), strips, bars, bar, left + 10 * BAR)


@lru_cache(maxsize=32)
def plan_of_layer(layers: Layers, k: int, width: float, height: float) -> Column:
    """Return the column that a layer stands in as large as fits into the whole room."""
    k, pool = next(pair for pair in _in_columns(layers) if k in pair)
    top, count = text_height("label") + text_height("subtitle") + 6.0, net(layers).stack.shapes[k][1].size or 1
    for size in LARGE:
        for across in range(1, min(count, MOST_MAPS) + 1):
            made = _column(layers, k, pool, EDGE, top, height, size, across)
            if made.width <= width - 2 * EDGE and made.cell >= size:
                return made
    return _column(layers, k, pool, EDGE, top, height, 1)


def _in_columns(layers: Layers) -> Iterator[tuple[int, int | None]]:
    """Yield the layers that give maps, each with the pool behind it; a pool behind nothing stands alone."""
    shapes, k = net(layers).stack.shapes, 1
    while k <= len(layers) and len(shapes[k]) == 4:
        has_pool = not isinstance(layers[k - 1], Pooling) and isinstance(layers[k], Pooling)
        yield k, k + 1 if has_pool else None
        k += 1 + has_pool


def _column(
    layers: Layers, k: int, pool: int | None, left: float, top: float, height: float, size: int, across: int = 0,
    edge: float = EDGE,
) -> Column:  # fmt: skip
    shapes, layer = net(layers).stack.shapes, layers[k - 1]
    sizes = [[axis.size or 1 for axis in shapes[i][1:]] for i in ((k,) if pool is None else (k, pool))]
    count, rows = min(sizes[0][0], MOST_MAPS), sizes[0][1]
    across = across or _across(count, height - top)
    room = (height - top) / ceil(count / across)
    cell = max(1.0, min(float(size), (room - GAP) // rows))
    slices = min(shapes[k - 1][1].size or 1, MOST_SLICES) if isinstance(layer, Conv2D) else 0
    kernel_cell, kernel = _kernel(layer, slices, size, room) if isinstance(layer, Conv2D) else (0.0, 0.0)
    *begins, unit = accumulate((columns * cell + GAP for _, _, columns in sizes), initial=kernel)
    corners = tuple((left + (i % across) * (unit + GAP), top + i // across * room // 1) for i in range(count))
    width = across * (unit + GAP) - GAP
    words = width + edge - 4
    return Column(k, pool, left, width, corners, cell, kernel_cell, slices, tuple(begins), room, words)


def _across(count: int, height: float) -> int:
    """Return how many units of a column stand side by side: more of them where they would be too low."""
    fewest = 1 if count <= 4 else 2 if count <= 16 else 4
    return next((n for n in range(fewest, 2 * fewest) if height / ceil(count / n) >= LEAST_ROOM), fewest)


def _kernel(layer: Conv2D, slices: int, size: int, room: float) -> tuple[float, float]:
    """Return the side of a kernel's cell, and how wide it stands before its map; `room` is the height of a unit.

    Slices that would be nothing but edges are left out: those of a cell that is chosen stand below the maps before it.
    """
    rows, columns = pair(layer.kernel_size)
    below = min(slices, 2)
    largest = size + 2 if slices == 1 else max(size // 3, 3 if size > 5 else 2)
    high = (room - GAP / 2 - BELOW) / 2 if slices == 1 else room - GAP / 2  # one slice has room to be seen twice
    cell = float(max(1, min(largest, (high - below) // (below * rows))))
    if slices > 1 and cell < LEAST_SLICE:
        return 0.0, 0.0
    return cell, ceil(slices / 2) * (columns * cell + 1.0) + GAP
