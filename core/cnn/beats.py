"""The beats of a step: layer by layer forwards, the loss, layer by layer back, the update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from core.cnn.algorithm import State, examples, moved, next_batch, rule_of, step
from core.cnn.settings import Params, net
from core.nn.training import Look
from core.nn.update_rules import Memory
from core.run.streams import Streams
from core.run.values import Floats, kept


def beats(params: Params, /) -> tuple[str, ...]:
    """Return `layer_1` … `layer_n`, `loss`, `back_n` … `back_1`, `update`: n is the number of layers."""
    return _names(len(params.layers))


@lru_cache
def _names(n: int) -> tuple[str, ...]:
    places = range(1, n + 1)
    return (*(f"layer_{k}" for k in places), "loss", *(f"back_{k}" for k in reversed(places)), "update")


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step is made of, beat by beat: composed in this order they are the step."""

    seen: Look  # layer_1 … layer_n: what each layer gives; loss: that, and ∂L/∂z
    asked: Look  # the net where the rule asked for the gradient: ahead of the weights with Nesterov, else the same
    weights: Floats  # update
    memory: Memory

    @property
    def gradient(self) -> Floats:
        """∂L/∂weights that the rule was given, a vector."""
        return self.asked.gradient

    @cached_property
    def slopes(self) -> tuple[Floats, ...]:
        """∂L/∂y_k of every digit of the batch, k = 0 … n; y_0 are the pictures, of the last layer it is ∂L/∂z."""
        stack, slope = self.asked.net.bare[0], self.asked.judged.slope_of_mean
        back = [by_given for by_given, _ in stack.way_back(self.asked.weights, self.asked.made, slope)]
        return (*reversed(back), slope)


@kept(4)
def parts(before: State, after: State, params: Params) -> Parts | None:
    """Return the parts of the step between two states, or None where none was made."""
    if after.status != "running":
        return None
    with np.errstate(all="ignore"):
        return _taken_apart(before.weights, before.memory, params, *examples(after.batch))


def _taken_apart(weights: Floats, memory: Memory, params: Params, x: Floats, t: Any) -> Parts:
    """Return the parts of one update of the rule against the gradient of the batch's loss."""
    made = net(params.layers)
    asked = [made.look(weights, x, t)]
    seen = asked[0]

    def slope(at: Floats) -> Floats:
        if at is not weights:
            asked.append(made.look(at, x, t))
        return asked[-1].gradient

    after, remembered = rule_of(params).step(weights, memory, slope)
    return Parts(seen, asked[-1], after, remembered)


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != _names(len(params.layers)):
        return state
    if state.status == "diverged":
        return step(state, params, rng)
    batch = next_batch(state.t + 1, params, rng)
    with np.errstate(all="ignore"):
        shown = _taken_apart(state.weights, state.memory, params, *examples(batch))
        weights, memory = rule_of(params).step(state.weights, state.memory, lambda _: shown.gradient)
        return moved(state, batch, weights, memory, shown.seen, params)
