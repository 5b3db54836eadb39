"""Several runs on one clock: which are compared, and in what they differ.

A is the first, B the second, C the third; a picture made by a command may show a fourth. One of them is in view, and
that is the one the learner changes. The others are recorded up to the same step, and stand where they ended before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, NamedTuple

import numpy as np

from core.run.parameters import get_value, parameters, with_defaults, with_value
from core.run.recipe import Recipe, Schedule
from core.run.timeline import Timeline
from playground.recipes.plain_compared import LETTERS

MOST = 3  # runs compared in the window, the one in view among them
SEED, CHANGES = "seed", "changes"  # what runs may differ in beside their parameters


@dataclass(frozen=True)
class Compared:
    """A run shown beside the one in view: its letter, and the step from which on it is drawn."""

    timeline: Timeline[Any, Any]
    letter: str = ""
    since: int = 0

    def step(self, t: int) -> int:
        """Return which of its steps stands beside step t: the same one, or its last."""
        return min(t, self.timeline.recorded)

    def ended(self, t: int) -> bool:
        """Tell whether it came to its end before step t."""
        return self.timeline.ended and self.timeline.recorded < t


class Moment(NamedTuple):
    """What undo goes back to: a recipe, the step in view, and whether what was shown of it is brought back, too.

    `beside` is given where the runs compared were changed as well: the letter of this one, and the others.
    """

    recipe: Recipe[Any]
    position: int
    shown: bool = False
    beside: tuple[str, list[Kept]] | None = None


@dataclass
class Way:
    """Where undo and redo lead, the nearest last."""

    undo: list[Moment] = field(default_factory=list)
    redo: list[Moment] = field(default_factory=list)

    def remember(self, moment: Moment) -> None:
        """Let undo lead back to a moment; there is nothing to redo any more."""
        self.undo.append(moment)
        self.redo.clear()

    def copy(self) -> Way:
        """Return the same way, that goes on by itself."""
        return Way(self.undo.copy(), self.redo.copy())


@dataclass
class Kept:
    """A run that is compared and not in view. It keeps its own way back."""

    letter: str
    timeline: Timeline[Any, Any]
    way: Way = field(default_factory=Way)


def free_letter(taken: Iterable[str]) -> str:
    """Return the first letter that no run has."""
    used = set(taken)
    return next(letter for letter in LETTERS if letter not in used)


def find(kept: Iterable[Kept], letter: str) -> Kept:
    """Return the run of that letter. Raises KeyError where there is none."""
    for run in kept:
        if run.letter == letter:
            return run
    raise KeyError(letter)


def keep_up(timelines: Iterable[Timeline[Any, Any]], t: int, deadline: float = inf) -> bool:
    """Record each up to step t, one step at least, until the clock passes a deadline; tell whether all are there."""
    there = True
    for timeline in timelines:
        if timeline.recorded < t and not timeline.ended:
            timeline.extend()
            there = timeline.record(t, deadline) and there
    return there


def last_params(recipe: Recipe[Any]) -> Any:
    """Return the parameters after all changes of a run, those that only choose what is seen at their defaults."""
    return with_defaults(Schedule(recipe).distinct[-1], "view")


def differing(recipes: Sequence[Recipe[Any]]) -> list[str]:
    """Return the names of the parameters in which runs differ, `seed`, and `changes` where only the ways differ."""
    names = parting([last_params(recipe) for recipe in recipes])
    if not _alike([recipe.seed for recipe in recipes]):
        names.append(SEED)
    return names if names or _alike([recipe.edits for recipe in recipes]) else [CHANGES]


def parting(params: Sequence[Any]) -> list[str]:
    """Return the names in which settings differ, those that only choose what is seen left out."""
    shown = [p.name for p in parameters(type(params[0])) if p.mode != "view"]
    return [name for name in shown if not _alike([get_value(each, name) for each in params])]


def _alike(values: Sequence[Any]) -> bool:
    first = values[0]
    if any(isinstance(value, np.ndarray) for value in values):
        return all(isinstance(value, np.ndarray) and np.array_equal(value, first) for value in values)
    return all(value == first for value in values)


def same_run(one: Recipe[Any], other: Recipe[Any]) -> bool:
    """Tell whether two recipes make the same run: which part of it is shown does not count."""
    return with_view_of(one, other) == one if type(one.params) is type(other.params) else False


def with_view_of(shown: Recipe[Any], other: Recipe[Any]) -> Recipe[Any]:
    """Return the other recipe with the view parameters as they are shown now: they are no part of undo."""
    params, names = other.params, {p.name for p in parameters(type(other.params)) if p.mode == "view"}
    for name in names:
        params = with_value(params, name, get_value(shown.params, name))
    return other.with_params(params, [origin for origin in shown.origins if origin.parameter in names])
