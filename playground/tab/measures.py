"""What is measured of the runs that are compared, at the step in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import isnan, nan

from playground.playback.view import View
from widgets.base import numbers
from widgets.tables.compared_table import MeasureRow

NO_NUMBER = "–"  # of a run that has none there


@dataclass(frozen=True)
class Measure:
    """A row at the cursor: `of` reads it off one run, `between` tells of two what neither has alone."""

    label: str
    of: Callable[[View], float] | None = None
    between: Callable[[View, View], float] | None = None
    is_count: bool = False

    def row(self, first: View, others: Sequence[View]) -> MeasureRow:
        """Return its value of each run, and how far each of the others is from the first."""
        values = [self._known(view) for view in (first, *others)]
        if self.between:
            apart = [self.between(first, other) for other in others]
        else:
            apart = [value - values[0] for value in values[1:]]
        shown = [self._text(value) if self.of else "" for value in values]
        return MeasureRow(self.label, tuple(shown), tuple(self._apart(value) for value in apart))

    def _known(self, view: View) -> float:
        try:
            return self.of(view) if self.of else nan
        except KeyError:  # a run with other settings may have other series
            return nan

    def _text(self, value: float) -> str:
        if isnan(value):
            return NO_NUMBER
        return numbers.count(round(value)) if self.is_count else numbers.compact(value)

    def _apart(self, value: float) -> str:
        """Return a difference with its sign; what tells of two runs has none."""
        if self.is_count or not self.of or isnan(value):
            return f"+{self._text(value)}" if value > 0 and self.of else self._text(value)
        return numbers.difference(value)


def series(name: str, label: str, is_count: bool = False) -> Measure:
    """Return what a series of the run is at the step."""
    return Measure(label, partial(_in_row, name), is_count=is_count)


def _in_row(name: str, view: View) -> float:
    return float(view.row[name])
