"""The weights of the unit told of: its column of W and of U, by which it is made, its row of U and V, where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from core.rnn.explained import Chosen
from core.rnn.net import named
from core.rnn.settings import Params
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from widgets.base.fonts import scaled
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm

_LEFT, _MARGIN, _GAP = 26, 8.0, 8.0  # px
_LARGEST = 26.0  # px of a cell
_NAMES = ("W", "b", "U", "V")


class UnitWeights(ViewPicture[Params]):
    """What the board of one view is made of."""

    @cached_property
    def unit(self) -> int:
        """The unit told of."""
        return Chosen.of(self.view.pointed or self.view.focus, self.params).unit

    @cached_property
    def weights(self) -> Mapping[str, Floats]:
        """W (features, units), b as a row, U (units, units) and V (units, outputs), as they stand in the row."""
        own = named(self.view.state.weights, self.params)
        return {name: np.atleast_2d(own[name]) for name in _NAMES}

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        return tuple(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        own, line = self.weights, text_height("tick") + 4
        rows, columns = len(own["W"]) + 1 + len(own["U"]), own["U"].shape[1] + own["V"].shape[1]
        left, top = _MARGIN + scaled(_LEFT), _MARGIN + line
        cell = min(_LARGEST, (width - left - 2 * _MARGIN - _GAP) / columns)
        high = min(cell, (height - top - 2 * _GAP - _MARGIN) / rows)
        below = top + len(own["W"]) * high + _GAP
        of_u = below + high + _GAP
        right = left + own["U"].shape[1] * cell + _GAP
        words = self.texts.get("panels", "unit_told").format(unit=self.unit)
        yield Caption(words, left, _MARGIN - 4, "tick", "accent_text", widest=width - left - _MARGIN, moves=True)
        for name, x, y in (("W", left, top), ("b", left, below), ("U", left, of_u), ("V", right, of_u)):
            yield Placed(name, self._grid(name), x, y, cell, high)
            if name != "V":
                middle = y + len(own[name]) * high / 2 - text_height("strong") / 2
                yield Caption(name, left - 6, middle, "strong", "text", "right")
        yield Caption("V", right, of_u - line, "strong", "text")

    def _grid(self, name: str) -> Grid:
        """A matrix with the unit's part framed: a column of what comes to it, a row of where it goes."""
        array, marks = self.weights[name], list[Outline]()
        if name != "V":
            marks.append(Outline(0, self.unit, len(array), 1, "orange" if name == "W" else "purple", 1.5))
        if name in ("U", "V"):
            marks.append(Outline(self.unit, 0, 1, array.shape[1], "text", 1.5))
        return Grid(array, Signed(float(np.abs(array).max())), NumberForm.of(array), outlines=marks)


def unit_of(name: str, row: int, column: int) -> Focus:
    """Return the unit that a cell of a matrix is a weight of."""
    return Focus("unit", (row if name == "V" else column,))
