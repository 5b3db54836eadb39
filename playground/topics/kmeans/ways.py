"""The ways that centroids took, as a timeline knows them."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.run.recipe import Recipe, SetArray
from core.run.timeline import Timeline
from core.run.values import Floats


class Ways:
    """Asks a timeline for the states at which centroids moved, each once: between them nothing is to be seen."""

    def __init__(self) -> None:
        self._timeline: Timeline[Any, Any] | None = None
        self._places: dict[int, Floats] = {}

    def between(self, timeline: Timeline[Any, Any], first: int, last: int) -> Floats:
        """Return the different places of the centroids from step `first` to `last`, (m, k, 2), at least one.

        Where their number was changed meanwhile, the way begins there anew.
        """
        self._follow(timeline)
        last = min(last, timeline.recorded)
        first = max(min(first, last), since(timeline, last))
        steps = [first, *(t for t in _steps_of_change(timeline) if first < t <= last)]
        for t in steps:
            if t not in self._places:
                self._places[t] = timeline.frame(t).state.centroids
        return np.stack([self._places[t] for t in steps])

    def _follow(self, timeline: Timeline[Any, Any]) -> None:
        """Let go of the places that another run does not share."""
        if self._timeline is not None and timeline is not self._timeline:
            common = self._timeline.common_steps(timeline.recipe) or 0
            self._places = {t: place for t, place in self._places.items() if t < common}
        self._timeline = timeline


def _steps_of_change(timeline: Timeline[Any, Any]) -> list[int]:
    with np.errstate(invalid="ignore"):
        moved = np.flatnonzero(timeline.series.column("shift") > 0)
    return sorted({*moved.tolist(), *(change.step for change in timeline.recipe.edits)})


def since(timeline: Timeline[Any, Any], t: int) -> int:
    """Return the step from which on the centroids are those of step t: 0, or where one was added or taken away."""
    return max((step for step in _regroupings(timeline) if step <= t), default=0)


def until(timeline: Timeline[Any, Any], t: int) -> int:
    """Return the last recorded step up to which the centroids are those of step t."""
    return min((step - 1 for step in _regroupings(timeline) if step > t), default=timeline.recorded)


def _regroupings(timeline: Timeline[Any, Any]) -> list[int]:
    """Return the steps after which the learner changed the number of centroids."""
    sets = _sets(timeline.recipe)
    return [
        step for (step, edit), before in zip(sets, _counts(timeline.recipe), strict=False) if len(edit.value) != before
    ]


def number_before(recipe: Recipe[Any], edit: SetArray) -> int:
    """Return how many centroids there were before an edit of a run sets them."""
    earlier = [other for _, other in _sets(recipe)]
    at = next((i for i, other in enumerate(earlier) if other is edit), len(earlier))
    return _counts(recipe)[at]


def _sets(recipe: Recipe[Any]) -> list[tuple[int, SetArray]]:
    edits = ((change.step, change.edit) for change in recipe.edits)
    return [(step, edit) for step, edit in edits if isinstance(edit, SetArray) and edit.name == "centroids"]


def _counts(recipe: Recipe[Any]) -> list[int]:
    """Return the number of centroids at the start, and after each edit that sets them."""
    return [recipe.params.n_clusters, *(len(edit.value) for _, edit in _sets(recipe))]
