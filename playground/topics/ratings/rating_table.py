"""The table of ratings: what was rated on a tint that grows with it, and in the gaps what the product says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from PySide6.QtGui import QPainter

from core.run.explanation import Focus
from core.run.values import Floats
from playground.topics.ratings.shown import Shown
from widgets.base import numbers, theme
from widgets.base.fonts import scaled
from widgets.base.labels import fitting, metrics, text_width, write
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed

NAME, LENS = "ratings", "ratings.row"
_MARGIN, _GAP = 8, 6  # px
_WIDEST, _HIGHEST = 64, 40  # px of a cell
_NARROWEST, _LOWEST = 18, 11  # px of a cell from which on numbers stand in it
_APART = 24  # px of a cell of the row over a table whose columns are narrower
_LONGEST, _LONGEST_PERSON = 76, 100  # px of a name
MOST_NUMBERS = 480  # cells that have numbers
_MOST_FRAMES = 200  # around what is held out; of more those of the person alone
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
    colour: str = "muted"

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.save()
        painter.translate(self.x, self.y)
        painter.rotate(-90)
        painter.setPen(theme.current().text_colour(self.colour))
        text = fitting(self.text, self.role, self.longest)
        write(painter, 0, round(metrics(self.role).ascent() / 2), text, self.role)
        painter.restore()


@dataclass(frozen=True)
class RatingTable(Shown):
    """The table of one view."""

    @cached_property
    def every(self) -> Floats:
        """The ratings that are known and below them those of the newcomer, (n + 1, m), nan in the gaps."""
        return np.vstack([self.now.given.with_gaps, self.of_newcomer])

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place the table on a board of this size.

        Where there is no room for numbers they stand in a row of their own height over that of the person spoken of.
        """
        n, m = self.every.shape
        longest_name = max(text_width(name, "strong") for name in self.people_names)  # as the one spoken of is written
        left = _MARGIN + min(_LONGEST_PERSON, longest_name) + _GAP
        longest = min(float(scaled(_LONGEST)), max(text_width(name, "tick") for name in self.names.items))
        top = _MARGIN + longest + _GAP
        wide = min(float(scaled(_WIDEST)), (width - left - _MARGIN) / m)
        high = min(float(scaled(_HIGHEST)), (height - top - _MARGIN) / n)
        has_numbers = wide >= _NARROWEST and high >= _LOWEST and n * m <= MOST_NUMBERS
        grid = Grid(self.every, self._ramp(), outlines=self._outlines(1.5 if has_numbers else 1.0), finest=6.0,
                    kept=True)  # fmt: skip
        placed = Placed(NAME, grid, left, top, wide, high)
        if has_numbers:
            numbered = [cell for row in range(n) for cell in self._numbers(placed, row)]
            return [placed, *self._people(left, top, high), *self._films(left, top, wide, longest), *numbered]
        lens = self._lens(placed, height)
        columns = self._films(left, top, lens.cell, longest, self.lens_from(lens.grid.columns), lens.grid.columns)
        return [placed, *self._people(left, top, high, alone=True), *columns, lens, *self._numbers(lens, self.user)]

    @cached_property
    def people_names(self) -> tuple[str, ...]:
        """What the rows are called."""
        return (*self.names.users, self.texts.get("panels", "you"))

    def _ramp(self) -> Signed:
        return Signed(PALE * self.known.largest)

    def _outlines(self, width: float) -> list[Outline]:
        n, m = self.every.shape
        places = np.argwhere(self.held)
        if len(places) > _MOST_FRAMES:
            places = places[places[:, 0] == self.user]
        held = [Outline(i, j, colour="purple", width=width, dashed=True) for i, j in places.tolist()]
        chosen = [Outline(self.user, 0, 1, m, colour="blue", width=1.5)]
        new = [Outline(n - 1, 0, 1, m, colour="border", width=1.0)]
        return [*new, *chosen, *held, *([Outline(*self.cell)] if self.cell else [])]

    # Numbers, in the cells or in a row over them.

    def lens_from(self, count: int) -> int:
        """Return the first of so many films whose numbers are shown, the one spoken of among them."""
        spoken = self.item if self.item is not None else 0
        return int(max(0, min(spoken - count // 2, self.every.shape[1] - count)))

    def _lens(self, placed: Placed, height: float) -> Placed:
        """The row of the person spoken of, high enough for numbers: of all films in their columns, or wider of some."""
        m, high = self.every.shape[1], metrics("tick").height() + 4.0
        wide = placed.cell if placed.cell >= _NARROWEST else float(scaled(_APART))
        count = min(m, int(m * placed.cell / wide + 1e-9))
        first = self.lens_from(max(1, count))
        values = self.every[[self.user], first : first + max(1, count)]
        middle = placed.top + (self.user + 0.5) * placed.size[1]
        top = max(placed.top, min(middle - high / 2, height - _MARGIN - high))
        at = Outline(0, self.cell[1] - first) if self.cell and self.cell[0] == self.user else None
        is_there = at is not None and 0 <= at.column < values.shape[1]
        grid = Grid(values, self._ramp(), outlines=[at] if at and is_there else (), frame="accent_text")
        return Placed(LENS, grid, placed.left, top, wide, high)

    def _numbers(self, placed: Placed, row: int) -> Iterator[Caption]:
        """The ratings of a row, and paler what the product says in the gaps; while a scene asks, they stay empty."""
        is_new, count = row == len(self.now.users), placed.grid.columns
        first = self.lens_from(count) if placed.name == LENS else 0
        predicted = self.new_vector @ self.now.items if is_new else self.predicted[row]
        line, none = metrics("tick").height(), is_new and not self.params.newcomer
        y = placed.top + ((0 if placed.name == LENS else row) + 0.5) * placed.size[1] - line / 2
        for k in range(count):
            value = float(self.every[row, first + k])
            is_known, x = not np.isnan(value), placed.left + (k + 0.5) * placed.cell
            if none:
                yield Caption("○", x, y, "tick", "muted", "middle")
            elif is_known or not self.view.covered:
                told, colour = (value, "text") if is_known else (float(predicted[first + k]), "muted")
                yield Caption(numbers.fixed(told, 1), x, y, "tick", colour, "middle", placed.cell, moves=True)

    # Names.

    def _people(self, left: float, top: float, high: float, alone: bool = False) -> Iterator[Caption]:
        """The names of people; where rows are too low for all of them, of the chosen one and the newcomer alone."""
        line, last = metrics("tick").height(), len(self.now.users)
        for i, name in enumerate(self.people_names):
            far = abs(i - self.user) * high >= line
            if i == self.user or (not alone and high >= line - 2) or (i == last and far):
                role, colour = ("strong", "blue") if i == self.user else ("tick", "muted")
                y = top + (i + 0.5) * high - metrics(role).height() / 2
                yield Caption(name, left - _GAP, y, role, colour, "right", float(_LONGEST_PERSON))

    def _films(
        self, left: float, top: float, wide: float, longest: float, first: int = 0, count: int = MOST_NUMBERS
    ) -> Iterator[Item]:
        """The names of films, upright over their columns; those for which there is room."""
        if wide < metrics("tick").height() - 3:
            return
        for k, name in enumerate(self.names.items[first : first + count]):
            x = left + (k + 0.5) * wide
            colour = "text" if first + k == self.item else "muted"
            if len(name) <= 2:
                yield Caption(name, x, top - _GAP - metrics("tick").height(), "tick", colour, "middle")
            else:
                yield Upright(name, x, top - _GAP / 2, longest, colour=colour)

    def rating_at(self, name: str, row: int, column: int, columns: int) -> Focus | None:
        """Return which rating a cell of the table, or of the row over it that shows so many columns, is."""
        if name == LENS:
            return Focus("rating", (self.user, self.lens_from(columns) + column))
        return Focus("rating", (row, column)) if name == NAME else None
