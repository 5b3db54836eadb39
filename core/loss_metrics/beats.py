"""The beats of a step: forward to p, the error of each point, the gradient, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.class_sets import Targets
from core.loss_metrics.algorithm import State, moved, next_batch, step
from core.loss_metrics.settings import Params, data_of
from core.loss_metrics.unit import net_of, rule_of
from core.nn.training import Look
from core.nn.update_rules import Memory
from core.run.streams import Streams
from core.run.values import Floats

BEATS = ("forward", "error", "backward", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return the beats of a step, the same for every loss and rule."""
    return BEATS


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step is made of, beat by beat: composed in this order they are the step."""

    seen: Look  # forward: z and p of the batch; error: its losses and their slopes by z
    gradient: Floats  # backward: (3,), ∂L/∂(w_x, w_y, b) where the rule asked for it
    weights: Floats  # update
    memory: Memory


def parts(before: State, after: State, params: Params) -> Parts:
    """Return the parts of the step between two states, computed again: they are kept nowhere."""
    data, batch = data_of(params), after.batch[after.batch >= 0]
    examples = (data.points[batch], data.targets[batch]) if params.batch_size else (data.points, data.targets)
    with np.errstate(all="ignore"):
        return _taken_apart(before, params, *examples)


def _taken_apart(state: State, params: Params, x: Floats, t: Targets) -> Parts:
    """Return the parts of one update of the rule against the gradient of the batch's loss."""
    net, rule = net_of(params.loss), rule_of(params)
    seen = net.look(state.weights, x, t)
    asked = []

    def slope(at: Floats) -> Floats:
        asked.append(seen.gradient if at is state.weights else net.look(at, x, t).gradient)
        return asked[-1]

    weights, memory = rule.step(state.weights, state.memory, slope)
    return Parts(seen, asked[-1], weights, memory)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    if state.diverged:
        return step(state, params, rng)
    examples, batch = next_batch(state.t + 1, params, rng)
    rule = rule_of(params)
    with np.errstate(all="ignore"):
        shown = _taken_apart(state, params, *examples)
        weights, memory = rule.step(state.weights, state.memory, lambda _: shown.gradient)
        return moved(state, params, shown.seen, batch, weights, memory)
