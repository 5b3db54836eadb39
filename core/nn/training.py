"""One step of training: forward, loss, backward, update.

    z = net(x),   L = mean of the losses of z beside t,   g = ∂L/∂weights,   weights ← rule(weights, g)

The rules are those of the race in Optimizers. All weights lie in one vector, so a rule moves them together. The loss is
told the scores z, before the last layer's function: softmax and the logarithm of cross-entropy undo each other there.

A step takes one batch. Examples are shuffled anew each epoch and taken in that order; the last batch of an epoch may be
smaller. Sources: Rumelhart, Hinton & Williams (1986); Bottou (2012), section 3, for the shuffling; Pascanu, Mikolov &
Bengio (2013), algorithm 1, for the clipping.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.nn import activations, losses
from core.nn.activations import Activation
from core.nn.layers.stack import Pass, Stack, States
from core.nn.losses import Judged, Loss, Numbers
from core.nn.update_rules import UpdateRule
from core.run.streams import Streams
from core.run.values import Floats, locked

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Net:
    """A stack and the loss it is trained by."""

    stack: Stack
    loss: Loss

    @cached_property
    def bare(self) -> tuple[Stack, Activation | None]:
        """The stack that gives scores, and the function that was taken off its last layer."""
        return self.stack.of_scores()

    @property
    def function(self) -> Activation | None:
        """What the last layer makes of its scores."""
        return self.bare[1]

    def look(self, weights: Floats, x: Floats, t: Numbers, states: States | None = None) -> Look:
        """Return what the net makes of a batch and how wrong it is; the gradient is made when it is asked for."""
        made = self.bare[0].forward(weights, x, states)
        return Look(self, weights, made, losses.judge(self.loss, self.function, made.outputs[-1], t))


@dataclass(frozen=True, eq=False)
class Look:
    """A net with certain weights before a batch."""

    net: Net
    weights: Floats
    made: Pass  # its last output are the scores
    judged: Judged

    @property
    def scores(self) -> Floats:
        """Return z."""
        return self.made.outputs[-1]

    @property
    def outputs(self) -> Floats:
        """Return f(z): probabilities, or numbers."""
        return activations.value(self.net.function, self.scores)

    @property
    def loss(self) -> float:
        """The batch's mean loss."""
        return self.judged.mean

    @cached_property
    def gradient(self) -> Floats:
        """∂loss/∂weights, a vector."""
        return self.net.bare[0].gradient(self.weights, self.made, self.judged.slope_of_mean)


@dataclass(frozen=True, eq=False)
class Trained:
    """What a step leads to, and what it saw on its way."""

    weights: Floats  # after the step
    memory: Any  # of the rule
    seen: Look  # with the weights before the step; its gradient is not clipped
    gradient: Floats  # that the rule was given: of the point where it looked, 0 where weights are held, clipped


def train(
    net: Net, rule: UpdateRule[Any], weights: Floats, memory: Any, x: Floats, t: Numbers,
    states: States | None = None, clip: float = 0.0, moves: NDArray[np.bool_] | None = None,
) -> Trained:  # fmt: skip
    """Return the step from one batch. Nesterov asks for the gradient at another point than the weights.

    `clip` bounds the length of the gradient, 0 does not; weights where `moves` is false stay as they are.
    """
    seen, asked = net.look(weights, x, t, states), weights

    def gradient(at: Floats) -> Floats:
        nonlocal asked
        g = seen.gradient if at is weights else net.look(at, x, t, states).gradient
        asked = clipped(g if moves is None else np.where(moves, g, 0.0), clip)
        return asked

    after, memory = rule.step(weights, memory, gradient)
    return Trained(after if moves is None else np.where(moves, after, weights), memory, seen, asked)


def clipped(gradient: Floats, most: float) -> Floats:
    """Return the gradient, made shorter if it is longer than `most`; its direction stays. 0 bounds nothing."""
    if not most:
        return gradient
    length = float(np.linalg.norm(gradient))
    return gradient * (most / length) if most < length else gradient


# ---- which examples a step takes


def batches_in(n: int, batch_size: int) -> int:
    """Return how many steps an epoch of n examples has; a batch_size of 0 takes all of them."""
    return 1 if batch_size == 0 else -(-n // batch_size)


def epochs_after(t: int, n: int, batch_size: int) -> int:
    """Return how many epochs are finished after step t."""
    return t // batches_in(n, batch_size)


def ends_epoch(t: int, n: int, batch_size: int) -> bool:
    """Tell whether step t uses the last examples of an epoch."""
    return t > 0 and t % batches_in(n, batch_size) == 0


def batch_of(t: int, n: int, batch_size: int, rng: Streams) -> Indices:
    """Return the examples that step t (from 1) takes of n: a slice of its epoch's order, or all in their own order."""
    if batch_size == 0:
        return np.arange(n)
    epoch, place = divmod(t - 1, batches_in(n, batch_size))
    order = _order_of(rng.seed, epoch, n)
    return order[place * batch_size : (place + 1) * batch_size]


@lru_cache(maxsize=8)
def _order_of(seed: int, epoch: int, n: int) -> Indices:
    """Return the order of an epoch; every step of it takes a slice."""
    return locked(Streams(seed).epoch(epoch).permutation(n))


def as_row(batch: Indices | None, n: int, batch_size: int) -> Indices:
    """Return a batch in the shape that every row has, (batch_size or n,), with −1 where there is no example."""
    row = np.full(batch_size or n, -1, dtype=np.int64)
    if batch is not None:
        row[: len(batch)] = batch
    return locked(row)
