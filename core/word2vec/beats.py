"""The beats of a step of word2vec: the window read, the net forward, p − t, the gradients, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.nn.update_rules import first_order, needed
from core.run.streams import Streams
from core.word2vec.algorithm import Params, Parts, State, moved, next_batch, step, taken_apart, with_rows

BEATS = ("read", "forward", "error", "backward", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return the beats of a step, the same for every model and rule."""
    return BEATS


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    if state.diverged:
        return step(state, params, rng)
    batch, negatives = next_batch(state.t, params, rng)
    with np.errstate(all="ignore"):
        return moved(state, params, _updated(state, params, taken_apart(state, params, batch)), negatives)


def _updated(state: State, params: Params, shown: Parts) -> Parts:
    """Return the parts with both tables as the rule leaves them that is given the gradient shown, whatever it asks."""
    rule, few = first_order(params.optimizer, params.learning_rate), not isinstance(shown.rows, slice)
    old = state.vectors[shown.rows]
    new, memory = rule.step(old, rule.start(old) if few else state.memory, lambda _: shown.slope)
    vectors = with_rows(state.vectors, shown.rows, new)
    return replace(shown, vectors=vectors, memory=state.memory if few else needed(memory))
