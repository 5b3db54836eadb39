"""The beats of a step of TransE: the error of both triples, the gradients, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.run.streams import Streams
from core.transe.algorithm import State, moved, next_pair, step, taken_apart, updated
from core.transe.settings import Params

BEATS = ("error", "gradients", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return the beats of a step, the same for every distance."""
    return BEATS


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    if state.diverged:
        return step(state, params, rng)
    shown = taken_apart(state, params, *next_pair(state.t + 1, params, rng))
    old = replace(shown, entities=state.entities, relations=state.relations)
    return moved(state, updated(old, params))
