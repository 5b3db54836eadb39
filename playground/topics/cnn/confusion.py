"""Confusion: how many held-out digits of each class are read as each; a click shows one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.cnn.readings import Reading, reading
from core.cnn.settings import Params
from core.data.digits import CLASSES, digits
from playground.playback.picture import ViewPicture
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed

NAME = "confusion"
_FULL, _MISTAKE = 2.5, 12.0  # share at full colour, so that numbers are read on it; how much more a wrong one counts
_WIDEST, _MARGIN = 44.0, 26.0  # px a cell is wide, and for the classes at the left


@dataclass(frozen=True)
class Confusion(ViewPicture[Params]):
    """The ten classes against what they are read as: right ones blue, wrong ones vermillion, by their share."""

    @property
    def reading(self) -> Reading:
        """How the held-out digits are read."""
        return reading(self.view.state.weights, self.params.layers)

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place the cells with the number of digits in each that has any."""
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        line, counts = text_height("tick"), self.reading.confusion
        wide = min(_WIDEST, (width - _MARGIN) / CLASSES)
        high, top = (height - 2 * line - 4) / CLASSES, 2 * line + 2
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        signed = np.where(np.eye(CLASSES, dtype=bool), shares, -_MISTAKE * shares)
        placed = Placed(NAME, Grid(signed, Signed(_FULL), outlines=tuple(self._shown())), _MARGIN, top, wide, high)
        yield placed
        yield Caption(self.texts.get("panels", "read_as"), _MARGIN, 0, "tick", widest=width - _MARGIN)
        for i in range(CLASSES):
            yield Caption(f"{i}", _MARGIN + (i + 0.5) * wide, line, "tick", "text", "middle")
            yield Caption(f"{i}", _MARGIN - 8, top + (i + 0.5) * high - line / 2, "tick", "text", "right")
        for i, j in zip(*(at.tolist() for at in np.nonzero(counts)), strict=True):
            x, y = _MARGIN + (j + 0.5) * wide, top + (i + 0.5) * high - line / 2
            yield Caption(f"{counts[i, j]}", x, y, "tick", "text", "middle", moves=True)

    def _shown(self) -> Iterator[Outline]:
        """Yield a frame around the cell that the digit shown is counted in."""
        at = np.flatnonzero(digits().test == self.params.shown)
        if at.size and self.params.picture is None:
            yield Outline(int(self.reading.labels[at[0]]), int(self.reading.called[at[0]]))

    def digit_in(self, row: int, column: int) -> int | None:
        """Return the next of all digits that a cell counts, behind the one shown; None where it counts none."""
        told = self.reading
        counted: list[int] = digits().test[(told.labels == row) & (told.called == column)].tolist()
        later = (digit for digit in counted if digit > self.params.shown)
        return next(later, counted[0]) if counted else None
