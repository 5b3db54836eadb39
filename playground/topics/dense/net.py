"""The net as a drawing: a picture for every unit of what it makes of the plane, a line for every weight.

A bias is an input that is always 1. Of the unit that is told of the numbers of its weights are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QRectF

from core.dense.explained import Chosen
from core.dense.nets import named, net_of
from core.dense.settings import Params, data_of
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.topics.dense.fields import functions, is_plane, pictures, signed
from playground.topics.dense.plane import net_shown
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.labels import text_width
from widgets.grids.board import Caption, Item
from widgets.grids.network import Lines, Network, Unit

NAME = "net"  # of the drawing on its board
_LARGEST, _GAP, _HEAD = 64, 4.0, 17  # px of a picture, between two of them, over all
_WIDEST = 0.5  # of the room for a column: how wide a picture may be
_ONE = 0.7  # of a picture: how large the 1 of a bias is
_BEFORE, _BEHIND = 62, 46  # px for the words before the inputs and behind the outputs
_DIGITS, _FEW = 3, 2  # of a weight, and of what goes in and comes out
_BELOW = "₁₂₃₄₅₆₇₈"


@dataclass(frozen=True)
class Net(ViewPicture[Params]):
    """The net of a view that is shown."""

    @cached_property
    def told(self) -> Chosen:
        """The point and the unit that are told of."""
        return Chosen.of(self.view.pointed or self.view.focus, self.view.frame.made, self.params)

    @property
    def counts(self) -> list[int]:
        """How many units each column has, inputs first."""
        return [data_of(self.params).x.shape[1], *self.params.hidden, self.params.units]

    @cached_property
    def weights(self) -> list[Floats]:
        """The weights between each two columns, (inputs, units), a row more for the biases where there are any."""
        own = named(self._vector, net_shown(self.view), self.params)
        names = [*(f"hidden_{k}." for k in range(1, len(self.params.hidden) + 1)), ""]
        return [np.vstack([own[f"{n}W"], own[f"{n}b"][None]]) if f"{n}b" in own else own[f"{n}W"] for n in names]

    @property
    def _vector(self) -> Floats:
        vector: Floats = getattr(self.view.state, net_shown(self.view)).weights
        return vector

    @property
    def _has_bias(self) -> bool:
        return net_shown(self.view) == "with_bias"

    # ---- what a unit shows

    @cached_property
    def given(self) -> list[Floats]:
        """What each column gives for the point told of."""
        x = data_of(self.params).x[[self.told.point]]
        made = net_of(self.params, net_shown(self.view)).stack.forward(self._vector, x)
        return [x[0], *(output[0] for output in made.outputs)]

    def _fields(self) -> Sequence[Sequence[Floats]]:
        """The pictures of each column: of what is no plane a single colour, that of the point told of."""
        if is_plane(self.params) and not self.view.covered:
            return pictures(self._vector, self.params, net_shown(self.view))
        kinds = ("linear", *functions(self.params))
        one = zip(self.given, kinds, self.counts, strict=True)
        if self.view.covered:  # they would tell the answer
            return [[np.full((1, 1), np.nan)] * count for _, _, count in one]
        return [np.split(signed(y, kind)[:, None], count) for y, kind, count in one]

    # ---- where it stands

    def items(self, room: QRectF) -> list[Item]:
        """Place the drawing and the names of its columns in a part of a board."""
        columns = self._columns(room)
        limit = max(float(np.abs(weights).max()) for weights in self.weights)
        lines, is_still = [self._lines(k) for k in range(len(self.weights))], bool(self.view.beat)
        net = Network(NAME, columns, lines, limit, self._chosen(), smooth=is_still)
        return [net, *self._heads(columns, room.top())]

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place the drawing on a board of its own."""
        return self.items(QRectF(0, 0, width, height - 4))

    def _side(self, room: QRectF) -> float:
        """How large a picture can be."""
        most = max(count + (_ONE if self._has_one(k) else 0.0) for k, count in enumerate(self.counts))
        high = (room.height() - scaled(_HEAD)) / most - _GAP
        wide = (room.width() - scaled(_BEFORE) - scaled(_BEHIND)) / max(2, len(self.counts))
        return max(4.0, float(int(min(high, _WIDEST * wide, scaled(_LARGEST)))))

    def _columns(self, room: QRectF) -> list[list[Unit]]:
        side, fields = self._side(room), self._fields()
        first, last = room.left() + scaled(_BEFORE), room.right() - scaled(_BEHIND) - side
        lefts = np.linspace(first, last, len(self.counts)).round().tolist()
        return [self._column(k, left, side, room, fields[k]) for k, left in enumerate(lefts)]

    def _column(self, k: int, left: float, side: float, room: QRectF, fields: Sequence[Floats]) -> list[Unit]:
        """The units of a column below each other, and below them the 1 that the biases come from."""
        apart, below = side + _GAP, room.height() - scaled(_HEAD)
        high = len(fields) * apart + (_ONE * side if self._has_one(k) else -_GAP)
        top = round(room.top() + scaled(_HEAD) + max(0.0, below - high) / 2)
        units = [
            Unit(QRectF(left, top + j * apart, side, side), field, *self._words(k, j)) for j, field in enumerate(fields)
        ]
        if self._has_one(k):
            edge = (1 - _ONE) * side / 2
            box = QRectF(left + edge, top + len(fields) * apart, _ONE * side, _ONE * side)
            units.append(Unit(box, np.zeros((1, 1)), "1"))
        return units

    def _has_one(self, k: int) -> bool:
        return self._has_bias and k < len(self.counts) - 1

    def _words(self, k: int, j: int) -> tuple[str, str]:
        """What stands before an input and behind an output: what the point told of has there."""
        if self.view.covered or 0 < k < len(self.counts) - 1:
            return "", ""
        value = numbers.significant(float(self.given[k][j]), _FEW)
        return (f"x{_BELOW[j]} {value}", "") if not k else ("", value)

    def _heads(self, columns: Sequence[Sequence[Unit]], top: float) -> Iterator[Caption]:
        """The names of the columns, short ones where they stand close."""
        count, middles = len(columns) - 2, [column[0].box.center().x() for column in columns]
        hidden = [self.texts.get("panels", "hidden_head").format(k=k) for k in range(1, count + 1)]
        if any(text_width(name, "tick") + _GAP > middles[1] - middles[0] for name in hidden):
            hidden = [f"h{_BELOW[k]}" for k in range(count)]
        for name, middle in zip(("x", *hidden, "y"), middles, strict=True):
            yield Caption(name, middle, top, "tick", "muted", "middle")

    # ---- what is told

    @property
    def _is_asked(self) -> bool:
        """Whether a unit was pointed at or chosen; a net without hidden layers tells of one in any case."""
        focus = self.view.pointed or self.view.focus
        return not self.params.hidden or (focus is not None and focus.kind in ("hidden", "unit", "output"))

    def _lines(self, k: int) -> Lines:
        """The weights into a column, counted from 0 behind the inputs; those of the unit told of are written."""
        weights = self.weights[k]
        told = np.zeros(weights.shape, dtype=bool)
        if self._is_asked and k == self.told.place(self.params) - 1:
            told[:, self.told.unit] = True
        rows = zip(weights.tolist(), told.tolist(), strict=True)
        words = [
            [numbers.significant(w, _DIGITS) if is_told else "" for w, is_told in zip(*row, strict=True)]
            for row in rows
        ]
        return Lines(weights, told, words)

    def _chosen(self) -> list[tuple[int, int]]:
        return [(self.told.place(self.params), self.told.unit)] if self._is_asked else []


def unit_at(column: int, unit: int, params: Params) -> Focus | None:
    """Return the unit that a square of the drawing is about; None of an input and of a 1."""
    counts = [0, *params.hidden, params.units]
    if unit >= counts[column]:
        return None
    return Focus("unit", (unit,)) if column == len(counts) - 1 else Focus("hidden", (column, unit))
