"""Where things stand on the board of the net: a row a word, from its row of W at the left to its share at the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import ceil

import numpy as np

from core.data.corpora import Corpus
from playground.topics.word2vec.outcome_rows import Lanes
from playground.topics.word2vec.shown_example import Step
from widgets.base.labels import text_height, text_width

HEAD, FOOT = 22.0, 22.0  # px for the captions over and under the rows
_WIDE, _TIGHT = 600.0, 520.0  # px of the board; one that is narrower leaves out x and t, then the shares before
_LABELS = 72.0  # px for words beside rows, at most
_HIGHEST_ROW, _LARGEST_H = 26.0, 40.0
_WIDEST, _WIDEST_C = 37.0, 16.0  # px of a cell of W, of C; numbers with two decimals fit into the first
_W_SHARE, _W_SHARE_TIGHT = 0.72, 0.86  # of what is left for both: numbers come first
_GAP, _GAP_H = 6.0, 14.0
_LINES_UNDER_H = {"skip-gram": 2, "cbow": 3}
_MOST_UNITS = 12
_MOST_DOUBLED = 6

Box = tuple[float, float, float, float]  # left, top, and the width and height of a cell


@dataclass(frozen=True)
class Row:
    """A row of the board: a word, and whether its vectors after the step stand here, below those before it."""

    word: int
    is_after: bool = False


class Plan:
    """The places on a board of one size. With `doubled` the rows of words that go in stand twice: before and after.

    With `apart` it is the difference of two runs, which has no x and t, nothing that moved, and one number a word.
    """

    def __init__(self, step: Step, width: float, height: float, doubled: bool = False, apart: bool = False) -> None:
        self.width, self.height, self.top = width, height, HEAD
        self.line = text_height("tick") - 2  # px from line to line of the words under h
        self.is_wide, self.is_tight = width >= _WIDE and not apart, width < _TIGHT
        self.units = min(step.params.vector_size, _MOST_UNITS)
        below = height - HEAD - FOOT
        twice = {word for word in step.inputs if step.shifts[0][word]} if doubled else set()
        twice = twice if len(twice) <= _MOST_DOUBLED else set()
        room = int(below / ceil(text_height("tick"))) - len(twice)
        self.words = step.words_that_matter(max(2, room))
        self.more = step.corpus.size - len(self.words)
        self.rows = [row for word in self.words for row in _rows(word, word in twice)]
        self.row = float(np.floor(min(_HIGHEST_ROW, below / len(self.rows))))
        self.bottom = self.top + self.row * len(self.rows)
        self._place(step, apart)

    def _place(self, step: Step, apart: bool) -> None:
        """Share the width: what needs a fixed room first, the cells of W and C from what is left, bars the rest."""
        small, zero = (16.0, 14.0) if self.is_wide else (0.0, 0.0)
        self.labels, self.x_wide = min(_LABELS, _longest(step.corpus) + 6), small
        moved, share = (12.0, "88.8%") if self.is_tight else (26.0, "88.8 → 88.8%")
        arrow = text_width("▲", "tick") + 2
        if apart:
            moved, share, arrow = 0.0, "−88.8%", 0.0
        text = text_width(share, "tick") + 4
        bars = 46.0 if self.is_wide else 26.0
        left = self.labels + small + _GAP
        h_wide = min(_LARGEST_H, text_width("−0.00", "tick") + 6)
        rest = self.width - left - 2 * _GAP_H - h_wide - moved - zero - bars - text - arrow - 4 * _GAP
        part = _W_SHARE_TIGHT if self.is_tight else _W_SHARE
        cell = _whole(min(_WIDEST, part * rest / self.units))
        c_cell = _whole(min(_WIDEST_C, (rest - cell * self.units) / self.units))
        under = 3 + _LINES_UNDER_H[step.params.model] * self.line
        room = min(self.bottom, self.height - under) - self.top
        high = float(np.floor(min(24.0, room / self.units)))
        h_top = min((self.top + self.bottom - high * self.units) / 2, self.height - under - high * self.units)
        h_left = left + cell * self.units + _GAP_H
        c_left = h_left + h_wide + _GAP_H
        self.w_box: Box = (left, self.top, cell, self.row)
        self.h_box: Box = (h_left, h_top, h_wide, high)
        self.c_box: Box = (c_left, self.top, c_cell, self.row)
        at = c_left + c_cell * self.units + _GAP
        bars += max(0.0, min(60.0, rest - (cell + c_cell) * self.units))
        gaps = [_GAP if wide else 0.0 for wide in (moved, zero, bars)]
        lefts = accumulate((moved + gaps[0], zero + gaps[1], bars + gaps[2], text), initial=at)
        self.lanes = Lanes(*zip(lefts, (moved, zero, bars, text, arrow), strict=True))

    @property
    def c_room(self) -> float:
        """The room for a caption over C."""
        return (self.lanes.wanted if self.is_wide else self.lanes.bars)[0] - self.c_box[0] - 2

    def first_row(self, word: int) -> int:
        """Return the row where a word stands, its first one where there are two."""
        return self.rows.index(Row(word))


def _rows(word: int, twice: bool) -> tuple[Row, ...]:
    return (Row(word), Row(word, True)) if twice else (Row(word),)


def _whole(length: float) -> float:
    """Return whole pixels where there are some."""
    return float(np.floor(length)) if length >= 2 else max(0.5, length)


@lru_cache(maxsize=4)
def _longest(corpus: Corpus) -> float:
    """Return the width of the longest word among the first ones."""
    return max(text_width(word, "label") for word in corpus.vocabulary[:60])
