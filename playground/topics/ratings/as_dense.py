"""The ratings as a Dense layer: people are its batch, films its weights, and the gaps send nothing back.

A row of people and a column of films meet in the cell of their product; slopes stand in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtGui import QPainter, QPen

from core.ratings.factors import AsDense, as_dense, pushes_of_all
from core.run.explanation import Focus
from core.run.values import Floats
from playground.topics.ratings.shown import Shown
from widgets.base import numbers, theme
from widgets.base.fonts import scaled
from widgets.base.labels import metrics, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import RoundedForm

X, W, Y = "as_dense.x", "as_dense.W", "as_dense.y"
BY_X, BY_W, BY_Y = "as_dense.by_x", "as_dense.by_W", "as_dense.by_y"
_MOST = 4  # factors, people and films in view
_MARGIN, _GAP, _AIR = 8, 10, 2  # px
_WIDEST, _HIGHEST, _LOWEST = 46, 24, 16  # px of a cell
_LEAST = 5  # hundredths of the largest number, below which all would be written as about 0
_CROSS = 4.0  # px from the edges of a cell


@dataclass(frozen=True)
class Crossed:
    """A cross over a cell that takes no part."""

    placed: Placed
    row: int
    column: int

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        cell = self.placed.cells(Outline(self.row, self.column)).adjusted(_CROSS, _CROSS, -_CROSS, -_CROSS)
        painter.setPen(QPen(theme.current().color("muted"), 1.0))
        painter.drawLine(cell.topLeft(), cell.bottomRight())
        painter.drawLine(cell.topRight(), cell.bottomLeft())


@dataclass(frozen=True)
class DenseLayer(Shown):
    """The layer of one view."""

    @cached_property
    def made(self) -> AsDense:
        """The forward and the backward pass, at the matrices shown."""
        with np.errstate(all="ignore"):
            return as_dense(self.now, self.params)

    @cached_property
    def row(self) -> int:
        """The person spoken of; a newcomer is no part of the batch, so the first stands in."""
        return 0 if self.is_new else self.user

    @cached_property
    def rows(self) -> slice:
        """The people in view, the one spoken of among them."""
        return _window(self.row, len(self.now.users))

    @cached_property
    def columns(self) -> slice:
        """The films in view."""
        return _window(self.item or 0, self.now.items.shape[1])

    @cached_property
    def shown_factors(self) -> int:
        """How many numbers of a vector are in view."""
        return min(_MOST, self.params.n_factors)

    @cached_property
    def apart(self) -> float:
        """How far its slopes are at most from those that the single ratings of sgd add up to."""
        users, items = pushes_of_all(self.now, self.params)
        of_sgd = (-2.0 / self.known.count * pushes for pushes in (users, items))
        slopes = (self.made.by_users, self.made.by_items)
        return max(float(np.abs(own - sums).max()) for own, sums in zip(slopes, of_sgd, strict=True))

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place layer and slopes: below each other, or where that is too low beside each other, or one of them."""
        line, f = _line(), self.shown_factors
        across, down = f + self._count(self.columns), f + self._count(self.rows)
        words = list(self._words(width, height))
        room = height - _MARGIN - len(words) * line
        side = scaled(18)
        below = (room / 2 - 2 * line - _GAP) / down
        if below >= _LOWEST:
            wide = min(scaled(_WIDEST), (width - 2 * _MARGIN - side - _GAP) / across)
            high = min(float(scaled(_HIGHEST)), below)
            next_top = _MARGIN + down * high + 2 * line + _GAP
            return [*self._forward(_MARGIN + side, _MARGIN, wide, high),
                    *self._backward(_MARGIN + side, next_top, wide, high), *words]  # fmt: skip
        high = min(float(scaled(_HIGHEST)), (room - 2 * line) / down)
        beside = (width - 2 * _MARGIN - 2 * side - 3 * _GAP) / (2 * across)
        if beside >= scaled(30):
            wide = min(scaled(_WIDEST), beside)
            second = _MARGIN + 2 * side + across * wide + 2 * _GAP
            return [*self._forward(_MARGIN + side, _MARGIN, wide, high),
                    *self._backward(second, _MARGIN, wide, high), *words]  # fmt: skip
        wide = min(scaled(_WIDEST), (width - 2 * _MARGIN - side - _GAP) / across)
        is_back = self.view.beat == "gradients"
        return [*(self._backward if is_back else self._forward)(_MARGIN + side, _MARGIN, wide, high), *words]

    def _count(self, window: slice) -> int:
        return int(window.stop - window.start)

    # One product, factors and what they make.

    def _forward(self, left: float, top: float, wide: float, high: float) -> Iterator[Item]:
        """Yield people · films = ratings."""
        f = self.shown_factors
        users, items = self.now.users[self.rows, :f], self.now.items[:f, self.columns]
        product = self.predicted[self.rows, self.columns]
        if self.view.covered:  # it would tell the answer
            product = np.full_like(product, np.nan)
        limit = max(float(np.abs(users).max()), float(np.abs(items).max()))
        names = (X, W, Y), ("x", "W", "x · W")
        yield from self._scheme(names, (users, items, product), (limit, limit), (left, top), (wide, high))

    def _backward(self, left: float, top: float, wide: float, high: float) -> Iterator[Item]:
        """Yield the slopes of people and films, and of the ratings, of which gaps send nothing back."""
        f = self.shown_factors
        mask = self.known.mask[self.rows, self.columns]
        errors = self.predicted[self.rows, self.columns] - self.known.values[self.rows, self.columns]
        by_y = np.where(mask, 2.0 / self.known.count * errors, np.nan)
        users, items = self.made.by_users[self.rows, :f], self.made.by_items[:f, self.columns]
        if self.view.covered:
            users, items, by_y = (np.full_like(array, np.nan) for array in (users, items, by_y))
        limits = tuple(float(np.nanmax(np.abs(array), initial=0.0)) for array in (users, items))
        names = (BY_X, BY_W, BY_Y), ("∂L/∂x", "∂L/∂W", "∂L/∂y")
        yield from self._scheme(names, (users, items, by_y), (limits[0], limits[1]), (left, top), (wide, high))

    def _scheme(
        self, names: tuple[tuple[str, str, str], tuple[str, str, str]], arrays: tuple[Floats, Floats, Floats],
        limits: tuple[float, float], corner: tuple[float, float], cell: tuple[float, float],
    ) -> Iterator[Item]:  # fmt: skip
        """Yield two matrices and what stands where a row of the one meets a column of the other."""
        (ids, words), (users, items, product) = names, arrays
        (left, top), (wide, high), line = corner, cell, _line()
        f = users.shape[1]
        x, y = left + f * wide + _GAP, top + line + f * high + line
        places = ((left, y), (x, top + line), (x, y))
        largest = float(np.nanmax(np.abs(product), initial=0.0))
        every = zip(ids, (users, items, product), (*limits, 1.6 * largest), places, strict=True)
        placed = [self._placed(id, array, limit, place, cell) for id, array, limit, place in every]
        yield from placed
        yield Caption(words[0], left, y - line, "subtitle", "blue", widest=f * wide)
        yield Caption(words[1], x, top, "subtitle", "text")
        yield Caption(words[2], x, y - line, "subtitle", "muted")
        for i, name in enumerate(self.names.users[self.rows]):
            colour = "blue" if i + self.rows.start == self.row else "muted"
            yield Caption(name, left - 4, y + (i + 0.5) * high - metrics("tick").height() / 2, "tick", colour, "right")
        if ids[2] == BY_Y and not self.view.covered:
            yield from (Crossed(placed[2], i, j) for i, j in np.argwhere(np.isnan(product)).tolist())

    def _placed(
        self, id: str, array: Floats, limit: float, place: tuple[float, float], cell: tuple[float, float]
    ) -> Placed:
        largest = float(np.nanmax(np.abs(array), initial=0.0))
        grid = Grid(array, Signed(limit), RoundedForm(largest, _LEAST), outlines=self._outlines(id, array.shape))
        return Placed(id, grid, *place, *cell)

    def _outlines(self, id: str, shape: tuple[int, ...]) -> list[Outline]:
        i = self.row - self.rows.start
        if id in (W, BY_W):
            return [] if self.item is None else [Outline(0, self.item - self.columns.start, shape[0], 1, width=1.5)]
        if id in (X, BY_X) or self.item is None:
            return [Outline(i, 0, 1, shape[1], colour="blue", width=1.5)]
        return [Outline(i, self.item - self.columns.start)]

    # In words.

    def _words(self, width: float, height: float) -> Iterator[Caption]:
        """Yield what the layer is called in Keras, and that its slopes are those of the ratings added up."""
        n, m = self.predicted.shape
        said = f"Dense({m}, use_bias=False)   input_dim={self.params.n_factors}   batch_size={n}"
        short = f"Dense({m})  input_dim={self.params.n_factors}  batch_size={n}"
        room, line = width - 2 * _MARGIN, _line()
        lines = [said if text_width(said, "subtitle") <= room else short]
        if not self.view.covered:
            apart = "10⁻¹²" if self.apart < 1e-12 else numbers.compact(self.apart)
            lines.append(self.texts.get("panels", "same_slopes").format(apart=apart))
        for k, text in enumerate(lines):
            yield Caption(text, _MARGIN, height - (len(lines) - k) * line, widest=room)

    def focus_of(self, name: str, row: int, column: int) -> Focus | None:
        """Return the person, the film or the rating that a cell is of."""
        i, j = row + self.rows.start, column + self.columns.start
        if name in (X, BY_X):
            return Focus("user", (i,))
        if name in (W, BY_W):
            return Focus("item", (j,))
        return Focus("rating", (i, j)) if name in (Y, BY_Y) else None


def _line() -> float:
    """How high a line of words is, with the air that keeps it off the edges of cells."""
    return metrics("subtitle").height() + _AIR


def _window(chosen: int, count: int) -> slice:
    """Return a few places of all, the chosen one among them."""
    first = max(0, min(chosen - _MOST + 1, count - _MOST))
    return slice(first, min(first + _MOST, count))
