"""What a picture is drawn from: all that it may read. `draw(view)` is a function of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from core.run.explanation import Focus
from core.run.parameters import get_value, with_defaults
from core.run.recipe import Origin
from core.run.timeline import Frame, Timeline
from playground.playback.compared import Compared
from playground.scenes.mark import NOTHING, Members, Spoken

_ROUND = (20, 50, 100, 200, 500)


@dataclass(frozen=True)
class View:
    """A step of a record, what is pointed at and chosen in it, and what it is compared with."""

    timeline: Timeline[Any, Any]
    t: int
    beat: str = ""  # within the step, where a topic names some
    focus: Focus | None = None  # what was chosen
    pointed: Focus | None = None  # what is under the pointer
    options: Mapping[str, Any] = field(default_factory=dict)  # what the switches in the header say
    compared: tuple[Compared, ...] = ()  # by letter, the one in view among them
    letter: str = ""  # of the run in view, where runs are compared
    ghost: Compared | None = None  # what the old run did after a change: drawn, never widens an axis
    steps: int = _ROUND[0]  # the end of the step axis
    ahead: bool = True  # whether what is recorded beyond t is drawn, faint
    covered: bool = False  # whether what would tell the answer to a question is left out
    spoken: Spoken | None = None  # what a scene marks now
    share: float = 1.0  # of the way from the step before that marks have gone

    @cached_property
    def frame(self) -> Frame[Any, Any]:
        """The frame in view."""
        return self.timeline.frame(self.t)

    @cached_property
    def before(self) -> Frame[Any, Any] | None:
        """The frame from which the step in view was made; None at the start."""
        return self.timeline.frame(self.t - 1) if 0 < self.t <= self.timeline.recorded else None

    @property
    def state(self) -> Any:
        """The state in view."""
        return self.frame.state

    @property
    def params(self) -> Any:
        """The parameters in force."""
        return self.frame.params

    def origin(self, parameter: str) -> Origin | None:
        """Return where the value of a parameter was read; None where it was given otherwise."""
        return self.timeline.recipe.origin_of(parameter, self.params)

    @property
    def files(self) -> Mapping[str, str]:
        """The names of the files from which values in force were read, by parameter."""
        return {o.parameter: o.file for o in self.timeline.recipe.origins if self.origin(o.parameter)}

    def columns(
        self, parameter: str, otherwise: Sequence[str], of_ids: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> Sequence[str]:
        """Return what the columns of a parameter's value are called: as in the file, in `iris:a,b`, or for an id.

        `otherwise` stands for those of data without names, and of others than there are names for.
        """
        origin, value = self.origin(parameter), get_value(self.params, parameter)
        names = origin.columns if origin else ()
        if isinstance(value, str) and not origin:
            chosen = value.partition(":")[2]
            names = tuple(name.strip() for name in chosen.split(",")) if chosen else tuple(of_ids.get(value, ()))
        return names if len(names) == len(otherwise) else otherwise

    @property
    def recorded(self) -> int:
        """The last step that may be drawn."""
        return self.timeline.recorded if self.ahead else min(self.t, self.timeline.recorded)

    @cached_property
    def row(self) -> Mapping[str, Any]:
        """The series of the step in view."""
        if self.t <= self.timeline.recorded:
            return self.timeline.series.row(self.t)
        return self.timeline.topic.series(self.state, with_defaults(self.params, "view"))

    @cached_property
    def claim(self) -> Members:
        """What the claim of the open scene speaks of in this run, up to the step in view."""
        mark = self.spoken.claim if self.spoken else None
        return mark.members(self.timeline, self.t) if mark else NOTHING

    @property
    def others(self) -> tuple[Compared, ...]:
        """The runs drawn beside this one: those it is compared with, else what was there before the last change."""
        return self.beside or ((self.ghost,) if self.ghost and not self.compared else ())

    @property
    def beside(self) -> tuple[Compared, ...]:
        """The runs it is compared with; one that has not been changed since it was pinned is still this one."""
        return tuple(o for o in self.compared if o.letter != self.letter and o.timeline is not self.timeline)

    def of(self, other: Compared) -> View:
        """Return the same step of a compared run by itself; of one that ended its last."""
        return replace(self.alone(), timeline=other.timeline, t=other.step(self.t), letter=other.letter)

    def alone(self) -> View:
        """Return this run by itself."""
        return replace(self, compared=(), ghost=None)

    @property
    def way(self) -> str:
        """The way of `WAYS` asked for to look at the runs compared; nothing where there are none, or a scene asks."""
        way: str = self.options.get("runs", "")
        return way if self.beside and not self.covered else ""

    @property
    def pair(self) -> tuple[View, View]:
        """The two runs whose difference is shown, by letter: the first, and the one in view or else the second."""
        first, *rest = [run for run in self.compared if run.letter == self.letter or run in self.beside]
        second = next((run for run in rest if run.letter == self.letter), rest[0])
        return self.of(first), self.of(second)

    def last(self, other: Compared) -> int:
        """Return the last step of another run that may be drawn."""
        return other.timeline.recorded if self.ahead or other is self.ghost else other.step(self.t)


def made_in(view: View) -> tuple[Any, Any, Any]:
    """Return the states before and after the step in view and the parameters it used; None before the first one."""
    frame, before = view.frame, view.before
    return (before.state, frame.made, frame.used) if before else (None, frame.state, frame.params)


def axis_end(longest: int) -> int:
    """Return a round number at or beyond the longest record, so that the end of an axis seldom moves.

    >>> axis_end(7), axis_end(20), axis_end(501)
    (20, 20, 1000)
    """
    scale = 1
    while scale * _ROUND[-1] < longest:
        scale *= 10
    return next(scale * steps for steps in _ROUND if scale * steps >= longest)
