"""The beats of a step: the cell at each time, the way back, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from core.nn.training import clipped
from core.rnn.algorithm import Parts, State, batch_of, moved, next_batch, step, taken_apart
from core.rnn.net import rule_of
from core.rnn.settings import Params
from core.run.streams import Streams
from core.run.values import kept

LAST = ("back", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return `time_0` …, one for each time of the sequences, then `back` and `update`."""
    return _names(params.length)


@lru_cache
def _names(length: int) -> tuple[str, ...]:
    return (*(f"time_{t}" for t in range(length)), *LAST)


def time_of(beat: str) -> int | None:
    """Return which time a beat stands for; None for the way back, the update and the whole step.

    >>> time_of("time_7"), time_of("back"), time_of("")
    (7, None, None)
    """
    return int(beat.removeprefix("time_")) if beat.startswith("time_") else None


@kept(4)
def parts(before: State, after: State, params: Params) -> Parts | None:
    """Return the parts of the step between two states, computed again; None where none was made."""
    batch = batch_of(after, params)
    if batch is None or after.diverged:
        return None
    with np.errstate(all="ignore"):
        return taken_apart(before, params, batch)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != _names(params.length):
        return state
    if state.diverged:
        return step(state, params, rng)
    with np.errstate(all="ignore"):
        shown = taken_apart(state, params, next_batch(state, params, rng))
        push = clipped(shown.gradient, params.clip)
        weights, memory = rule_of(params).step(state.weights, state.memory, lambda _: push)
        return moved(state, params, replace(shown, weights=weights, memory=memory))
