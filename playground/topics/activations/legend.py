"""What the squares of the units mean: a sample of each, as it is painted, with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


class Legend(GridBoard):
    """A line of samples and words; what has no room at its end is left out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()
        self.setFixedHeight(scaled(HIGH))

    def set_words(self, words: Sequence[str]) -> None:
        """Set the name of all, then what strong ink, faint ink and a cross mean."""
        self._words = words
        self.setAccessibleName("  ".join(words))
        self.set_arrangement(self._place)

    def words(self) -> Sequence[str]:
        """The words that have room, the name of all first."""
        return [item.text for item in self.items() if isinstance(item, Caption) and item.role == "subtitle"]

    def _place(self, width: float, height: float) -> Sequence[Item]:
        high = (height - text_height("subtitle")) / 2
        title = Caption(self._words[0], 0.0, high)
        items: list[Item] = [title]
        left = title.width + _APART
        for value, words in zip(_SAMPLES, self._words[1:], strict=True):
            said = Caption(words, left + scaled(LARGEST) + _GAP, high)
            if said.x + said.width > width:
                break
            items += [*_sample(value, left, (height - scaled(LARGEST)) / 2), said]
            left = said.x + said.width + _APART
        return items


def _sample(value: float, left: float, top: float) -> Iterator[Item]:
    grid = Grid(locked(np.array([[value]])), Ink(0.0, 1.0), finest=4.0)
    yield Placed(f"sample {value}", grid, left, top, scaled(LARGEST))
    if not value:
        yield dead_at(left + scaled(LARGEST) / 2, top, scaled(LARGEST))
