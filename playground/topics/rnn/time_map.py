"""What is learned: the loss, and below it on the same steps the map of steps and places, green where all is right.

A column of the map is the mean of some steps that follow each other, of the more the longer the run is. A line runs
where a place first has 95 % right in the mean of 20 steps; the lines of runs compared are dashed, by letter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from core.rnn.algorithm import names_by_time
from core.rnn.beats import time_of
from core.rnn.settings import Params, sizes_of
from core.run.explanation import Focus
from core.run.values import Floats, kept, locked
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.tab.marked_cells import cells
from playground.topics.rnn.lately import known_from
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Cells, Polyline, RunLetter
from widgets.grids.grid import Grid, Outline, Placed, Right

LEAST_MEAN, MOST_COLUMNS = 5, 160  # steps in a column; columns
_GUESSED = 0.5  # the share of right classes from which on the colour begins; of numbers it begins at 0
_LEFT, _BELOW, _MARGIN = 46, 36, 8  # px
_LINE = 15  # px of a row for its number
_LOW, _LOSS, _ONE = 150, 0.32, 22  # px without room for the loss; its share of the height; px of the map of one place
_FARTHEST = 3.0  # times the first loss: the end of the axis for a loss that goes beyond


@kept(8)
def _known_from(rows: Floats) -> Floats:
    return locked(known_from(rows))


class TimeMap(ViewPicture[Params]):
    """What the board of one view is made of."""

    @property
    def length(self) -> int:
        """How many places there are."""
        return self.params.length

    @property
    def steps(self) -> int:
        """How many steps a column is the mean of."""
        return max(LEAST_MEAN, math.ceil(self.view.t / MOST_COLUMNS))

    @property
    def first(self) -> int:
        """The first place with an answer."""
        return self.length - 1 if self.params.mode == "many-to-one" else 0

    @cached_property
    def rows(self) -> Floats:
        """(steps, places): the shares of right answers up to the step in view."""
        name, *_ = names_by_time(self.length)
        return self.view.timeline.series.block(name, self.length, 1, min(self.view.t, self.view.timeline.recorded) + 1)

    @cached_property
    def shares(self) -> Floats:
        """(places, columns): mean shares of right answers, the first place last; the last mean may be of fewer."""
        rows = self.rows[:, self.first :]
        if self.view.covered:
            rows = np.full(rows.shape, np.nan)
        begins = np.arange(0, len(rows), self.steps)
        counts = np.diff([*begins, len(rows)])
        return np.asarray((np.add.reduceat(rows, begins) / counts[:, None]).T[::-1])

    def step_of(self, column: int) -> int:
        """Return the last step of a column."""
        return min((column + 1) * self.steps, self.view.t)

    def said(self, row: int, column: int) -> str:
        """Say which steps and which place a cell is of, and its share."""
        if self.view.covered:
            return ""
        told = {"first": column * self.steps + 1, "last": self.step_of(column), "place": self.length - 1 - row}
        return self.texts.get("panels", "map_cell").format(
            **told, share=numbers.percent(float(self.shares[row, column]))
        )

    # ---- the board

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        return tuple(self._items(width, height)) if self.view.t else ()

    def _items(self, width: float, height: float) -> Iterator[Item]:
        left, bottom = float(scaled(_LEFT)), height - scaled(_BELOW)
        loss = QRectF(left, _MARGIN, width - left - scaled(_MARGIN), self._high_of_loss(bottom - _MARGIN))
        top = loss.bottom() + (_MARGIN if loss.height() else 0)
        if loss.height():
            yield from self._loss(loss)
        yield from self._map(QRectF(left, top, loss.width(), bottom - top))
        yield Caption(self.texts.get("panels", "place"), 4.0, bottom + 4, "tick")
        key = self.texts.get("panels", "map_key")
        yield Caption(key, left, bottom + 4 + scaled(_LINE), "tick", widest=width - left)
        for share in (0.0, 0.5, 1.0):
            step, align = round(share * self.view.steps), ("left", "middle", "right")[round(2 * share)]
            yield Caption(str(step), left + loss.width() * share, bottom + 4, "tick", align=align, moves=True)

    def _high_of_loss(self, height: float) -> float:
        if self.first:
            return max(0.0, height - scaled(_ONE) - _MARGIN)
        return _LOSS * height if height >= scaled(_LOW) else 0.0

    def _map(self, at: QRectF) -> Iterator[Item]:
        across, high = at.width() / self.view.steps, at.height() / (self.length - self.first)
        lowest = _GUESSED if sizes_of(self.params).has_classes else 0.0
        grid = Grid(self.shares, Right(lowest, 1.0), finest=1e6, outlines=self._cursor())
        yield Placed("map", grid, at.left(), at.top(), across * self.steps, high)
        every = max(1, math.ceil(scaled(_LINE) / high))
        for place in range(self.first, self.length, every):
            y = at.bottom() - (place - self.first + 0.5) * high - scaled(_LINE) / 2
            yield Caption(str(place), at.left() - 6, y, "tick", align="right")
        if not self.view.covered:
            yield from self._stairs(at, high)
            yield from cells(self.view, partial(self._row_of, at=at, high=high))

    def _row_of(self, thing: Focus, at: QRectF, high: float) -> QRectF | None:
        """Where a place stands that a scene speaks of."""
        if thing.kind != "place" or not self.first <= thing.at[0] < self.length:
            return None
        return QRectF(at.left(), at.bottom() - (thing.at[0] - self.first + 1) * high, at.width(), high)

    def _cursor(self) -> tuple[Outline, ...]:
        """A frame around the row of the time in view."""
        told = self.view.pointed or self.view.focus
        pointed = told.at[1] if told and told.kind in ("state", "output") else None
        time = time_of(self.view.beat) if pointed is None else pointed
        if time is None or time < self.first:
            return ()
        return (Outline(self.length - 1 - time, 0, 1, self.shares.shape[1], "accent_text", 1.5),)

    def _stairs(self, at: QRectF, high: float) -> Iterator[Item]:
        """Where each place is known first, in this run and in those compared."""
        for other in self.view.beside:
            yield from TimeMap(self.view.of(other), self.texts).stairs(at, self.view.steps, high, self, other.letter)
        yield from self.stairs(at, self.view.steps, high, self)

    def stairs(self, at: QRectF, steps: int, high: float, ours: TimeMap, letter: str = "") -> Iterator[Item]:
        """Yield the line of this run in the map of another, as far as that has the same places."""
        known = _known_from(self.rows)[ours.first : ours.length]
        if np.isnan(known).all():
            return
        x = at.left() + np.repeat(known, 2) * at.width() / steps
        edges = at.bottom() - np.arange(len(known) + 1.0) * high
        y = np.stack([edges[:-1], edges[1:]], axis=1).ravel()[: len(x)]
        yield Polyline(np.column_stack([x, y]), "text", letter=letter)
        if letter:
            last = int(np.flatnonzero(np.isfinite(known))[-1])
            yield RunLetter(QPointF(x[2 * last], max(at.top() + _MARGIN, y[2 * last] - high / 2)), letter)

    # ---- the loss

    def _loss(self, at: QRectF) -> Iterator[Item]:
        runs = [(other.letter, self.view.of(other)) for other in self.view.beside]
        lines = [(letter, *_of_loss(view)) for letter, view in [*runs, ("", self.view)]]
        highest = max(_end(values) for _, _, values in lines)
        for letter, steps, values in lines:
            x = at.left() + steps * at.width() / self.view.steps
            y = at.bottom() - np.minimum(values / highest, 1.0) * at.height()
            yield Polyline(np.column_stack([x, y]), "blue", letter=letter, width=1.5)
            if letter:
                yield RunLetter(QPointF(x[-1], y[-1]), letter)
        yield Polyline(np.array([[at.left(), at.bottom()], [at.right(), at.bottom()]]), "control", width=1.0)
        yield from self._guessing(at, highest)
        yield Caption(numbers.compact(highest), at.left() - 6, at.top() - 4, "tick", align="right", moves=True)
        yield Caption(self.texts.get("panels", "loss_axis"), 4.0, at.center().y() - scaled(8), "tick")
        yield Cells("loss", QRectF(at.left(), at.top(), self._wide(at), at.height()), self.shares.shape[1])

    def _wide(self, at: QRectF) -> float:
        return float(self.shares.shape[1]) * self.steps * at.width() / self.view.steps

    def _guessing(self, at: QRectF, highest: float) -> Iterator[Item]:
        """The loss of equal shares, where no class comes more often than another."""
        if self.params.task not in ("echo", "parity"):
            return
        classes = sizes_of(self.params).outputs
        y = at.bottom() - math.log(classes) / highest * at.height()
        if y < at.top():
            return
        yield Polyline(np.array([[at.left(), y], [at.right(), y]]), "muted", width=1.0, dashed=True)
        words = self.texts.get("panels", "guessing").format(classes=classes)
        yield Caption(words, at.right(), y - scaled(14) if y - scaled(14) > 0 else y + 1, "tick", align="right")


def _of_loss(view: View) -> tuple[Floats, Floats]:
    """Return steps and losses of a run up to the step in view; those that are none are left out."""
    steps, values = view.timeline.series.outline("loss", 1, min(view.t, view.timeline.recorded) + 1)
    known = np.isfinite(values)
    return steps[known], values[known]


def _end(values: Floats) -> float:
    """Return the highest loss that an axis holds: one that runs away goes along its end."""
    highest: float = min(float(values.max()), _FARTHEST * float(values[0])) if len(values) else 0.0
    return highest or 1.0
