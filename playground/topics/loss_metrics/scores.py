"""The big picture: one axis of scores carries what a point costs, every point, the threshold and what it makes of them.

Above, the loss of a point of each class; below, class 1 piled up from a middle line and class 0 down. The threshold
goes through both, so the four quarters of the points are the confusion matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import isfinite

import numpy as np

from core.loss_metrics.unit import Answers
from core.nn.activations import sigmoid
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.view import View
from playground.topics.loss_metrics import costs
from playground.topics.loss_metrics.piles import Piles
from playground.topics.loss_metrics.shown import (
    CLASS_MARKERS,
    CLASSES,
    OVER,
    answers_of,
    reach_of,
    score_of,
    told_of,
    top_of,
)
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.axes import Beneath, Part
from widgets.plots.marks.arrows_and_dots import Measure
from widgets.plots.marks.captions import Block, Off, Words
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.handle import Span
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.marks.quarters import Quarter, Quarters
from widgets.plots.plot import Plot

THRESHOLD = Focus("threshold")
_FOOT = 0.06  # of the highest loss: below a loss of 0
_GAP = 0.3  # between the losses and the points, where the threshold wears its ring
_BELOW = 2.2  # how high the points have it
_NEAR = 0.6  # of a column and of a row, within which a point is meant
_SIZE = 6.0  # px
_LEAST = 0.005  # of p, that two decimals tell
_ACROSS, _DOWN = (0.5, 0.25, 0.75), (0.6, 0.35)  # of a quarter, where words may stand


class Scores:
    """The scores of a view. Heights are losses; those of the points lie below 0."""

    def __init__(self, view: View, texts: Texts) -> None:
        self.view, self.texts = view, texts
        self.seen = answers_of(view)
        self.reach, self.top = reach_of(view), top_of(view)
        self.piles = Piles.of(self.seen, self.reach)
        self.rooms = self.piles.room(0), self.piles.room(1)  # rows
        self.upper = -_GAP * self.top  # where the points end above
        self.row = _BELOW * self.top / sum(self.rooms)
        self.middle = self.upper - self.rooms[1] * self.row  # the line between the classes
        self.lower = self.upper - _BELOW * self.top

    @property
    def border(self) -> float:
        """The score at the threshold; at its ends 0 and 1 an end of the axis."""
        border = score_of(self.seen.threshold)
        return border if isfinite(border) else np.copysign(self.reach, border)

    @cached_property
    def places(self) -> Floats:
        """Where each point stands, (n, 2)."""
        up = np.where(self.seen.t == 1, 1, -1) * (self.piles.rows + 0.5) * self.row
        return np.column_stack([self.piles.x, self.middle + up])

    @cached_property
    def others(self) -> tuple[tuple[str, Answers], ...]:
        """What the runs compared answer, by letter."""
        return tuple((other.letter, answers_of(self.view.of(other))) for other in self.view.beside)

    @cached_property
    def off(self) -> Off:
        """The points, which no word covers."""
        return Off(self.places)

    def draw(self, plot: Plot) -> None:
        """Show losses, points and threshold."""
        plot.set_names(self._axis(), "")
        plot.set_beneath(Beneath("z", "p", _squashed))
        plot.set_parts(self._parts())
        plot.set_range(-self.reach, self.reach, self.lower, OVER * self.top)
        quarters = self._quarters()
        above = costs.marks(self.view, self.seen, (self.reach, self.top), self.texts)
        plot.set_marks([quarters, *self._beside(), *self._points(), *above, *self._chosen(), *self._said(quarters)])
        plot.setAccessibleDescription(self._told())

    def _parts(self) -> tuple[Part, ...]:
        losses = Part(self.texts.get("panels", "cost_axis"), -_FOOT * self.top, self.top)
        ends = ((1, self.middle, self.upper), (0, self.lower, self.middle))
        return losses, *(Part(self._name(t), low, high) for t, low, high in ends)

    def _name(self, target: int) -> str:
        return self.texts.get("panels", "class_part").format(target=target)

    def _axis(self) -> str:
        """Return the name of the scores, and how many points a dot is where that is more than one."""
        key = "score_axis" if self.piles.per == 1 else "score_axis_many"
        return self.texts.get("panels", key).format(per=self.piles.per)

    # ---- marks

    def _quarters(self) -> Quarters:
        counts, said = self.seen.counts, self.texts
        cells = (("fn", counts.fn), ("tp", counts.tp), ("tn", counts.tn), ("fp", counts.fp))
        fn, tp, tn, fp = (Quarter(numbers.count(count), *self._words(key), key[0] == "f") for key, count in cells)
        tag = said.get("panels", "called_1").format(threshold=_shown(self.seen.threshold))
        ring, left = -0.5 * (_GAP + _FOOT) * self.top, said.get("panels", "called_0")
        own = threshold_of(self.seen), said.parameter("threshold", "label")
        four = fn, tp, tn, fp
        return Quarters(self.border, self.middle, four, THRESHOLD, tag, self.upper, ring, left, self.off, *own)

    def _words(self, key: str) -> tuple[str, str]:
        """Return what a quarter is, and how many points the runs compared have in it; and the same in short."""
        word = self.texts.get("quarters", key)
        others = [f"{letter} {getattr(seen.counts, key)}" for letter, seen in self.others]
        return "  ".join([word, *others]), "  ".join([" ".join(word.split()[:2]), *others])

    def _points(self) -> tuple[Points, ...]:
        kind = 2 * self.seen.t + (self.seen.called != self.seen.t)
        return tuple(
            Points(f"class {t} {key}", self.places[kind == 2 * t + is_wrong], CLASSES[t], CLASS_MARKERS[t], _SIZE,
                   crossed=is_wrong)
            for t in (0, 1) for key, is_wrong in (("right", False), ("wrong", True))
        )  # fmt: skip

    def _beside(self) -> Iterator[Mark]:
        """Yield the outlines of the piles of runs compared, by letter."""
        for letter, seen in self.others:
            piles = Piles.of(seen, self.reach, self.piles.per)
            for t in (0, 1):
                x, rows = piles.outline(t)
                y = self.middle + (1 if t else -1) * np.minimum(rows, self.rooms[t]) * self.row
                label = letter if t else ""
                yield Curves((Curve(f"{letter} {t}", label, x, y, CLASSES[t], letter=letter, front=False),))

    def _chosen(self) -> list[Mark]:
        """Return a ring around the point that is told of, and the way from it to what it costs."""
        point = told_of(self.view, len(self.places))
        if point is None:
            return []
        at, colour = self.places[point : point + 1], CLASSES[self.seen.t[point]]
        ring = Points("chosen", at, "black", "circle", 13.0, hollow=True)
        way = Measure("way", tuple(at[0].tolist()), costs.place_of(self.view, point), "black")
        return [way, ring, Points("own", at, colour, "circle", 7.0)]

    def _said(self, quarters: Quarters) -> list[Mark]:
        """Return how many are right and how many found, in words, where nothing stands; nothing while a scene asks."""
        if self.view.covered:
            return []
        counts, texts = self.seen.counts, self.texts
        values = {
            "n": len(self.seen.t), "right": counts.tp + counts.tn, "found": counts.tp, "ones": counts.tp + counts.fn,
            "accuracy": numbers.compact(counts.accuracy),
            "recall": "0/0" if np.isnan(counts.recall) else numbers.compact(counts.recall),
        }  # fmt: skip
        rows = (("said_right", ""), ("said_accuracy", "orange"), ("said_found", ""), ("said_recall", "blue"))
        words = tuple(Words(texts.get("panels", key).format(**values), colour) for key, colour in rows)
        return [Block(words, self._free_places(), self.off, (self.border, self.middle), quarters)]

    def _free_places(self) -> Floats:
        """Return where words may stand, (m, 2): in the quarters of right answers first."""
        left, right = (-self.reach, self.border), (self.border, self.reach)
        upper, lower = (self.middle, self.upper), (self.lower, self.middle)
        quarters = ((left, lower), (right, upper), (right, lower), (left, upper))
        return np.array([
            (x0 + a * (x1 - x0), y0 + d * (y1 - y0)) for (x0, x1), (y0, y1) in quarters for a in _ACROSS for d in _DOWN
        ])  # fmt: skip

    def _told(self) -> str:
        counts = self.seen.counts
        return f"TP {counts.tp}, FP {counts.fp}, FN {counts.fn}, TN {counts.tn}"

    # ---- hands

    def point_at(self, x: float, y: float) -> Focus | None:
        """Return the point at a place of the picture, or None."""
        away = np.abs(self.places - (x, y)) / (self.piles.width, self.row)
        near = np.flatnonzero((away <= _NEAR).all(axis=1))
        return Focus("point", (int(near[0]),)) if len(near) else None


def threshold_of(seen: Answers) -> Span:
    """Return the threshold as keys move it."""
    return Span(seen.threshold, 0.0, 1.0)


def _squashed(z: float) -> str:
    """Return σ(z) for an axis: two decimals, with more where there would be none left."""
    p = float(sigmoid(np.array(z)))
    return f"{p:.2f}" if p >= _LEAST else numbers.compact(p)


def _shown(threshold: float) -> str:
    """Return a threshold with four decimals, with all where it would seem to stand at an end."""
    rounded = round(threshold, 4)
    return numbers.setting(threshold if rounded in (0, 1) else rounded)
