"""The net on a board: x picks a row of W, that row is h, h times C is a score for each word, and from it the output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter

from core.run.values import Floats
from playground.topics.word2vec.shown_example import NEGATIVE, Step
from playground.words.texts import Texts
from widgets.base import theme
from widgets.grids.board import Caption, Item, paint_band
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import RoundedForm
from widgets.grids.share_bars import Columns
from widgets.grids.word_names import Name, RowNames, name_room

_HEAD = 20.0  # px for the captions over the grids
_LEAST_UNIT, _HIGHEST_ROW = 13.0, 26.0
_WIDEST = 40.0  # px of a cell: numbers with two decimals fit
_LABELS, _NAMES = 72.0, 62.0  # px for words beside rows, below columns, at most
_GAP, _WIDE_GAP = 8.0, 28.0
_MOST_UNITS = 12
_FINEST = 5.0  # px of a cell
_W_SHARE = 0.25  # of the width, for W
_C_SHARE, _H_SHARE = 0.3, 0.09  # of the height, for C and for h


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
    """What the board shows; `limit` is the weight at which colours are strongest."""

    step: Step
    limit: float
    texts: Texts

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        plan = Plan(self.step, width, height)
        return [*self._left(plan), *self._right(plan), *self._between(plan)]

    # The left side: words, x, W.

    def _left(self, plan: Plan) -> Iterator[Item]:
        step, roles = self.step, (*self.step.inputs, self.step.target)
        yield Caption("x", plan.x_left + plan.x_wide - 6, 0, "axis", "muted", "middle")
        room = plan.c_left - plan.w_left - 4
        yield Caption(_shape("W", step.W.shape), plan.w_left, 0, "axis", "muted", widest=room)
        names = [Name(step.word(word), step.colour(word) if word in roles else "") for word in plan.words]
        counts = [str(step.inputs.count(word)) for word in plan.words] if step.inputs else []
        yield RowNames(names, counts, 0, plan.top, plan.row, plan.x_left - 6, plan.x_wide)
        frames = [Outline(row, 0, 1, plan.units, step.input_colour, 2.0)
                  for row, word in enumerate(plan.words) if word in step.inputs]  # fmt: skip
        yield self._weights("W", step.W[plan.words, : plan.units], plan.w_box, frames)

    # The right side: h, C, the outputs.

    def _right(self, plan: Plan) -> Iterator[Item]:
        step, left = self.step, plan.c_left
        if step.inputs:
            yield Caption(self._hidden_caption(), left, 0, "axis", "muted", widest=plan.width - left, moves=True)
            frame = Outline(0, 0, 1, plan.units, step.input_colour, 2.0)
            yield self._weights("h", step.hidden[None, : plan.units], plan.h_box, [frame])
        yield Caption(_shape("C", step.C.shape), left, plan.c_top - _HEAD + 2, "axis", "muted")
        frames = [self._column_frame(column, word, plan) for column, word in enumerate(plan.words)
                  if word == step.target or word in step.negatives]  # fmt: skip
        yield self._weights("C", step.C[: plan.units, plan.words], plan.c_box, frames)
        kind = "probability" if step.params.output == "softmax" else "sigmoid"
        text = self.texts.get("board", kind)
        yield Caption(text, left, plan.bars_top - _HEAD + 2, "axis", "muted", widest=plan.width - left)
        for share, at in (("1", 0.0), ("½", 0.5)):
            y = plan.bars_top + at * plan.bars_height - Caption("", 0, 0, "tick").height / 2
            yield Caption(share, left - 5, y, "tick", "muted", "right")
        yield Columns(step.bars(plan.words), left, plan.bars_top, plan.column, plan.bars_height, plan.names)

    def _column_frame(self, column: int, word: int, plan: Plan) -> Outline:
        is_target = word == self.step.target
        colour = self.step.colour(word) if is_target else NEGATIVE
        return Outline(0, column, plan.units, 1, colour, 2.0, dashed=not is_target)

    # Between them.

    def _between(self, plan: Plan) -> Iterator[Item]:
        if not self.step.inputs:
            return
        colour, (left, top, wide, high) = self.step.input_colour, plan.h_box
        w_left, w_top, w_wide, w_high = plan.w_box
        w_right, below = w_left + plan.units * w_wide, top + high + 1
        for row, word in enumerate(plan.words):
            if word in self.step.inputs:
                y = w_top + row * w_high
                yield Wedge(QLineF(w_right, y, w_right, y + w_high), QLineF(left, top, left, top + high), colour)
        under = QLineF(left, below, left + plan.units * wide, below)
        above = QLineF(left, plan.c_top - _HEAD, left + len(plan.words) * plan.column, plan.c_top - _HEAD)
        yield Wedge(under, above, colour)

    def _weights(self, name: str, values: Floats, box: Box, outlines: Sequence[Outline]) -> Placed:
        grid = Grid(values, Signed(self.limit), RoundedForm(self.limit), outlines=outlines, frame="", finest=_FINEST)
        return Placed(name, grid, *box)

    def _hidden_caption(self) -> str:
        key = "hidden_mean" if self.step.params.model == "cbow" else "hidden_row"
        return self.texts.get("board", key).format(count=len(self.step.inputs))


def _shape(name: str, shape: tuple[int, ...]) -> str:
    return f"{name}  {shape[0]} × {shape[1]}"


Box = tuple[float, float, float, float]  # left, top, and the width and height of a cell


class Plan:
    """Where things stand on a board of one size: rows as high as words, columns as wide as words written upwards."""

    def __init__(self, step: Step, width: float, height: float) -> None:
        self.width = width
        self.top = _HEAD
        self.units = min(step.params.vector_size, _MOST_UNITS)
        below = height - _HEAD
        longest = max(Caption(word, 0, 0, "label").width for word in step.corpus.vocabulary[:60])
        self.x_left, self.x_wide = min(_LABELS, longest + 10), 18.0
        self.w_left = self.x_left + self.x_wide + _GAP
        wide = min(_WIDEST, max(_LEAST_UNIT, _W_SHARE * width / self.units))
        line = Caption("", 0, 0, "tick").height - 1  # of a word, lying or upright
        self.c_left = self.w_left + self.units * wide + _WIDE_GAP
        most = min(below / line, max(4.0, (width - self.c_left) / (line - 1)))
        self.words = step.words_that_matter(int(most))
        self.row = float(np.floor(min(_HIGHEST_ROW, below / len(self.words))))
        self.column = min(_WIDEST, (width - self.c_left - 2) / len(self.words))
        unit = min(_HIGHEST_ROW, _C_SHARE * below / self.units)
        self.w_box: Box = (self.w_left, self.top, wide, self.row)
        hidden = min(_WIDEST, (width - self.c_left - 2) / self.units)
        self.h_box: Box = (self.c_left, self.top, hidden, min(_WIDEST, max(16.0, _H_SHARE * below)))
        self.c_top = self.top + self.h_box[3] + 2 * _HEAD
        self.c_box: Box = (self.c_left, self.c_top, self.column, unit)
        self.bars_top = self.c_top + self.units * unit + _HEAD + 4
        self.names = min(_NAMES, max(name_room(step.word(word)) for word in self.words))
        self.bars_height = max(10.0, height - self.bars_top - self.names - 6)  # of a bar of 1
