"""A sequence as a film, time to the right: what comes in, the state, what comes out.

Below, in the same columns, how far the gradient of the last loss reaches back, and how many answers are right at each
time.

States and outputs are those of the step that led to the row. At a beat the film has come as far as its time; on the way
back the state's cells show ∂ℓ/∂h, ℓ the loss of the last time alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.nn.training import Look
from core.rnn.algorithm import batch_of, names_by_time, seen_in
from core.rnn.beats import time_of
from core.rnn.explained import Chosen, class_name
from core.rnn.net import grad_by_lag, named, slopes_of_last, unrolled
from core.rnn.recurrence import radius_of
from core.rnn.settings import Params, sizes_of
from core.rnn.tasks import Batch
from core.run.explanation import MINUS, Focus
from core.run.values import Floats
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed, Ramp, Signed
from widgets.grids.number_format import NumberForm
from widgets.grids.share_bars import Bar, Columns

GUTTER, LEAST_GUTTER, BEGIN = 152, 116, 22  # px: of the words at the left, of the state that a sequence begins with
_SHARE_OF_WORDS = 0.3  # of the width, between the two
_SHARE_OF_ROWS = 0.19  # of the height, at most, of all rows of an input or output
_MARGIN, _GAP, _LINE = 10.0, 12, 17
_WIDEST, _WITH_WORDS = 62.0, 24.0  # px of a column; those of fewer bear no words
_LOW, _TERMS = 330, 5  # px of a board without answers at each time; numbers that a unit's sum is told in
_HIGHEST, _MOST_OF_ROWS = 24, 96  # px of a cell with a number, and of all rows of an input or output
_DECADES = (-4, 1)  # of the gradient's axis: powers of ten of its ratio to that at lag 0
AVERAGED = 20  # steps
_SMALLEST, _LARGEST = 0.01, 100.0  # ratios that are written without powers of ten
_BOUNDED = {"tanh": 1.0, "sigmoid": 1.0}  # how large a state can be


@dataclass(frozen=True)
class Layout:
    """Where the columns stand, and how high each part of the film is, in px."""

    width: float
    height: float
    length: int
    rows: tuple[int, int]  # of input and output

    @cached_property
    def gutter(self) -> float:
        """The width of the words at the left."""
        return min(float(scaled(GUTTER)), max(float(scaled(LEAST_GUTTER)), _SHARE_OF_WORDS * self.width))

    @cached_property
    def left(self) -> float:
        """Where the column of time 0 begins."""
        return _MARGIN + self.gutter + scaled(BEGIN) + 4

    @cached_property
    def column(self) -> float:
        """The width of a column."""
        return max(2.0, min(_WIDEST, (self.width - self.left - _MARGIN) / self.length))

    def high(self, rows: int) -> float:
        """The height of one row of an input or output that has so many."""
        return min(float(scaled(_HIGHEST)), min(scaled(_MOST_OF_ROWS), _SHARE_OF_ROWS * self.height) / rows)

    @cached_property
    def is_low(self) -> bool:
        """Whether there is no room for the answers at each time."""
        return self.height < scaled(_LOW)

    @cached_property
    def gradient(self) -> float:
        """The height of a gradient's bar of ten times that at lag 0."""
        return min(110.0, max(24.0, 0.13 * self.height))

    @cached_property
    def right(self) -> float:
        """The height of the bar of a time whose answers are all right."""
        return 0.0 if self.is_low else 0.6 * self.gradient

    @cached_property
    def state(self) -> float:
        """The height of all units: what the other parts leave."""
        lines = (3 if self.is_low else 4) * scaled(_LINE) + (3 if self.is_low else 4) * scaled(_GAP) + _MARGIN
        taken = sum(n * self.high(n) for n in self.rows) + self.gradient + self.right
        return max(40.0, self.height - lines - taken - _MARGIN / 2)

    @cached_property
    def has_cell(self) -> bool:
        """Whether the sum of a unit has room beside the states."""
        return self.state >= (2 + _TERMS + 1) * scaled(_LINE)


@dataclass(frozen=True)
class Film:
    """What the board of one view is made of."""

    view: View
    texts: Texts

    @cached_property
    def params(self) -> Params:
        """The parameters of the step that led here."""
        params: Params = self.view.frame.used
        return params

    @cached_property
    def seen(self) -> Look | None:
        """What the step that led here saw."""
        return seen_in(self.view.frame.made, self.params)

    @cached_property
    def batch(self) -> Batch:
        """Its sequences."""
        batch = batch_of(self.view.frame.made, self.params)
        assert batch is not None
        return batch

    @cached_property
    def time(self) -> int | None:
        """The time of the beat in view; None where the whole step is, or its way back."""
        return time_of(self.view.beat)

    @cached_property
    def told(self) -> Chosen:
        """The sequence, time and unit that the strip tells of."""
        return Chosen.of(self.view.pointed or self.view.focus, self.params, self.time)

    @property
    def is_back(self) -> bool:
        """Whether the way back is in view."""
        return self.view.beat == "back"

    # ---- what the rows hold

    @cached_property
    def inputs(self) -> Floats:
        """(rows, length): the numbers that come in; of symbols one row, the name is written over it."""
        x: Floats = self.batch.x[self.told.sequence].T
        if self.params.mode == "one-to-many":
            x = np.where(np.arange(self.params.length) > 0, np.nan, x)
        return x[:1] * 0.0 if self.has_symbols else x

    @property
    def has_symbols(self) -> bool:
        """Whether what comes in are symbols, one-hot."""
        return self.params.task in ("echo", "next-character")

    @cached_property
    def states(self) -> Floats:
        """(units, length): h, or on the way back ∂ℓ/∂h; nan at times the beat has not come to."""
        assert self.seen is not None
        by_time = slopes_of_last(self.seen).by_h if self.is_back else unrolled(self.seen).h[:, 1:]
        return self._so_far(by_time[self.told.sequence].T)

    @cached_property
    def outputs(self) -> Floats:
        """(rows, length): the share of each class; of numbers the targets, and below them what the net gives."""
        assert self.seen is not None
        made, t = self.seen.outputs[self.told.sequence], self.batch.t[self.told.sequence]
        shown = made.T if sizes_of(self.params).has_classes else np.concatenate([t.T, made.T])
        if self.params.mode == "many-to-one":
            empty = np.full((len(shown), self.params.length - 1), np.nan)
            shown = np.column_stack([empty, shown])
        return self._so_far(shown) if not self.view.covered else np.full(shown.shape, np.nan)

    def _so_far(self, values: Floats) -> Floats:
        if self.time is None:
            return np.array(values)
        return np.where(np.arange(values.shape[1]) > self.time, np.nan, values)

    # ---- the board

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        if self.seen is None:
            return ()
        at = Layout(width, height, self.params.length, (len(self.inputs), len(self.outputs)))
        return tuple(self._rows(at))

    def _rows(self, at: Layout) -> Iterator[Item]:
        y = _MARGIN
        yield from self._times(at, y)
        y += scaled(_LINE)
        yield from self._inputs(at, y)
        y += len(self.inputs) * at.high(len(self.inputs)) + scaled(_GAP)
        yield from self._state(at, y)
        y += at.state + scaled(_GAP)
        yield from self._outputs(at, y)
        y += len(self.outputs) * at.high(len(self.outputs)) + scaled(_LINE) + scaled(_GAP)
        yield from self._gradient(at, y)
        if not at.is_low:
            yield from self._right(at, y + at.gradient + scaled(_LINE) + scaled(_GAP))

    def _title(self, at: Layout, key: str, y: float) -> list[Item]:
        get, widest = self.texts.get, at.gutter
        return [
            Caption(get("panels", f"film_{key}"), _MARGIN, y, "strong", "text", widest=widest),
            Caption(get("panels", f"film_{key}_more"), _MARGIN, y + scaled(_LINE), "tick", widest=widest),
        ]

    def _over(self, at: Layout, y: float, texts: Sequence[str], role: str, colours: Sequence[str]) -> Iterator[Caption]:
        """Words in the middle of each column; none where columns are narrow."""
        if at.column < _WITH_WORDS:
            return
        for t, (text, colour) in enumerate(zip(texts, colours, strict=True)):
            yield Caption(text, at.left + (t + 0.5) * at.column, y, role, colour, "middle", at.column, moves=True)

    def _times(self, at: Layout, y: float) -> Iterator[Item]:
        yield Caption("t", at.left - scaled(BEGIN) / 2 - 4, y, "tick", align="middle")
        count = self.params.length
        colours = ["accent_text" if t == self.time else "muted" for t in range(count)]
        yield from self._over(at, y, [str(t) for t in range(count)], "tick", colours)

    def _cursor(self, rows: int) -> tuple[Outline, ...]:
        return () if self.time is None else (Outline(0, self.time, rows),)

    def _inputs(self, at: Layout, y: float) -> Iterator[Item]:
        rows, high = len(self.inputs), at.high(len(self.inputs))
        yield from self._title(at, "input", y)
        limit = float(np.nanmax(np.abs(self.batch.x))) if not self.has_symbols else 1.0
        form = None if self.has_symbols else NumberForm.of(self.batch.x)
        grid = Grid(self.inputs, Signed(4 * limit), form, outlines=self._cursor(rows))
        yield Placed("x", grid, at.left, y, at.column, high)
        if self.has_symbols:
            x = self.batch.x[self.told.sequence]
            names = [class_name(self.params, int(row.argmax())) if row.any() else "" for row in x]
            yield from self._over(at, y + high / 2 - scaled(8), names, "strong", ["orange"] * len(names))

    def _state(self, at: Layout, y: float) -> Iterator[Item]:
        assert self.seen is not None
        units, high = self.params.units, at.state / self.params.units
        begin = unrolled(self.seen).h[self.told.sequence, 0][:, None]
        largest = float(np.nanmax(np.abs(self.states), initial=0.0))
        limit = largest if self.is_back else _BOUNDED.get(self.params.cell, max(largest, float(np.abs(begin).max())))
        of_unit = Outline(self.told.unit, 0, 1, self.params.length, "text", 1.5)
        grid = Grid(self.states, Signed(limit), outlines=(of_unit, *self._cursor(units)), finest=14.0)
        if not self.is_back:
            yield Placed(
                "begin", Grid(begin, Signed(limit), finest=14.0), at.left - scaled(BEGIN) - 4, y, scaled(BEGIN), high
            )
        yield Placed("state", grid, at.left, y, at.column, high)
        yield from self._title(at, "back" if self.is_back else "state", y)
        if at.has_cell and not self.is_back:
            yield from self._cell(at, y + 2 * scaled(_LINE))

    def _cell(self, at: Layout, y: float) -> Iterator[Item]:
        """The sum of one unit at one time, in numbers: what goes into the folded cell and what comes out."""
        assert self.seen is not None
        i, t, j = self.told.sequence, self.told.time, self.told.unit
        own, made = named(self.seen.weights, self.params), unrolled(self.seen)
        terms = (
            ("x·W", float(made.x[i, t] @ own["W"][:, j]), "orange"),
            ("h·U", float(made.h[i, t] @ own["U"][:, j]), "purple"),
            ("b", float(own["b"][j]), "text"),
            ("z", float(made.z[i, t, j]), "text"),
            (self.texts.get("choices", "cell", self.params.cell), float(made.h[i, t + 1, j]), "blue"),
        )
        words = self.texts.get("panels", "film_unit").format(unit=j, time=t)
        yield Caption(words, _MARGIN, y, "subtitle", "accent_text", widest=at.gutter, moves=True)
        for n, (name, value, colour) in enumerate(terms, 1):
            line = y + n * scaled(_LINE)
            yield Caption(name, _MARGIN, line, "subtitle", colour)
            yield Caption(numbers.compact(value), _MARGIN + at.gutter - 20, line, "strong", colour, "right", moves=True)

    def _outputs(self, at: Layout, y: float) -> Iterator[Item]:
        rows, high = len(self.outputs), at.high(len(self.outputs))
        has_classes = sizes_of(self.params).has_classes
        yield from self._title(at, "output" if has_classes else "number", y)
        ramp: Ramp = (
            Ink(0.0, 1.6) if has_classes else Signed(4 * max(1.0, float(np.nanmax(np.abs(self.outputs), initial=0))))
        )
        outlines = (*self._targets(), *self._cursor(rows))
        grid = Grid(
            self.outputs,
            ramp,
            NumberForm(-9.0, 9.0, 2) if not has_classes else NumberForm(0.0, 1.0, 2),
            outlines=outlines,
        )
        yield Placed("out", grid, at.left, y, at.column, high)
        if high >= scaled(_LINE) - 4:
            names = self._row_names(rows, has_classes)
            for row, name in enumerate(names):
                yield Caption(name, at.left - 8, y + (row + 0.5) * high - scaled(8), "tick", align="right")
        yield from self._ticks(at, y + rows * high + 1)

    def _row_names(self, rows: int, has_classes: bool) -> list[str]:
        if has_classes:
            return [class_name(self.params, k) for k in range(rows)]
        half = rows // 2
        return [self.texts.get("panels", "film_target")] * half + [self.texts.get("panels", "film_given")] * half

    def _answers(self) -> Iterator[tuple[int, int, bool]]:
        """Yield of each time that has an output the right class and whether it got the largest share."""
        made, t = self.outputs, np.atleast_1d(self.batch.t[self.told.sequence])
        first = self.params.length - len(t)
        for time, right in enumerate(t.tolist(), first):
            if not np.isnan(made[:, time]).any():
                yield time, int(right), int(made[:, time].argmax()) == right

    def _targets(self) -> tuple[Outline, ...]:
        """Frames around the right classes."""
        if not sizes_of(self.params).has_classes or self.view.covered:
            return ()
        return tuple(Outline(right, time, 1, 1, "text", 2.0) for time, right, _ in self._answers())

    def _ticks(self, at: Layout, y: float) -> Iterator[Item]:
        if not sizes_of(self.params).has_classes:
            return
        words, colours = [""] * self.params.length, ["muted"] * self.params.length
        for time, _, is_right in self._answers():
            words[time], colours[time] = ("✓", "green") if is_right else ("✗", "vermillion")
        yield from self._over(at, y, words, "subtitle", colours)

    def _gradient(self, at: Layout, y: float) -> Iterator[Item]:
        """Bars of ∂ℓ/∂h beside its length at lag 0, by a logarithm; ticks where radius to the power of the lag is."""
        assert self.seen is not None
        lengths = grad_by_lag(self.seen)[::-1]  # by time
        ratios = lengths / lengths[-1] if lengths[-1] else np.zeros(len(lengths))
        radius = radius_of(named(self.seen.weights, self.params)["U"])
        lags = np.arange(self.params.length)[::-1]
        rule = [_height(radius ** int(k)) for k in lags]
        bars = [Bar("", _height(ratio), "blue", target) for ratio, target in zip(ratios.tolist(), rule, strict=True)]
        yield from self._title(at, "gradient", y)
        yield Columns(bars, at.left, y, at.column, at.gradient, 0.0)
        yield from self._over(
            at, y + at.gradient + 1, [_short(ratio) for ratio in ratios.tolist()], "tick", ["muted"] * len(bars)
        )

    def _right(self, at: Layout, y: float) -> Iterator[Item]:
        """Bars of the share of right answers at each time, the mean of the last steps."""
        begin = max(1, self.view.t - AVERAGED + 1)
        name, *_ = names_by_time(self.params.length)
        lately = self.view.timeline.series.block(name, self.params.length, begin, self.view.t + 1)
        shares = [_mean(column) for column in lately.T]
        yield from self._title(at, "right", y)
        if self.view.covered:
            shares = [None] * len(shares)
        yield Columns([Bar("", share, "green") for share in shares], at.left, y, at.column, at.right, 0.0)
        words = ["" if share is None else f"{share:.2f}" for share in shares]
        yield from self._over(at, y + at.right + 1, words, "tick", ["muted"] * len(words))


def _height(ratio: float) -> float:
    """Return where a ratio stands between the lowest and the highest power of ten, 0 to 1."""
    low, high = _DECADES
    return min(max((math.log10(ratio) - low) / (high - low), 0.0), 1.0) if ratio > 0 else 0.0


def _short(ratio: float) -> str:
    """Return a ratio in at most four characters or so: 0.45, 2e−5.

    >>> _short(0.4539), _short(0.00002), _short(2217.0)
    ('0.45', '2e−5', '2e3')
    """
    if not ratio or _SMALLEST <= ratio < _LARGEST:
        return f"{ratio:.2f}"
    digit, power = f"{ratio:.0e}".split("e")
    return f"{digit}e{int(power)}".replace("-", MINUS)


def _mean(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None


def cell_of(name: str, row: int, column: int, film: Film) -> Focus | None:
    """Return the state or the output that a cell of the board is about; of an input the time."""
    sequence = film.told.sequence
    match name:
        case "state":
            return Focus("state", (sequence, column, row))
        case "out":
            return Focus("output", (sequence, column, row))
        case "x":
            return Focus("state", (sequence, column, film.told.unit))
    return None
