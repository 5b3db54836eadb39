"""The tab of Loss & metrics: one axis of scores, loss and metrics on one clock, all thresholds, one weight, cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from core.loss_metrics.algorithm import METRICS, answers, arrays
from core.loss_metrics.explained_beats import WEIGHTS, explain, point_told
from core.loss_metrics.settings import data_of
from core.nn.activations import sigmoid
from core.run.explanation import Explanation, Focus
from core.run.recipe import Edit, Recipe, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.measures import Measure, series
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.topics.loss_metrics import by_hand, small_plots
from playground.topics.loss_metrics.keys import PointKeys, on_key
from playground.topics.loss_metrics.same_bytes import SameBytes
from playground.topics.loss_metrics.scores import THRESHOLD, Scores
from playground.topics.loss_metrics.shown import COLOURS, answers_of
from playground.topics.loss_metrics.thresholds import BothCurves
from widgets.base import numbers
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow

_MEASURES = ("loss", "w_x", "accuracy", "recall", "auc")  # of runs compared
_WATCHING = ("metric", "threshold")  # that take no part in training
_DRAWN = ("n_samples", "spread", "data_seed")  # parameters of a set that is drawn


class LossMetricsTab(TopicTab):
    """One sigmoid unit, the loss it learns by, and the metrics that watch."""

    marks = {  # noqa: RUF012
        Focus("loss"): "black", Focus("slope"): "green", Focus("probability"): "sky", Focus("metric"): "orange",
        Focus("weight"): "purple", Focus("gradient"): "green", Focus("score"): "sky", Focus("tp"): "blue",
        Focus("fn"): "blue", Focus("fp"): "vermillion", Focus("tn"): "vermillion", Focus("point"): "purple",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        self.scores, self.loss, self.shares = Plot(), Plot(), Plot()
        self.curves, self.weight, self.outliers = BothCurves(), Plot(), Plot()
        self.roc, self.pr = self.curves.roc, self.curves.pr
        self.hand, self._bars, self._axis = Plot(), by_hand.FIRST, 0
        self._taken_up: tuple[Recipe[Any], int, bytes] | None = None  # the run, its step and weights before a drag
        self._column = 0  # the step of the second column of the list, where there is one
        self.cells = ArrayCells(("weights",), self.texts)
        return (
            Panel("scores", self.scores, lambda view: Scores(view, self.texts).draw(self.scores), "big",
                  runs="all"),
            Panel("shares", self.shares, partial(self._draw, small_plots.draw_shares, self.shares),
                  empty=self.press_play, runs="all"),
            Panel("loss", self.loss, partial(self._draw, small_plots.draw_loss, self.loss), empty=self.press_play,
                  runs="all"),
            Panel("roc", self.curves, self._draw_curves, runs="all"),
            Panel("weight", self.weight, partial(self._draw, small_plots.draw_weight, self.weight),
                  empty=self._later, runs="all"),
            Panel("by_hand", self.hand, partial(self._draw, by_hand.draw, self.hand), runs="none"),
            Panel("outliers", self.outliers, partial(self._draw, small_plots.draw_outliers, self.outliers),
                  runs="none"),
            Panel("cells", self.cells, self._draw_cells, always=True),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        self.same_bytes = SameBytes(self.texts)
        return (self.same_bytes,)

    def react(self) -> None:
        PointKeys(self, self.scores)
        on_key("T", self, lambda: self.scores.take(THRESHOLD))
        for bar in range(len(self._bars)):
            on_key(str(bar + 1), self.hand, partial(self.hand.take, Focus("bar", (bar,))))
        for plot in (self.scores, self.roc, self.pr):
            plot.number_set.connect(lambda handle, p, final: self.set_parameter("threshold", round(p, 4), final))
        self.hand.number_set.connect(lambda handle, p, final: self._set_bar(handle.at[0], p))
        self.scores.dragged.connect(self._drag)
        self.scores.clicked.connect(lambda x, y, hit: self.pick(self._point_at(x, y)))
        self.scores.pointed.connect(self._point)
        self.scores.left.connect(lambda: self._point_to(None))
        self.roc.dragged.connect(partial(self._follow, True))
        self.pr.dragged.connect(partial(self._follow, False))
        self.hand.dragged.connect(self._draw_bar)
        self.weight.dragged.connect(self._move_weight)
        self.weight.clicked.connect(lambda x, y, hit: self._turn_to_next_weight())
        self.numbers.marked.connect(self.scores.highlight)
        self.cells.typed.connect(self.set_array)

    def _draw(self, draw: Any, plot: Plot, view: View) -> None:
        draw(plot, view, self.texts)

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(name, self.texts.choice("metric", name), COLOURS[name]) for name in METRICS]

    def row_values(self, view: View) -> Mapping[str, Any]:
        if view.covered:
            return dict.fromkeys(METRICS, "–")
        seen, since = answers_of(view), self._since(view)
        now: Mapping[str, float] = {name: seen.metric(name) for name in METRICS}
        columns = [now, *([small_plots.metrics_at(view, since)] if since else [])]
        return {name: [_share(column[name]) for column in columns] for name in METRICS}

    def _since(self, view: View) -> int:
        """Return the first step that the open scene speaks of, where that lies behind; else 0."""
        first = min((int(steps[0]) for steps in view.claim.steps.values() if len(steps)), default=0)
        return first if first < view.t and not view.covered else 0

    def write_values(self, view: View) -> None:
        """Write the metrics now, and at the first step that a scene speaks of."""
        if (since := self._since(view)) != self._column:
            self._column = since
            self._head_columns()
        super().write_values(view)

    def _head_columns(self) -> None:
        texts, step = self.texts, self._column
        since = [texts.get("panels", "at_step").format(step=step)] if step else []
        self.rows.set_title(texts.get("panels", "metrics"), texts.get("panels", "now"), *since)

    def settings_shown(self) -> Sequence[str]:
        params, hidden = self.run.params, set[str]()
        if not isinstance(params.dataset, str):
            hidden |= set(_DRAWN) - {"data_seed"}
        return [name for name in self.form_order() if name not in hidden]

    def form_order(self) -> Sequence[str]:
        first = ("dataset", "imbalance", "loss", "metric", "threshold", "learning_rate", "optimizer")
        return list(dict.fromkeys([*first, *self.parameters]))

    def explanation(self, view: View) -> Explanation:
        return explain(*made_in(view), view.pointed or view.focus, self._beat(view))

    def _beat(self, view: View) -> str:
        """Return the beat that is told; of a point that is pointed at or chosen, what the whole step did to it."""
        has_point = view.pointed or view.focus
        return "" if has_point and view.beat == self.beats()[-1] else view.beat

    def focus_name(self, view: View) -> str:
        """Say which point the strip tells of, of which class it is, what it was called and whether rightly."""
        before, after, params = made_in(view)
        point = point_told(before, after, params, view.pointed or view.focus, self._beat(view))
        if point is None:
            return ""
        seen = answers((before or after).weights, params)
        called, target = int(seen.called[point]), int(seen.t[point])
        mark = "✓" if called == target else "✗"
        return self.texts.get("panels", "point").format(n=point, target=target, called=called, mark=mark)

    def pinned(self) -> bool:
        return self.focus is not None

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether there are so many points."""
        return bool(focus.at) and focus.at[0] < len(data_of(view.params).points)

    def words(self) -> None:
        self._head_columns()
        self.same_bytes.show_found()

    def measures(self, view: View) -> Sequence[Measure]:
        """Return what the runs compared are told by; of points held out nothing where there are none."""
        held_out = ("test_loss", "test_accuracy") if len(data_of(view.params).test_points) else ()
        return [series(name, self.texts.get("measures", name)) for name in (*_MEASURES, *held_out)]

    def _later(self, view: View) -> str:
        return self.press_play(view) if view.covered else ""

    def _draw_curves(self, view: View) -> None:
        """Draw both curves of all thresholds, and say of each why there is none."""
        texts, seen = self.texts, answers_of(view)
        missing = {
            self.roc: texts.get("panels", "one_class") if np.isnan(seen.auc) else "",
            self.pr: "" if seen.t.any() else texts.get("panels", "no_ones"),
        }
        for plot, words in missing.items():
            plot.set_empty(self._later(view) or words)
        small_plots.draw_roc(self.roc, view, texts)
        small_plots.draw_pr(self.pr, view, texts)

    def _draw_cells(self, view: View) -> None:
        self.cells.show_of("weights", view, _weights, WEIGHTS)

    # What the learner does.

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; where only what is measured changes, see whether the weights are the same bytes."""
        before = self._taken_up or (self.run.recipe, self.run.position, self.run.frame.state.weights.tobytes())
        super().set_parameter(name, value, final)
        self._taken_up = None if final else before  # a drag is one change
        recipe, step, weights = before
        if name in _WATCHING and final and step and self.run.recipe != recipe:
            self.same_bytes.compare(self.run.recipe, step, weights)

    def _show_changed(self) -> None:
        self.same_bytes.belong_to(self.run.recipe)
        super()._show_changed()

    def pick(self, focus: Focus | None) -> None:
        """Choose a point; a metric that is chosen in the list becomes the one measured by."""
        if focus and focus.kind in METRICS:
            self.set_parameter("metric", focus.kind)
        else:
            super().pick(focus)

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        if handle == THRESHOLD:
            self.set_parameter("threshold", round(float(sigmoid(np.array(x))), 4), finished)

    def _follow(self, is_roc: bool, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Set the threshold to which a place on one of the two curves belongs."""
        self.set_parameter("threshold", small_plots.threshold_at(self.view(), is_roc, x, y), finished)

    def _move_weight(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Move the weight that is held, as an edit of the row in view; the others stay."""
        weights = self.run.frame.state.weights.copy()
        weights[handle.at[0]] = x
        self.run.gesture(SetArray("weights", weights), finished)

    def _turn_to_next_weight(self) -> None:
        """Move along another of the weights: w_x, w_y, b, and again."""
        self._axis = (self._axis + 1) % len(WEIGHTS)
        self.shown.show("weight", self.view())

    def _draw_bar(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        self._set_bar(handle.at[0], y)

    def _set_bar(self, bar: int, p: float) -> None:
        self._bars = by_hand.with_bar(self._bars, bar, p)
        self.shown.show("by_hand", self.view())

    def options(self) -> Mapping[str, Any]:
        return {**super().options(), "bars": self._bars, "axis": self._axis}

    def _point_at(self, x: float, y: float) -> Focus | None:
        return Scores(self.view(), self.texts).point_at(x, y)

    def _point(self, x: float, y: float, hit: Hit | None) -> None:
        """Say what is under the pointer, in every picture and in numbers."""
        point = None if hit and hit.focus == THRESHOLD else self._point_at(x, y)
        self._point_to(point)
        if point:
            seen, (at,) = answers_of(self.view()), point.at
            words = {"n": at, "z": numbers.coordinate(float(seen.z[at])), "p": numbers.compact(float(seen.p[at]))}
            self.status.emit(self.texts.get("panels", "pointer").format(**words, target=int(seen.t[at])))

    def _point_to(self, focus: Focus | None) -> None:
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()
            self.status.emit("")

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for: the weights stand in their table as a row."""
        return SetArray(name, array[0])


def _share(value: float) -> str:
    return "0/0" if np.isnan(value) else numbers.compact(value)


def _weights(view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)["weights"]
    return array[None]


TAB = LossMetricsTab
