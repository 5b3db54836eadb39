"""The recorded part of a run: any frame, exactly, within little time and memory.

A timeline is a cache of its recipe and can be thrown away. It keeps every 8th state, later every 16th, 32nd, … so that
memory lasts; a frame is the nearest kept state before it, stepped forward. Scalar series and events are kept whole.
A file may bring the state of one later step: it is shown until the record has come that far.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, fields, is_dataclass
from itertools import takewhile
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from core.run.parameters import get_value, with_defaults
from core.run.recipe import Change, Recipe, Schedule
from core.run.series import SeriesTable
from core.run.streams import Streams
from core.run.topic import Series, Topic

if TYPE_CHECKING:
    from concurrent.futures import Future  # a tenth of what NumPy takes to load

P = TypeVar("P")
S = TypeVar("S")
V = TypeVar("V")

BUDGET = 256 * 2**20  # bytes of states kept for the tab in front
KEPT_EVERY = 8  # to ask for new memory costs more than a short step, to make seven steps again is not felt
NEAR_SHARE = 1 / 32  # of the budget, for states made again around the one in view
_TIMED_EVERY = 4  # steps: to time each would be felt by the shortest
_LATELY = 1 / 8  # the share of the last timed step in the mean
MEASURED_EVERY = 32  # states are alike: measuring each would cost more than a step
FELT = 5e-4  # s: a shorter step is not worth being made beside


@dataclass(frozen=True)
class Frame(Generic[P, S]):
    """One moment of a run: the state the step made, and the state the edits at t made of it."""

    t: int
    made: S
    state: S
    used: P  # parameters of the step that led here
    params: P  # parameters of the step to come
    error: str = ""  # why the step to come could not be made


class _Beside(NamedTuple):
    """A step that is made in another thread: from which state, under which recipe."""

    last: Any
    schedule: Schedule[Any]
    made: Future[Any]


class Timeline(Generic[P, S]):
    """Frames of one recipe, recorded step by step with `extend`, asked for in any order with `frame`."""

    def __init__(self, topic: Topic[P, S], recipe: Recipe[P], budget: int = BUDGET) -> None:
        self.topic = topic
        self.budget = budget
        self.stride = KEPT_EVERY
        self.events: dict[int, tuple[str, ...]] = {}
        self.steps_of: dict[str, list[int]] = {}  # by event, in their order
        self.end: int | None = None  # the step at which nothing was left to do
        self.error = ""
        self._kept: dict[int, S] = {}
        self._near: dict[int, S] = {}  # at hand: the state before the last, or those that lead to the one asked for
        self._snapshot: tuple[int, S] | None = None
        self._beside: _Beside | None = None
        self._state_bytes = 0
        self._pace = 0.0  # s that a step takes, lately
        self._follow(recipe)
        self._kept[0] = self._last = topic.start(self._schedule.params_at(-1), Streams.start(recipe.seed))
        self.series = SeriesTable(self._row(0))

    def _follow(self, recipe: Recipe[P]) -> None:
        self.recipe = recipe
        self._schedule = Schedule(recipe)
        # Everything is recorded; what the view parameters choose is picked out when it is read.
        self._whole = [with_defaults(p, "view") for p in self._schedule.distinct]
        self._shows_all = [p == whole for p, whole in zip(self._schedule.distinct, self._whole, strict=True)]

    def _row(self, t: int) -> Series:
        """Return the series of the last step recorded, t, after the edits made there."""
        return self.topic.series(self._schedule.apply_edits(t, self._last), self._recorded_params(t))

    def _recorded_params(self, t: int) -> P:
        return self._whole[self._schedule.index_at(t)]

    def params_at(self, t: int) -> P:
        """Return the parameters in force at t."""
        return self._schedule.params_at(t)

    def value_before(self, change: Change) -> object:
        """Return the value that a changed parameter had before the change."""
        return get_value(self._schedule.params_before(change.step), change.edit.name)

    @property
    def recorded(self) -> int:
        """The last step whose numbers are recorded."""
        return self.series.length - 1

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do, or the next step failed."""
        return bool(self.error) or self.end is not None

    def record(self, last: int, deadline: float = inf) -> bool:
        """Record up to a step until the clock passes a deadline; tell whether it is there, or cannot be reached."""
        while self.recorded < last and not self.ended and perf_counter() < deadline:
            self.extend()
        return self.recorded >= last or self.ended

    def extend(self) -> None:
        """Record one step more. A step that raises leaves its message in `error`; earlier frames stay usable."""
        t = self.recorded + 1
        before = self._schedule.apply_edits(t - 1, self._last)
        try:
            made = self._from_beside() if self._is_beside else self._step(before, t)
            row = self.topic.series(self._schedule.apply_edits(t, made), self._recorded_params(t))
            began = self.topic.events(before, made, self._recorded_params(t - 1))
        except Exception as error:  # any fault of a step is a result to be shown, not the end of the program
            self.error = f"{type(error).__name__}: {error}"
            return
        self.series.append(row)
        self._near, self._last = {t - 1: self._last}, made
        if t % self.stride == 0:
            self._keep(t, made)
        if began:
            self.events[t] = began
            for key in began:
                self.steps_of.setdefault(key, []).append(t)
            self._look_for_end([t])

    def make_beside(self, submit: Callable[..., Future[S]]) -> None:
        """Let the next step be made in another thread, if it is felt; `extend` takes it, or waits for it.

        A step is a pure function of what it is told: where it is made, and that it may go unused, changes nothing.
        """
        if self._pace < FELT or self.ended or self._is_beside:
            return
        t = self.recorded + 1
        before = self._schedule.apply_edits(t - 1, self._last)
        given = before, self._schedule.params_at(t - 1), Streams.step(self.recipe.seed, t)
        self._beside = _Beside(self._last, self._schedule, submit(self.topic.step, *given))

    @property
    def _is_beside(self) -> bool:
        """Whether it is the next step that is made beside, or was: not that of another state, or before an edit."""
        beside = self._beside
        return beside is not None and beside.last is self._last and beside.schedule is self._schedule

    def _from_beside(self) -> S:
        assert self._beside is not None
        beside, self._beside = self._beside, None
        made: S = beside.made.result()
        return made

    def _look_for_end(self, steps: Iterable[int]) -> None:
        if self.end is None:
            self.end = next((t for t in steps if "end" in self.events_at(t)), None)

    def _step(self, before: S, t: int) -> S:
        begin = 0.0 if t % _TIMED_EVERY else perf_counter()
        made = self.topic.step(before, self._schedule.params_at(t - 1), Streams.step(self.recipe.seed, t))
        if begin:
            self._pace += _LATELY * (perf_counter() - begin - self._pace)
        return made

    def _keep(self, t: int, made: S) -> None:
        self._kept[t] = made
        if len(self._kept) % MEASURED_EVERY == 0 or not self._state_bytes:
            neighbour = self._kept.get(t - self.stride)
            self._state_bytes = max(1, bytes_of(made, shared_with=neighbour))
        self.shrink(self.budget)

    def shrink(self, budget: int) -> None:
        """Keep every 2nd, 4th, … of the kept states until the rest takes no more than `budget` bytes."""
        while len(self._kept) * self._state_bytes > budget and len(self._kept) > 2:
            self.stride *= 2
            self._kept = {t: state for t, state in self._kept.items() if t % self.stride == 0}

    def adopt(self, t: int, made: S) -> None:
        """Take over a state from a file: it stands in for frame t until the steps up to there are recorded."""
        self._snapshot = (t, made)

    def made(self, t: int) -> S:
        """Return the state that the step into t made, before any edit at t."""
        if t == self.recorded:
            return self._last
        if self._snapshot and t > self.recorded and t == self._snapshot[0]:
            return self._snapshot[1]
        if t in self._kept:  # and what is near stays: before a kept step lies one that was made again
            return self._kept[t]
        if t not in self._near:
            self._make_again(t)
        return self._near[t]

    def _known_before(self, t: int) -> int:
        """Return the last step before t whose state is at hand, in the block that begins with a kept one."""
        kept = t - t % self.stride
        return max((known for known in self._near if kept < known < t), default=kept)

    def _make_again(self, t: int, deadline: float = inf) -> None:
        """Bring a state near: step forward to it from the last known one. Those on the way stay, if memory bears it."""
        begin = self._known_before(t)
        if begin not in self._near:
            self._near = {}
        state = self._near[begin] if begin in self._near else self._kept[begin]
        for step in range(begin + 1, t + 1):
            state = self._step(self._schedule.apply_edits(step - 1, state), step)
            self._near[step] = state
            if len(self._near) * self._state_bytes > self.budget * NEAR_SHARE and len(self._near) > 2:
                del self._near[next(iter(self._near))]  # the earliest: they stand in the order of their steps
            if perf_counter() + self._pace > deadline:  # the next one would not be there in time
                break

    def _missing(self, t: int) -> int | None:
        """Return which state has to be made again before a recorded step and the one before it can be shown."""
        for step in (t, t - 1):
            if step >= 0 and step != self.recorded and step not in self._kept and step not in self._near:
                return step
        return None

    def wait_for(self, t: int) -> float:
        """Return about how many seconds it takes until a recorded step can be shown, judged by the last ones."""
        missing = self._missing(t)
        return 0.0 if missing is None else (missing - self._known_before(missing)) * self._pace

    def come_nearer(self, t: int, deadline: float) -> bool:
        """Make states again on the way to t until the clock passes a deadline; tell whether t can be shown."""
        missing = self._missing(t)
        if missing is not None:
            self._make_again(missing, deadline)
        return self._missing(t) is None

    def shown_at_once(self, t: int) -> int:
        """Return a step near t that can be shown without waiting: the one after a kept step, which led there."""
        return min(t - t % self.stride + 1, self.recorded)

    def frame(self, t: int) -> Frame[P, S]:
        """Return the frame at t, recording up to it where needed. Raises IndexError for a step that cannot be made."""
        if t < 0:
            raise IndexError(f"step {t} is before the start")
        while self.recorded < t and not (self._snapshot and self._snapshot[0] == t):
            if self.error:
                raise IndexError(f"step {t} cannot be made: {self.error}")
            self.extend()
        made = self.made(t)
        state = self._schedule.apply_edits(t, made)
        error = self.error if t == self.recorded else ""
        return Frame(t, made, state, self.params_at(t - 1), self.params_at(t), error)

    def events_at(self, t: int) -> tuple[str, ...]:
        """Return what began in the step into t, as the view parameters of the recipe choose."""
        if t not in self.events or self._shows_all[self._schedule.index_at(t - 1)]:
            return self.events.get(t, ())
        before = self._schedule.apply_edits(t - 1, self.made(t - 1))
        return self.topic.events(before, self.made(t), self.params_at(t - 1))

    def next_event(self, t: int) -> int | None:
        """Return the next recorded step after t at which something began or was changed, or None."""
        began = sorted(takewhile(lambda step: step > t, reversed(self.events)))  # they stand in order
        event = next((step for step in began if self.events_at(step)), None)
        changes = (change.step for change in self.recipe.edits if change.step > t)
        return min((step for step in (event, *changes) if step is not None), default=None)

    def event_steps(self) -> list[int]:
        """Return the steps in which something began, as the view parameters choose, in their order."""
        return sorted(self.events if all(self._shows_all) else (t for t in self.events if self.events_at(t)))

    def fork(self, recipe: Recipe[P]) -> Timeline[P, S]:
        """Return the timeline of another recipe, sharing every frame that both have."""
        common = self.common_steps(recipe)
        if common is None:
            return Timeline(self.topic, recipe, self.budget)
        last = min(common, self.recorded)
        child = copy(self)
        child._follow(recipe)
        child.end = None
        if self._snapshot and self._snapshot[0] > common:
            child._snapshot = None
        if common == last:  # else all that is recorded is common
            child.error = ""
        child.events, child._kept = self._until(last, self.events), self._until(last, self._kept)
        child.steps_of = {key: steps[: bisect_right(steps, last)] for key, steps in self.steps_of.items()}
        child._last = self.made(last)
        child._near = self._until(last, self._near)
        child.series = self.series.cut(last)
        child.series.append(child._row(last))  # shows the edits made there, so it is made anew
        if self.recipe.params == recipe.params:  # then both show the same events
            child.end = self.end if self.end is not None and self.end <= last else None
        else:
            child._look_for_end(child.events)
        return child

    def _until(self, last: int, known: dict[int, V]) -> dict[int, V]:
        """Return what is known of the steps up to the last; a copy of all takes a tenth of the time of a choice."""
        return known.copy() if last >= self.recorded else {t: value for t, value in known.items() if t <= last}

    def common_steps(self, recipe: Recipe[P]) -> int | None:
        """Return the last step that both recipes make alike (its edits may differ), or None if the starts differ."""
        ours, theirs = self.recipe, recipe
        if (ours.seed, with_defaults(ours.params, "view")) != (theirs.seed, with_defaults(theirs.params, "view")):
            return None
        pairs = zip(ours.edits, theirs.edits, strict=False)
        same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(ours.edits), len(theirs.edits)))
        parting = [edits[same].step for edits in (ours.edits, theirs.edits) if len(edits) > same]
        return min(parting, default=sys.maxsize)


def bytes_of(value: Any, shared_with: Any = None) -> int:
    """Return what Python takes for a state, leaving out the parts it shares with its neighbour."""
    if value is shared_with or value is None or isinstance(value, bool | str):
        return 0
    size = sys.getsizeof(value)
    if is_dataclass(value):
        size += sum(bytes_of(getattr(value, f.name), getattr(shared_with, f.name, None)) for f in fields(value))
    elif isinstance(value, tuple):
        is_alike = isinstance(shared_with, tuple) and len(shared_with) == len(value)
        size += sum(map(bytes_of, value, shared_with if is_alike else (None,) * len(value)))
    return size
