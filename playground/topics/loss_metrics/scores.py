"""The big picture: every point on one axis of scores, class 1 piled up and class 0 down; the threshold makes quarters.

Under it on the same axis: what a point of each class costs at each score, and what accuracy sees there.
"""

from __future__ import annotations

from functools import cached_property
from math import isfinite

import numpy as np

from core.data.class_sets import Targets
from core.loss_metrics.unit import Answers, judged
from core.nn.activations import sigmoid
from core.run.explanation import Focus
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.topics.loss_metrics.shown import CLASS_MARKERS, CLASSES, answers_of, reach_of, score_of, top_of
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Clouds, Points
from widgets.plots.marks.quarters import Quarter, Quarters
from widgets.plots.plot import Plot

THRESHOLD = Focus("threshold")
_COLUMNS = 48  # of piles over the axis
_ROOM = 1.6  # of the height, so that what stands in the corners covers no point
HIGHEST = 24  # rows of a pile
_FINE = 241  # places of a curve
_NEAR = 0.6  # of a column and of a point's height, within which a point is meant


class Scores:
    """The scores of a view."""

    def __init__(self, view: View, texts: Texts) -> None:
        self.view, self.texts = view, texts
        self.seen = answers_of(view)
        self.reach = reach_of(view)

    @cached_property
    def places(self) -> Floats:
        """Where each point stands, (n, 2)."""
        return self._piled[0]

    @cached_property
    def _piled(self) -> tuple[Floats, int]:
        return piled(self.seen, self.reach)

    def _pile_axis(self) -> str:
        """Return the name of the axis, which says how many points stand in one place where piles are high."""
        key, per = "pile_axis" if self._piled[1] == 1 else "pile_axis_many", numbers.count(self._piled[1])
        return self.texts.get("panels", key).format(per=per)

    @property
    def border(self) -> float:
        """The score at the threshold; ±∞ at its ends."""
        return score_of(self.seen.threshold)

    def draw(self, plot: Plot) -> None:
        """Show the points in four quarters."""
        plot.set_names(self.texts.get("panels", "score_axis"), self._pile_axis())
        plot.set_range(-self.reach, self.reach, -_ROOM * HIGHEST, _ROOM * HIGHEST)
        plot.set_marks([self._quarters(), Clouds(self._points()), *self._chosen()])
        plot.setAccessibleDescription(self._told())

    def _quarters(self) -> Mark:
        counts, said = self.seen.counts, self.texts
        cells = (("fn", counts.fn), ("tp", counts.tp), ("tn", counts.tn), ("fp", counts.fp))
        quarters = tuple(
            Quarter(numbers.count(count), said.get("quarters", key), hatched=key.startswith("f"))
            for key, count in cells
        )
        tag = f"p ≥ {numbers.setting(round(self.seen.threshold, 4))}"
        edge = self.reach if self.border > 0 else -self.reach
        at = self.border if isfinite(self.border) else edge
        return Quarters(at, 0.0, quarters, THRESHOLD, tag)  # type: ignore[arg-type]

    def _points(self) -> tuple[Points, ...]:
        return tuple(
            Points(f"class {t}", self.places[self.seen.t == t], CLASSES[t], CLASS_MARKERS[t], 6.0) for t in (0, 1)
        )

    def _chosen(self) -> list[Mark]:
        """Return a ring around the point that is told of."""
        point = told_of(self.view, len(self.places))
        if point is None:
            return []
        ring = Points("chosen", self.places[point : point + 1], "black", "circle", 13.0, hollow=True)
        own = Points("own", self.places[point : point + 1], CLASSES[self.seen.t[point]], "circle", 7.0)
        return [ring, own]

    def _told(self) -> str:
        counts = self.seen.counts
        return f"TP {counts.tp}, FP {counts.fp}, FN {counts.fn}, TN {counts.tn}"

    def point_at(self, x: float, y: float) -> Focus | None:
        """Return the point at a place of the picture, or None."""
        width = 2 * self.reach / _COLUMNS
        away = np.abs(self.places - (x, y)) / (width, 1.0)
        near = np.flatnonzero((away <= _NEAR).all(axis=1))
        return Focus("point", (int(near[0]),)) if len(near) else None


def told_of(view: View, n: int) -> int | None:
    """Return the point that is pointed at or chosen, where there is one."""
    for focus in (view.pointed, view.focus):
        if focus and focus.kind == "point" and focus.at[0] < n:
            return focus.at[0]
    return None


@kept(4)
def _order(z: Floats) -> Targets:
    return np.argsort(z, kind="stable")


def piled(seen: Answers, reach: float) -> tuple[Floats, int]:
    """Return places (n, 2) of points in columns by score, and how many share one where piles would be too high.

    Class 1 is piled up from the middle line, class 0 down. Columns begin at the threshold, so that none stands on both
    sides of it.
    """
    width, border = 2 * reach / _COLUMNS, score_of(seen.threshold)
    begin = border if isfinite(border) else 0.0
    columns = np.floor((seen.z - begin) / width).astype(np.int64)
    if isfinite(border):  # rounding decides as the metrics do
        columns = np.where(seen.called == 1, np.maximum(columns, 0), np.minimum(columns, -1))
    heights = np.empty(len(columns), dtype=np.int64)  # of each point in its pile, from 0
    order = _order(seen.z)
    for target in (0, 1):
        own = order[seen.t[order] == target]
        heights[own] = np.arange(len(own)) - np.searchsorted(columns[own], columns[own], side="left")
    per = -(-(int(heights.max()) + 1) // HIGHEST)
    up = np.where(seen.t == 1, 1, -1) * (heights // per + 0.5)
    return np.column_stack([(columns + 0.5) * width + begin, up]), per


def draw_losses(plot: Plot, view: View, texts: Texts) -> None:
    """Show over the same scores what a point of class 1 and of class 0 costs, and what accuracy sees of class 1."""
    seen = answers_of(view)
    reach, loss = reach_of(view), view.params.loss
    z = np.linspace(-reach, reach, _FINE)
    costs = [judged(loss, z, np.full(_FINE, t)).values for t in (0, 1)]
    said = [texts.get("panels", f"cost_{t}") for t in (0, 1)]
    curves = [Curve(f"cost {t}", said[t], z, costs[t], CLASSES[t], dashed=t == 0, focused=t == 1) for t in (0, 1)]
    stair = (sigmoid(z) < seen.threshold).astype(float)
    curves.append(Curve("stair", texts.get("panels", "cost_metric"), z, stair, "orange"))
    top = top_of(loss)
    plot.set_names("z", texts.get("panels", "cost_axis"))
    plot.set_range(-reach, reach, -0.4 * top, 1.1 * top)  # with room for names at the foot
    point = told_of(view, len(seen.z))
    plot.set_marks([Curves(tuple(curves)), *([] if point is None else _tangent(view, point, top))])


def _tangent(view: View, point: int, top: float) -> list[Mark]:
    """Return a point on the curve of its class, and the tangent there."""
    seen = answers_of(view)
    z, t = seen.z[point : point + 1], seen.t[point : point + 1]
    own = judged(view.params.loss, z, t)
    width = 0.2 * reach_of(view)
    x = np.array([float(z[0]) - width, float(z[0]) + width])
    y = float(own.values[0]) + float(own.slopes[0]) * (x - float(z[0]))
    place = np.array([[float(z[0]), float(own.values[0])]])
    return [
        Curves((Curve("tangent", "", x, y, "black"),)), Points("at", place, CLASSES[int(t[0])], "circle", 9.0),
    ]  # fmt: skip
