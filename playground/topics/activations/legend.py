"""What the tiles show: a sample of each kind of square as it is painted, of border and ring, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QWidget

from core.run.values import locked
from playground.topics.activations.squares import HIGH, LARGEST, dead_at
from widgets.base.fonts import scaled
from widgets.base.labels import text_height
from widgets.grids.board import Caption, GridBoard, Item
from widgets.grids.grid import Grid, Ink, Placed

_GAP, _APART = 5.0, 14.0  # px behind a sample, and behind its words
_SAMPLES = (1.0, 0.1, 0.0)  # how much slope the inputs find: all there is, hardly any, none
_SIGNS = ("━", "○")  # of the border, and of a point called wrongly
_INSET = 6.0  # px of a column from its left edge


class Legend(GridBoard):
    """Samples with words: a line of those of the squares, or all in a column where there is room for that; what has no
    room at the end is left out.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()

    def set_words(self, words: Sequence[str]) -> None:
        """Set the name of all squares, what strong ink, faint ink and a cross mean, then what border and ring do."""
        self._words = words
        self.setAccessibleName("  ".join(words))
        self.set_arrangement(self._place)

    def words(self) -> Sequence[str]:
        """The words that have room, the name of all first."""
        return [item.text for item in self.items() if isinstance(item, Caption) and item.role == "subtitle"]

    def _place(self, width: float, height: float) -> Sequence[Item]:
        return self._column(width, height) if height > 2 * scaled(HIGH) else self._line(width, height)

    def _line(self, width: float, height: float) -> Sequence[Item]:
        high = (height - text_height("subtitle")) / 2
        title = Caption(self._words[0], 0.0, high)
        items: list[Item] = [title]
        left = title.width + _APART
        for value, words in zip(_SAMPLES, self._words[1:], strict=False):
            said = _beside(words, left, high)
            if said.x + said.width > width:
                break
            items += [*_sample(value, left, (height - scaled(LARGEST)) / 2), said]
            left = said.x + said.width + _APART
        return items

    def _column(self, width: float, height: float) -> Sequence[Item]:
        """Place the squares under their name, then border and ring."""
        row, (name, *words) = float(scaled(HIGH)), self._words
        middle = (row - text_height("subtitle")) / 2
        items: list[Item] = [Caption(name, _INSET, middle)]
        for place, said in enumerate(words, 1):
            top = place * row
            if top + row > height:
                break
            beside = _beside(said, _INSET, top + middle)
            items += [*_shown(place - 1, top, row), replace(beside, widest=width - _INSET - beside.x)]
        return items


def _shown(place: int, top: float, row: float) -> Iterator[Item]:
    """Yield the sample of a row of the column: a square, or the sign of border or ring."""
    if place < len(_SAMPLES):
        yield from _sample(_SAMPLES[place], _INSET, top + (row - scaled(LARGEST)) / 2)
    else:
        sign = _SIGNS[place - len(_SAMPLES)]
        middle, high = _INSET + scaled(LARGEST) / 2, (row - text_height("label")) / 2
        yield Caption(sign, middle, top + high, "label", "text", "middle")


def _beside(words: str, left: float, top: float) -> Caption:
    """Return the words of a sample that begins at a place."""
    return Caption(words, left + scaled(LARGEST) + _GAP, top)


def _sample(value: float, left: float, top: float) -> Iterator[Item]:
    grid = Grid(locked(np.array([[value]])), Ink(0.0, 1.0), finest=4.0)
    yield Placed(f"sample {value}", grid, left, top, scaled(LARGEST))
    if not value:
        yield dead_at(left + scaled(LARGEST) / 2, top, scaled(LARGEST))
