"""Scenes: short films about a claim, with a question in them; and tasks for the learner's own hands.

Texts and recipes stand in the topic's toml; the check of each is a function of the same name in
`playground/topics/<topic>/scenes.py`. A scene's check looks at all its recipes and says what is true, a task's at one
frame of the learner's run, as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.run import timeline
from core.run.explanation import Focus
from core.run.recipe import Recipe
from playground.recipes.plain_recipes import read_recipe
from playground.scenes.mark import ClaimMark
from playground.scenes.question import Answer, Question
from playground.topic_list import TopicEntry
from playground.words.texts import Texts

Timeline = timeline.Timeline[Any, Any]
Runs = Mapping[str, Timeline]
DEFAULT_SECONDS = 10.0


@dataclass(frozen=True)
class Outcome:
    """Whether a claim was seen to hold, the numbers that its result sentence names, and the answer to its question."""

    holds: bool
    values: Mapping[str, object] = field(default_factory=dict)
    truth: Answer = None


class Seen:
    """A step of the learner's run, all that the check of a task may look at: it takes no time to speak of."""

    def __init__(self, run: Timeline, t: int) -> None:
        self._run, self.t = run, t

    @property
    def recipe(self) -> Recipe[Any]:
        """The recipe of the run: how it began, and the edits made so far."""
        return self._run.recipe

    @property
    def state(self) -> Any:
        """The state at the step, after the edits made there."""
        return self._run.frame(self.t).state

    @property
    def params(self) -> Any:
        """The parameters in force at the step."""
        return self._run.params_at(self.t)

    @property
    def row(self) -> Mapping[str, Any]:
        """The numbers recorded of the step, by their names."""
        return self._run.series.row(self.t)

    def began(self, event: str) -> bool:
        """Tell whether an event began in the step."""
        return event in self._run.events.get(self.t, ())


Check = Callable[[Runs], Outcome]
TaskCheck = Callable[[Seen], bool]


@dataclass(frozen=True)
class Moment:
    """Where a film pauses by itself: a step or an event; with one sentence, and the focus of what it speaks of."""

    at: int | str
    texts: Texts
    focus: Focus | None = None

    def is_at(self, run: Timeline, t: int) -> bool:
        """Tell whether it is the step into t of a run."""
        return t == self.at or (t > 0 and self.at in run.events.get(t, ()))


@dataclass(frozen=True)
class SetUp:
    """What is in front before a scene begins; view parameters are those of its recipe."""

    panels: tuple[str, ...] = ()  # that are brought forward
    zoom: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # by panel: x0, x1, y0, y1
    beat: str = ""
    room: str = ""  # the panel that has all the room beside the big picture; that of an asked curve needs no word
    stacked: bool = False  # whether the big picture stands over the plot that is asked, both over the full width
    alone: bool = False  # whether the first of its panels has all the room

    @classmethod
    def read_from(cls, tree: Mapping[str, Any]) -> SetUp:
        """Return what a scene's `panel` and `stage` describe. Raises ValueError for an unknown arrangement."""
        stage = tree.get("stage", {})
        if (arrange := stage.get("arrange", "beside")) not in ("beside", "stacked", "alone"):
            raise ValueError(f"no arrangement of panels: {arrange}")
        panels = tuple(stage.get("panels", (tree["panel"],) if "panel" in tree else ()))
        zoom = {panel: tuple(map(float, ends)) for panel, ends in stage.get("zoom", {}).items()}
        given = stage.get("beat", ""), stage.get("room", ""), arrange == "stacked", arrange == "alone"
        return cls(panels, zoom, *given)


@dataclass(frozen=True)
class Scene:
    """A scene or a task of one topic."""

    entry: TopicEntry
    id: str
    claims: tuple[str, ...]
    texts: Texts
    plain: tuple[tuple[str, Mapping[str, Any], int], ...]  # name, recipe as plain data, steps
    focus: Focus | None = None
    set_up: SetUp = SetUp()
    seconds: float = DEFAULT_SECONDS  # that the film takes
    moments: tuple[Moment, ...] = ()
    question: Question | None = None
    mark: ClaimMark | None = None  # of what its claim speaks of

    @property
    def is_task(self) -> bool:
        """Whether the learner has to reach something."""
        return not self.claims

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its runs."""
        return tuple(name for name, _, _ in self.plain)

    def recipe(self, name: str = "") -> Recipe[Any]:
        """Return one of its recipes, the first where none is named."""
        data = next(data for own, data, _ in self.plain if name in (own, ""))
        version = self.entry.core.VERSION
        return read_recipe({"topic": self.entry.id, "version": version, "seed": 0, "changes": [], **data})

    @property
    def length(self) -> int:
        """The step at which its film ends: the last of its longest run."""
        return max(steps for _, _, steps in self.plain)

    @property
    def pace(self) -> float:
        """Steps a second, so that the film takes the time it names."""
        return self.length / self.seconds

    def steps(self, name: str = "") -> int:
        """Return how many steps one of its runs takes."""
        return next(steps for own, _, steps in self.plain if name in (own, ""))

    def check(self) -> Outcome:
        """Replay every run of the scene and return whether its claim holds."""
        return self.judged({name: self.recorded(name) for name in self.names})

    def judged(self, runs: Mapping[str, Timeline]) -> Outcome:
        """Return whether the claim holds of its recorded runs, by their names."""
        check: Check = getattr(self.entry.checks, self.id)
        return check(runs)

    def reached_at(self, run: Timeline, t: int) -> bool:
        """Tell whether the step into t of a run does what the task asks."""
        check: TaskCheck = getattr(self.entry.checks, self.id)
        return check(Seen(run, t))

    def reached(self, run: Timeline) -> bool:
        """Tell whether any recorded step of a run, its start among them, does what the task asks."""
        return any(self.reached_at(run, t) for t in range(run.recorded + 1))

    def recorded(self, name: str = "") -> Timeline:
        """Return one of its runs, recorded to its last step or its end."""
        run = timeline.Timeline(self.entry.core, self.recipe(name))
        run.record(self.steps(name))
        return run


def scenes(entry: TopicEntry) -> tuple[Scene, ...]:
    """Return the scenes and tasks of a topic in the order of its toml."""
    return tuple(_scene(entry, id, tree) for id, tree in entry.texts.tree.get("scenes", {}).items())


def _scene(entry: TopicEntry, id: str, tree: dict[str, Any]) -> Scene:
    runs = tuple(
        (run.get("name", "run"), {k: v for k, v in run.items() if k in ("params", "changes", "seed")}, run["steps"])
        for run in tree["runs"]
    )
    claims, focus = tuple(tree.get("claims", ())), Focus.of(tree.get("focus", ""))
    moments = tuple(Moment(m["at"], Texts(m), Focus.of(m.get("focus", ""))) for m in tree.get("moments", ()))
    question = Question.read_from(tree["ask"]) if "ask" in tree else None
    seconds = tree.get("seconds", DEFAULT_SECONDS)
    mark = _mark(entry, tree["mark"]) if "mark" in tree else None
    return Scene(entry, id, claims, Texts(tree), runs, focus, SetUp.read_from(tree), seconds, moments, question, mark)


def _mark(entry: TopicEntry, tree: dict[str, Any]) -> ClaimMark:
    return ClaimMark(entry, tree["what"], tuple(tree.get("of", ())), Texts(tree))


def column(run: Timeline, name: str) -> NDArray[np.float64]:
    """Return one series of a run, for the checks."""
    return run.series.column(name)


def last_state(run: Timeline) -> Any:
    """Return the state of the last recorded step, for the checks."""
    return run.frame(run.recorded).state


def first_step(run: Timeline, event: str) -> int | None:
    """Return the step in which an event first began, or None."""
    return min((t for t, keys in run.events.items() if event in keys), default=None)
