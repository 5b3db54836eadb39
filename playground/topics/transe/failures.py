"""Where one arrow must fail: three nets with set-ups of their own, learning on the clock of the run in view.

Both ways round, one head with many tails, and a chain of days, which one triple more closes to a ring.
"""

from __future__ import annotations

from itertools import combinations
from time import perf_counter
from typing import Any

import numpy as np
from PySide6.QtCore import QTimer

from core.data.triples import Indices
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.transe.algorithm import State
from core.transe.ranks import HEAD, TAIL, length
from core.transe.settings import Params
from playground.playback.view import View
from playground.topics.transe.plane import TRUE, reach_of
from playground.topics.transe.shown import Shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.marks.strokes import Strokes
from widgets.plots.plane_tiles import PlaneTile, PlaneTiles
from widgets.shell.segments import Segments

SETS = {
    "both_ways": Params(triples="marriages", learning_rate=0.02),
    "one_to_many": Params(triples="contains"),
    "week": Params(triples="week", learning_rate=0.02),
    "ring": Params(triples="ring", learning_rate=0.02),
}
LONGEST = 5000  # steps, after which nothing changes any more
_BUDGET = 16 * 2**20  # bytes of a record
_SLICE = 0.006  # s of a frame for what is not recorded yet


class Failures(PlaneTiles):
    """The three nets at the step in view; what is far is recorded a slice at a time."""

    def __init__(self, core: Any, texts: Texts) -> None:
        super().__init__()
        self._core, self._texts = core, texts
        self.closing = Segments("failures.week")
        self.closing.chosen.connect(self._close)
        self._is_closed = False
        self._view: View | None = None
        self._records: dict[str, Timeline[Any, Any]] = {}
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def ids(self) -> tuple[str, ...]:
        """The nets that are shown."""
        return "both_ways", "one_to_many", "ring" if self._is_closed else "week"

    def record_of(self, id: str, seed: int) -> Timeline[Any, Any]:
        """Return the record of a net, begun anew where the seed is another."""
        known = self._records.get(id)
        if known is None or known.recipe.seed != seed:
            recipe = Recipe("transe", self._core.VERSION, seed, SETS[id])
            known = self._records[id] = Timeline(self._core, recipe, _BUDGET)
        return known

    def show_view(self, view: View, deadline: float = 0.0) -> None:
        """Show all three at the step in view, or as near to it as they have come."""
        self._view, seed = view, view.timeline.recipe.seed
        until, t = deadline or perf_counter() + _SLICE, min(view.t, LONGEST)
        runs = {id: self.record_of(id, seed) for id in self.ids}
        if not all([run.record(t, until) for run in runs.values()]):
            self._timer.start()
        views = {id: View(run, min(t, run.recorded)) for id, run in runs.items()}
        self.set_tiles([_tile(id, Shown(own), self._texts) for id, own in views.items()])

    def finish(self) -> None:
        """Record all that is asked for, for a picture that is made without a window."""
        if self._view is not None:
            self.show_view(self._view, float("inf"))

    def retranslate(self) -> None:
        """Give everything its words in the language shown."""
        words = [(id, self._texts.get("failures", f"short_{id}")) for id in ("week", "ring")]
        self.closing.show_options(words, self.ids[-1], self._texts.get("failures", "closing"))

    def _close(self, id: str) -> None:
        self._is_closed = id == "ring"
        self._go_on()

    def _go_on(self) -> None:
        if self._view is not None:
            self.show_view(self._view)


def _tile(id: str, shown: Shown, texts: Texts) -> PlaneTile:
    told = texts.get("failures", f"told_{id}").format(t=shown.view.t, **_values(id, shown))
    return PlaneTile(id, texts.get("failures", id), _marks(shown), reach_of(shown), tuple(told.split("\n")))


def _marks(shown: Shown) -> tuple[Mark, ...]:
    """Return the arrows of all triples, what they miss by, and the names: tails that are no heads are squares."""
    rows, places = shown.of_relation, shown.places
    tips = places[rows[:, HEAD]] + shown.arrow(0)
    only = np.setdiff1d(rows[:, TAIL], rows[:, HEAD])
    heads, tails = places[rows[:, HEAD]], places[only]
    return (
        Strokes("missed", tips, places[rows[:, TAIL]], TRUE), Strokes("arrows", heads, tips, heads=True),
        Points("tails", tails, TRUE, "square", 6.0), Points("heads", heads, "blue", "circle", 6.0),
    )  # fmt: skip


def _values(id: str, shown: Shown) -> dict[str, str]:
    """Return what is told below a tile."""
    row, first = shown.view.row, shown.ends[0]
    lately = shown.view.timeline.series.column("loss")[: shown.view.t + 1][-len(shown.graph.trained) :]
    values = {
        "rank": row["mean_rank"], "raw": row["raw_mean_rank"],
        "apart": _apart(shown, shown.of_relation[:, [HEAD, TAIL]]), "together": _apart(shown, _of_one_head(shown)),
        "begin": _long(first), "now": _long(shown.state), "loss": np.nanmean(lately) if shown.view.t else 0.0,
    }  # fmt: skip
    return {name: numbers.fixed(float(value), 2) for name, value in values.items()}


def _long(state: State) -> float:
    return float(length(state.relations[:1], 2)[0])


def _of_one_head(shown: Shown) -> Indices:
    """Return the pairs of tails (k, 2) that have the same head."""
    pairs = [(a[TAIL], b[TAIL]) for a, b in combinations(shown.of_relation, 2) if a[HEAD] == b[HEAD]]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _apart(shown: Shown, pairs: Indices) -> float:
    """Return how far the names of pairs (k, 2) lie from each other in the mean; 0 without any."""
    ends = shown.state.entities[pairs]
    return float(length(ends[:, 0] - ends[:, 1], 2).mean()) if len(pairs) else 0.0
