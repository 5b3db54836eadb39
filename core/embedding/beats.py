"""The beats of a step: a sentence on its way to its score, the loss, the way back, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.embedding.algorithm import Learner, State, after_step, examples, moved, next_batch
from core.embedding.nets import NetName, net_of, nets_of, rule_of
from core.embedding.settings import Params
from core.nn import training
from core.nn.beats import Parts, updated
from core.run.streams import Streams
from core.run.values import Ints

BEATS = ("tokens", "numbers", "padding", "look-up", "flatten", "dense", "loss", "backward", "update")


def beats(_params: Params, /) -> tuple[str, ...]:
    """Return the beats of a step, the same whatever the sizes."""
    return BEATS


def parts(before: State, after: State, name: NetName, params: Params) -> Parts | None:
    """Return the parts of the step of a net between two states, or None where it made none."""
    if after.learner(name).status != "running":
        return None
    with np.errstate(all="ignore"):
        return _taken_apart(before.learner(name), name, after.batch, params)


def _taken_apart(learner: Learner, name: NetName, batch: Ints, params: Params) -> Parts:
    x, t = examples(batch, name, params)
    return training.train(net_of(params, name), rule_of(params), learner.weights, learner.memory, x, t)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    batch = next_batch(state.t + 1, params, rng)
    with np.errstate(all="ignore"):
        return after_step(state, batch, [_updated(state, name, batch, params) for name in nets_of(params)])


def _updated(state: State, name: NetName, batch: Ints, params: Params) -> Learner:
    """Return a net as the rule leaves it that is given the gradient shown, whatever it asks."""
    learner = state.learner(name)
    if learner.status in ("diverged", "out"):
        return replace(learner, status="out")
    shown = _taken_apart(learner, name, batch, params)
    weights, memory = updated(rule_of(params), learner.weights, learner.memory, shown.gradient)
    return moved(learner, weights, memory, shown.seen, examples(batch, name, params)[1])
