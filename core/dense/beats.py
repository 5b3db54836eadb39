"""The beats of a step: both nets forward, the error, the gradient, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.dense.algorithm import Learner, State, after_step, moved, next_batch, step, used
from core.dense.nets import NETS, NetName, movable, net_of, rule_of
from core.dense.settings import Params, data_of
from core.nn import training
from core.nn.beats import BEATS, Parts, updated
from core.nn.losses import Numbers
from core.run.streams import Streams
from core.run.values import Floats


def parts(before: State, after: State, name: NetName, params: Params) -> Parts | None:
    """Return the parts of the step of a net between two states, or None where it made none."""
    if getattr(after, name).status != "running":
        return None
    x, t = used(after, params)
    with np.errstate(all="ignore"):
        return _taken_apart(getattr(before, name), name, params, x, t)


def _taken_apart(learner: Learner, name: NetName, params: Params, x: Floats, t: Numbers) -> Parts:
    net, moves = net_of(params, name), movable(params, name)
    return training.train(net, rule_of(params), learner.weights, learner.memory, x, t, moves=moves)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    if not data_of(params).has_targets:
        return step(state, params, rng)
    x, t, batch = next_batch(state.t + 1, params, rng)
    with np.errstate(all="ignore"):
        return after_step(state, batch, [_updated(getattr(state, name), name, params, x, t) for name in NETS])


def _updated(learner: Learner, name: NetName, params: Params, x: Floats, t: Numbers) -> Learner:
    """Return a net as the rule leaves it that is given the gradient shown, whatever it asks."""
    if learner.status in ("diverged", "out"):
        return replace(learner, status="out")
    shown, moves = _taken_apart(learner, name, params, x, t), movable(params, name)
    weights, memory = updated(rule_of(params), learner.weights, learner.memory, shown.gradient, moves)
    return moved(learner, weights, memory, shown.seen, t)
