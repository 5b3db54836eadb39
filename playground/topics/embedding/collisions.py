"""Collisions of hashing: how many words are expected to share a number, by the rows of E; and which do today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.data.sentences import expected_loss
from core.embedding.settings import data_of
from playground.topics.embedding.shown import Shown
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Polyline

_MARGIN, _POINTS = 8.0, 120
_CURVE = 0.44  # of the width


@dataclass(frozen=True)
class Collisions(Shown):
    """The curve with today's dot, and the words that share a number, those of the sentence in their colours."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        if self.view.covered:
            return tuple(self._curve(width - 2 * _MARGIN, height))
        return [*self._curve(_CURVE * width, height), *self._pairs(_CURVE * width + 2 * _MARGIN, width, height)]

    @property
    def lost(self) -> int:
        """How many words have no number of their own."""
        data = data_of(self.params)
        return len(data.vocabulary) - len(set(data.number_of.values()))

    def _curve(self, width: float, height: float) -> Iterator[Item]:
        line, data, get = text_height("tick"), data_of(self.params), self.texts.get
        words = len(data.vocabulary)
        last = max(2.0 * data.rows, 5.0 * words)
        left, top, right, bottom = _MARGIN + text_width("000", "tick"), 1.5 * line, width, height - 2 * line
        rows = np.linspace(max(2.0, words / 4), last, _POINTS)
        x = left + (rows - rows[0]) / (last - rows[0]) * (right - left)
        y = bottom - np.array([expected_loss(words, n) for n in rows.tolist()]) / words * (bottom - top)
        yield Caption(get("panels", "words_lost"), _MARGIN, 0, "tick", widest=width)
        yield Polyline(np.array([[left, top], [left, bottom], [right, bottom]]), "control", width=1.0)
        yield Polyline(np.column_stack([x, y]), "blue")
        for share, text in ((0.0, "0"), (1.0, str(words))):
            yield Caption(text, left - 4, bottom - share * (bottom - top) - line / 2, "tick", align="right")
        for number, place, align in ((rows[0], left, "left"), (last, right, "right")):
            yield Caption(numbers.count(round(number)), place, bottom + 2, "tick", align=align)
        yield Caption(get("panels", "rows_axis"), (left + right) / 2, bottom + 2, "tick", align="middle")
        if not self.view.covered and self.params.encoding == "hashing" and rows[0] <= data.rows <= last:
            at = left + (data.rows - rows[0]) / (last - rows[0]) * (right - left)
            yield Polyline(np.array([[at, bottom - self.lost / words * (bottom - top)]] * 2), "orange", dot=9.0)

    def _pairs(self, left: float, width: float, height: float) -> Iterator[Item]:
        line, get, wide = text_height("tick"), self.texts.get, width - left - _MARGIN
        if self.params.encoding != "hashing":
            yield Caption(get("panels", "no_collision"), left, 0, "tick", "text", widest=wide)
            return
        data = data_of(self.params)
        expected = numbers.fixed(expected_loss(len(data.vocabulary), data.rows), 1)
        told = get("panels", "lost").format(lost=self.lost, expected=expected)
        yield Caption(told, left, 0, "strong", "text", widest=wide)
        for i, number in enumerate(data.shared[: int((height - 1.5 * line) / line)]):
            told, y = f"{number}: {data.word(number)}", (i + 1.5) * line
            if colour := self.colour_of(number):
                middle = y + line / 2
                yield Polyline(np.array([[left + 1, middle - 4], [left + 1, middle + 4]]), colour)
            yield Caption(told, left + _MARGIN, y, "tick", "text", widest=wide - _MARGIN)
