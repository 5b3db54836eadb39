"""The beats of a step: every net forward, the error, the gradient, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.activations.algorithm import Learner, State, examples, gone, moved, net_of, next_batch, rule_of
from core.activations.settings import Function, Params
from core.data.class_sets import Targets
from core.nn.training import Look
from core.nn.update_rules import Memory
from core.run.streams import Streams
from core.run.values import Floats

BEATS = ("forward", "error", "backward", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return the beats of a step, the same for every net and rule."""
    return BEATS


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step of one net is made of, beat by beat: composed in this order they are the step."""

    seen: Look  # forward: what every layer gives; error: the loss and ∂L/∂z
    gradient: Floats  # backward: ∂L/∂weights where the rule asked for it
    weights: Floats  # update
    memory: Memory


def parts(before: State, after: State, function: Function, params: Params) -> Parts | None:
    """Return the parts of the step of a net between two states, or None where it made none."""
    if after.of(function, params).status != "running":
        return None
    with np.errstate(all="ignore"):
        return _taken_apart(before.of(function, params), function, params, *examples(after.batch, params))


def _taken_apart(net: Learner, function: Function, params: Params, x: Floats, t: Targets) -> Parts:
    """Return the parts of one update of the rule against the gradient of the batch's loss."""
    own, asked = net_of(function, params), []
    seen = own.look(net.weights, x, t)

    def slope(at: Floats) -> Floats:
        asked.append(seen.gradient if at is net.weights else own.look(at, x, t).gradient)
        return asked[-1]

    weights, memory = rule_of(params).step(net.weights, net.memory, slope)
    return Parts(seen, asked[-1], weights, memory)


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
    weights, memory = rule_of(params).step(net.weights, net.memory, lambda _: shown.gradient)
    return moved(net, weights, memory, shown.seen, t)
