"""The same net several times on one clock, each with another function in its hidden units.

    a_0 = x,   z_k = a_{k−1}·W_k + b_k,   a_k = f(z_k)     the hidden layers, k = 1 … layers
    z = a·W + b,   p = σ(z)                                the last one: one unit, the same in every net

    one step    takes the next batch, the same for every net;  L = mean of log(1 + e^z) − t·z
                W, b ← one update of the chosen rule against ∂L/∂W, ∂L/∂b

All nets start from the same numbers and see the same points, so all that tells them apart is f: by its slope it decides
how much of the error reaches the layers before, ∂L/∂z_k = ∂L/∂a_k · f′(z_k). The functions are `core.nn.activations`,
the layer is `core.nn.layers.dense`, the step `core.nn.training`, the rules those of the race of optimizers.

Sources: Rumelhart, Hinton & Williams (1986) for the net; Hochreiter (1991) for what becomes of slopes that multiply;
Glorot & Bengio (2010) and He et al. (2015) for the two starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from core.activations.settings import FEATURES, FUNCTIONS, Function, Params, data_of
from core.data.class_sets import Targets
from core.nn import activations, training
from core.nn.activations import softmax
from core.nn.layers import Dense, stack_of
from core.nn.metrics import accuracy, called
from core.nn.training import Look, Net
from core.nn.update_rules import Memory, UpdateRule, first_order, needed
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, locked

VERSION = 1
ALL = locked(np.empty(0, dtype=np.int64))  # the batch of a step that takes every point

EDITS = ()
CONSTANT_ARRAYS = frozenset(
    {
        "points",
        "targets",
        "curve_x",
        "softmax",
        *(f"{name}.{what}" for name in FUNCTIONS for what in ("curve", "slope")),
    }
)


@frozen
class Learner:
    """One of the nets: its weights, what its rule remembers, and what the step that led here saw before its update."""

    weights: Array  # of all layers, one vector
    memory: Memory
    loss: float = 0.0  # of the batch
    accuracy: float = 0.0
    grad_first: float = 0.0  # ‖∂L/∂W‖ of the first hidden layer
    grad_last: float = 0.0  # of the last hidden layer
    status: Literal["start", "running", "diverged", "out"] = "start"  # diverged for one frame, then out


@frozen
class State:
    """All nets, in the order of their functions, and the batch that led here."""

    t: int
    batch: Ints  # (batch_size,), −1 where there is no example; empty: every point
    nets: tuple[Learner, ...]

    def of(self, function: Function, params: Params) -> Learner:
        """Return the net with a function."""
        return self.nets[params.functions.index(function)]

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights; what the rules remember stays. Raises Refusal for another shape.

        `relu.layer_1.W` is set in that net, `layer_1.W` in every one.
        """
        only, own = _net_and_name(name)
        nets = zip(params.functions, self.nets, strict=True)
        changed = (net if only not in (None, f) else _with_weights(net, f, params, name, own, value) for f, net in nets)
        return replace(self, nets=tuple(changed))


def _net_and_name(name: str) -> tuple[Function | None, str]:
    """Return the net that an array is of, None for every one, and the name the stack has for it."""
    head, _, own = name.partition(".")
    return next(((function, own) for function in FUNCTIONS if function == head), (None, name))


def _with_weights(net: Learner, function: Function, params: Params, name: str, own: str, value: Floats) -> Learner:
    """Return a net with one array changed; one that had left all bounds begins anew."""
    where, shape = net_of(function, params).stack.places[own]
    if value.shape != shape:
        raise Refusal(name, "other_shape", {"given": list(value.shape), "allowed": list(shape)})
    weights = net.weights.copy()
    weights[where] = value.ravel()
    if net.status in ("start", "running"):
        return replace(net, weights=weights)
    return Learner(weights, needed(rule_of(params).start(weights)))


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: those of each net, then those set in every net at once."""
    own = tuple(net_of(params.functions[0], params).stack.places)
    return (*(f"{function}.{name}" for function in params.functions for name in own), *own)


# ---- nets and rule


def net_of(function: Function, params: Params) -> Net:
    """Return the net with a function: its layers, and cross-entropy as its loss."""
    return _net(function, params.units, params.layers)


@lru_cache(maxsize=64)
def _net(function: Function, units: int, layers: int) -> Net:
    hidden = [Dense(units, activation=function, input_shape=(FEATURES,))]
    hidden += [Dense(units, activation=function)] * (layers - 1)
    return Net(stack_of([*hidden, Dense(1, activation="sigmoid")]), "cross-entropy")


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule with its settings at their defaults, which are those of the race of optimizers."""
    return first_order(params.optimizer, params.learning_rate)


# ---- a run


def start(params: Params, rng: Streams) -> State:
    """Return every net with the same first weights, biases 0."""
    weights = net_of(params.functions[0], params).stack.start(rng.generator, params.init)
    net = Learner(weights, needed(rule_of(params).start(weights)))
    batch = training.as_row(None, 0, params.batch_size) if params.batch_size else ALL
    return State(0, batch, (net,) * len(params.functions))


def step(state: State, params: Params, rng: Streams) -> State:
    """Return every net after one update from the same batch; one that would leave all bounds stays as it is."""
    batch = next_batch(state, params, rng)
    x, t = examples(batch, params)
    made = []
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        for function, net in zip(params.functions, state.nets, strict=True):
            if net.status in ("start", "running"):
                trained = training.train(net_of(function, params), rule_of(params), net.weights, net.memory, x, t)
                made.append(moved(net, trained.weights, trained.memory, trained.seen, t))
            else:
                made.append(gone(net))
    return State(state.t + 1, batch, tuple(made))


def next_batch(state: State, params: Params, rng: Streams) -> Ints:
    """Return the examples that the step after a state takes, as its row has them."""
    if not params.batch_size:
        return ALL
    n = len(data_of(params).x)
    return training.as_row(training.batch_of(state.t + 1, n, params.batch_size, rng), n, params.batch_size)


def examples(batch: Ints, params: Params) -> tuple[Floats, Targets]:
    """Return points and targets of a batch."""
    data = data_of(params)
    if not params.batch_size:
        return data.x, data.t
    chosen = batch[batch >= 0]
    return data.x[chosen], data.t[chosen]


def moved(net: Learner, weights: Floats, memory: Memory, seen: Look, t: Targets) -> Learner:
    """Return the net with new weights and what it saw on its way; the old one where they leave ±10¹²."""
    if not (seen.loss <= LARGEST and np.abs(weights).max() <= LARGEST):  # false for nan, too
        return replace(net, status="diverged")
    lengths = slope_lengths(seen.net, seen.gradient)
    return Learner(weights, needed(memory), seen.loss, accuracy(called(seen.scores), t), *lengths, "running")


def gone(net: Learner) -> Learner:
    """Return a net that has left all bounds, for good."""
    return net if net.status == "out" else replace(net, status="out")


def slope_lengths(net: Net, gradient: Floats) -> tuple[float, float]:
    """Return ‖∂L/∂W‖ of the first and of the last hidden layer: the root of the sum of all its squares."""
    first, last = (net.stack.places[f"layer_{k}.W"][0] for k in (1, len(net.stack.layers) - 1))
    return float(np.linalg.norm(gradient[first])), float(np.linalg.norm(gradient[last]))


# ---- what a row tells


def series(state: State, params: Params) -> Series:
    """Return of every net loss, accuracy and both gradients, all of the step that led here; and the finished epochs."""
    row: Series = {}
    for function, net in zip(params.functions, state.nets, strict=True):
        names, told = _names(function), (net.loss, net.accuracy, net.grad_first, net.grad_last)
        row.update(zip(names, told, strict=True) if net.status == "running" else dict.fromkeys(names, NOTHING))
    row["epoch"] = float(training.epochs_after(state.t, len(data_of(params).x), params.batch_size))
    return row


@lru_cache
def _names(function: Function) -> tuple[str, ...]:
    return tuple(f"{function}.{name}" for name in ("loss", "accuracy", "grad_first", "grad_last"))


def arrays(state: State, params: Params) -> Arrays:
    """Return the weights of every net, the batch, the data; curves, their slopes and the softmax of the logits."""
    data, x = data_of(params), params.curve_x
    n = len(data.x)
    batch = state.batch if params.batch_size else training.as_row(np.arange(n) if state.t else None, n, 0)
    told: Arrays = {**dict(_weights(state, params)), "batch": batch, "points": data.x, "targets": data.t, "curve_x": x}
    for function in params.functions:
        told[f"{function}.curve"] = activations.value(function, x)
        told[f"{function}.slope"] = activations.slope(function, x)
    return {**told, "softmax": softmax(np.array(params.logits) / params.temperature)}


def _weights(state: State, params: Params) -> Iterator[tuple[str, Floats]]:
    """Yield the arrays that can be set; of a net that has left all bounds they do not exist any more."""
    for function, net in zip(params.functions, state.nets, strict=True):
        for name, array in net_of(function, params).stack.named(net.weights).items():
            yield f"{function}.{name}", np.full(array.shape, NOTHING) if net.status == "out" else array


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return which nets diverged, with `end` when none is left, and a finished epoch.

    Where every step takes all points it is an epoch itself, and nothing is told of it.
    """
    pairs = zip(params.functions, after.nets, strict=True)
    keys = tuple(f"diverged: {function}" for function, net in pairs if net.status == "diverged")
    if keys and all(net.status in ("diverged", "out") for net in after.nets):
        return (*keys, "end")
    ends = params.batch_size and training.ends_epoch(after.t, len(data_of(params).x), params.batch_size)
    return (*keys, "epoch") if ends else keys
