"""The map of what is learned: steps of training to the right, places of the sequence upward, dark where all is right.

A column is the mean of some steps that follow each other, of the more the longer the run is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.rnn.algorithm import names_by_time
from core.rnn.settings import Params, sizes_of
from core.run.values import Floats
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base.fonts import scaled
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Placed

LEAST_MEAN, MOST_COLUMNS = 5, 160  # steps in a column; columns
_GUESSED = 0.5  # the share of right classes from which on the colour begins; of numbers it begins at 0
_LEFT, _BELOW, _MARGIN = 46, 36, 8  # px
_LINE = 15  # px of a row for its number


@dataclass(frozen=True)
class TimeMap:
    """What the board of one view is made of."""

    view: View
    texts: Texts

    @property
    def length(self) -> int:
        """How many places there are."""
        params: Params = self.view.params
        return params.length

    @property
    def steps(self) -> int:
        """How many steps a column is the mean of."""
        return max(LEAST_MEAN, math.ceil(self.view.t / MOST_COLUMNS))

    @cached_property
    def shares(self) -> Floats:
        """(length, columns): mean shares of right answers, place 0 in the last row; the last mean may be of fewer."""
        name, *_ = names_by_time(self.length)
        rows = self.view.timeline.series.block(name, self.length, 1, self.view.t + 1)
        if self.view.covered:
            rows = np.full(rows.shape, np.nan)
        begins = np.arange(0, len(rows), self.steps)
        counts = np.diff([*begins, len(rows)])
        return np.asarray((np.add.reduceat(rows, begins) / counts[:, None]).T[::-1])

    def step_of(self, column: int) -> int:
        """Return the last step of a column."""
        return min((column + 1) * self.steps, self.view.t)

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        return tuple(self._items(width, height)) if self.view.t else ()

    def _items(self, width: float, height: float) -> Iterator[Item]:
        left, bottom = float(scaled(_LEFT)), height - scaled(_BELOW)
        across, high = (width - left - scaled(_MARGIN)) / self.view.steps, (bottom - _MARGIN) / self.length
        lowest = _GUESSED if sizes_of(self.view.params).has_classes else 0.0
        grid = Grid(self.shares, Ink(lowest, 1.0), finest=1e6)
        yield Placed("map", grid, left, float(_MARGIN), across * self.steps, high)
        every = max(1, math.ceil(scaled(_LINE) / high))
        for place in range(0, self.length, every):
            y = bottom - (place + 0.5) * high - scaled(_LINE) / 2
            yield Caption(str(place), left - 6, y, "tick", align="right")
        yield Caption(self.texts.get("panels", "place"), 4.0, bottom + 4, "tick")
        for share in (0.0, 0.5, 1.0):
            step, align = round(share * self.view.steps), ("left", "middle", "right")[round(2 * share)]
            yield Caption(str(step), left + across * step, bottom + 4, "tick", align=align, moves=True)
