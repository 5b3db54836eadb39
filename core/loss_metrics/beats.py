"""The beats of a step: forward to p, the error of each point, the gradient, the update."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.data.class_sets import Targets
from core.loss_metrics.algorithm import State, moved, next_batch, step
from core.loss_metrics.settings import Params, data_of
from core.loss_metrics.unit import net_of, rule_of
from core.nn import training
from core.nn.beats import BEATS, Parts, updated
from core.run.streams import Streams
from core.run.values import Floats


def parts(before: State, after: State, params: Params) -> Parts:
    """Return the parts of the step between two states, computed again: they are kept nowhere."""
    data, batch = data_of(params), after.batch[after.batch >= 0]
    examples = (data.points[batch], data.targets[batch]) if params.batch_size else (data.points, data.targets)
    with np.errstate(all="ignore"):
        return _taken_apart(before, params, *examples)


def _taken_apart(state: State, params: Params, x: Floats, t: Targets) -> Parts:
    return training.train(net_of(params.loss), rule_of(params), state.weights, state.memory, x, t)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != BEATS:
        return state
    if state.diverged:
        return step(state, params, rng)
    examples, batch = next_batch(state.t + 1, params, rng)
    with np.errstate(all="ignore"):
        shown = _taken_apart(state, params, *examples)
        weights, memory = updated(rule_of(params), state.weights, state.memory, shown.gradient)
        return moved(state, params, shown.seen, batch, weights, memory)
