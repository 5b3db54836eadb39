"""The panel of the study: the error of known ratings and of those held out, over how many factors there are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Signal

from core.ratings.algorithm import VERSION
from core.ratings.settings import Params
from core.ratings.studies import HELD_OUT, MOST_FACTORS, Fit, by_factors
from core.run.recipe import Recipe
from core.run.values import Floats
from playground.playback.study_runner import Answers
from playground.topics.ratings.ruler import rounded_up
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.cards.study_panel import StudyPanel
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot


class FactorStudy(StudyPanel):
    """The fork of two errors; a click asks for so many factors."""

    factors_asked = Signal(int)

    def __init__(self, texts: Texts) -> None:
        self.plot = Plot()
        super().__init__("ratings", self.plot)
        self._texts, self._recipe = texts, Recipe("ratings", VERSION, 0, Params())
        self._answers = Answers(by_factors, self)
        self._answers.changed.connect(self.draw)
        self.asked.connect(lambda: self._answers.begin(_of_any_count(self._recipe)))
        self.cancelled.connect(self._answers.cancel)
        self.plot.clicked.connect(lambda x, y, hit: self._ask(round(x)))

    def show_recipe(self, recipe: Recipe[Params]) -> None:
        """Show what is known of a recipe."""
        if recipe == self._recipe and self._answers.ends:
            return  # asked at every step; what changes from here on tells of itself
        self._recipe = recipe
        self._answers.belong_to(_of_any_count(recipe))
        self.draw()

    def finish(self) -> None:
        """Compute the answer here and now."""
        self._answers.finish(_of_any_count(self._recipe))

    def _ask(self, count: int) -> None:
        if any(fit.n_factors == count for fit in self._answers.ends):
            self.factors_asked.emit(count)

    def draw(self) -> None:
        """Show the errors known so far."""
        fits: list[Fit] = self._answers.ends
        self.show_progress(*self._answers.progress)
        self.plot.set_empty("" if fits or self.is_running() else self._texts.get("panels", "press_compute"))
        is_done = bool(fits) and not self.is_running()
        self.set_note(self._answers.fault or (self._in_words(fits) if is_done else ""))
        x = np.array([float(fit.n_factors) for fit in fits])
        known, held = (np.array([getattr(fit, name) for fit in fits], dtype=float) for name in ("known", "held"))
        high = float(np.nanmax(np.concatenate([known, held]), initial=0.0))
        self.plot.set_names(self._texts.get("panels", "factors_axis"), self._texts.get("panels", "error_axis"))
        self.plot.set_range(0.5, MOST_FACTORS + 1.5, 0.0, rounded_up(1.05 * high))
        ends = (("known", known, "blue"), ("held", held, "purple"))
        curves = [Curve(name, self._texts.get("panels", name), x, y, colour) for name, y, colour in ends]
        self.plot.set_marks([*self._now(x, known, held), Curves(tuple(curves) if len(x) else ())])
        told = (f"{fit.n_factors}: {numbers.fixed(fit.known, 2)} / {numbers.fixed(fit.held, 2)}" for fit in fits)
        self.plot.setAccessibleDescription("; ".join(told))

    def _now(self, x: Floats, *errors: Floats) -> list[Points]:
        """Return rings around the count in view."""
        is_now = x == self._recipe.params.n_factors
        places = np.concatenate([np.column_stack([x[is_now], y[is_now]]) for y in errors])
        return [Points("now", places, "black", "circle", 13.0, hollow=True)]

    def _in_words(self, fits: list[Fit]) -> str:
        sound = [fit for fit in fits if np.isfinite(fit.held)]
        if not sound:
            return self._texts.get("panels", "fork_diverged")
        best, last = min(sound, key=lambda fit: fit.held), sound[-1]
        values = {"best": best.n_factors, "held": numbers.fixed(best.held, 2), "last": last.n_factors,
                  "known": numbers.fixed(last.known, 2), "at_last": numbers.fixed(last.held, 2)}  # fmt: skip
        return self._texts.get("panels", "fork").format(**values)


def _of_any_count(recipe: Recipe[Params]) -> Recipe[Params]:
    """Return the recipe with one factor: what each count comes to is the same whichever is in view."""
    params = replace(recipe.params, n_factors=1, held_out=recipe.params.held_out or HELD_OUT)
    return Recipe(recipe.topic, recipe.version, recipe.seed, params)
