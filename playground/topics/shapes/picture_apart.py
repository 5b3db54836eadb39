"""A picture and its channels side by side: an index [row, column, channel] lights one cell in all of them.

Where the nested list is a batch of pictures that go into the stack it is the first of them, else a shipped one,
(rows, columns, 3) as written, whose numbers go from 0 to 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.data.pictures import INK, colour_channels_last
from core.nn.layers import text_of
from core.run.explanation import Focus
from core.run.values import Floats
from core.shapes.algorithm import typed_example
from core.shapes.settings import Params
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Light, Outline, Placed, cell_size
from widgets.grids.number_format import NumberForm

CHANNELS = ("red", "green", "blue")
_GAP, _HEAD = 12.0, 20.0  # px between grids, and of the words over each
_WAYS = ((1, 4), (2, 2), (4, 1))  # rows and columns in which the four of them may stand
_LARGEST = 48.0  # px of a cell
_MOST = 32  # rows and columns


def own(params: Params) -> Floats | None:
    """Return the picture that goes into the stack, (rows, columns, channels); None where none was typed."""
    typed = typed_example(params)
    is_picture = typed is not None and typed.ndim == 3 and typed.shape[2] in (1, 3) and max(typed.shape) <= _MOST
    return typed if is_picture else None


def focus_at(name: str, row: int, column: int) -> Focus | None:
    """Return the index of a cell: of a channel all three numbers, of the picture that of the row and the column."""
    kind, _, number = name.partition(" ")
    if kind == "channel":
        return Focus("pixel", (row, column, int(number)))
    return Focus("pixel", (row, column)) if kind == "picture" else None


@dataclass(frozen=True)
class Picture:
    """What the board shows of a view."""

    view: View
    texts: Texts

    @cached_property
    def own(self) -> Floats | None:
        """The picture of the run, where it has one."""
        return own(self.view.params)

    @cached_property
    def x(self) -> Floats:
        """The picture shown, (rows, columns, channels)."""
        return colour_channels_last() if self.own is None else self.own

    @property
    def place(self) -> tuple[int, ...]:
        """The index under the pointer, or else that chosen; empty where there is none."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("pixel", (_, _, *_) as at) if all(i < n for i, n in zip(at, self.x.shape, strict=False)):
                    return at
        return ()

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size, in the way in which cells are largest."""
        x, foot = self.x, text_height("strong") + 8
        cells = {way: _cell(x, way, width, height - foot) for way in _WAYS}
        (_, across), cell = max(cells.items(), key=lambda found: found[1])
        wide, high = x.shape[1] * cell + _GAP, x.shape[0] * cell + _HEAD
        items: list[Item] = []
        for i in range(1 + x.shape[2]):
            items += self._grid(i - 1, i % across * wide + 2, i // across * high, cell)
        return [*items, *self._words(height - foot + 4, width)]

    def _grid(self, k: int, left: float, top: float, cell: float) -> Iterator[Item]:
        """Yield channel k under its name, or for −1 the picture they make."""
        x = self.x
        words = self.texts.get("picture", self._name(k))
        is_light = x.shape[2] == 1
        colour = "text" if is_light else {-1: "text", 0: "vermillion", 1: "green", 2: "blue"}[k]
        head = f"k = {k}: {words}" if k >= 0 else words
        yield Caption(head, left, top + 2, "tick", colour, "left", x.shape[1] * cell)
        values = np.moveaxis(x, 2, 0) if k < 0 and not is_light else x[:, :, max(k, 0)]
        form = NumberForm.of(x) if k >= 0 else None
        grid = Grid(values, self._ramp, form, outlines=self._outlines(k), finest=3.0)
        yield Placed(f"channel {k}" if k >= 0 else "picture", grid, left, top + _HEAD - 2, cell)

    @property
    def _ramp(self) -> Light:
        low, high = (0.0, INK) if self.own is None else (min(0.0, float(self.x.min())), float(self.x.max()))
        return Light(low, high if high > low else low + 1)

    def _name(self, k: int) -> str:
        return "whole" if k < 0 else "light" if self.x.shape[2] == 1 else CHANNELS[k]

    def _outlines(self, k: int) -> list[Outline]:
        """Return the frame of the place: firm in the channel of the index and in the picture, dashed in the others."""
        if not self.place:
            return []
        (row, column, *channel), is_meant = self.place, k < 0 or k in self.place[2:] or len(self.place) == 2
        assert len(channel) < 2
        return [Outline(row, column, width=3.0 if is_meant else 1.5, dashed=not is_meant)]

    def _words(self, y: float, width: float) -> Iterator[Item]:
        """Say which cell is lit and what stands in it, else how long the axes are."""
        x = self.x
        text = self.texts.get("picture", "shape" if self.own is None else "own").format(shape=text_of(x.shape))
        if self.place:
            number = ", ".join(f"{n:g}" for n in np.atleast_1d(x[self.place]))
            index = ", ".join(map(str, self.place))
            text = f"picture[{index}] = {number if len(self.place) == 3 else f'[{number}]'}"
        yield Caption(text, 2, y, "strong", "text", "left", width - 4, True)


def _cell(x: Floats, way: tuple[int, int], width: float, height: float) -> float:
    down, across = way
    room = (width - 4 - (across - 1) * _GAP) / across, height / down - _HEAD
    return cell_size(*room, x.shape[0], x.shape[1], _LARGEST)
