"""The mosaic: the digit, every layer's kernels and maps beside it, units as strips, ten bars; a cell's field lit back.

A column is a layer with windows together with the pool behind it: kernel, map, pooled map for each of its maps, the map
and the pooled map in cells of one size, so that shrinking is seen as shrinking. One scale of colours a layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from core.cnn.algorithm import outputs_of
from core.cnn.explained import Chosen
from core.cnn.inside import Field, Sum, field, seen_by, silent, sum_of
from core.cnn.settings import Params, net, shown_as, shown_label
from core.data.digits import CLASSES
from core.nn.layers import Conv2D
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.topics.cnn.colour_keys import colour_keys
from playground.topics.cnn.digit_pad import DIGIT, DigitPad
from playground.topics.cnn.flow import Flow, flow_of
from playground.topics.cnn.mosaic_plan import (
    BELOW,
    BESIDE,
    EDGE,
    LEAST_TITLE,
    STRIP,
    Column,
    Corner,
    Plan,
    plan,
    plan_of_layer,
)
from playground.topics.cnn.products import lines
from playground.topics.cnn.shares import Shares
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Tag
from widgets.grids.grid import Grid, Ink, Outline, Placed, Signed
from widgets.grids.share_bars import Bar, Columns
from widgets.grids.tiles import Tiles

_MAP_FULL, _KERNEL_FULL, _UNIT_FULL = 88, 97, 95  # percentiles of a layer at which its colours are full


@dataclass(frozen=True)
class Picture(ViewPicture[Params]):
    """What the mosaic shows of a view; a function of that and of the size."""

    front: Params | None = None  # of the run in front, where several stand beside each other

    @cached_property
    def params(self) -> Params:
        return shown_as(self.view.params, self.front) if self.front else self.view.params

    @cached_property
    def flow(self) -> Flow:
        """What runs through the net."""
        return flow_of(self.view, self.params)

    @property
    def outputs(self) -> tuple[Floats, ...]:
        """The digit, and what is shown of each layer."""
        return self.flow.layers

    @cached_property
    def weights(self) -> Sequence[dict[str, Floats]]:
        """The weights of each layer."""
        return net(self.params.layers).stack.by_layer(self.flow.weights)

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
        """Place everything in the room; of a layer that is zoomed into that alone."""
        match self.view.options.get("zoom"):
            case Focus("layer", (k,)):
                return list(self._column(plan_of_layer(self.params.layers, k, width, height)))
        made = plan(self.params.layers, width, height)
        items = [
            *self._digit(made),
            *colour_keys(self.texts, made.below_digit, 8 * made.digit_cell + 2 * BESIDE, height),
        ]
        for column in made.columns:
            items += self._column(column)
        for k, left in made.strips:
            items.append(self._strip(k, left, made.top, height - made.top - 4))
        items += self._products(made, height - made.top - 4)
        return [*items, *self._words_of_strips(made), *self._bars(made, height), *self._tag(made)]

    def _digit(self, made: Plan) -> Iterator[Item]:
        part, told = self.field.inside if self.field else None, self.flow.told
        outlines = (Outline(part.top, part.left, part.rows, part.columns),) if part and part.rows * part.columns else ()
        digit, label = (told.digit, told.label) if told else (self.params.shown, shown_label(self.params))
        words = self.texts.get("mosaic", "drawn" if label is None else "digit").format(n=digit, label=label)
        yield from _over(
            self.texts.get("mosaic", "picture"), words, EDGE, max(8 * made.digit_cell + 2 * BESIDE, LEAST_TITLE)
        )
        if told:
            full = float(np.abs(self.outputs[0]).max())
            ramp = Signed(full) if self.flow.is_slope(0) else Ink(0.0, 1.0)
            yield Placed(DIGIT, Grid(self.outputs[0][0], ramp, outlines=outlines), *made.digit, made.digit_cell)
        else:
            yield from DigitPad(self.params, self.texts, made, self.view.focus, outlines).items()

    def _column(self, column: Column) -> Iterator[Item]:
        """Yield its words, its kernels, its maps and the pooled maps."""
        names = (self.texts.get("mosaic", self.params.layers[k - 1].type) for k in column.layers)
        shapes = ("×".join(map(str, self.outputs[k].shape[1:])) for k in column.layers)
        count, dead = len(self.outputs[column.k]), self._dead(column)
        sizes, room = "→".join(shapes), column.words
        words = self.texts.get("mosaic", "maps").format(count=count, shapes=sizes)
        words = dead or (words if text_width(words, "subtitle") <= room else sizes)
        is_slope = self.flow.is_slope(column.k)
        title = "∂L/∂y" if is_slope else " ".join(filter(None, (self.view.letter, " → ".join(names))))
        yield from _over(title, words, column.left, room)
        if column.kernel_cell:
            yield from self._kernels(column)
        for k, begin in zip(column.layers, column.begins, strict=True):
            yield self._maps(k, _map_corners(column, begin), column.cell)
        if (told := self.sum) and self.chosen and self.chosen.k - 1 == column.layers[-1]:
            full = _size_at(self.weights[self.chosen.k - 1]["W"], _KERNEL_FULL)
            rows, columns = self.outputs[column.layers[-1]].shape[1:]
            yield from Shares(column, told, full, (rows, columns)).items()

    @cached_property
    def sum(self) -> Sum | None:
        """What the chosen cell adds up, if a convolution makes it of maps; not of slopes, nor before its beat."""
        chosen = self.chosen
        layer = self.params.layers[chosen.k - 1] if chosen else None
        if chosen is None or not isinstance(layer, Conv2D) or chosen.k == 1 or self.flow.is_slope(chosen.k - 1):
            return None
        given = self.outputs[chosen.k - 1]
        return None if np.isnan(given).any() else sum_of(layer, self.weights[chosen.k - 1], given, chosen.place or ())

    def _dead(self, column: Column) -> str:
        """Say how many maps of a column are silent, where any are."""
        count = int(self.silent[column.k - 1].sum()) if self.silent else 0
        return self.texts.get("mosaic", "dead").format(count=count) if count else ""

    @cached_property
    def weights_before(self) -> Sequence[dict[str, Floats]] | None:
        """The weights of each layer before the step, at the beat of the update, which is what moved them."""
        before = self.view.before if self.view.beat == "update" else None
        return net(self.params.layers).stack.by_layer(before.state.weights) if before else None

    def _kernels(self, column: Column) -> Iterator[Tiles]:
        """Yield the kernels; of the update those of before, and below them, where they have room, those of after."""
        after = self._kernel_values(column, self.weights)
        rows, columns = after.shape[1:]
        corners, full = _kernel_corners(column, rows, columns), Signed(_size_at(after, _KERNEL_FULL))
        high = ceil(column.slices / column.across) * (rows * column.kernel_cell + 1)
        if self.weights_before and 2 * high + BELOW <= column.room:
            before = self._kernel_values(column, self.weights_before)
            yield Tiles(f"kernel {column.k} before", before, full, corners, column.kernel_cell)
            corners = tuple((x, y + high + BELOW) for x, y in corners)
        yield Tiles(f"kernel {column.k}", after, full, corners, column.kernel_cell)

    def _kernel_values(self, column: Column, weights: Sequence[dict[str, Floats]]) -> Floats:
        """Return the slices of all kernels, (maps · slices, rows, columns)."""
        kernels = weights[column.k - 1]["W"][: len(column.units), : column.slices]
        return kernels.reshape(-1, *kernels.shape[2:])

    def _maps(self, k: int, corners: Sequence[Corner], cell: float) -> Tiles:
        y = self.outputs[k]
        shown = np.where(self.silent[k - 1][:, None, None], np.nan, y) if self.silent else y
        return Tiles(f"{k}", shown[: len(corners)], Signed(_full(y, _MAP_FULL)), corners, cell,
                     (*self._lit(k), *self._outlines(k, len(corners))))  # fmt: skip

    def _lit(self, k: int) -> Iterator[tuple[int | None, Outline]]:
        """Yield a frame around the tiles that the beat reads or writes."""
        colour = {self.flow.read: "control", self.flow.written: "orange"}.get(k)
        if colour:
            rows, columns = self.outputs[k].shape[-2:]
            yield None, Outline(0, 0, rows, columns, colour=colour, width=1.5)

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
        is_asked = self.view.beat and not self.flow.told
        return silent(self.view.state.weights, self.params.layers) if is_asked else None

    def _strip(self, k: int, left: float, top: float, height: float) -> Placed:
        y = self.outputs[k]
        lit = self.seen[k][0] if k < len(self.seen) else ()
        outlines = (Outline(lit[0], 0, len(lit), 1, width=2.0),) if lit else ()
        values = np.where(self.silent[k - 1], np.nan, y) if self.silent else y
        grid = Grid(values[:, None], Signed(_full(y, _UNIT_FULL)), outlines=(*outlines, *self._lit_strip(k)))
        return Placed(f"{k}", grid, left, top, STRIP, height / len(y))

    def _lit_strip(self, k: int) -> Iterator[Outline]:
        colour = {self.flow.read: "control", self.flow.written: "orange"}.get(k)
        if colour:
            yield Outline(0, 0, len(self.outputs[k]), 1, colour=colour, width=2.0)

    def _products(self, made: Plan, height: float) -> Iterator[Item]:
        """Yield the largest products of each layer between two strips; at play they would flicker."""
        for (k, left), (layer, right) in pairwise(made.strips) if self.view.beat else ():
            given, own = self.outputs[k], self.weights[layer - 1]
            if "W" in own and not (self.flow.is_slope(layer) or np.isnan(given).any()):
                yield from lines(given, own["W"], (left + STRIP, right), made.top, height)

    def _tag(self, made: Plan) -> Iterator[Tag]:
        """Yield the value of the chosen cell of a map, over the cell."""
        column = next((one for one in made.columns if self.chosen and self.chosen.k in one.layers), None)
        if not (column and self.chosen and self.chosen.place and self.chosen.place[0] < len(column.units)):
            return
        k, (m, row, across) = self.chosen.k, self.chosen.place
        x, y = _map_corners(column, column.begins[column.layers.index(k)])[m]
        value = float(self.outputs[k][m, row, across])
        if not np.isnan(value):
            yield Tag(numbers.compact(value), x + (across + 0.5) * column.cell, y + row * column.cell, made.top)

    def _words_of_strips(self, made: Plan) -> Iterator[Caption]:
        """Yield what stands over the strips: how many units of the last are silent, where that is known."""
        if made.strips:
            count = int(self.silent[made.strips[-1][0] - 1].sum()) if self.silent else None
            told = "" if count is None else self.texts.get("mosaic", "silent").format(count=count)
            left = made.strips[0][1]
            yield from _over(self.texts.get("mosaic", "units"), told, left, made.bars - left - 4)

    def _bars(self, made: Plan, height: float) -> Iterator[Item]:
        told, p = self.flow.told, self.flow.p
        label = told.label if told else shown_label(self.params)
        if p is None:
            bars, words = [Bar(f"{i}", None) for i in range(CLASSES)], ""
        else:
            read, others = int(p.argmax()), self._others()
            bars = [
                Bar(f"{i}", share, "blue" if i == read else "", 1.0 if i == label else None,
                    tuple((letter, float(q[i])) for letter, q in others))
                for i, share in enumerate(p.tolist())
            ]  # fmt: skip
            words = self.texts.get("mosaic", "read").format(digit=read, p=f"{100 * p[read]:.1f}%")
            if others:
                called = sorted([(self.view.letter, read), *((letter, int(q.argmax())) for letter, q in others)])
                words = " · ".join(f"{letter}: {digit}" for letter, digit in called)
        yield from _over("Softmax", words, made.bars, 10 * made.bar)
        yield Columns(bars, made.bars, made.top + 2, made.bar, height - made.top - 26, 20)

    def _others(self) -> list[tuple[str, Floats]]:
        """Return what the runs beside this one make of the same picture, by letter."""
        if self.flow.told:
            return []
        runs = ((other.letter, self.view.of(other)) for other in self.view.beside)
        return [(o, outputs_of(run.state.weights, shown_as(run.params, self.params))[-1]) for o, run in runs]

    def focus_at(self, name: str, row: int, column: int) -> Focus | None:
        """Return the cell of a layer at a row and column of what is placed under its name; None of the digit."""
        layer, _, which = name.partition(" ")
        if not layer.isdecimal() or layer == DIGIT:
            return None
        k = int(layer)
        if which:
            return Focus("cell", (k, int(which), row, column))
        y = self.outputs[k]
        return Focus("cell", (k, row) if y.ndim == 1 else (k, *divmod(row, y.shape[1]), column))


def _full(y: Floats, percent: int) -> float:
    """Return at which number the colours of a layer are full, a percentile; of one that is yet to come any."""
    return _size_at(y, percent) or float(np.abs(y).max()) or 1.0


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
