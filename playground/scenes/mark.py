"""What the claim of a scene speaks of, to be marked in all pictures: steps that meet a condition, or things.

A scene names a condition in its topic's own words; `playground/topics/<topic>/conditions.py` says of a run, at a step
of it, what meets it. Nothing of this is asked for before a question is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.topic_list import TopicEntry
from playground.words.texts import Texts

Steps = NDArray[np.intp]
Shape = Literal["", "stretch", "corners", "crosses"]
_MANY = 24  # things
_KEPT = 4  # steps of a run whose members are kept
_NO_STEPS: Steps = np.empty(0, dtype=np.intp)


@dataclass(frozen=True)
class Members:
    """What meets a condition at a step of a run: things, and the steps up to then, by the series they are seen in.

    A key may also be the first part of the names of several series, such as a method's, or "" for all of the run.
    """

    things: frozenset[Focus] = frozenset()
    steps: Mapping[str, Steps] = field(default_factory=dict)

    def steps_of(self, series: str) -> Steps:
        """Return the steps that are marked on a series or the trail of a method."""
        keys = series, series.partition(".")[0], ""
        return next((self.steps[key] for key in keys if key in self.steps), _NO_STEPS)

    @property
    def all_steps(self) -> tuple[int, ...]:
        """Return the steps that are marked on any series."""
        return tuple(sorted({int(step) for steps in self.steps.values() for step in steps}))

    @property
    def shape(self) -> Shape:
        """Return the shape that marks them in the pictures: corners around many things would hide them."""
        if any(len(steps) for steps in self.steps.values()):
            return "stretch"
        return "crosses" if len(self.things) > _MANY else "corners" if self.things else ""

    def __bool__(self) -> bool:
        return bool(self.things or any(len(steps) for steps in self.steps.values()))


NOTHING = Members()
Condition = Callable[..., Members]
"""Of a run, a step of it, and what the scene asks it of."""


@dataclass(frozen=True)
class ClaimMark:
    """A condition by its name, what it is asked of (methods, things), and what the marks are called."""

    entry: TopicEntry
    what: str
    of: tuple[str, ...]
    texts: Texts
    _kept: WeakKeyDictionary[Timeline[Any, Any], dict[int, Members]] = field(
        default_factory=WeakKeyDictionary, repr=False, compare=False
    )

    def members(self, run: Timeline[Any, Any], t: int) -> Members:
        """Return what meets the condition at a step of a run; every picture asks, so the last few are kept."""
        kept, t = self._kept.setdefault(run, {}), min(t, run.recorded)
        if t not in kept:
            if len(kept) >= _KEPT:
                kept.clear()
            condition: Condition = getattr(self.entry.conditions, self.what)
            kept[t] = condition(run, t, *self.of)
        return kept[t]


@dataclass(frozen=True)
class Spoken:
    """What is marked in the pictures at this moment of a scene: what its claim speaks of, and things in words.

    Those are the numbers of the answers that marks stand for (`asks`), or what is said at a moment.
    """

    claim: ClaimMark | None = None
    named: Mapping[Focus, str] = field(default_factory=dict)
    asks: bool = False
