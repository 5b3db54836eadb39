"""One map of the mosaic by itself: what its layer is given, its kernel, a cell's window, products and sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np

from core.cnn.inside import Sum, seen_by, sum_of
from core.nn.layers import Conv2D
from core.run.values import Floats
from playground.topics.cnn.mosaic import Picture
from playground.topics.cnn.mosaic_plan import EDGE, GAP
from playground.topics.cnn.patches import name_of
from widgets.base import numbers
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Hint, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed, Signed, cell_size
from widgets.grids.number_format import NumberForm

_ACROSS, _MOST = 8, 16  # maps before it side by side, and in all
_SHARE, _LARGEST = 0.3, 40.0  # of the width for the map itself; px of a cell


@dataclass(frozen=True)
class _Part:
    """Numbers to be placed, at which of them the colours are full, and what is framed in them."""

    name: str
    values: Floats
    full: float
    outlines: tuple[Outline, ...] = ()
    is_ink: bool = False

    @property
    def grid(self) -> Grid:
        """Them as cells, with their numbers where these have room."""
        ramp = Ink(0.0, 1.0) if self.is_ink else Signed(self.full)
        return Grid(self.values, ramp, NumberForm.of(self.values), outlines=self.outlines)


@dataclass(frozen=True)
class OneMap:
    """Map `m` of layer `k`, a convolution or a pooling, as a picture of the mosaic has it."""

    picture: Picture
    k: int
    m: int

    @property
    def given(self) -> Floats:
        """What the layer is given, (maps, rows, columns)."""
        return self.picture.outputs[self.k - 1]

    @cached_property
    def sum(self) -> Sum | None:
        """What the chosen cell adds up; None of pooling, of slopes, and where none of this map is chosen."""
        chosen, layer = self.picture.chosen, self.picture.params.layers[self.k - 1]
        is_it = chosen and (chosen.k, (chosen.place or (-1,))[0]) == (self.k, self.m)
        if not (is_it and chosen and chosen.place and isinstance(layer, Conv2D)) or self.picture.flow.is_slope(self.k):
            return None
        return sum_of(layer, self.picture.weights[self.k - 1], self.given, chosen.place)

    @property
    def has_kernel(self) -> bool:
        """Whether the layer has weights that a step moves."""
        return isinstance(self.picture.params.layers[self.k - 1], Conv2D)

    @cached_property
    def channels(self) -> Sequence[int]:
        """The maps before it that it is made from, as many as are shown."""
        return range(min(len(self.given), _MOST)) if self.has_kernel else (self.m,)

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place the maps before it at the left, the map itself at the right."""
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        y, top = self.picture.outputs[self.k][self.m], text_height("label") + text_height("subtitle") + 6
        cell = cell_size(_SHARE * width, height - top - 4, y.shape[0], y.shape[1], _LARGEST)
        left = width - y.shape[1] * cell - EDGE
        yield from self._words(left)
        full = float(np.nan_to_num(np.abs(self.picture.outputs[self.k])).max())
        yield Placed(f"{self.k} {self.m}", _Part("", y, full, self._chosen()).grid, left, top, cell)
        across = min(len(self.channels), _ACROSS)
        wide, high = (left - 2 * EDGE) / across, (height - top) / ceil(len(self.channels) / across)
        for i, c in enumerate(self.channels):
            yield from self._channel(c, EDGE + i % across * wide, top + i // across * high, wide - GAP, high - GAP)

    def _words(self, left: float) -> Iterator[Caption]:
        get = self.picture.texts.get
        yield Caption(get("mosaic", "given"), EDGE, 0, "label", "text", widest=left - EDGE)
        moves = get("mosaic", "kernel_moves") if self.picture.weights_before and self.has_kernel else ""
        told = " · ".join(filter(None, (moves, get("mosaic", "products_of") if self.sum else "")))
        caption = Caption(told, EDGE, text_height("label"), widest=left - 2 * EDGE, moves=True)
        yield caption
        if not self.sum:
            x = EDGE + (caption.width + 3 * GAP if told else 0)
            yield Hint(get("mosaic", "choose_cell"), x, text_height("label"), widest=left - EDGE - x)
        name = name_of(self.picture.params, self.k, self.m, self.picture.texts)
        yield Caption(name, left, 0, "label", "text", moves=True)
        if self.sum:
            yield Caption(f"z = {numbers.compact(self.sum.total)}", left, text_height("label"), moves=True)

    def _chosen(self) -> tuple[Outline, ...]:
        chosen = self.picture.chosen
        is_it = chosen and chosen.place and (chosen.k, chosen.place[0]) == (self.k, self.m)
        return (Outline(chosen.place[1], chosen.place[2]),) if is_it and chosen and chosen.place else ()

    def _channel(self, c: int, left: float, top: float, width: float, height: float) -> Iterator[Item]:
        """Yield one map before it, the slice of the kernel for it, its products and their sum, as they fit."""
        parts, line, is_row = list(self._parts(c)), text_height("tick") + 2, len(self.channels) == 1
        rows, columns = sum(len(part.values) for part in parts), max(part.values.shape[1] for part in parts)
        cell = cell_size(width, height - line - 2 * GAP * len(parts), rows, columns, _LARGEST)
        for part in parts:
            if is_row:
                room = width / len(parts) - 2 * GAP
                cell = cell_size(room, height - line, part.values.shape[0], part.values.shape[1], _LARGEST)
            placed = Placed(part.name, part.grid, left, top, cell)
            yield placed
            left, top = (placed.rect.right() + 2 * GAP, top) if is_row else (left, placed.rect.bottom() + 2 * GAP)
        if self.sum:
            share, below = numbers.compact(float(self.sum.by_map[c])), placed.rect
            yield Caption(share, below.left(), below.bottom() + 2, "tick", moves=True)

    def _parts(self, c: int) -> Iterator[_Part]:
        """Yield what stands below each other, or beside: a colour means the same number in all channels."""
        name = f"{self.k - 1} {c}" if self.k > 1 else "given"
        yield _Part(name, self.given[c], float(np.abs(self.given).max()), self._window(c), is_ink=self._is_digit)
        kernels = self.picture.weights[self.k - 1]
        if "W" in kernels:
            full = float(np.abs(kernels["W"]).max())
            if before := self.picture.weights_before:  # what the step in view moved
                yield _Part(f"slice {c} before", before[self.k - 1]["W"][self.m, c], full)
            yield _Part(f"slice {c}", kernels["W"][self.m, c], full)
        if self.sum:
            yield _Part(f"products {c}", self.sum.products[c], float(np.abs(self.sum.products).max()))

    @property
    def _is_digit(self) -> bool:
        return self.k == 1 and not self.picture.flow.is_slope(0)

    def _window(self, c: int) -> tuple[Outline, ...]:
        """Return a frame around what the chosen cell is made from."""
        chosen = self.picture.chosen
        if not self._chosen() or not chosen or not chosen.place:
            return ()
        maps, rows, columns = seen_by(self.picture.params.layers, self.k, chosen.place)[self.k - 1]
        if c not in maps:
            return ()
        return (Outline(rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1),)
