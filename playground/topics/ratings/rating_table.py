"""The table of ratings: what was rated on a tint that grows with it, and in the gaps what the product says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from PySide6.QtGui import QPainter

from core.run.values import Floats
from playground.topics.ratings.shown import Shown
from widgets.base import numbers, theme
from widgets.base.fonts import scaled
from widgets.base.labels import fitting, metrics, text_width, write
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed

NAME = "ratings"
_MARGIN, _GAP = 8, 6  # px
_WIDEST, _HIGHEST = 52, 28  # px of a cell
_NARROWEST, _LOWEST = 22, 11  # px of a cell from which on numbers stand in it
_LONGEST = 76  # px of a name
MOST_NUMBERS = 480  # cells that have numbers
PALE = 1.6  # times the largest rating: numbers on a tint must be read


@dataclass(frozen=True)
class Upright:
    """A line of text that runs upwards from a point, cut short where it is longer than allowed."""

    still: ClassVar[bool] = True
    text: str
    x: float
    y: float
    longest: float
    role: str = "tick"

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.save()
        painter.translate(self.x, self.y)
        painter.rotate(-90)
        painter.setPen(theme.current().text_colour("muted"))
        text = fitting(self.text, self.role, self.longest)
        write(painter, 0, round(metrics(self.role).ascent() / 2), text, self.role)
        painter.restore()


@dataclass(frozen=True)
class RatingTable(Shown):
    """The table of one view."""

    @cached_property
    def rated(self) -> Floats:
        """The ratings that are known, nan in the gaps."""
        return self.now.given.with_gaps

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place the table on a board of this size."""
        n, m = self.rated.shape
        left = _MARGIN + min(_LONGEST, max(text_width(name, "tick") for name in self.names.users)) + _GAP
        longest = min(float(scaled(_LONGEST)), max(text_width(name, "tick") for name in self.names.items))
        top = _MARGIN + longest + _GAP
        wide = min(float(scaled(_WIDEST)), (width - left - _MARGIN) / m)
        high = min(float(scaled(_HIGHEST)), (height - top - _MARGIN) / n)
        has_numbers = wide >= _NARROWEST and high >= _LOWEST and n * m <= MOST_NUMBERS
        limit = PALE * float(np.abs(self.known.values).max(initial=0.0))
        grid = Grid(self.rated, Signed(limit), outlines=self._outlines(1.5 if has_numbers else 1.0), finest=6.0)
        placed = Placed(NAME, grid, left, top, wide, high)
        names = [*self._people(left, top, high), *self._films(left, top, wide, longest)]
        return [placed, *names, *(self._numbers(placed) if has_numbers else ())]

    def _outlines(self, width: float) -> list[Outline]:
        m = self.rated.shape[1]
        held = [Outline(i, j, colour="purple", width=width, dashed=True) for i, j in np.argwhere(self.held).tolist()]
        chosen = [Outline(self.user, 0, 1, m, colour="blue", width=1.5)]
        return [*held, *chosen, *([Outline(*self.cell)] if self.cell else [])]

    def _numbers(self, placed: Placed) -> Iterator[Caption]:
        """The ratings, and paler what the product says in the gaps; while a scene asks, they stay empty."""
        known, values, line = self.now.given.known == 1, self.now.given.values, metrics("tick").height()
        for i, j in np.ndindex(known.shape):
            if self.view.covered and not known[i, j]:
                continue
            x, y = placed.left + (j + 0.5) * placed.cell, placed.top + (i + 0.5) * placed.high - line / 2
            value, colour = (values[i, j], "text") if known[i, j] else (self.predicted[i, j], "muted")
            yield Caption(numbers.fixed(float(value), 1), x, y, "tick", colour, "middle", placed.cell, moves=True)

    def _people(self, left: float, top: float, high: float) -> Iterator[Caption]:
        """The names of people; where rows are too low for all of them, of the chosen one alone."""
        line = metrics("tick").height()
        for i, name in enumerate(self.names.users):
            if i == self.user or high >= line - 2:
                role, colour = ("strong", "blue") if i == self.user else ("tick", "muted")
                y = top + (i + 0.5) * high - metrics(role).height() / 2
                yield Caption(name, left - _GAP, y, role, colour, "right", float(_LONGEST))

    def _films(self, left: float, top: float, wide: float, longest: float) -> Iterator[Item]:
        """The names of films, upright over their columns; those for which there is room."""
        if wide < metrics("tick").height() - 3:
            return
        for j, name in enumerate(self.names.items):
            x = left + (j + 0.5) * wide
            if len(name) <= 2:
                yield Caption(name, x, top - _GAP - metrics("tick").height(), "tick", "muted", "middle")
            else:
                yield Upright(name, x, top - _GAP / 2, longest)
