"""Studies: what is no step of one run, but a question to many runs, such as the same points from twenty starts.

A study is a pure function of its recipes: each is replayed to its end, keeping nothing, and measured. Results come one
by one, in the order of the recipes, so that they can be shown as they come and the rest be left undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.timeline import Frame
from core.run.topic import Topic

T = TypeVar("T")


class CancelledError(Exception):
    """Nobody wants the rest of the results."""


@dataclass(frozen=True)
class Study(Generic[T]):
    """Recipes of one topic, how far each is run, and what is measured of its last frame."""

    topic: Topic[Any, Any]
    recipes: tuple[Recipe[Any], ...]
    steps: int  # a run goes no further
    until: str  # nor beyond the step in which this event begins
    measure: Callable[[Recipe[Any], Frame[Any, Any]], T]

    def results(self, is_cancelled: Callable[[], bool] = lambda: False) -> Iterator[T]:
        """Yield what was measured of each run. Raises CancelledError between two steps once that is asked for."""
        for recipe in self.recipes:
            yield self.measure(recipe, self._last_frame(recipe, is_cancelled))

    def _last_frame(self, recipe: Recipe[Any], is_cancelled: Callable[[], bool]) -> Frame[Any, Any]:
        for frame, began in replay(self.topic, recipe, self.steps):
            if is_cancelled():
                raise CancelledError
            if frame.t == self.steps or self.until in began or "end" in began:
                return frame
        raise AssertionError("replay yields every frame up to the last")
