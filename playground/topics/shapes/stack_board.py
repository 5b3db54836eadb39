"""The stack from top to bottom: tensors with their axes, and between them the layers that join them.

Of a tensor at most sixteen cells an axis are drawn; slices of a picture stand behind each other, with the one in focus
in front. A cell in focus lights all cells it comes from, back to the data, and all it goes to; an axis all places it
has. Where layers were tried that do not fit, the option `tried`, it is their stack as far as it can be built, and under
it the misfit. Runs that are compared stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF

from core.nn.layers import Stack
from core.nn.layers.shapes import as_written
from core.run.explanation import Focus
from core.run.values import Floats
from core.shapes.algorithm import tensors
from core.shapes.carried import Axes, places_of
from core.shapes.cells import Mask, can_be_followed, comes_from, goes_to, sizes_of
from core.shapes.misfits import Misfit, misfit_of
from core.shapes.settings import stack
from playground.playback.view import View
from playground.tab.marked_cells import cells
from playground.tab.runs_on_board import STACKS, placed
from playground.topics.shapes.axes import Drop, Passing, colour_of, names_in
from playground.topics.shapes.misfit_box import MisfitBox
from playground.topics.shapes.stack_axes import AxisLines
from playground.topics.shapes.stack_flow import Band, bands, over_slices
from playground.topics.shapes.stack_index import written_index
from playground.topics.shapes.stack_plan import JOINT, Place, Plan
from playground.topics.shapes.stack_standing import planned, standing
from playground.topics.shapes.stack_words import joint_at
from playground.words.texts import Texts
from widgets.base.labels import text_width
from widgets.grids.board import Item, Spot
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm

_GAP = 5.0  # px from a layer's bar to the line beside it


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
        """The numbers of the example as far as it has come, as written; of what was tried while it is the same."""
        running = stack(self.view.params)
        n = len(self.made.layers)
        is_same = self.made.layers == running.layers[:n] and self.made.shapes == running.shapes[: n + 1]
        reached = tensors(self.view.state, self.view.params)[: min(self.view.t, n) + 1] if is_same else ()
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
        if self.cell is None or not can_be_followed(self.made):
            return {}
        k, at = self.cell
        before, after = comes_from(self.made, k, at), goes_to(self.made, k, at)
        return dict(enumerate((*before, *after[1:])))

    @cached_property
    def axis(self) -> tuple[int, int] | None:
        """The tensor and the axis, as written, under the pointer, or else those chosen; a cell there goes before."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("axis", (k, i)) if k < len(self.made.shapes) and i < len(self.made.shapes[k]):
                    return k, i
                case Focus():
                    return None
        return None

    @cached_property
    def axes(self) -> dict[int, Axes]:
        """The axes that the one in focus is, by tensor."""
        return places_of(self.made, *self.axis) if self.axis else {}

    @property
    def chosen(self) -> int | None:
        """The layer under the pointer, or else that chosen, from 1."""
        found = (focus for focus in (self.view.pointed, self.view.focus) if focus and focus.kind == "layer")
        return next((focus.at[0] for focus in found), None)

    # What is placed.

    @cached_property
    def runs(self) -> dict[str, Picture]:
        """The stacks that are compared, by letter, this one among them; empty where there is but this."""
        view = self.view
        runs = [run for run in view.compared if run.letter == view.letter or run in view.beside]
        plain = {**view.options, "tried": None, "carried": None}
        others = {run.letter: Picture(replace(view.of(run), options=plain), self.texts) for run in runs}
        return {**others, view.letter: self} if len(runs) > 1 else {}

    def plan(self, width: float, height: float) -> Plan:
        """Return where things stand on a board of this size."""
        wide = STACKS.rooms(max(1, len(self.runs)), width, height)[0].width()
        return self._plan_in(wide, height - (self._box.height(wide) if self._box else 0))

    def _plan_in(self, width: float, height: float) -> Plan:
        """Return where things stand: what is chosen is in view, or else the step's layer, or what was turned to."""
        t, focus = self.view.t, self.view.focus
        at = len(self.made.layers) if self.misfit else t
        if focus and focus.kind in ("cell", "axis", "layer") and focus.at[0] < len(self.made.shapes):
            at = focus.at[0]
        by, *turned_at = self.view.options.get("turned") or (0,)
        at += by if turned_at == [t, focus] else 0
        return planned(self.made, max(0, at), width, height)

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        if not self.runs:
            return self._alone(width, height)
        runs = {letter: picture._alone for letter, picture in sorted(self.runs.items())}
        return list(placed(runs, self.view.letter, STACKS, QRectF(0, 0, width, height)))

    @cached_property
    def _box(self) -> MisfitBox | None:
        if not self.misfit:
            return None
        return MisfitBox.of(self.misfit, self.view.options["tried"].layers[self.misfit.place - 1], self.texts)

    def _alone(self, width: float, height: float) -> Sequence[Item]:
        items: list[Item] = []
        if self._box and self.misfit:
            high = self._box.height(width)
            height = floor(height - high)
            items.append(Spot(f"joint {self.misfit.place}", QRectF(0, height, width, high)))
            items += self._box.arrange(height, width)
        if not self.made.shapes:
            return items
        return [*items, *self._stack(width, height)]

    def _stack(self, width: float, height: float) -> Iterator[Item]:
        plan = self._plan_in(width, height)
        yield from self._flow(plan)
        yield from standing(self.made, plan, height, self.axes, self.chosen, self.texts)
        yield from map(self._grid, plan.places)
        for place in plan.places:
            if place.k in self.lit:
                yield from written_index(self.made, plan, place, self.lit[place.k], height)
        t = self.view.t if self.known else 0
        if t in plan.joints:
            yield Passing(joint_at(plan, t))
        yield from self._carried(plan)
        yield from cells(self.view, partial(self._rect, plan))

    def _rect(self, plan: Plan, thing: Focus) -> QRectF | None:
        """Return where a thing stands that a scene speaks of: a layer, a tensor or one of its cells."""
        match thing:
            case Focus("layer", (k,)) if k in plan.joints:
                return joint_at(plan, k)
            case Focus("tensor", (k,)) if plan.first <= k <= plan.last:
                return plan.places[k - plan.first].front
            case Focus("cell", (k, *at)) if plan.first <= k <= plan.last:
                return plan.places[k - plan.first].cell_at(tuple(at))
        return None

    def _carried(self, plan: Plan) -> Iterator[Drop]:
        """Yield the line where a layer would stand that is being dragged."""
        carried = self.view.options.get("carried")
        if carried and carried[0] != carried[1] and (top := plan.joints.get(carried[1])) is not None:
            y = top - _GAP if carried[1] < carried[0] else top + JOINT + _GAP
            yield Drop(QLineF(2, y, plan.end - 2, y))

    def _flow(self, plan: Plan) -> Iterator[Band]:
        if self.cell and self.lit:
            yield from self._rows_laid(plan.places)
            yield from bands(plan.places, self.lit, self.cell[0])

    def _rows_laid(self, places: list[Place]) -> Iterator[Band]:
        """Yield the way of the row that the cell in focus lies in, or comes from, through each Flatten."""
        for upper, lower in pairwise(places):
            segments = AxisLines(self.made, lower, frozenset(), self.texts).segments()
            rows = [*np.flatnonzero(self.lit[upper.k].any(axis=-1))] if len(self.made.shapes[upper.k]) == 3 else []
            if len(rows) == 1 and rows[0] < len(segments):
                yield Band(upper.front, segments[rows[0]], colour_of(names_in(self.made, upper.k)[1]), share=0.3)

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
        found = np.argwhere(flat[: place.drawn.rows, : place.drawn.columns])
        if not len(found):
            return []
        is_it, is_after = place.k == self.cell[0], place.k > self.cell[0]
        width = 2.5 if is_it else 1.5
        return [Outline(*block, width=width, filled=True, dashed=is_after) for block in blocks(found)]

    # What is pointed at.

    def focus_at(self, name: str, row: int, column: int) -> Focus | None:
        """Return what stands at a place of the board: a cell of a tensor, an axis or its end, a layer."""
        match Focus.of(name):
            case Focus("axis" | "end", at):
                return Focus("axis", at)
            case Focus("joint", at):
                return Focus("layer", at)
            case Focus("tensor", (k,)):
                return self._cell_at(k, row, column)
        return None

    def _cell_at(self, k: int, row: int, column: int) -> Focus:
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
