"""What every picture of a convolution is drawn from: one frame, what is pointed at, and how values look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.convolution.algorithm import State, output_of, reached, wanted_of
from core.convolution.beats import LEARNING, Parts, beats, index_of, parts, so_far
from core.convolution.kernels import KERNELS, named_kernel
from core.convolution.settings import POOLING, Params, Sweep, channels_of, is_flat, layers, sweep_of, target_of
from core.run.explanation import Focus
from core.run.values import Floats, kept
from playground.playback.view import View, made_in
from playground.tab.array_cells import less
from playground.tab.comparison import apart
from playground.words.texts import Texts
from widgets.grids.grid import Ink, Light, Ramp, Signed, rounding
from widgets.grids.number_format import NumberForm

_PHOTO = 25.0  # a picture without negative numbers that goes above this is a photo, with values up to 255
AHEAD = 0.45  # the opacity of the cells ahead of the sweep
_INK = 9.0  # what is strongest in a picture of small numbers


@dataclass(frozen=True)
class Spot:
    """A cell of a grid of the boards: of an input, channel, kernel, field, output, … and which one of its kind."""

    kind: str
    number: int
    row: int
    column: int

    @classmethod
    def at(cls, grid: str, row: int, column: int) -> Spot:
        """Return a cell of a grid by the name it has on its board: `output 2`."""
        kind, _, which = grid.partition(" ")
        return cls(kind, int(which or 0), row, column)

    @classmethod
    def of(cls, focus: Focus | None) -> Spot | None:
        """Return the cell in focus."""
        return cls(focus.kind, *focus.at) if focus else None

    @property
    def focus(self) -> Focus:
        """The cell as what is pointed at or chosen."""
        return Focus(self.kind, (self.number, self.row, self.column))

    @property
    def is_picture(self) -> bool:
        """Whether it is a cell of the picture."""
        return self.kind in ("input", "channel")


def cells_between(first: Spot, last: Spot, shape: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return rows and columns of the straight line from one cell to another, as far as it is inside (rows, columns)."""
    count = 1 + max(abs(last.row - first.row), abs(last.column - first.column))
    rows = np.rint(np.linspace(first.row, last.row, count)).astype(np.intp)
    columns = np.rint(np.linspace(first.column, last.column, count)).astype(np.intp)
    inside = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
    return rows[inside], columns[inside]


def ramp_of(picture: Floats) -> Ramp:
    """Return how a picture's values look: in colour as light, else the more ink the higher, or signed."""
    low, high = float(picture.min()), float(picture.max())
    if picture.ndim == 3 and len(picture) == 3:
        return Light(min(0.0, low), max(_INK, high) if high <= _PHOTO else max(255.0, high))
    if low < 0:
        return Signed(max(-low, high))
    return Ink(0.0, max(255.0, high)) if high > _PHOTO else Ink(0.0, max(_INK, high))


@dataclass(frozen=True)
class Full:
    """All that follows from picture, kernel and settings: every output cell, and how numbers and colours are shown."""

    output: Floats  # (maps, rows, columns)
    wanted: Floats  # what the kernel to be learned makes; no maps where there is none
    form: NumberForm  # of the output
    ramp: Ramp  # of the picture
    plane_ramp: Ramp  # of one channel by itself: the same ink, whatever the picture
    picture_form: NumberForm
    weight_form: NumberForm  # of all kernels, whose colours are alike
    weight_forms: tuple[NumberForm, ...]  # of each by itself, and of its products
    product_forms: tuple[NumberForm, ...]
    floor: float  # of the colours of maps: what is smaller is noise of rounding


@kept(4)  # computed anew only for another picture, kernel or setting
def _full(image: Floats, kernel: Floats, params: Params) -> Full:
    output = output_of(image, kernel, params)
    wanted = wanted_of(image, params) if params.operation == "learn" else output[:0]
    shown = wanted if len(wanted) else output
    cells = NumberForm.of(image)
    each = tuple(NumberForm.of(one) for one in _each(kernel))
    products = tuple(_product_form(cells, weights) for weights in each)
    ramp = ramp_of(image)
    plane = Ink(*ramp.ends) if isinstance(ramp, Light) else ramp
    forms = NumberForm.of(kernel), each, products
    return Full(output, wanted, NumberForm.of(shown), ramp, plane, cells, *forms, rounding(image, kernel))


def _each(kernel: Floats) -> Floats:
    """Return each kernel by itself (kernels, …)."""
    return kernel if kernel.ndim == 4 else kernel[None]


@kept(4)
def _names(kernel: Floats) -> tuple[str, ...]:
    """Return what each kernel is called: the name of one that all its layers are, or nothing."""
    known = {name: named_kernel(name, kernel.shape[-2:]) for name in KERNELS}
    return tuple(next((name for name in known if (one == known[name]).all()), "") for one in _each(kernel))


def _product_form(cells: NumberForm, weights: NumberForm) -> NumberForm:
    """Return the form of all products there can be, padding with 0 included: it stays from step to step."""
    ends = [a * b for a in (cells.low, cells.high) for b in (weights.low, weights.high)]
    return NumberForm(min(0.0, *ends), max(0.0, *ends), min(3, cells.decimals + weights.decimals))


def largest(form: NumberForm) -> float:
    """Return the largest number of a form, whatever its sign: the limit of its colours."""
    return max(abs(form.low), abs(form.high))


@dataclass(frozen=True)
class Look:
    """What the boards show of a view; what is under the pointer goes before what was chosen."""

    view: View
    texts: Texts

    @cached_property
    def state(self) -> State:
        """Picture and kernel as they are now; at the beats of learning before its update as they were."""
        state: State = self.view.state
        return self.before if self.before is not None and self.view.beat in LEARNING[:-1] else state

    @cached_property
    def before(self) -> State | None:
        """What the kernel that is learned was before the step in view, where that moved it."""
        before, after, _ = made_in(self.view)
        return before if self.learns and before is not None and after.status == "running" else None

    @cached_property
    def parts(self) -> Parts | None:
        """What the beats of learning show of that step: error and slope only from their own beat on."""
        return None if self.before is None else parts(self.before, made_in(self.view)[2])

    def has_come_to(self, beat: str) -> bool:
        """Tell whether the step is shown as far as a beat of learning; seen whole it is."""
        seen = LEARNING.index(self.view.beat) if self.view.beat in LEARNING else len(LEARNING)
        return self.parts is not None and seen >= LEARNING.index(beat)

    @property
    def params(self) -> Params:
        """The settings in force."""
        params: Params = self.view.params
        return params

    @cached_property
    def full(self) -> Full:
        """What follows from them."""
        return _full(self.state.image, self.state.kernel, self.params)

    @cached_property
    def sweep(self) -> Sweep:
        """The windows in their order."""
        return sweep_of(self.params, self.state.image, self.state.kernel)

    @cached_property
    def others(self) -> list[Look]:
        """What the boards show of each run beside it; none where their difference is asked for."""
        if self.view.way == "difference":
            return []
        beat = "" if self.product is None and not self.learns else self.view.beat  # whole beside what is whole
        return [replace(self, view=replace(self.view.of(other), beat=beat)) for other in self.view.beside]

    @cached_property
    def difference(self) -> tuple[str, Floats] | None:
        """Where it is asked for, the difference of two runs in its words, and of their maps as far as both are reached.

        It is nan where they have other shapes.
        """
        if self.view.way != "difference":
            return None
        first, second = (reached(run.state, run.params) for run in self.view.pair)
        return apart(self.view), less(second, first, self.full.output)

    @cached_property
    def swept(self) -> Floats:
        """The maps (maps, rows, columns) as far as the sweep has come; nan ahead of it."""
        return reached(self.state, self.params)

    @property
    def channel(self) -> int | None:
        """The channel whose numbers were asked for by a click on it."""
        chosen = Spot.of(self.view.focus)
        is_there = chosen is not None and chosen.kind == "channel" and chosen.number < len(self.image)
        return chosen.number if chosen and is_there else None

    @property
    def map_ramp(self) -> Ramp:
        """How the values of its maps look."""
        return self.full.plane_ramp if self.pools else self.signed(largest(self.full.form))

    def signed(self, limit: float) -> Signed:
        """Return the colours of what kernels make, up to a limit."""
        return Signed(limit, self.full.floor)

    @property
    def pools(self) -> bool:
        """Whether windows are pooled."""
        return self.params.operation in POOLING

    @property
    def learns(self) -> bool:
        """Whether the kernel is learned."""
        return self.params.operation == "learn"

    @property
    def image(self) -> Floats:
        """The picture, (channels, rows, columns)."""
        return channels_of(self.state.image)

    @property
    def weights(self) -> Floats:
        """The kernels, (maps, channels, kh, kw)."""
        return layers(self.state.kernel, len(self.image))

    @property
    def target(self) -> Floats:
        """The kernels to be learned, (maps, channels, kh, kw)."""
        return layers(target_of(self.params), len(self.image))

    @cached_property
    def spot(self) -> Spot | None:
        """The cell pointed at."""
        return Spot.of(self.view.pointed or self.view.focus)

    @cached_property
    def cell(self) -> tuple[int, int, int] | None:
        """The output cell (map, row, column) whose window is shown: the one pointed at, or that of the step."""
        pointed = self.sweep.place_in(self.view.pointed or self.view.focus)
        if pointed or self.learns or not self.view.t:
            return pointed
        return self.sweep.place(min(self.view.t, self.sweep.cells) - 1)

    @property
    def ahead(self) -> float:
        """The opacity of cells the sweep has not reached; 0 where the map is seen to grow."""
        return 0.0 if self.params.growing else AHEAD

    @property
    def map(self) -> int:
        """The map whose kernel is shown: that of the window in view, else the first."""
        return self.cell[0] if self.cell else 0

    @cached_property
    def cells(self) -> Floats | None:
        """What the window shown meets, (channels, kh, kw), nan in padding."""
        return self.sweep.geometry.cells(self.image, *self.cell[1:]) if self.cell else None

    @property
    def rows(self) -> int:
        """How many maps there are, each with a row of the board."""
        return len(self.full.output)

    @property
    def across(self) -> int:
        """How many maps of one size stand in a row: the one made, the one wanted, the difference from another run's."""
        return 1 + self.learns + (self.difference is not None)

    def first_row(self, count: int) -> int:
        """Return the first of so many rows in view: the one scrolled to, else those with what is chosen or swept."""
        chosen = self.sweep.place_in(self.view.focus)
        swept = 0 if self.learns else min(max(0, self.view.t - 1), self.sweep.cells - 1)
        map = chosen[0] if chosen else 0 if self.learns else self.sweep.place(swept)[0]
        wanted: int = self.view.options.get("first_row", map // count * count)
        return max(0, min(wanted, self.rows - count))

    def layer(self, map: int, channel: int) -> int:
        """Return the number of a layer among all kernels'; of a block, that of its channel."""
        return map if self.pools else map * len(self.image) + channel

    def place_in_array(self, spot: Spot) -> tuple[str, tuple[int, ...]] | None:
        """Return which array a cell can be typed into, and where; None for what is computed, or padding."""
        if self.state is not self.view.state:  # what was there before the step is past
            return None
        array = {"kernel": self.state.kernel}.get(spot.kind, self.state.image if spot.is_picture else None)
        if array is None or not (0 <= spot.row < array.shape[-2] and 0 <= spot.column < array.shape[-1]):
            return None
        layers: tuple[int, ...] = ()
        if spot.kind == "input" and array.ndim == 3:
            if self.channel is None:  # a colour is no number
                return None
            layers = (self.channel,)
        elif array.ndim > 2:
            shared = len(self.image) if spot.kind == "kernel" and is_flat(array) else 1  # by so many channels
            layers = tuple(int(i) for i in np.unravel_index(spot.number // shared, array.shape[:-2]))
        name = "kernel" if spot.kind == "kernel" else "image"
        return name, (*layers, spot.row, spot.column)

    def shows(self, map: int) -> bool:
        """Tell whether what the window in view gives in a map may be seen: not ahead of a map that grows."""
        if self.cell is None or self.learns or not self.params.growing:
            return self.cell is not None
        return self.sweep.cell(map, *self.cell[1:]) < self.state.t

    def is_unknown(self, map: int) -> bool:
        """Tell whether the cell in view lies in a map, ahead of where the sweep has come."""
        return self.cell is not None and self.cell[0] == map and not self.learns and not self.shows(map)

    def products(self, map: int) -> Floats | None:
        """Return the cells of the window times the weights of a kernel, (channels, kh, kw)."""
        cells = self.cells
        return np.nan_to_num(cells) * self.weights[map] if cells is not None and self.shows(map) else None

    def block(self, map: int) -> Floats | None:
        """Return what a pool's window meets of a channel, (kh, kw), nan in padding."""
        return self.cells[map] if self.cells is not None and self.shows(map) else None

    @cached_property
    def product(self) -> int | None:
        """The cell of the window that the beat in view takes in, from 0; None where the step is seen whole."""
        at = None if self.learns or not self.view.t else index_of(self.view.beat)
        return at if at is not None and at < len(beats(self.params)) - 1 else None

    def sum_so_far(self, map: int) -> float:
        """Return what the window in view gives in a map, as far as the beat in view has come."""
        if self.cell is None:
            return np.nan
        place = (map, *self.cell[1:])
        if self.product is None:
            return float(self.full.output[place])
        return so_far(self.state, self.params, self.sweep, place, self.product)

    def reached(self, map: int) -> int:
        """Return how many cells of a map are filled: not yet the one whose products are still added."""
        t = self.state.t - (self.product is not None)
        cells: int = self.full.output[map].size
        return max(0, min(t - self.sweep.cell(map, 0, 0), cells))

    def filled(self, map: int) -> int | None:
        """Return how many cells of a map the sweep has filled; None while a kernel is learned: then all are there."""
        return None if self.learns else self.reached(map)

    def mark_of(self, layer: int) -> tuple[int, int] | None:
        """Return row and column, in a layer, of the product that the beat in view adds."""
        rows, columns = self.sweep.geometry.window
        if self.product is None:
            return None
        channel, place = divmod(self.product, rows * columns)
        return divmod(place, columns) if self.pools or layer % len(self.image) == channel else None

    def kernel_name(self, map: int) -> str:
        """Return what a kernel is called, or nothing; one that is learned has no name."""
        name = "" if self.learns else _names(self.state.kernel)[map]
        return self.texts.choice("kernel", name) if name else ""

    def text(self, key: str, **values: object) -> str:
        """Return a text of the panels."""
        return self.texts.get("panels", key).format(**values)
