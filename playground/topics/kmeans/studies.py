"""The panel of the studies: inertia and silhouette over k, and where twenty seeds come to rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget

from core.kmeans.algorithm import VERSION
from core.kmeans.settings import Params, points_of
from core.kmeans.studies import MOST_K, SEEDS, End, best_by_clusters, by_clusters, by_seed, different_ends
from core.nn.metrics import MOST_COMPARED
from core.run.recipe import Recipe
from playground.playback.study_runner import Answers
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.manners import Manners
from widgets.cards.study_panel import StudyPanel
from widgets.plots.marks.bars import Bar, Bars
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

QUESTIONS = ("elbow", "silhouette", "starts")


class StudiesPanel(StudyPanel):
    """One question at a time to many runs; a clicked bar of the starts asks for its run, a clicked k for that k."""

    question_chosen = Signal(str)
    seed_asked = Signal(int)
    k_asked = Signal(int)

    def __init__(self, texts: Texts) -> None:
        self.line, self.bars = Plot(), Plot()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.line)
        self._pages.addWidget(self.bars)
        super().__init__("kmeans", self._pages)
        self._texts = texts
        self._recipe, self._question = Recipe("kmeans", VERSION, 0, Params()), QUESTIONS[0]
        self._over_k, self._over_seeds = Answers(by_clusters, self), Answers(by_seed, self)
        self.question = QComboBox()
        self.question.setObjectName("study.question")
        self.question.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        Manners(self.question)
        self.question.setProperty("role", "small")
        self.question.addItems(QUESTIONS)
        self.add_control(self.question)
        self._connect()

    def _connect(self) -> None:
        self.asked.connect(lambda: self.answers().begin(self._asked_recipe()))
        self.cancelled.connect(lambda: self.answers().cancel())
        self.question.currentIndexChanged.connect(lambda index: self.question_chosen.emit(QUESTIONS[index]))
        self.bars.clicked.connect(lambda x, y, hit: self.seed_asked.emit(hit.focus) if hit else None)
        self.line.clicked.connect(lambda x, y, hit: self._ask_k(round(x)))
        for answers in (self._over_k, self._over_seeds):
            answers.changed.connect(self.draw)

    def show_recipe(self, recipe: Recipe[Params], question: str) -> None:
        """Show what is known of a recipe to a question."""
        if (recipe, question) == (self._recipe, self._question):
            return  # asked at every step; what changes from here on tells of itself
        self._recipe, self._question = recipe, question
        with QSignalBlocker(self.question):
            self.question.setCurrentIndex(QUESTIONS.index(question))
        self._over_k.belong_to(_of_any_k(recipe))
        self._over_seeds.belong_to(_of_any_seed(recipe))
        self.draw()

    def finish(self) -> None:
        """Compute the answer to the question chosen here and now."""
        self.answers().finish(self._asked_recipe())

    def _asked_recipe(self) -> Recipe[Params]:
        return _of_any_seed(self._recipe) if self._question == "starts" else _of_any_k(self._recipe)

    def _ask_k(self, k: int) -> None:
        if any(end.n_clusters == k for end in self._over_k.ends):
            self.k_asked.emit(k)

    def answers(self) -> Answers:
        """What is known of the question chosen."""
        return self._over_seeds if self._question == "starts" else self._over_k

    def retranslate(self) -> None:
        """Give the questions their words in the language shown."""
        for i, key in enumerate(QUESTIONS):
            self.question.setItemText(i, self._texts.choice("study", key))
        self.question.setAccessibleName(self._texts.get("panels", "studies"))
        self.draw()

    def draw(self) -> None:
        """Show the question chosen with the ends known so far."""
        answers = self.answers()
        is_starts = answers is self._over_seeds
        self._pages.setCurrentWidget(self.bars if is_starts else self.line)
        self.show_progress(*answers.progress)
        waiting = "" if answers.ends or self.is_running() else self._texts.get("panels", "press_compute")
        self._pages.currentWidget().set_empty(waiting)  # type: ignore[attr-defined]
        self._draw_starts() if is_starts else self._draw_over_k()
        is_done = bool(answers.ends) and not self.is_running()
        self.set_note(answers.fault or (self._in_words() if is_done else ""))

    def _draw_over_k(self) -> None:
        best, texts = best_by_clusters(self._over_k.ends), self._texts
        is_elbow = self._question == "elbow"
        k = np.array([float(end.n_clusters) for end in best])
        y = np.array([end.inertia if is_elbow else end.silhouette for end in best], dtype=float)
        known = y[np.isfinite(y)]
        low, high = (0.0, float(known.max(initial=0.0)) or 1.0) if is_elbow else (float(known.min(initial=0.0)), 1.0)
        axis = "inertia_axis" if is_elbow else "silhouette_axis"
        self.line.set_names(texts.get("panels", "k_axis"), texts.get("panels", axis))
        self.line.set_range(0.0, MOST_K + 0.5, low, high + 0.06 * (high - low))
        xy, is_now = np.column_stack([k, y]), k == self._recipe.params.n_clusters
        ring = Points("now", xy[is_now], "black", "circle", 15.0, hollow=True)
        points = Points("k", xy, "black", "circle", 8.0)
        self.line.set_marks([ring, points, Curves((Curve("k", "", k, y, "black"),))])
        self.line.setAccessibleDescription(", ".join(numbers.compact(value) for value in y))

    def _draw_starts(self) -> None:
        ranked, texts = sorted(self._over_seeds.ends, key=lambda end: end.inertia), self._texts
        bars = tuple(self._bar(rank, end) for rank, end in enumerate(ranked, 1))
        high = max((end.inertia for end in ranked), default=1.0) or 1.0
        self.bars.set_names(texts.get("panels", "seed_axis"), texts.get("panels", "inertia_axis"))
        self.bars.set_range(0.4, SEEDS + 0.6, 0.0, 1.15 * high)
        self.bars.set_marks([Bars(bars)])
        self.bars.setAccessibleDescription(", ".join(bar.tip for bar in bars))

    def _bar(self, rank: int, end: End) -> Bar:
        is_now, height = end.seed == self._recipe.seed, end.inertia
        texts = str(end.seed), numbers.compact(height)
        return Bar(rank, height, *texts, faint=not is_now, strong=is_now, focus=end.seed)

    def _in_words(self) -> str:
        if self._question == "starts":
            inertias = different_ends(self._over_seeds.ends)
            words = {"low": numbers.compact(inertias[0]), "high": numbers.compact(inertias[-1])}
            return self._texts.get("panels", "starts_result").format(count=len(inertias), **words)
        if self._question == "elbow":
            return self._texts.get("panels", "elbow_result")
        known = [end for end in best_by_clusters(self._over_k.ends) if np.isfinite(end.silhouette)]
        if not known:
            return ""
        best = max(known, key=lambda end: end.silhouette)
        words = {"k": str(best.n_clusters), "width": f"{best.silhouette:.2f}"}
        is_part = len(points_of(self._recipe.params)) > MOST_COMPARED
        key = "k_result_sampled" if is_part else "k_result"
        return self._texts.get("panels", key).format(**words, count=numbers.count(MOST_COMPARED))


def _of_any_k(recipe: Recipe[Params]) -> Recipe[Params]:
    """Return the recipe with k = 1: what is best for each k is the same whichever is in view."""
    init = "k-means++" if recipe.params.init == "by hand" else recipe.params.init  # by hand they fit one k only
    return Recipe(
        recipe.topic, recipe.version, recipe.seed, replace(recipe.params, n_clusters=1, init=init, centroids=None)
    )


def _of_any_seed(recipe: Recipe[Params]) -> Recipe[Params]:
    """Return the recipe with seed 0: what twenty seeds come to is the same whichever is in view."""
    return Recipe(recipe.topic, recipe.version, 0, recipe.params)
