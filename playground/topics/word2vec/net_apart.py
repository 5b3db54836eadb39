"""The net of two compared runs on one board, a row a word: how far the weights of one are from those of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from core.run.values import Floats
from playground.playback.view import View
from playground.tab.comparison import apart
from playground.topics.word2vec.net_board import head_of_c, more_words, shaped, weights
from playground.topics.word2vec.net_plan import HEAD, Plan
from playground.topics.word2vec.outcome_rows import Outcome, OutcomeRows
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.small_plots import rounded_up
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.labels import text_width
from widgets.grids.board import Caption, Item
from widgets.grids.word_names import Name, RowNames

_FOOT_APART = 6.0  # px between the words under W and under C


@dataclass(frozen=True)
class Apart:
    """What the board shows of two runs, as they stand at the step in view; `less` names their difference: B − A."""

    first: Step
    second: Step
    texts: Texts
    letters: tuple[str, str]
    less: str

    @classmethod
    def in_view(cls, view: View, texts: Texts) -> Self:
        """Return the two runs of a view whose difference is asked for."""
        one, other = view.pair
        return cls(_as_it_stands(one), _as_it_stands(other), texts, (one.letter, other.letter), apart(view))

    def refusal(self) -> str:
        """Return why there is no difference: rows of other words, or of another length; "" where there is one."""
        if self.first.corpus is not self.second.corpus:
            return self.texts.get("board", "apart_words")
        if self.first.W.shape == self.second.W.shape:
            return ""
        (a, b), shapes = self.letters, [f"{rows} × {size}" for rows, size in (self.first.W.shape, self.second.W.shape)]
        return self.texts.get("board", "apart_shapes").format(a=a, b=b, first=shapes[0], second=shapes[1])

    @property
    def read_alike(self) -> bool:
        """Whether the same words went in and out, and what the nets gave is of one kind."""
        return bool(self.first.inputs) and self.first.reads_as(self.second)

    def plan(self, width: float, height: float) -> Plan:
        """Return where things stand on a board of this size."""
        return Plan(self.second, width, height, apart=True)

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        plan = self.plan(width, height)
        return [*self._weights(plan), *self._shares(plan), *self._feet(plan)]

    @cached_property
    def by(self) -> tuple[Floats, Floats]:
        """How far W and C, turned, are apart, (V, vector_size) each."""
        (w, c), (v, d) = _tables(self.first), _tables(self.second)
        return v - w, d - c

    @cached_property
    def limit(self) -> float:
        """The difference at which colours are strongest, one for W and C."""
        return rounded_up(max(float(np.abs(by).max()) for by in self.by))

    def _weights(self, plan: Plan) -> Iterator[Item]:
        rows, size = [row.word for row in plan.rows], self.second.W.shape
        w_head = f"{shaped('W', size)}, {self.less}"
        c_head = head_of_c(plan, (f"{shaped('Cᵀ', size)}, {self.less}", f"Cᵀ, {self.less}"))
        yield Caption(w_head, plan.w_box[0], 0, "axis", "muted", widest=plan.units * plan.w_box[2])
        yield Caption(c_head, plan.c_box[0], 0, "axis", "muted", widest=plan.c_room)
        yield self._names(plan)
        for name, by, box in zip("WC", self.by, (plan.w_box, plan.c_box), strict=True):
            yield weights(name, by[rows, : plan.units], box, self.limit)
        if self.read_alike:
            left, top, wide, _ = plan.h_box
            by_h = (self.second.hidden - self.first.hidden)[: plan.units, None]
            yield Caption("h", left + wide / 2, top - HEAD + 4, "label", "muted", "middle", moves=True)
            yield weights("h", by_h, plan.h_box, self.limit)

    def _names(self, plan: Plan) -> RowNames:
        colours = {word: self._colour(word) for word in (*self.second.inputs, *self.second.targets)}
        names = [Name(self.second.word(row.word), colours.get(row.word, "")) for row in plan.rows]
        return RowNames(names, [], 0, plan.top, plan.row, plan.labels - 4, plan.x_wide)

    def _colour(self, word: int) -> str:
        """The colour of the word's role, where it has that in both runs."""
        return self.second.colour(word) if self.read_alike else ""

    def _shares(self, plan: Plan) -> Iterator[Item]:
        if not self.read_alike:
            return
        kind = self.texts.get("board", self.second.kind)
        left = plan.lanes.bars[0]
        yield Caption(f"{kind}, {self.less}", left, 0, "axis", "muted", widest=plan.width - left)
        told = [self._outcome(i, row.word) for i, row in enumerate(plan.rows)]
        yield OutcomeRows([outcome for outcome in told if outcome], plan.lanes, plan.top, plan.row)

    def _outcome(self, row: int, word: int) -> Outcome | None:
        """Return the share of one run outlined and that of the other filled; nothing where one gave none."""
        a, b = (float(step.outputs_after[word]) for step in (self.first, self.second))
        if np.isnan(a) or np.isnan(b):
            return None
        by = numbers.percent(b - a)
        sign = "+" if b > a and by != numbers.percent(0.0) else ""
        colour = "" if word in self.second.inputs else self.second.colour(word)
        return Outcome(row, colour, outlined=a, filled=b, text=sign + by)

    def _feet(self, plan: Plan) -> Iterator[Item]:
        more = more_words(plan, self.texts)
        yield from more
        w_left = max([plan.w_box[0], *(caption.width + 8 for caption in more)])
        for name, by, left, end in zip(
            "WC", self.by, (w_left, plan.c_box[0]), (plan.c_box[0], plan.width), strict=True
        ):
            room = end - left - _FOOT_APART
            yield Caption(self._foot(name, by, room), left, plan.bottom + 4, "tick", "muted", widest=room, moves=True)

    def _foot(self, name: str, by: Floats, room: float) -> str:
        """Return how many rows of W or columns of C are apart, and which of them most, in words or shorter."""
        lengths = np.sqrt((by * by).sum(axis=1))
        most, count = int(lengths.argmax()), int(np.count_nonzero(lengths))
        values = {"count": count, "all": len(lengths), "word": self.second.word(most)}
        keys = (f"apart_{name}", "apart_short") if count else (f"equal_{name}",)
        by_most = numbers.significant(float(lengths[most]), 3)
        forms = [self.texts.get("board", key).format(**values, by=by_most) for key in keys]
        return next((form for form in forms if text_width(form, "tick") <= room), forms[-1])


def _as_it_stands(view: View) -> Step:
    step = Step.in_view(view)
    return replace(step, made=view.state) if step.inputs else step


def _tables(step: Step) -> tuple[Floats, Floats]:
    now = step.made or step
    return now.W, now.C.T
