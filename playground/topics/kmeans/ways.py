"""The way of each centroid over a run: its places at the steps at which any of them moved."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.run.timeline import Timeline
from core.run.values import Floats


class Ways:
    """Asks a timeline for the states at which centroids moved, each once: between them nothing is to be seen."""

    def __init__(self) -> None:
        self._timeline: Timeline[Any, Any] | None = None
        self._places: dict[int, Floats] = {}

    def between(self, timeline: Timeline[Any, Any], first: int, last: int) -> Floats:
        """Return the different places of the centroids from step `first` to `last`, (m, k, 2), at least one."""
        self._follow(timeline)
        last = min(last, timeline.recorded)
        first = min(first, last)
        steps = [first, *(t for t in _steps_of_change(timeline) if first < t <= last)]
        return np.stack([self._at(t) for t in steps])

    def _at(self, t: int) -> Floats:
        assert self._timeline is not None
        if t not in self._places:
            self._places[t] = self._timeline.frame(t).state.centroids
        return self._places[t]

    def _follow(self, timeline: Timeline[Any, Any]) -> None:
        """Let go of the places that another run does not share."""
        if timeline is self._timeline:
            return
        old = self._timeline
        common = None if old is None else old.common_steps(timeline.recipe)
        self._places = {} if common is None else {t: place for t, place in self._places.items() if t < common}
        self._timeline = timeline


def _steps_of_change(timeline: Timeline[Any, Any]) -> list[int]:
    with np.errstate(invalid="ignore"):
        moved = np.flatnonzero(timeline.series.column("shift") > 0)
    return sorted({*moved.tolist(), *(change.step for change in timeline.recipe.edits)})
