"""The beats of a step: every net forward, the error, the gradient, the update."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.activations.algorithm import Learner, State, examples, gone, moved, net_of, next_batch, rule_of
from core.activations.settings import Function, Params
from core.data.class_sets import Targets
from core.nn import training
from core.nn.beats import BEATS, Parts, updated
from core.run.streams import Streams
from core.run.values import Floats


def parts(before: State, after: State, function: Function, params: Params) -> Parts | None:
    """Return the parts of the step of a net between two states, or None where it made none."""
    if after.of(function, params).status != "running":
        return None
    with np.errstate(all="ignore"):
        return _taken_apart(before.of(function, params), function, params, *examples(after.batch, params))


def _taken_apart(net: Learner, function: Function, params: Params, x: Floats, t: Targets) -> Parts:
    return training.train(net_of(function, params), rule_of(params), net.weights, net.memory, x, t)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    batch = next_batch(state, params, rng)
    x, t = examples(batch, params)
    pairs = zip(params.functions, state.nets, strict=True)
    with np.errstate(all="ignore"):
        return State(state.t + 1, batch, tuple(_updated(net, function, params, x, t) for function, net in pairs))


def _updated(net: Learner, function: Function, params: Params, x: Floats, t: Targets) -> Learner:
    """Return a net as the rule leaves it that is given the gradient shown, whatever it asks."""
    if net.status in ("diverged", "out"):
        return gone(net)
    shown = _taken_apart(net, function, params, x, t)
    weights, memory = updated(rule_of(params), net.weights, net.memory, shown.gradient)
    return moved(net, weights, memory, shown.seen, t)
