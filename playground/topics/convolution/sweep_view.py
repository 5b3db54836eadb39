"""What every picture of a convolution is drawn from: one frame, what is pointed at, and how values look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import convolution as core
from core.convolution.settings import POOLING, Sweep, channels_of, layers, sweep_of, target_of
from core.run.timeline import Frame
from core.run.values import Floats
from playground.words.texts import Texts
from widgets.grids.grid import Ink, Light, Ramp, Signed
from widgets.grids.number_format import NumberForm

_PHOTO = 25.0  # a picture without negative numbers that goes above this is light, as a photo, not ink
_INK = 9.0  # what is darkest, or in colour lightest, in a picture of small numbers


@dataclass(frozen=True)
class Spot:
    """A cell of a named grid: "input", "channel 1", "kernel 0", "field 0", "output 2" …"""

    grid: str
    row: int
    column: int

    @property
    def kind(self) -> str:
        """What the grid is, without its number."""
        return self.grid.partition(" ")[0]

    @property
    def number(self) -> int:
        """Which one of its kind it is."""
        return int(self.grid.partition(" ")[2] or 0)


def cells_between(first: Spot, last: Spot, shape: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return rows and columns of the straight line from one cell to another, as far as it is inside (rows, columns)."""
    count = 1 + max(abs(last.row - first.row), abs(last.column - first.column))
    rows = np.rint(np.linspace(first.row, last.row, count)).astype(np.intp)
    columns = np.rint(np.linspace(first.column, last.column, count)).astype(np.intp)
    inside = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
    return rows[inside], columns[inside]


def ramp_of(picture: Floats) -> Ramp:
    """Return how a picture's values look: ink on paper, light in a photo or in colour, or signed."""
    low, high = float(picture.min()), float(picture.max())
    if picture.ndim == 3 and len(picture) == 3:
        return Light(min(0.0, low), max(_INK, high) if high <= _PHOTO else max(255.0, high))
    if low < 0:
        return Signed(max(-low, high))
    return Light(0.0, max(255.0, high)) if high > _PHOTO else Ink(0.0, max(_INK, high))


@dataclass(frozen=True)
class Full:
    """All that follows from picture, kernel and settings: every output cell, and how numbers and colours are shown."""

    output: Floats  # (maps, rows, columns)
    wanted: Floats | None
    form: NumberForm  # of the output
    limit: float  # of its colours
    ramp: Ramp  # of the picture
    picture_form: NumberForm
    weight_form: NumberForm
    weight_limit: float
    product_form: NumberForm
    product_limit: float

    @classmethod
    def of(cls, state: core.State, params: core.Params) -> Full:
        """Compute them."""
        output = core.output_of(state, params)
        wanted = core.wanted_of(state, params) if params.operation == "learn" else None
        shown = output if wanted is None else wanted
        picture, weights = NumberForm.of(state.image), NumberForm.of(state.kernel)
        product = _product_form(picture, weights)
        return cls(
            output, wanted, NumberForm.of(shown), float(np.abs(shown).max()), ramp_of(state.image), picture, weights,
            _largest(weights), product, _largest(product),
        )  # fmt: skip


def _product_form(cells: NumberForm, weights: NumberForm) -> NumberForm:
    """Return the form of all products there can be, padding with 0 included: it stays from step to step."""
    ends = [a * b for a in (cells.low, cells.high) for b in (weights.low, weights.high)]
    return NumberForm(min(0.0, *ends), max(0.0, *ends), min(3, cells.decimals + weights.decimals))


def _largest(form: NumberForm) -> float:
    return max(abs(form.low), abs(form.high))


class KeptFull:
    """Computes the output anew only for another picture, kernel or setting: a large one takes longer than a frame."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] = ()
        self._full: Full | None = None

    def of(self, state: core.State, params: core.Params) -> Full:
        """Return the output of a state."""
        key = (state.image, state.kernel, params)
        if self._full is None or not all(a is b for a, b in zip(key, self._key, strict=True)):
            self._key, self._full = key, Full.of(state, params)
        return self._full


@dataclass(frozen=True)
class Look:
    """One frame and what is pointed at."""

    frame: Frame[Any, Any]
    full: Full
    texts: Texts
    spot: Spot | None = None
    pinned: Floats | None = None  # output of the run pinned to compare with
    sweep: Sweep = field(init=False)

    def __post_init__(self) -> None:
        sweep = sweep_of(self.params, self.state.image, self.state.kernel)
        object.__setattr__(self, "sweep", sweep)

    @property
    def state(self) -> core.State:
        """Picture and kernel as they are now."""
        state: core.State = self.frame.state
        return state

    @property
    def params(self) -> core.Params:
        """The settings in force."""
        params: core.Params = self.frame.params
        return params

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

    @property
    def shown(self) -> Floats:
        """The output (maps, rows, columns) as far as it is reached; all of it while a kernel is learned."""
        return self.full.output if self.learns else core.reached(self.full.output, self.state.t)

    @property
    def cell(self) -> tuple[int, int, int] | None:
        """The output cell (map, row, column) whose window is shown: the one pointed at, or that of the step."""
        if self.spot and self.spot.kind == "output" and self.is_output(self.spot):
            return self.spot.number, self.spot.row, self.spot.column
        if self.learns or not self.frame.t:
            return None
        return self.sweep.place(min(self.frame.t, self.sweep.cells) - 1)

    def is_output(self, spot: Spot) -> bool:
        """Tell whether there is such an output cell: settings may have changed since it was pointed at."""
        rows, columns = self.sweep.geometry.output
        return spot.number < self.sweep.maps and 0 <= spot.row < rows and 0 <= spot.column < columns

    def window(self) -> tuple[Floats, Floats] | None:
        """Return the cells (channels, kh, kw) the shown window meets, nan in padding, and their weights."""
        if self.cell is None:
            return None
        map, row, column = self.cell
        channels = self.image[map : map + 1] if self.pools else self.image
        cells = np.full((len(channels), *self.sweep.geometry.window), np.nan)
        for a, b, r, c in self.sweep.geometry.seen(row, column):
            cells[:, a, b] = channels[:, r, c]
        return cells, self.weights[0 if self.pools else map]

    def pointing(self, spot: Spot | None) -> Look:
        """Return the same look with something else pointed at."""
        return replace(self, spot=spot)

    def text(self, key: str, **values: object) -> str:
        """Return a text of the panels."""
        return self.texts.get("panels", key).format(**values)
