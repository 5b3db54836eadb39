"""Where the columns of the film stand, one for each time, and how high each of its parts is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from PySide6.QtCore import QRectF

from widgets.base.fonts import scale, scaled
from widgets.base.letters import SIDE

GUTTER, LEAST_GUTTER, BEGIN = 152, 116, 22  # px: of the words at the left, of the state that a sequence begins with
_SHARE_OF_WORDS = 0.3  # of the width, between the two
_SHARE_OF_ROWS = 0.19  # of the height, at most, of all rows of an input or output
MARGIN, GAP, LINE = 10.0, 12, 17
_WIDEST, WITH_NUMBER, LEAST = 110.0, 28, 12  # px of a column; with a number of its own; if fewer, not all are in view
_LOW = 360  # px: a lower board has narrower gaps, and a row of numbers for the answers at each time
_TERMS, _TERM = 5, 14  # numbers that a unit's sum is told in, on a low board one fewer; px of each
_HIGHEST, _MOST_OF_ROWS = 24, 96  # px of a cell with a number, and of all rows of an input or output
_BESIDE, _BESIDE_LOW = 22, 17  # px of the outputs of a run that it is compared with; of a low board
_LEAST_STATE = 24.0  # px of all units
_LAG = 14  # px of the row of lags
_APART = 3.0  # px between the states of two runs


@dataclass(frozen=True)
class Layout:
    """Where the columns stand, and how high each part of the film is, in px."""

    width: float
    height: float
    length: int
    rows: tuple[int, int]  # of input and output
    others: int = 0  # runs that it is compared with
    at_each: bool = True  # whether answers come at each time
    time: int = 0  # that is in view where not all are
    inputs: int = 0  # rows of runs that it is compared with and that read something else
    judged: int = 0  # runs that it is compared with whose outputs stand below ours

    @cached_property
    def gutter(self) -> float:
        """The width of the words at the left."""
        return min(float(scaled(GUTTER)), max(float(scaled(LEAST_GUTTER)), _SHARE_OF_WORDS * self.width))

    @cached_property
    def left(self) -> float:
        """Where the first column begins."""
        return MARGIN + self.gutter + scaled(BEGIN) + 4

    @cached_property
    def room(self) -> float:
        """The width of all columns in view; letters of the runs compared stand at their right."""
        return self.width - self.left - MARGIN - (SIDE + 4 if self.others else 0)

    @cached_property
    def column(self) -> float:
        """The width of a column."""
        return max(LEAST, min(_WIDEST, self.room / self.length))

    @cached_property
    def shown(self) -> int:
        """How many columns are in view."""
        return max(1, min(self.length, int(self.room / self.column + 1e-9)))

    @cached_property
    def first(self) -> int:
        """The first time in view: times are turned over like pages, so that none moves under the pointer."""
        return min(self.time // self.shown * self.shown, self.length - self.shown)

    @property
    def seen(self) -> slice:
        """The times in view."""
        return slice(self.first, self.first + self.shown)

    @cached_property
    def right(self) -> float:
        """Where the last column ends."""
        return self.left + self.shown * self.column

    def middle(self, time: int) -> float:
        """Where the middle of a column is."""
        return self.left + (time - self.first + 0.5) * self.column

    def across(self, y: float, height: float) -> QRectF:
        """All columns in view, from a height on."""
        return QRectF(self.left, y, self.right - self.left, height)

    def high(self, rows: int) -> float:
        """The height of one row of an input or output that has so many."""
        return min(self._highest, self._of_rows / rows)

    @cached_property
    def _highest(self) -> float:
        return float(scaled(_HIGHEST))

    @cached_property
    def _of_rows(self) -> float:
        return min(scaled(_MOST_OF_ROWS), _SHARE_OF_ROWS * self.height)

    @cached_property
    def line(self) -> float:
        """The px of a line of words."""
        return float(scaled(LINE))

    @cached_property
    def beside(self) -> float:
        """The height of the outputs of a run that it is compared with."""
        return float(scaled(_BESIDE_LOW if self.is_low else _BESIDE))

    @cached_property
    def gap(self) -> float:
        """The px between two parts."""
        return scaled(GAP) / 2 if self.is_low else float(scaled(GAP))

    @cached_property
    def is_low(self) -> bool:
        """Whether the board has not room for all at its usual size."""
        return self.height < scaled(_LOW)

    @cached_property
    def has_places(self) -> bool:
        """Whether there is room for the answers at each time, where they come; on a low board the cell goes before."""
        if not self.at_each or (self.is_low and self.others):
            return False
        bars, least = (self._bar, self._of_cell) if self.is_low else (1.6 * self._bar, self._least)
        return self._left_over(bars, 4) >= least

    @cached_property
    def has_gradient(self) -> bool:
        """Whether there is room for it beside the states of all runs; those of one run always leave some."""
        return not self.others or self._left_over(self._bar, 3) >= self._least

    @cached_property
    def _least(self) -> float:
        """The height that the states of all runs need: each has its letter."""
        return (self.others + 1) * (SIDE + _APART) if self.others else _LEAST_STATE

    @cached_property
    def _bar(self) -> float:
        return min(110.0, max(24.0, 0.13 * self.height))

    @cached_property
    def gradient(self) -> float:
        """The height of a gradient's bar of ten times that at lag 0; it has the room of the answers where none are."""
        return (
            (self._bar if self.at_each or self.others or self.is_low else 1.6 * self._bar) if self.has_gradient else 0.0
        )

    @cached_property
    def lags(self) -> float:
        """The height of a row that says of each gradient's bar how many times back it is; where there is room."""
        high, is_roomy = float(scaled(_LAG)), not self.is_low or not (self.at_each or self.others)
        left = self._left_over(self.gradient + high + self.places, self._parts)
        return high if self.has_gradient and is_roomy and left >= self._least else 0.0

    @cached_property
    def places(self) -> float:
        """The height of the bar of a time whose answers are all right; a low board has their numbers alone."""
        return 0.6 * self._bar if self.has_places and not self.is_low else 0.0

    @cached_property
    def state(self) -> float:
        """The height of all units of all runs: what the other parts leave."""
        return max(_LEAST_STATE, self._left_over(self.gradient + self.lags + self.places, self._parts))

    @property
    def _parts(self) -> int:
        """How many parts there are beside the states."""
        return 2 + int(self.has_gradient) + int(self.has_places)

    def _left_over(self, bars: float, parts: int) -> float:
        """Return what so many parts with bars of this height leave of the board."""
        lines = parts * (self.line + self.gap) + MARGIN
        rows = sum(n * self.high(n) for n in self.rows) + (self.judged + self.inputs) * self.beside
        return self.height - lines - rows - bars - MARGIN / 2

    @cached_property
    def of_run(self) -> float:
        """The height of all units of one run."""
        return (self.state - self.others * _APART) / (self.others + 1)

    def top_of_run(self, y: float, place: int) -> float:
        """Where the states of a run begin: those of ours, at place 0, at y."""
        return y + place * (self.of_run + _APART)

    @cached_property
    def line_of_cell(self) -> float:
        """The px of each number of a unit's sum."""
        return float(scaled(_TERM))

    @cached_property
    def has_cell(self) -> bool:
        """Whether the sum of a unit has room beside the states."""
        return self.state >= self._of_cell

    @cached_property
    def _of_cell(self) -> float:
        return self.line + (_TERMS - int(self.is_low)) * self.line_of_cell


@lru_cache(maxsize=16)
def _layout_at(_scale: float, *given: Any) -> Layout:
    return Layout(*given)


def layout_of(*given: Any) -> Layout:
    """Return the layout of these sizes and counts, in the order of its fields; while they stay it is the same one."""
    return _layout_at(scale(), *given)
