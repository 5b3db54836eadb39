"""The panels of the two studies: inertia and silhouette over k, and where twenty seeds come to rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from core.kmeans import Params, points_of
from core.kmeans_studies import (
    MOST_COMPARED,
    SEEDS,
    End,
    best_by_clusters,
    by_clusters,
    by_seed,
    different_ends,
)
from core.run.recipe import Recipe
from core.studies import Study
from playground.studies import StudyRunner
from playground.texts import Texts
from widgets import numbers
from widgets.bar_plot import Bar, BarPlot
from widgets.line_plot import Curve, LinePlot, Points
from widgets.study_panel import StudyPanel


class _Panel(StudyPanel):
    """A panel that computes a study of the recipe in view; another recipe takes the answer away."""

    def __init__(self, name: str, body: QWidget, study: Callable[[Recipe[Params]], Study[End]], texts: Texts) -> None:
        super().__init__(name, body)
        self._texts = texts
        self._study = study
        self._recipe: Recipe[Params] | None = None
        self._answers: Recipe[Params] | None = None  # the recipe whose ends are shown
        self.ends: list[End] = []
        self.runner = StudyRunner(self)
        self.runner.found.connect(self._found)
        self.runner.progressed.connect(self.show_progress)
        self.runner.failed.connect(self.set_note)
        self.asked.connect(self.begin)
        self.cancelled.connect(self.runner.cancel)

    def show_recipe(self, recipe: Recipe[Params]) -> None:
        """Show the answer for a recipe, if it is known."""
        self._recipe = recipe
        if self._answers is not None and self._answers != recipe:
            self.runner.cancel()
            self._answers, self.ends = None, []
        self.draw()

    def begin(self) -> None:
        """Compute the study of the recipe shown."""
        assert self._recipe is not None
        self._answers, self.ends = self._recipe, []
        self.runner.begin(self._study(self._recipe))
        self.draw()

    def _found(self, ends: Sequence[End]) -> None:
        self.ends = list(ends)
        self.draw()

    def draw(self) -> None:
        """Show the ends known so far."""
        raise NotImplementedError


class ClustersPanel(_Panel):
    """Which k is enough: the elbow of inertia, or the silhouette."""

    def __init__(self, texts: Texts) -> None:
        self.plot = LinePlot()
        self._measure = QComboBox()
        self._measure.setObjectName("study.k.measure")
        self._measure.setProperty("role", "small")
        for key in ("elbow", "silhouette"):
            self._measure.addItem(key, key)
        super().__init__("k", self.plot, by_clusters, texts)
        self.add_control(self._measure)
        self._measure.currentIndexChanged.connect(lambda _: self.draw())

    def retranslate(self) -> None:
        """Give the choices their words in the language shown."""
        for i in range(self._measure.count()):
            self._measure.setItemText(i, self._texts.get("panels", str(self._measure.itemData(i))))
        self.draw()

    def draw(self) -> None:
        panels, best = self._texts, best_by_clusters(self.ends)
        is_elbow = self._measure.currentData() == "elbow"
        k = np.array([float(end.n_clusters) for end in best])
        y = np.array([end.inertia if is_elbow else end.silhouette for end in best], dtype=float)
        finite = y[np.isfinite(y)]
        low, high = (0.0, float(finite.max(initial=1.0))) if is_elbow else (float(finite.min(initial=0.0)), 1.0)
        axis = "inertia_axis" if is_elbow else "silhouette_axis"
        self.plot.set_names(panels.get("panels", "k_axis"), panels.get("panels", axis))
        self.plot.set_range(0.5, max(10.5, float(k.max(initial=0)) + 0.5), low, high + 0.06 * (high - low))
        self.plot.set_curves([Curve("k", "", k, y, "black", marker="circle")] if len(k) else [], self._k_shown())
        self.plot.set_points([Points("k", np.column_stack([k, y]), "black", "circle", 8.0)])
        self.plot.set_empty("" if len(k) or self.is_running() else panels.get("panels", "press_compute"))
        self._answer(best)

    def _k_shown(self) -> float | None:
        return float(self._recipe.params.n_clusters) if self._recipe is not None else None

    def _answer(self, best: list[End]) -> None:
        known = [end for end in best if np.isfinite(end.silhouette)]
        if not known or self.runner.is_running:
            self.set_note("")
            return
        words = [self._texts.get("panels", "k_result").format(k=max(known, key=lambda end: end.silhouette).n_clusters)]
        if self._recipe is not None and _count(self._recipe) > MOST_COMPARED:
            words.append(self._texts.get("panels", "sampled").format(count=numbers.count(MOST_COMPARED)))
        self.set_note(" ".join(words))


class StartsPanel(_Panel):
    """Where twenty seeds come to rest on the same points; a clicked bar asks for its run."""

    seed_asked = Signal(int)

    def __init__(self, texts: Texts) -> None:
        self.plot = BarPlot()
        super().__init__("starts", self.plot, by_seed, texts)
        self.plot.bar_clicked.connect(lambda index: self.seed_asked.emit(self._ranked()[index].seed))

    def retranslate(self) -> None:
        """Show the answer in the language shown."""
        self.draw()

    def _ranked(self) -> list[End]:
        return sorted(self.ends, key=lambda end: end.inertia)

    def draw(self) -> None:
        panels, ranked = self._texts, self._ranked()
        seed = self._recipe.seed if self._recipe is not None else -1
        bars = [
            Bar(rank, end.inertia, str(end.seed), numbers.loss(end.inertia), end.seed != seed, end.seed == seed)
            for rank, end in enumerate(ranked, 1)
        ]
        high = max((end.inertia for end in ranked), default=1.0) or 1.0
        self.plot.set_names(panels.get("panels", "seed_axis"), panels.get("panels", "inertia_axis"))
        self.plot.set_range(0.4, SEEDS + 0.6, 0.0, 1.15 * high)
        self.plot.set_bars(bars)
        self.plot.set_empty("" if ranked or self.is_running() else panels.get("panels", "press_compute"))
        done = ranked and not self.runner.is_running
        self.set_note(self._answer(ranked) if done else "")

    def _answer(self, ranked: list[End]) -> str:
        inertias = different_ends(ranked)
        low, high = numbers.loss(inertias[0]), numbers.loss(inertias[-1])
        return self._texts.get("panels", "starts_result").format(count=len(inertias), low=low, high=high)


def _count(recipe: Recipe[Params]) -> int:
    return len(points_of(recipe.params))
