"""A picture and its three channels side by side: an index [row, column, channel] lights one cell in all of them.

The picture is a shipped one, (rows, columns, 3) as written; its numbers go from 0 to 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.data.pictures import INK, named_picture
from core.nn.layers import text_of
from core.nn.layers.shapes import as_written
from core.run.explanation import Focus
from core.run.values import Floats, kept
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


@kept(1)
def picture() -> Floats:
    """Return the picture, (rows, columns, channels)."""
    return np.array(as_written(named_picture("colour")[None])[0])


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

    @property
    def place(self) -> tuple[int, ...]:
        """The index under the pointer, or else that chosen; empty where there is none."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("pixel", (_, _, *_) as at):
                    return at
        return ()

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size, in the way in which cells are largest."""
        x, foot = picture(), text_height("strong") + 8
        cells = {way: _cell(x, way, width, height - foot) for way in _WAYS}
        (_, across), cell = max(cells.items(), key=lambda found: found[1])
        wide, high = x.shape[1] * cell + _GAP, x.shape[0] * cell + _HEAD
        items: list[Item] = []
        for i in range(4):
            items += self._grid(i - 1, i % across * wide + 2, i // across * high, cell)
        return [*items, *self._words(height - foot + 4, width)]

    def _grid(self, k: int, left: float, top: float, cell: float) -> Iterator[Item]:
        """Yield channel k under its name, or for −1 the picture they make."""
        x = picture()
        words = self.texts.get("picture", CHANNELS[k]) if k >= 0 else self.texts.get("picture", "whole")
        colour = {-1: "text", 0: "vermillion", 1: "green", 2: "blue"}[k]
        head = f"k = {k}: {words}" if k >= 0 else words
        yield Caption(head, left, top + 2, "tick", colour, "left", x.shape[1] * cell)
        values = np.moveaxis(x, 2, 0) if k < 0 else x[:, :, k]
        form = NumberForm.of(x) if k >= 0 else None
        grid = Grid(values, Light(0.0, INK), form, outlines=self._outlines(k), finest=3.0)
        yield Placed(f"channel {k}" if k >= 0 else "picture", grid, left, top + _HEAD - 2, cell)

    def _outlines(self, k: int) -> list[Outline]:
        """Return the frame of the place: firm in the channel of the index and in the picture, dashed in the others."""
        if not self.place:
            return []
        (row, column, *channel), is_meant = self.place, k < 0 or k in self.place[2:] or len(self.place) == 2
        assert len(channel) < 2
        return [Outline(row, column, width=3.0 if is_meant else 1.5, dashed=not is_meant)]

    def _words(self, y: float, width: float) -> Iterator[Item]:
        """Say which cell is lit and what stands in it, else how long the axes are."""
        x = picture()
        text = self.texts.get("picture", "shape").format(shape=text_of(x.shape))
        if self.place:
            number = ", ".join(f"{n:g}" for n in np.atleast_1d(x[self.place]))
            index = ", ".join(map(str, self.place))
            text = f"picture[{index}] = {number if len(self.place) == 3 else f'[{number}]'}"
        yield Caption(text, 2, y, "strong", "text", "left", width - 4, True)


def _cell(x: Floats, way: tuple[int, int], width: float, height: float) -> float:
    down, across = way
    room = (width - 4 - (across - 1) * _GAP) / across, height / down - _HEAD
    return cell_size(*room, x.shape[0], x.shape[1], _LARGEST)
