"""A sequence as a film, time to the right: what comes in, the state, what comes out.

Below, in the same columns, how far the gradient of the last loss reaches back, and how many answers are right at each
time. Runs it is compared with have their states below ours, their outputs below ours, and hollow bars, by letter.

States and outputs are those of the step that led to the row. At a beat the film has come as far as its time; on the way
back the state's cells show ∂ℓ/∂h, ℓ the loss of the last time alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from core.rnn.explained import class_name
from core.run.explanation import Focus
from playground.tab.marked_cells import cells
from playground.topics.rnn.film_bars import gradient, right_by_place
from playground.topics.rnn.film_cell import cell
from playground.topics.rnn.film_data import FilmData
from playground.topics.rnn.film_layout import BEGIN, LEAST, MARGIN, Layout, layout_of
from playground.topics.rnn.film_outputs import high_of_outputs, outputs, rows_of_outputs
from playground.topics.rnn.film_words import name_of, over, title
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.letters import SIDE
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Cells, Cursor, RunLetter
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm

_TAB, _WIDE_TAB = 46, 56  # px of the cursor's tab with one digit, with two
_OF_TIME = 24  # px that a time's number needs
_DIGITS = 8  # px at each side of the middle of a number beside it
_BOUNDED = {"tanh": 1.0, "sigmoid": 1.0}  # how large a state can be


class Film(FilmData):
    """What the board of one view is made of."""

    def said(self) -> str:
        """Say by how much weights set by hand changed the loss, else which way time runs; and how large states are."""
        get = self.texts.get
        if self.seen is None or self.view.covered:
            return get("panels", "film_subtitle")
        if self.before:
            was, now = (numbers.compact(seen.loss) for seen in (self.before, self.look))
            return get("panels", "film_set").format(was=was, now=now)
        if self.is_back:  # its cells are slopes
            return get("panels", "film_subtitle")
        runs = sorted([self, *self.others], key=lambda run: run.view.letter)
        told = ", ".join(f"{run.view.letter} {numbers.compact(run.largest)}".strip() for run in runs)
        return " · ".join((get("panels", "film_subtitle"), get("panels", "film_largest").format(told=told)))

    def layout(self, width: float, height: float) -> Layout:
        """Return where everything stands on a board of this size."""
        beside = sum(len(other.inputs) for other in self._reading_otherwise()), len(self.judged_beside)
        rows, at_each = (len(self.inputs), rows_of_outputs(self)), self.params.mode != "many-to-one"
        return layout_of(width, height, self.params.length, rows, len(self.others), at_each, self.chosen.time, *beside)

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        return () if self.seen is None else tuple(self._parts(self.layout(width, height)))

    def _parts(self, at: Layout) -> Iterator[Item]:
        y = MARGIN
        yield from self._times(at, y)
        y += at.line
        yield from self._inputs(at, y)
        y += len(self.inputs) * at.high(len(self.inputs))
        yield from self._inputs_beside(at, y)
        y += at.inputs * at.beside + at.gap
        yield from self._states(at, y)
        y += at.state + at.gap
        yield from outputs(self, at, y)
        yield from cells(self.view, partial(self._outputs_of, at=at, y=y))
        y += high_of_outputs(self, at) + at.line
        yield from self._cursor(at, y)
        y += at.gap
        if at.has_gradient:
            yield from gradient(self, at, y)
            y += at.gradient + at.lags + at.line + at.gap
        if at.has_places:
            yield from right_by_place(self, at, y)

    def _times(self, at: Layout, y: float) -> Iterator[Item]:
        yield Caption("t", at.left - scaled(BEGIN) / 2 - 4, y, "tick", align="middle")
        every = max(1, -(-int(scaled(_OF_TIME)) // int(at.column)))
        tab = self._tab(at)
        for t in range(at.first + -at.first % every, at.first + at.shown, every):
            if not tab.left() - _DIGITS < at.middle(t) < tab.right() + _DIGITS:  # the cursor's tab has its own
                yield Caption(str(t), at.middle(t), y, "tick", "muted", "middle")
        yield Cells("t", at.across(y - MARGIN / 2, at.line + MARGIN / 2), at.shown)

    def _tab(self, at: Layout) -> QRectF:
        """Where the time of the second cursor stands, as far as that is in view."""
        if not at.first <= self.cursor < at.first + at.shown:
            return QRectF()
        wide = max(at.column, float(scaled(_TAB if self.cursor < 10 else _WIDE_TAB)))
        left = min(max(at.middle(self.cursor) - wide / 2, at.left), max(at.left, at.right - wide))
        return QRectF(left, MARGIN - 4, wide, at.line + 2)

    def _cursor(self, at: Layout, bottom: float) -> Iterator[Item]:
        """The second cursor: a frame around the column of its time, and that time in a tab that can be dragged."""
        tab = self._tab(at)
        if not tab.isNull():
            column = QRectF(at.middle(self.cursor) - at.column / 2, MARGIN, at.column, bottom - MARGIN)
            yield Cursor(column, tab, f"t = {self.cursor}")

    def _inputs(self, at: Layout, y: float) -> Iterator[Item]:
        yield from (name_of if at.is_low else title)(self, at, "input", y)
        yield from self._inputs_of(self, at, y, at.high(len(self.inputs)))

    def _reading_otherwise(self) -> list[FilmData]:
        """The runs it is compared with that read something else in as many times."""
        alike = (other for other in self.others if other.params.length == self.params.length)
        return [other for other in alike if not np.array_equal(other.inputs_read, self.inputs_read, equal_nan=True)]

    def _inputs_beside(self, at: Layout, y: float) -> Iterator[Item]:
        for other in self._reading_otherwise():
            high = len(other.inputs) * at.beside
            yield from self._inputs_of(other, at, y + 3, (high - 3) / len(other.inputs))
            yield RunLetter(QPointF(at.right + 4 + SIDE / 2, y + high / 2 + 1), other.view.letter)
            y += high

    def _inputs_of(self, run: FilmData, at: Layout, y: float, high: float) -> Iterator[Item]:
        """What comes into a run: numbers, or of symbols their names; of one-to-many nothing more after the first."""
        limit = float(np.nanmax(np.abs(run.batch.x))) if not run.has_symbols else 1.0
        form = None if run.has_symbols else NumberForm.of(run.batch.x)
        no_more = (Outline(0, 1, len(run.inputs), run.params.length - 1, "control", 1.0, dashed=True),)
        marks = no_more if run.params.mode == "one-to-many" and at.shown == at.length > 1 else ()
        grid = Grid(run.inputs[:, at.seen], Signed(4 * limit), form, outlines=marks)
        yield Placed("x" if run is self else f"x {run.view.letter}", grid, at.left, y, at.column, high)
        if run.has_symbols:
            x = run.batch.x[run.told.sequence]
            names = [class_name(run.params, int(row.argmax())) if row.any() else "" for row in x]
            yield from over(at, y + high / 2 - scaled(8), names, "strong", ["orange"] * len(names), LEAST)

    def _outputs_of(self, thing: Focus, at: Layout, y: float) -> QRectF | None:
        """Where the outputs of a place stand that a scene speaks of."""
        if thing.kind != "place" or not at.first <= thing.at[0] < at.first + at.shown or self.view.covered:
            return None
        rows = rows_of_outputs(self)
        return QRectF(at.middle(thing.at[0]) - at.column / 2, y, at.column, rows * at.high(rows))

    # ---- the states

    def _states(self, at: Layout, y: float) -> Iterator[Item]:
        yield from self._states_of(self, at, y, self._marks(at))
        for place, other in enumerate(self.others, 1):
            yield from self._states_of(other, at, at.top_of_run(y, place), ())
        if at.has_cell and not self.is_back:
            yield from cell(self, at, y)
        else:
            words = title if at.state >= 2 * at.line else name_of
            yield from words(self, at, "back" if self.is_back else "state", y)

    def _states_of(self, run: FilmData, at: Layout, y: float, marks: Sequence[Outline]) -> Iterator[Item]:
        """The units of a run, each in a row, and the states they began with; columns of another length are as wide."""
        is_ours, states = run is self, run.states[:, at.seen]
        largest = float(np.nanmax(np.abs(run.states), initial=0.0))
        limit = largest
        if not self.is_back:
            limit = _BOUNDED.get(run.params.cell, max(largest, float(np.abs(run.begin).max())))
        high, name = at.of_run / len(states), "" if is_ours else f" {run.view.letter}"
        if not self.is_back:
            begin = Grid(run.begin, Signed(limit), outlines=_before_first(self, is_ours), finest=14.0)
            yield Placed(f"begin{name}", begin, at.left - scaled(BEGIN) - 4, y, scaled(BEGIN), high)
        if states.shape[1]:
            form = NumberForm.of(run.states) if high >= at.line else None
            yield Placed(f"state{name}", Grid(states, Signed(limit), form, outlines=marks, finest=14.0),
                         at.left, y, at.column, high)  # fmt: skip
        if self.others:
            middle = QPointF(at.right + 4 + SIDE / 2, y + at.of_run / 2)
            yield RunLetter(middle, run.view.letter, is_ours)

    def _marks(self, at: Layout) -> tuple[Outline, ...]:
        """The row of the unit told of, the column that is carried to its time; of a lag both its ends."""
        told, units = self.told, self.params.units
        marks = [Outline(told.unit, 0, 1, at.shown, "text", 1.5)]
        pointed = self.view.pointed or self.view.focus
        ends = [told.time, self.params.length - 1] if pointed and pointed.kind == "lag" else []
        if not ends and not self.is_back and told.time:
            marks += self._columns(at, [told.time - 1], Outline(0, 0, units, 1, "purple", 1.5, dashed=True))
        return (*marks, *self._columns(at, ends, Outline(0, 0, units, 1, "blue", 2.0)))

    def _columns(self, at: Layout, times: Sequence[int], mark: Outline) -> list[Outline]:
        seen = [time - at.first for time in times if 0 <= time - at.first < at.shown]
        return [Outline(0, t, mark.rows, 1, mark.colour, mark.width, dashed=mark.dashed) for t in seen]


def _before_first(film: FilmData, is_ours: bool) -> tuple[Outline, ...]:
    """The state that is carried to time 0."""
    is_carried = is_ours and not film.told.time
    return (Outline(0, 0, film.params.units, 1, "purple", 1.5, dashed=True),) if is_carried else ()


def cell_of(name: str, row: int, column: int, film: Film, first: int = 0) -> Focus | None:
    """Return the state, the output or the lag that a cell of the board is about; of an input or a time the time.

    `first` is the time of the first column in view.
    """
    sequence, time = film.told.sequence, first + column
    match name:
        case "state":
            return Focus("state", (sequence, time, row))
        case "out":
            return Focus("output", (sequence, time, row if film.has_classes else film.output))
        case "x" | "t":
            return Focus("state", (sequence, time, film.told.unit))
        case "lag":
            return Focus("lag", (film.params.length - 1 - time,))
    return None
