"""The stack from top to bottom: tensors with their axes, and between them the layers that join them.

Of a tensor at most sixteen cells an axis are drawn; slices of a picture stand behind each other, with the one in focus
in front. A cell in focus lights all cells it comes from, back to the data, and all it goes to. Where layers were tried
that do not fit, the option `tried`, it is their stack as far as it can be built, and under it the misfit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF

from core.nn.layers import Flatten, Stack, written
from core.nn.layers.shapes import as_written
from core.run.explanation import Focus
from core.run.values import Floats
from core.shapes.algorithm import tensors
from core.shapes.cells import Mask, can_be_followed, comes_from, goes_to, sizes_of
from core.shapes.keras_code import call
from core.shapes.misfits import Misfit, misfit_of
from core.shapes.sentences import sentence_of
from core.shapes.settings import stack
from playground.playback.view import View
from playground.topics.shapes.axes import Dimension, JointBox, Sheets, colour_of, names_in
from playground.topics.shapes.misfit_box import MisfitBox
from playground.topics.shapes.stack_plan import JOINT, SLICE, Place, Plan, left_out
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm

_PAD = 10.0  # px inside a layer's bar
_SEGMENTS = 16  # of a row that Flatten made, which are marked


def tensor_name(k: int) -> str:
    """Return the name of a tensor's grid on the board."""
    return f"tensor {k}"


@dataclass(frozen=True)
class Picture:
    """What the board shows of a view."""

    view: View
    texts: Texts

    @cached_property
    def misfit(self) -> Misfit | None:
        """The misfit of layers that were tried and do not fit, where the view has such."""
        tried = self.view.options.get("tried")
        return misfit_of(tried) if tried else None

    @cached_property
    def made(self) -> Stack:
        """The stack; of layers that do not fit what can be built."""
        return stack(self.view.params) if self.misfit is None else self.misfit.built or Stack((), ())

    @cached_property
    def known(self) -> tuple[Floats, ...]:
        """The numbers of the example as far as it has come, as written."""
        reached = () if self.misfit else tensors(self.view.state, self.view.params)[: self.view.t + 1]
        return tuple(as_written(y[None])[0] for y in reached)

    @cached_property
    def cell(self) -> tuple[int, tuple[int, ...]] | None:
        """The tensor and the place of the cell under the pointer, or else of that chosen."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("cell", (k, *at)) if 0 <= k < len(self.made.shapes):
                    sizes = sizes_of(self.made.shapes[k])
                    if len(at) == len(sizes) and all(0 <= i < n for i, n in zip(at, sizes, strict=True)):
                        return k, tuple(at)
        return None

    @cached_property
    def lit(self) -> dict[int, Mask]:
        """The cells that the one in focus comes from and goes to, by tensor."""
        if self.cell is None or self.misfit or not can_be_followed(self.view.params):
            return {}
        k, at = self.cell
        before, after = comes_from(self.made, k, at), goes_to(self.made, k, at)
        return dict(enumerate((*before, *after[1:])))

    # What is placed.

    def plan(self, width: float, height: float) -> Plan:
        """Return where things stand on a board of this size."""
        return Plan(self.made, len(self.made.layers) if self.misfit else self.view.t, width, height)

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        items: list[Item] = []
        if self.misfit:
            layer = self.view.options["tried"].layers[self.misfit.place - 1]
            box = MisfitBox.of(self.misfit, layer, self.texts)
            height = floor(height - box.height(width))
            items += box.arrange(height, width)
        if not self.made.shapes:
            return items
        plan = self.plan(width, height)
        for place in plan.places:
            items += [*self._behind(place), self._grid(place), *self._sizes(place), *self._words(place)]
        for k, top in plan.joints.items():
            items += self._joint(k, top, width)
        return [*items, *self._beyond(plan, height)]

    def _beyond(self, plan: Plan, height: float) -> Iterator[Caption]:
        """Say how many layers have no room above and below."""
        rest = {
            "above": (plan.first, 2.0),
            "below": (len(self.made.layers) - plan.last, height - text_height("tick") - 2),
        }
        for where, (count, y) in rest.items():
            if count:
                text = self.texts.get("board", where).format(count=count)
                yield Caption(text, plan.width - 2, y, "tick", "muted", "right")

    def _behind(self, place: Place) -> Iterator[Item]:
        front = QRectF(place.left, place.top, place.right - place.left, place.bottom - place.top)
        shift = (place.drawn.slices - 1) * SLICE
        yield Sheets(front.translated(shift, -shift), written(self.made.shapes[place.k])[0] is not None)
        for slice in range(place.drawn.slices - 1, 0, -1):
            blank = np.full((1, 1), np.nan)
            left, top = place.left + slice * SLICE, place.top - slice * SLICE
            yield Placed("", Grid(blank, Signed(1.0)), left, top, front.width(), front.height())

    def _grid(self, place: Place) -> Placed:
        values = plane(self.known[place.k], self._slice(place.k)) if place.k < len(self.known) else None
        rows, columns = place.drawn.rows, place.drawn.columns
        shown = np.full((rows, columns), np.nan) if values is None else values[:rows, :columns]
        limit = 0.0 if values is None else float(np.abs(self.known[place.k]).max())
        grid = Grid(shown, Signed(limit), _form(shown, place.cell[0]), outlines=self._outlines(place), finest=3.0)
        return Placed(tensor_name(place.k), grid, place.left, place.top, *place.cell)

    def _slice(self, k: int) -> int:
        """Return which channel of a picture stands in front: that of the cell in focus, else the first."""
        return self.cell[1][-1] if self.cell and self.cell[0] == k else 0

    def _outlines(self, place: Place) -> list[Outline]:
        if place.k not in self.lit or self.cell is None:
            return []
        mask = self.lit[place.k]
        flat = plane(mask, self._slice(place.k)) if place.k == self.cell[0] else over_slices(mask)
        cells = np.argwhere(flat[: place.drawn.rows, : place.drawn.columns])
        if not len(cells):
            return []
        is_it, is_after = place.k == self.cell[0], place.k > self.cell[0]
        width = 2.5 if is_it else 1.5
        return [Outline(*block, width=width, filled=True, dashed=is_after) for block in blocks(cells)]

    # Sizes and words.

    def _sizes(self, place: Place) -> Iterator[Item]:
        """Yield the dimension lines of the axes that are drawn, and what is left out of them."""
        names, sizes = names_in(self.made, place.k)[1:], written(self.made.shapes[place.k])[1:]
        across, down = _drawn_axes(len(sizes))
        shift = (place.drawn.slices - 1) * SLICE
        if segments := list(self._segments(place)):
            yield from segments
        elif across is not None:
            line = QLineF(place.left, place.top - 11 - shift, place.right, place.top - 11 - shift)
            yield Dimension(line, str(sizes[across]), colour_of(names[across]))
        if down is not None:
            line = QLineF(place.left - 10, place.top, place.left - 10, place.bottom)
            yield Dimension(line, str(sizes[down]), colour_of(names[down]))
        yield from self._left_out(place)

    def _segments(self, place: Place) -> Iterator[Item]:
        """Yield the parts of a row that Flatten laid end to end: one for each place on the first axis it was given."""
        given = self.made.shapes[place.k - 1][1:] if place.k else ()
        sizes = [axis.size or 0 for axis in given[1:]]
        if not sizes or not isinstance(self.made.layers[place.k - 1], Flatten):
            return
        wide, text = prod(sizes) * place.cell[0], " × ".join(map(str, sizes))
        drawn = min(given[0].size or 0, int((place.right - place.left) // wide)) if wide else 0
        for i in range(drawn if drawn <= _SEGMENTS and text_width(text, "label") < wide - 12 else 0):
            left, y = place.left + i * wide, place.top - 11
            yield Dimension(QLineF(left + 2, y, left + wide - 2, y), text, colour_of(given[-1].name))

    def _left_out(self, place: Place) -> Iterator[Caption]:
        rows, columns = left_out(sizes_of(self.made.shapes[place.k]), place.drawn)
        sizes = [place.drawn.rows + rows] * (not place.drawn.is_row) + [place.drawn.columns + columns]
        if rows > 0 or columns > 0:
            text = self.texts.get("board", "more").format(size=" × ".join(map(numbers.count, sizes)))
            x = place.right + 14 + (place.drawn.slices - 1) * SLICE
            if x + text_width(text, "tick") > place.end:
                return  # the dimension lines have it, too
            yield Caption(text, x, (place.top + place.bottom - text_height("tick")) / 2, "tick", "muted")

    def _words(self, place: Place) -> Iterator[Caption]:
        """Yield the shape, each size in the colour of its axis, and under it the names of the axes."""
        names, sizes = names_in(self.made, place.k), written(self.made.shapes[place.k])
        middle = (place.top + place.bottom) / 2 - text_height("strong")
        pieces = [("(", "text")]
        for i, (name, size) in enumerate(zip(names, sizes, strict=True)):
            pieces += [(", ", "text")] * (i > 0) + [(str(size), colour_of(name))]
        yield from _in_a_row([*pieces, (",)" if len(sizes) == 1 else ")", "text")], middle, "strong")
        below = [(" · ", "muted") if i % 2 else (self._axis(names[i // 2]), colour_of(names[i // 2]))
                 for i in range(2 * len(names) - 1)]  # fmt: skip
        if sum(text_width(text, "tick") for text, _ in below) <= place.left - 30:
            yield from _in_a_row(below, middle + text_height("strong"), "tick")

    def _axis(self, name: str) -> str:
        return self.texts.find("axes", name) or name

    def _joint(self, k: int, top: float, width: float) -> Iterator[Item]:
        """Yield the bar of a layer: how it is called, what it does to the axes, how many weights it has."""
        t = 0 if self.misfit else self.view.t
        state = "now" if k == t else "done" if k < t else "ahead"
        yield JointBox(QRectF(0.5, top, width - 1, JOINT), state)
        y = top + (JOINT - text_height("strong")) / 2
        name = call(self.made.layers[k - 1])
        weights = self.texts.get("board", "weights").format(count=numbers.count(self.made.counts[k - 1].total))
        room = width - 2 * _PAD - text_width(weights, "label") - 12
        yield Caption(name, _PAD, y, "strong", "text", widest=room, moves=True)
        yield Caption(weights, width - _PAD, y, "label", "text", "right", moves=True)
        left = _PAD + text_width(name, "strong") + 12
        if (rest := _PAD + room - left) > 60:
            key, values = sentence_of(self.made, k)
            does = self.texts.get("joints", key.partition(".")[0] if key.startswith("embedding") else key)
            y = top + (JOINT - text_height("subtitle")) / 2
            yield Caption(does.format(**values), left, y, "subtitle", "muted", widest=rest, moves=True)

    # What is pointed at.

    def focus_at(self, name: str, row: int, column: int) -> Focus | None:
        """Return the cell of a tensor at a place of its grid."""
        kind, _, number = name.partition(" ")
        if kind != "tensor":
            return None
        k = int(number)
        rank = len(self.made.shapes[k]) - 1
        at = {0: (), 1: (column,), 2: (row, column)}.get(rank, (*(0,) * (rank - 3), row, column, self._slice(k)))
        return Focus("cell", (k, *at))


def plane(values: NDArray[Any], channel: int) -> NDArray[Any]:
    """Return what is drawn of one example, (rows, columns): of a picture one channel, of a film its first time."""
    if values.ndim < 2:
        return values.reshape(1, -1)
    if values.ndim == 2:
        return values
    return values.reshape(-1, *values.shape[-3:])[0, :, :, channel]


def over_slices(mask: Mask) -> Mask:
    """Return which cells are marked in any of the slices that stand behind each other."""
    if mask.ndim < 3:
        return np.asarray(plane(mask, 0))
    return np.asarray(mask.reshape(-1, *mask.shape[-3:])[0].any(axis=-1))


def blocks(cells: NDArray[np.intp]) -> list[tuple[int, int, int, int]]:
    """Return cells as blocks (row, column, rows, columns): one where they are one, else each by itself."""
    rows, columns = (sorted({int(cell[axis]) for cell in cells}) for axis in (0, 1))
    is_block = len(cells) == len(rows) * len(columns)
    if is_block and rows[-1] - rows[0] == len(rows) - 1 and columns[-1] - columns[0] == len(columns) - 1:
        return [(rows[0], columns[0], len(rows), len(columns))]
    return [(int(row), int(column), 1, 1) for row, column in cells]


def _form(shown: Floats, wide: float) -> NumberForm | None:
    """Return how numbers are written into cells, if they are known and there is room: 0.04 must not be read as 0.0."""
    form = NumberForm.of(shown)
    has_room = not form.decimals or wide >= text_width("−0.00", "cell_small")
    return form if has_room and not np.isnan(shown).all() else None


def _drawn_axes(rank: int) -> tuple[int | None, int | None]:
    """Return which axes of one example go across and down."""
    if rank < 2:
        return (0 if rank else None), None
    return (1, 0) if rank == 2 else (rank - 2, rank - 3)


def _in_a_row(pieces: Sequence[tuple[str, str]], y: float, role: str) -> Iterator[Caption]:
    x = 2.0
    for text, colour in pieces:
        yield Caption(text, x, y, role, colour)
        x += text_width(text, role)
