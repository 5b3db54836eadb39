"""The beats of a step: both nets forward, the error, the gradient, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.dense.algorithm import Learner, State, after_step, moved, next_batch, step, used
from core.dense.nets import NETS, NetName, movable, net_of, rule_of
from core.dense.settings import Params, data_of
from core.nn.losses import Numbers
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
    gradient: Floats  # backward: ∂L/∂weights where the rule asked for it; 0 where weights are held
    weights: Floats  # update
    memory: Memory


def parts(before: State, after: State, name: NetName, params: Params) -> Parts | None:
    """Return the parts of the step of a net between two states, or None where it made none."""
    if getattr(after, name).status != "running":
        return None
    x, t = used(after, params)
    with np.errstate(all="ignore"):
        return _taken_apart(getattr(before, name), name, params, x, t)


def _taken_apart(learner: Learner, name: NetName, params: Params, x: Floats, t: Numbers) -> Parts:
    """Return the parts of one update of the rule against the gradient of the batch's loss."""
    net, moves, asked = net_of(params, name), movable(params, name), []
    seen = net.look(learner.weights, x, t)

    def slope(at: Floats) -> Floats:
        here = seen if at is learner.weights else net.look(at, x, t)
        asked.append(here.gradient if moves is None else np.where(moves, here.gradient, 0.0))
        return asked[-1]

    weights, memory = rule_of(params).step(learner.weights, learner.memory, slope)
    return Parts(seen, asked[-1], weights if moves is None else np.where(moves, weights, learner.weights), memory)


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
    weights, memory = rule_of(params).step(learner.weights, learner.memory, lambda _: shown.gradient)
    weights = weights if moves is None else np.where(moves, weights, learner.weights)
    return moved(learner, weights, memory, shown.seen, t)
