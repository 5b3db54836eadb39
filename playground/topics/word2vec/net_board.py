"""The net on a board, a row a word: x picks a row of W, that row is h, h times the word's column of C is its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from core.run.explanation import Focus
from core.run.values import Floats
from core.word2vec.algorithm import takes_centres
from playground.playback.view import View
from playground.tab.marked_cells import cells
from playground.topics.word2vec.net_plan import HEAD, Box, Plan
from playground.topics.word2vec.outcome_rows import Outcome, OutcomeRows
from playground.topics.word2vec.shown_example import Step
from playground.words.texts import Texts
from widgets.base import numbers, theme
from widgets.base.labels import text_width
from widgets.grids.board import Caption, Item, paint_band
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import RoundedForm
from widgets.grids.word_names import Name, RowNames

_FINEST = 5.0  # px of a cell
_PAST = 4  # px from the corners around a row to its bar
_APART = 10  # px between the heads of two columns, lest they read as one
_READ, _WRITTEN = 1.0, 2.5  # px of an edge around what a beat reads and what it writes


@dataclass(frozen=True)
class Wedge:
    """A tinted shape from one edge to another: from words that go in to h, from h to what it is multiplied with."""

    near: QLineF
    far: QLineF
    colour: str

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        paint_band(painter, self.near, self.far, colours.region(self.colour), colours.pale(self.colour))


@dataclass(frozen=True)
class Picture:
    """What the board shows; `limit` is the weight at which colours are strongest.

    Without a beat the whole step is shown, each word in one row, so that nothing jumps while playing.
    """

    step: Step
    limit: float
    texts: Texts
    beat: str = ""
    view: View | None = None  # in which a scene may mark words

    def plan(self, width: float, height: float) -> Plan:
        """Return where things stand on a board of this size."""
        return Plan(self.step, width, height, self.beat == "update")

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        plan = self.plan(width, height)
        spoken = cells(self.view, partial(_row, plan)) if self.view else []
        return [*self._wedges(plan), *self._left(plan), *self._right(plan), *self._feet(plan), *spoken]

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the step is shown to its end."""
        return self.beat in ("", "update")

    # The left side: words, x, W, h.

    def _left(self, plan: Plan) -> Iterator[Item]:
        step, (left, _, cell, _) = self.step, plan.w_box
        room = plan.units * cell
        yield Caption(shaped("W", step.W.shape), left, 0, "axis", "muted", widest=room)
        if plan.is_wide:
            yield Caption("x", left - 8, 0, "axis", "muted", "right")
        yield self._names(plan)
        values = self._rows_of(plan, step.W, step.made.W if step.made else step.W)
        yield self._weights("W", values, plan.w_box, self._frames_in_w(plan))
        if step.inputs and self.beat != "read":
            yield from self._hidden(plan)

    def _names(self, plan: Plan) -> RowNames:
        step, roles = self.step, (*self.step.inputs, *self.step.targets)
        after = Name(self.texts.get("board", "after"))
        colours = {word: step.colour(word) for word in roles if word >= 0}
        names = [after if row.is_after else Name(step.word(row.word), colours.get(row.word, "")) for row in plan.rows]
        ones = ["" if row.is_after else str(step.inputs.count(row.word)) for row in plan.rows]
        texts = ones if step.inputs and plan.is_wide else []
        return RowNames(names, texts, 0, plan.top, plan.row, plan.labels - 4, plan.x_wide)

    def _frames_in_w(self, plan: Plan) -> list[Outline]:
        step = self.step
        width = {"read": _READ, "forward": _READ, "error": 0.0, "backward": _READ}.get(self.beat, _WRITTEN)
        words = [word for word in dict.fromkeys(step.inputs) if word in plan.words] if width else []
        rows = {word: sum(row.word == word for row in plan.rows) for word in words}
        return [
            Outline(plan.first_row(word), 0, count, plan.units, step.input_colour, width)
            for word, count in rows.items()
        ]

    def _hidden(self, plan: Plan) -> Iterator[Item]:
        left, top, wide, high = plan.h_box
        colour = self.step.input_colour
        yield Caption("h", left + wide / 2, top - HEAD + 4, "label", colour, "middle", moves=True)
        width = _WRITTEN if self.beat == "forward" else _READ
        yield self._weights("h", self.step.hidden[: plan.units, None], plan.h_box,
                            [Outline(0, 0, plan.units, 1, colour, width)])  # fmt: skip
        key = "hidden_mean" if self.step.params.model == "cbow" else "hidden_row"
        told = self.texts.get("board", key).format(count=len(self.step.inputs))
        for line, text in enumerate(told.split("\n")):
            y = top + plan.units * high + 3 + line * plan.line
            yield Caption(text, left + wide / 2, y, "tick", "muted", "middle", moves=True)

    # The right side: C and what came of it.

    def _right(self, plan: Plan) -> Iterator[Item]:
        step, left, lanes = self.step, plan.c_box[0], plan.lanes
        yield Caption(self._head_of_c(plan), left, 0, "axis", "muted", widest=plan.c_room)
        values = self._rows_of(plan, step.C.T, step.made.C.T if step.made else step.C.T)
        yield self._weights("C", values, plan.c_box, self._frames_in_c(plan))
        if not step.inputs:
            return
        if plan.is_wide:
            yield Caption("t", sum(lanes.wanted), 0, "axis", "muted", "right")
        yield Caption(
            self._head_of_shares(plan), lanes.bars[0], 0, "axis", "muted", widest=plan.width - lanes.bars[0], moves=True
        )
        yield OutcomeRows(self._outcomes(plan), lanes, plan.top, plan.row)

    def _head_of_c(self, plan: Plan) -> str:
        """Return that C is turned, in words where there is room."""
        rows, columns = self.step.C.shape
        words = self.texts.get("board", "turned").format(shape=shaped("C", (rows, columns)))
        return head_of_c(plan, (words, shaped("Cᵀ", (columns, rows))))

    def _head_of_shares(self, plan: Plan) -> str:
        """Return what the bars are, and that only the numbers after the step stand beside them where they do."""
        if self.beat == "error":
            return "Σ (p − t)" if takes_centres(self.step.params) else "p − t"
        kind = self.texts.get("board", self.step.kind)
        told = self.texts.get("board", "share_after").format(kind=kind)
        fits = text_width(told, "axis") <= plan.width - plan.lanes.bars[0]
        return told if plan.is_tight and self._is_whole and fits else kind

    def _frames_in_c(self, plan: Plan) -> list[Outline]:
        step, width = self.step, _WRITTEN if self._is_whole else _READ
        if self.beat in ("read", "error") or not step.inputs:
            return []
        frames = [
            Outline(plan.first_row(word), 0, 1, plan.units, step.colour(word), width, dashed=not step.wanted(word))
            for word in dict.fromkeys((*step.negatives, *step.targets))
            if word in plan.words
        ]
        if not step.negatives:
            around = Outline(0, 0, len(plan.rows), plan.units, step.colour(step.target), 1.0, dashed=True)
            frames.insert(0, around)
        return frames

    def _outcomes(self, plan: Plan) -> list[Outcome]:
        lengths = self.step.slopes[1] if self.beat == "backward" else self.step.shifts[1]
        longest = float(lengths.max()) or 1.0
        shown = self._is_whole or self.beat == "backward"
        return [
            self._outcome(
                plan, i, row.word, float(lengths[row.word]) / longest if shown and lengths[row.word] else None
            )
            for i, row in enumerate(plan.rows) if not row.is_after
        ]  # fmt: skip

    def _outcome(self, plan: Plan, row: int, word: int, moved: float | None) -> Outcome:
        step, colour = self.step, self.step.colour(word) if word not in self.step.inputs else ""
        wanted = str(step.wanted(word))
        given = step.output(word)
        if self.beat == "read" or given is None:
            return Outcome(row, colour, moved, wanted)
        if self.beat == "error":
            error = step.error(word) or 0.0
            return Outcome(row, colour, None, wanted, given, abs(error), numbers.fixed(error, 3))
        if not self._is_whole:
            return Outcome(row, colour, moved, wanted, given, None, numbers.percent(given))
        after = float(step.outputs_after[word])
        text = numbers.percent(after)
        text = text if plan.is_tight else f"{numbers.fixed(100 * given, 1)} → {text}"
        return Outcome(row, colour, moved, wanted, given, after, text, after > given if after != given else None)

    # Under the rows, and between them.

    def _feet(self, plan: Plan) -> Iterator[Item]:
        y, step = plan.bottom + 4, self.step
        w_left = plan.w_box[0]
        for more in more_words(plan, self.texts):
            w_left = max(w_left, more.width + 8)
            yield more
        if not step.inputs or not (self._is_whole or self.beat == "backward"):
            return
        backward = self.beat == "backward"
        words = step.inputs[0], step.target
        places = (w_left, plan.c_box[0])
        ends = (plan.h_box[0] - 6, plan.width)  # h has words of its own below it
        colours = step.input_colour, step.colour(step.target)
        halves = step.slopes if backward else step.shifts
        for name, word, left, end, colour, lengths in zip("WC", words, places, ends, colours, halves, strict=True):
            told = self._foot(name, lengths, word, end - left)
            if told:
                yield Caption(told, left, y, "tick", colour, widest=end - left, moves=True)

    def _foot(self, name: str, lengths: Floats, word: int, room: float) -> str:
        """Return how many rows of W moved and how far at most, or how many columns of C and how far the target's.

        Nothing where not even the shortest form has room.
        """
        kind, count = "slope" if self.beat == "backward" else "moved", int(np.count_nonzero(lengths))
        key = f"{kind}_{name}"
        length = float(lengths.max() if name == "W" else lengths[word])
        if name == "W" and count > 1:
            key += "_many"
        by = numbers.significant(length, 3)
        values = {"count": count, "all": len(lengths), "word": self.step.word(word), "by": by}
        told = self.texts.get("board", key).format_map(values)
        forms = told, self.texts.get("board", f"{kind}_short").format_map(values)
        return next((form for form in forms if text_width(form, "tick") <= room), "")

    def _wedges(self, plan: Plan) -> Iterator[Item]:
        step = self.step
        if not step.inputs or self.beat in ("read", "error"):
            return
        (left, top, wide, high), (w_left, _, w_cell, _) = plan.h_box, plan.w_box
        below, w_right = top + plan.units * high, w_left + plan.units * w_cell
        for word in dict.fromkeys(step.inputs):
            if word in plan.words:
                y = plan.top + plan.first_row(word) * plan.row
                row, hidden = QLineF(w_right, y, w_right, y + plan.row), QLineF(left, top, left, below)
                yield Wedge(row, hidden, step.input_colour)
        near = QLineF(left + wide, top, left + wide, below)
        far = QLineF(plan.c_box[0], plan.top, plan.c_box[0], plan.bottom)
        yield Wedge(near, far, step.colour(step.target))

    def _rows_of(self, plan: Plan, before: Floats, after: Floats) -> Floats:
        """Return the rows of the plan, each from before or after the step, as far as there is room for units."""
        words, is_after = [row.word for row in plan.rows], np.array([row.is_after for row in plan.rows])
        return np.where(is_after[:, None], after[words, : plan.units], before[words, : plan.units])

    def _weights(self, name: str, values: Floats, box: Box, outlines: Sequence[Outline]) -> Placed:
        return weights(name, values, box, self.limit, outlines)


def _row(plan: Plan, thing: Focus) -> QRectF | None:
    """Return the row of a word, from its name to its column of C; None where it is not in view."""
    if thing.kind != "word" or thing.at[0] not in plan.words:
        return None
    count = sum(row.word == thing.at[0] for row in plan.rows)
    top, right = plan.top + plan.first_row(thing.at[0]) * plan.row, plan.lanes.bars[0] - _PAST
    return QRectF(1, top, right - 1, count * plan.row)


def weights(name: str, values: Floats, box: Box, limit: float, outlines: Sequence[Outline] = ()) -> Placed:
    """Return a grid of weights, coloured most strongly at a limit, with frames around what a step reads and writes."""
    grid = Grid(values, Signed(limit), RoundedForm(limit), outlines=outlines, frame="", finest=_FINEST)
    return Placed(name, grid, *box)


def shaped(name: str, shape: tuple[int, ...]) -> str:
    """Return a matrix with its shape: W 20 × 6."""
    return f"{name} {shape[0]} × {shape[1]}"


def head_of_c(plan: Plan, forms: Sequence[str]) -> str:
    """Return the first of some words over C, turned, that there is room for."""
    return next((told for told in forms if text_width(told, "axis") + _APART <= plan.c_room), "Cᵀ")


def more_words(plan: Plan, texts: Texts) -> list[Caption]:
    """Return under the rows how many words have none, if there are such."""
    told = texts.get("board", "more").format(count=numbers.count(plan.more))
    return [Caption(told, 0, plan.bottom + 4, "tick", "muted", widest=plan.h_box[0])] if plan.more else []
