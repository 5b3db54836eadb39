"""The mosaic: the digit, every layer's kernels and maps beside it, units as strips, ten bars; a cell's field lit back.

A column is a layer with windows together with the pool behind it: kernel, map, pooled map for each of its maps, the map
and the pooled map in cells of one size, so that shrinking is seen as shrinking. One scale of colours a layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from core.cnn.algorithm import outputs_of
from core.cnn.explained import Chosen
from core.cnn.inside import Field, field, seen_by, silent
from core.cnn.settings import Params, net, shown_label
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.topics.cnn.digit_pad import DIGIT, DigitPad
from playground.topics.cnn.mosaic_plan import BAR, BESIDE, EDGE, STRIP, Column, Corner, Plan, plan
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.share_bars import Bar, Columns
from widgets.grids.tiles import Tiles

_MAP_FULL, _KERNEL_FULL, _UNIT_FULL = 88, 97, 95  # percentiles of a layer at which its colours are full


@dataclass(frozen=True)
class Picture(ViewPicture[Params]):
    """What the mosaic shows of a view; a function of that and of the size."""

    @cached_property
    def outputs(self) -> tuple[Floats, ...]:
        """The picture shown, and what each layer makes of it."""
        return outputs_of(self.view.state.weights, self.params)

    @cached_property
    def weights(self) -> Sequence[dict[str, Floats]]:
        """The weights of each layer."""
        return net(self.params.layers).stack.by_layer(self.view.state.weights)

    @cached_property
    def chosen(self) -> Chosen | None:
        """The cell that is pointed at or chosen."""
        told = Chosen.of(self.view.pointed or self.view.focus, self.params)
        return told if told and told.place is not None else None

    @cached_property
    def seen(self) -> Sequence[tuple[tuple[int, ...], ...]]:
        """Of each layer before the chosen cell, and of that, the block of cells it comes from."""
        return seen_by(self.params.layers, self.chosen.k, self.chosen.place or ()) if self.chosen else ()

    @cached_property
    def field(self) -> Field | None:
        """What the chosen cell sees of the digit."""
        return field(self.params.layers, self.chosen.k, self.chosen.place or ()) if self.chosen else None

    # ---- what is placed

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place everything in the room."""
        made = plan(self.params.layers, width, height)
        items = list(self._digit(made))
        for column in made.columns:
            items += self._column(column)
        for k, left in made.strips:
            items.append(self._strip(k, left, made.top, height - made.top - 4))
        return [*items, *self._words_of_strips(made), *self._bars(made, height)]

    def _digit(self, made: Plan) -> Iterator[Item]:
        part = self.field.inside if self.field else None
        outlines = (Outline(part.top, part.left, part.rows, part.columns),) if part and part.rows * part.columns else ()
        label = shown_label(self.params)
        told = self.texts.get("mosaic", "drawn" if label is None else "digit").format(n=self.params.shown, label=label)
        yield from _over(self.texts.get("mosaic", "picture"), told, EDGE, 8 * made.digit_cell + 2 * BESIDE)
        yield from DigitPad(self.params, self.texts, made, self.view.focus, outlines).items()

    def _column(self, column: Column) -> Iterator[Item]:
        """Yield its words, its kernels, its maps and the pooled maps."""
        names = (self.texts.get("mosaic", self.params.layers[k - 1].type) for k in column.layers)
        shapes = ("×".join(map(str, self.outputs[k].shape[1:])) for k in column.layers)
        count = len(self.outputs[column.k])
        sizes, room = "→".join(shapes), column.width + EDGE - 4
        told = self.texts.get("mosaic", "maps").format(count=count, shapes=sizes)
        yield from _over(" → ".join(names), told if text_width(told, "subtitle") <= room else sizes, column.left, room)
        if column.kernel_cell:
            yield self._kernels(column)
        for k, begin in zip(column.layers, column.begins, strict=True):
            yield self._maps(k, _map_corners(column, begin), column.cell)

    def _kernels(self, column: Column) -> Tiles:
        kernels = self.weights[column.k - 1]["W"][: len(column.units), : column.slices]
        rows, columns = kernels.shape[2:]
        places, full = _kernel_corners(column, rows, columns), _size_at(kernels, _KERNEL_FULL)
        return Tiles(f"kernel {column.k}", kernels.reshape(-1, rows, columns), Signed(full), places, column.kernel_cell)

    def _maps(self, k: int, corners: Sequence[Corner], cell: float) -> Tiles:
        y = self.outputs[k]
        full = _size_at(y, _MAP_FULL) or float(np.abs(y).max())
        shown = y[: len(corners)]
        return Tiles(f"{k}", shown, Signed(full), corners, cell, tuple(self._outlines(k, len(shown))))

    def _outlines(self, k: int, count: int) -> Iterator[tuple[int | None, Outline]]:
        """Yield what of layer k the chosen cell comes from: in one map the cell or its pool, in all maps a window."""
        if k >= len(self.seen):
            return
        maps, rows, columns = self.seen[k]
        outline = Outline(rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1, width=2.0)
        for tile in maps:
            if tile < count:
                yield tile, outline

    # ---- units and probabilities

    @cached_property
    def silent(self) -> Sequence[NDArray[np.bool_]] | None:
        """Which maps and units are silent; while playing that is not asked, as all held-out digits would go through."""
        return silent(self.view.state.weights, self.params.layers) if self.view.beat else None

    def _strip(self, k: int, left: float, top: float, height: float) -> Placed:
        y = self.outputs[k]
        full = _size_at(y, _UNIT_FULL) or 1.0
        lit = self.seen[k][0] if k < len(self.seen) else ()
        outlines = (Outline(lit[0], 0, len(lit), 1, width=2.0),) if lit else ()
        values = np.where(self.silent[k - 1], np.nan, y) if self.silent else y
        grid = Grid(values[:, None], Signed(full), outlines=outlines)
        return Placed(f"{k}", grid, left, top, STRIP, height / len(y))

    def _words_of_strips(self, made: Plan) -> Iterator[Caption]:
        """Yield what stands over the strips: how many units of the last are silent, where that is known."""
        if made.strips:
            count = int(self.silent[made.strips[-1][0] - 1].sum()) if self.silent else None
            told = "" if count is None else self.texts.get("mosaic", "silent").format(count=count)
            left = made.strips[0][1]
            yield from _over(self.texts.get("mosaic", "units"), told, left, made.bars - left - 4)

    def _bars(self, made: Plan, height: float) -> Iterator[Item]:
        p, label = self.outputs[-1], shown_label(self.params)
        read = int(p.argmax())
        bars = [
            Bar(str(i), share, "blue" if i == read else "", 1.0 if i == label else None)
            for i, share in enumerate(p.tolist())
        ]
        told = self.texts.get("mosaic", "read").format(digit=read, p=f"{100 * p[read]:.1f}%")
        yield from _over("Softmax", told, made.bars, 10 * BAR)
        yield Columns(bars, made.bars, made.top + 2, BAR, height - made.top - 26, 20)

    def focus_at(self, name: str, row: int, column: int) -> Focus | None:
        """Return the cell of a layer at a row and column of what is placed under its name; None of the digit."""
        if not name.isdecimal() or name == DIGIT:
            return None
        k = int(name)
        y = self.outputs[k]
        return Focus("cell", (k, row) if y.ndim == 1 else (k, *divmod(row, y.shape[1]), column))


def _size_at(values: Floats, percent: int) -> float:
    """Return the percentile of the sizes of numbers, as `np.percentile` does in ten times the time."""
    sizes = np.abs(values).ravel()
    place, share = divmod(percent * (len(sizes) - 1), 100)
    ends = place, min(place + 1, len(sizes) - 1)
    low, high = np.partition(sizes, ends)[list(ends)].tolist()
    return float(low + (high - low) * share / 100)


@lru_cache(maxsize=32)
def _map_corners(column: Column, begin: float) -> tuple[Corner, ...]:
    """Return where the maps of a layer stand that begin so far inside their units."""
    return tuple((x + begin, y) for x, y in column.units)


@lru_cache(maxsize=32)
def _kernel_corners(column: Column, rows: int, columns: int) -> tuple[Corner, ...]:
    """Return where the slices of all kernels stand."""
    wide, high, across = columns * column.kernel_cell + 1, rows * column.kernel_cell + 1, column.across
    inside = [((c % across) * wide, (c // across) * high) for c in range(column.slices)]
    return tuple((x + right, y + down) for x, y in column.units for right, down in inside)


def _over(title: str, told: str, left: float, width: float) -> Iterator[Caption]:
    """Yield the words over a column: a title, and a line below it."""
    yield Caption(title, left, 0, "label", "text", widest=width)
    yield Caption(told, left, text_height("label"), widest=width, moves=True)
