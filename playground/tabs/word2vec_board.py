"""The net on a board: x picks a row of W, that row is h, h times C is a score for each word, and from it the output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.tabs.word2vec_step import CENTRE, CONTEXT, NEGATIVE, Floats, Step
from playground.texts import Texts
from widgets import theme
from widgets.bars import Bar, Columns
from widgets.grid_board import Beam, Caption, Item
from widgets.number_form import NumberForm
from widgets.number_grid import Grid, Outline, Placed, Signed, cell_size

_HEAD = 20.0  # px for the captions over the grids
_LEAST_ROW, _LEAST_COLUMN = 13.0, 12.0
_LABELS, _NAMES = 72.0, 62.0  # px for words beside rows, below columns
_GAP, _WIDE_GAP = 8.0, 28.0
_LARGEST, _LARGEST_HIDDEN = 26.0, 36.0
_MOST_UNITS = 12
_BARS = 0.34  # of the height, at least


@dataclass(frozen=True)
class Funnel:
    """From a row down to the grid it is multiplied with."""

    source: QRectF
    target: QRectF
    colour: str

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        tint = QColor(shown.line(self.colour))
        tint.setAlphaF(0.12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(shown.color("border"), 1.0))
        painter.setBrush(tint)
        above, below = self.source, self.target
        corners = [above.bottomLeft(), above.bottomRight(), below.topRight(), below.topLeft()]
        painter.drawPolygon(QPolygonF(corners))


@dataclass(frozen=True)
class Board:
    """What the board shows; `limit` is the weight at which colours are strongest."""

    step: Step
    limit: float
    texts: Texts

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        plan = _Plan.of(self.step, width, height)
        return [*self._left(plan), *self._right(plan), *self._between(plan)]

    def words(self, width: float, height: float) -> list[int]:
        """The words whose rows and columns are shown."""
        return _Plan.of(self.step, width, height).words

    # The left side: words, x, W.

    def _left(self, plan: _Plan) -> Iterator[Item]:
        step, cell = self.step, plan.cell
        yield Caption("x", plan.x_left + cell / 2, 0, "axis", "muted", "middle")
        yield Caption(plan.shape("W", step.W.shape), plan.w_left, 0, "axis", "muted", widest=plan.side - plan.w_left)
        for row, word in enumerate(plan.words):
            colour = step.colour(word) if word in step.inputs or word == step.target else ""
            y = plan.top + row * cell + (cell - Caption("", 0, 0, "tick").height) / 2
            role = "label" if colour else "tick"
            yield Caption(step.word(word), plan.x_left - 6, y, role, colour or "muted", "right", plan.x_left - 8)
            if step.inputs:
                count = step.inputs.count(word)
                ink = colour if count else "muted"
                yield Caption(str(count), plan.x_left + cell / 2, y, role, ink, "middle")
        lit = [row for row, word in enumerate(plan.words) if word in step.inputs]
        frames = tuple(Outline(row, 0, 1, plan.units, self._input_colour, 2.0) for row in lit)
        yield self._placed("W", step.W[plan.words, : plan.units], plan.w_left, plan.top, cell, frames)

    # The right side: h, C, the outputs.

    def _right(self, plan: _Plan) -> Iterator[Item]:
        step, left = self.step, plan.c_left
        yield Caption(self._hidden_caption(), left, 0, "axis", "muted", widest=plan.right - left)
        if step.hidden is not None:
            values = step.hidden[None, : plan.units]
            frame = Outline(0, 0, 1, plan.units, self._input_colour, 2.0)
            yield self._placed("h", values, left, plan.top, plan.hidden_cell, (frame,))
        yield Caption(plan.shape("C", step.C.shape), left, plan.c_top - _HEAD + 2, "axis", "muted")
        frames = tuple(self._column_frame(column, word, plan) for column, word in enumerate(plan.words)
                       if word == step.target or word in step.negatives)  # fmt: skip
        yield self._placed("C", step.C[: plan.units, plan.words], left, plan.c_top, plan.column, frames)
        kind = "probability" if self.step.params.output == "softmax" else "sigmoid"
        yield Caption(self.texts.get("board", kind), left, plan.bars_top - _HEAD + 2, "axis", "muted")
        yield Columns(self._bars(plan), left, plan.bars_top, plan.column, plan.bars_height, _NAMES)

    def _bars(self, plan: _Plan) -> list[Bar]:
        outputs = self.step.outputs or {}
        target = {self.step.target: 1.0}
        return [
            Bar(self.step.word(word), outputs.get(word), self.step.colour(word), target.get(word))
            for word in plan.words
        ]

    def _column_frame(self, column: int, word: int, plan: _Plan) -> Outline:
        is_target = word == self.step.target
        colour = self._target_colour if is_target else NEGATIVE
        return Outline(0, column, plan.units, 1, colour, 2.0, dashed=not is_target)

    # Between them.

    def _between(self, plan: _Plan) -> Iterator[Item]:
        if self.step.hidden is None:
            return
        row_height = plan.hidden_cell
        hidden = QRectF(plan.c_left, plan.top, plan.units * row_height, row_height)
        for row, word in enumerate(plan.words):
            if word in self.step.inputs:
                source = QRectF(plan.w_left, plan.top + row * plan.cell, plan.units * plan.cell, plan.cell)
                yield Beam(source, hidden, self._input_colour)
        matrix = QRectF(plan.c_left, plan.c_top, len(plan.words) * plan.column, 1.0)
        yield Funnel(hidden.translated(0, 1), matrix.translated(0, -_HEAD), self._input_colour)

    def _placed(
        self, name: str, values: Floats, left: float, top: float, cell: float, frames: Sequence[Outline] = ()
    ) -> Placed:
        form = NumberForm(-self.limit, self.limit, 2)
        grid = Grid(np.ascontiguousarray(values), Signed(self.limit), form, outlines=frames)
        return Placed(name, grid, left, top, cell)

    def _hidden_caption(self) -> str:
        key = "hidden_mean" if self.step.params.model == "cbow" else "hidden_row"
        return self.texts.get("board", key).format(count=len(self.step.inputs))

    @property
    def _input_colour(self) -> str:
        return CONTEXT if self.step.params.model == "cbow" else CENTRE

    @property
    def _target_colour(self) -> str:
        return CENTRE if self.step.params.model == "cbow" else CONTEXT


@dataclass(frozen=True)
class _Plan:
    """Where things stand on a board of one size."""

    words: list[int]
    units: int  # of the vectors that are shown
    cell: float  # of W
    column: float  # of C
    hidden_cell: float
    x_left: float
    w_left: float
    c_left: float
    top: float
    c_top: float
    bars_top: float
    bars_height: float
    right: float
    whole: tuple[int, int]

    @classmethod
    def of(cls, step: Step, width: float, height: float) -> _Plan:
        """Divide a board: rows as high as words, columns as wide as words stand upright."""
        size = step.params.vector_size
        units = min(size, _MOST_UNITS)
        below = height - _HEAD
        labels = _label_room(step)
        narrowest = labels + (units + 1) * _LEAST_ROW + _GAP + _WIDE_GAP
        room = int(min(below / _LEAST_ROW, max(2.0, (width - narrowest) / _LEAST_COLUMN)))
        words = step.words_that_matter(max(4, room))
        cell = min(cell_size(0.34 * width, below, len(words), units + 1, _LARGEST), below / len(words))
        cell = max(4.0, cell)
        c_left = labels + (units + 1) * cell + _GAP + _WIDE_GAP
        column = cell_size(width - c_left - 2, 0.32 * below, units, len(words), _LARGEST)
        hidden_cell = cell_size(width - c_left - 2, 0.12 * below, 1, units, _LARGEST_HIDDEN)
        c_top = _HEAD + hidden_cell + 2 * _HEAD
        bars_top = c_top + units * column + _HEAD + 4
        return cls(
            words, units, cell, column, hidden_cell, labels, labels + cell + _GAP, c_left, _HEAD, c_top, bars_top,
            max(10.0, height - bars_top - _NAMES - 6), width, (step.corpus.size, size),
        )  # fmt: skip

    @property
    def side(self) -> float:
        """Where the left side ends."""
        return self.c_left - _GAP

    def shape(self, name: str, shape: tuple[int, ...]) -> str:
        """A matrix with its shape."""
        return f"{name}  {shape[0]} × {shape[1]}"


def _label_room(step: Step) -> float:
    longest = max((Caption(word, 0, 0, "label").width for word in step.corpus.vocabulary[:60]), default=0.0)
    return min(_LABELS, longest + 10)
