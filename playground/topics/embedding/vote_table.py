"""The table of votes: what every word says at every place, the twin's weight beside it; hatched: never trained there.

Words stand in the order of what they say in all, as it was some steps ago, so that rows do not dance while it plays;
those that say little fold into one line, but never a word of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from PySide6.QtCore import QRectF

from core.embedding.algorithm import State
from core.embedding.settings import Params
from core.embedding.votes import times_trained, twin_votes, votes
from core.run.explanation import Focus
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.topics.embedding.painted import Fold, Hatch
from playground.topics.embedding.shown import Shown, rounded_up
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import RoundedForm

_MARGIN, _GAP = 8.0, 4.0  # px
_SORTED_EVERY = 50  # steps
_NUMBERED = 30.0  # px of a cell that has a number
_LEAST = 5  # tenths, or hundredths, of the largest vote, below which all would be written as about 0
_TWIN, _LEAST_TWIN = 0.85, 12.0  # of the width of a vote where both have numbers; px where the vote alone has one
FOLD = -1  # in place of a number


@dataclass(frozen=True)
class VoteTable(Shown):
    """The table of a view, on a board."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        return tuple(self._items(width, height))

    @cached_property
    def twin(self) -> Floats | None:
        """The twin's votes, None where there is none."""
        return twin_votes(self.state, self.params)

    @cached_property
    def _settled(self) -> Floats:
        """The votes by which words are sorted: of a step before, the same for many steps."""
        return _settled_at(self.view.timeline, self.view.t // _SORTED_EVERY * _SORTED_EVERY)

    def numbers_shown(self, room: int) -> list[int]:
        """Return the numbers of at most so many rows, highest sum first; `FOLD` for all that have none of their own."""
        if len(self._numbers) <= room:
            return self._sorted(list(self._numbers))
        own = list(dict.fromkeys(int(k) for k in (*self.sequence.tolist(), self.chosen.number)))
        said = np.abs(self._settled).max(axis=1)
        loudest = sorted(self._numbers, key=lambda k: -float(said[k]))
        kept = self._sorted(list(dict.fromkeys([*own, *loudest]))[: max(room - 1, len(own))])
        above = sum(self._sums[k] >= 0 for k in kept)
        return [*kept[:above], FOLD, *kept[above:]]

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        """The numbers of words and padding, and those of the sentence, which may be no word's."""
        own = self.sequence.tolist(), (self.chosen.number,)
        return tuple(sorted({*self.data.used, *(int(k) for numbers in own for k in numbers)}))

    def _sorted(self, numbers: list[int]) -> list[int]:
        return sorted(numbers, key=lambda k: -self._sums[k])

    @cached_property
    def _sums(self) -> list[float]:
        """What each number says in all, when words were sorted."""
        return self._settled.sum(axis=1).tolist()  # type: ignore[no-any-return]

    def _rows(self, height: float) -> tuple[list[int], float, float]:
        """Return the numbers of the rows, where the first begins, and how high each is."""
        line = text_height("tick")
        top = line + _GAP
        room = height - top - line - 2 * _GAP
        least = line + 1
        shown = self.numbers_shown(max(3, int(room / least)))
        return shown, top, min(least + 4, room / len(shown))

    def _columns(self, width: float, shown: Sequence[int]) -> tuple[float, float, float]:
        """Return where the first place begins, how wide a vote is, and the twin's beside it.

        Words have the room that they need; where both numbers have none, the vote's goes first.
        """
        names = max(text_width(self.word(number), "strong") for number in shown if number != FOLD)
        left = _MARGIN + min(names + 2 * _GAP, float(scaled(86)), 0.26 * width)
        wide = (width - left - _MARGIN) / len(self.places) - _GAP
        if self.twin is None:
            return left, min(wide, 60.0), 0.0
        both = wide * _TWIN / (1 + _TWIN)
        twin = both if both >= _NUMBERED else max(wide - _NUMBERED, min(both, _LEAST_TWIN))
        return left, min(wide - twin, 60.0), min(twin, 42.0)

    def _items(self, width: float, height: float) -> Iterator[Item]:
        shown, top, row = self._rows(height)
        left, vote, twin = self._columns(width, shown)
        limit = rounded_up(float(np.abs(self._settled).max()))
        yield from self._names(shown, top, row, left)
        for i, place in enumerate(self.places):
            x = left + i * (vote + twin + _GAP)
            yield from self._head(place, x, vote, twin)
            yield self._cells("vote", self.votes, shown, place, limit, (x, top, vote, row))
            if self.twin is not None:
                yield self._cells("twin", self.twin, shown, place, limit, (x + vote, top, twin, row))
        yield from self._fold(shown, top, row, width)
        yield from self._legend(width, height)

    def _names(self, shown: Sequence[int], top: float, row: float, left: float) -> Iterator[Item]:
        own = set(self.sequence.tolist())
        for i, number in enumerate(shown):
            if number != FOLD:
                y = top + (i + 0.5) * row - text_height("tick") / 2
                role, colour = ("strong", "text") if number in own else ("tick", "muted")
                yield Caption(self.word(number), left - 6, y, role, colour, "right", left - 10)

    def _head(self, place: int, x: float, vote: float, twin: float) -> Iterator[Item]:
        lit = place == self.chosen.place
        told = self.texts.get("panels", "place").format(place=place + 1)
        told = told if text_width(told, "strong") <= vote else str(place + 1)  # in all columns, whichever is lit
        yield Caption(told, x + vote / 2, 0, "strong" if lit else "tick", "text", "middle")
        own = self.texts.get("panels", "twin")
        if twin and text_width(own, "tick") <= twin + _GAP:
            yield Caption(own, x + vote + twin / 2, 0, "tick", align="middle")

    def _cells(
        self, kind: str, votes: Floats, shown: Sequence[int], place: int, limit: float,
        box: tuple[float, float, float, float],
    ) -> Placed:  # fmt: skip
        """Return what all words shown say at a place; hatched is what was never trained there."""
        x, top, wide, high = box
        values = np.array([[np.nan if k == FOLD else votes[k, place]] for k in shown])
        trained = times_trained(self.params)[:, place]
        hatched = np.array([[k != FOLD and not trained[k]] for k in shown])
        frames = []
        if kind == "vote" and (number := int(self.sequence[place])) in shown:
            frames = [Outline(shown.index(number), 0, 1, 1, "text", 2.5)]
        form = RoundedForm(float(np.abs(votes).max()), _LEAST)  # the scale may have a digit more than any number
        grid = Grid(values, Signed(limit), form, outlines=frames, hatched=hatched)
        return Placed(f"{kind} {place}", grid, x, top, wide, high)

    def _fold(self, shown: Sequence[int], top: float, row: float, width: float) -> Iterator[Item]:
        """Say how little those say that have no row of their own."""
        if FOLD not in shown:
            return
        folded = [k for k in self._numbers if k not in shown]
        most = float(np.abs(self.votes[folded]).max())
        told = self.texts.get("panels", "folded").format(count=numbers.count(len(folded)), most=numbers.compact(most))
        upper = top + shown.index(FOLD) * row
        yield Fold(QRectF(_MARGIN, upper + 1, width - _MARGIN, row - 2))
        y = upper + row / 2 - text_height("tick") / 2
        yield Caption(told, _MARGIN, y, "tick", "accent_text", widest=width - 2 * _MARGIN, moves=True)

    def _legend(self, width: float, height: float) -> Iterator[Item]:
        line = text_height("tick")
        y = height - line - 1
        yield Hatch(QRectF(_MARGIN, y + 2, 18, line - 4))
        told = self.texts.get("panels", "never_trained")
        yield Caption(told, _MARGIN + 24, y, "tick", widest=width - 2 * _MARGIN - 24)

    # ---- what is pointed at

    def focus_of(self, name: str, row: int, height: float) -> Focus | None:
        """Return the vote that a cell is about, in place of that word of the sentence."""
        kind, _, place = name.partition(" ")
        number = self._rows(height)[0][row]
        if kind not in ("vote", "twin") or number == FOLD:
            return None
        return Focus("vote", (number, int(place), self.chosen.sentence))

    def beside(self, down: int, right: int, height: float) -> Focus:
        """Return the vote so many rows further down and places to the right of the one told of."""
        shown = [number for number in self._rows(height)[0] if number != FOLD]
        row = min(max(0, shown.index(self.chosen.number) + down), len(shown) - 1)
        place = min(max(0, self.chosen.place + right), self.params.input_length - 1)
        return Focus("vote", (shown[row], place, self.chosen.sentence))

    def said(self, focus: Focus) -> str:
        """Return in words what a cell tells."""
        number, place = focus.at[:2]
        told = self.texts.get("panels", "said_vote").format(
            word=self.word(number), place=place + 1, vote=numbers.compact(float(self.votes[number, place]))
        )
        if not times_trained(self.params)[number, place]:
            told += self.texts.get("panels", "said_unseen")
        if self.twin is not None:
            own = numbers.compact(float(self.twin[number, place]))
            told += self.texts.get("panels", "said_twin").format(twin=own)
        return told


@lru_cache(4)  # else steps would be made again for it in every frame
def _settled_at(timeline: Timeline[Params, State], t: int) -> Floats:
    frame = timeline.frame(t)
    return votes(frame.state, frame.params)
