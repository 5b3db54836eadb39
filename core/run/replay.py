"""A run from its recipe, frame after frame, keeping nothing: what a frame is, in its shortest form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from core.run.recipe import Recipe, Schedule
from core.run.streams import Streams
from core.run.timeline import Frame
from core.run.topic import Topic

P = TypeVar("P")
S = TypeVar("S")


def replay(topic: Topic[P, S], recipe: Recipe[P], steps: int) -> Iterator[tuple[Frame[P, S], tuple[str, ...]]]:
    """Yield each frame from the start on with what began in its step; stop after `steps` or at the event `end`."""
    schedule = Schedule(recipe)
    used = schedule.params_at(-1)
    made = topic.start(used, Streams.start(recipe.seed))
    began: tuple[str, ...] = ()
    for t in range(steps + 1):
        params = schedule.params_at(t)
        state = schedule.apply_edits(t, made)
        yield Frame(t, made, state, used, params), began
        if t == steps or "end" in began:
            return
        made = topic.step(state, params, Streams.step(recipe.seed, t + 1))
        began = topic.events(state, made, params)
        used = params
