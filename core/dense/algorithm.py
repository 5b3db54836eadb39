"""A Dense net twice on one clock: with a bias in every unit, and without any.

    z_1 = x·W_1 + b_1,  h_1 = f(z_1),  …  y = g(h·W + b)          without bias: every b left out

    one step    takes the next batch, the same for both nets;  L = mean loss of y beside the targets
                W, b ← one update of the chosen rule against ∂L/∂W, ∂L/∂b

Both start from the same weights, so all that tells them apart is b: without it z = 0 at x = 0, whatever W is. The layer
is `core.nn.layers.dense`, the step `core.nn.training`, the rules those of the race of optimizers.
Source: Rosenblatt (1958), where the bias is the threshold; Rumelhart, Hinton & Williams (1986).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from core.dense.nets import NETS, NetName, in_stack, movable, named, names, net_of, rule_of
from core.dense.settings import Params, data_of
from core.nn import training
from core.nn.losses import Numbers
from core.nn.metrics import accuracy, called
from core.nn.training import Look
from core.nn.update_rules import Memory
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, locked

VERSION = 1
START_SCALE = 0.5  # standard deviation of the first W
ALL = locked(np.empty(0, dtype=np.int64))  # the batch of a step that takes every point
UNSEEN = locked(np.empty(0))

EDITS = ()
RESTS = ("no_targets",)
CONSTANT_ARRAYS = frozenset({"points", "targets"})


@frozen
class Learner:
    """One of the two nets: its weights, what its rule remembers, and what the step that led here saw."""

    weights: Array  # of all layers, one vector
    memory: Memory
    loss: float = 0.0  # of the batch, before the update
    accuracy: float = 0.0  # the same; without meaning where the loss is mse
    status: Literal["start", "running", "diverged", "out"] = "start"  # diverged for one frame, then out


@frozen
class State:
    """Both nets, and the batch that led here."""

    t: int
    batch: Ints  # (batch_size,), −1 where there is no example; empty: every point
    seen: Array  # the weights with bias that the step worked with; empty where there was none
    with_bias: Learner
    without_bias: Learner

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights; what the rules remember stays. Raises ValueError for another shape.

        At the start a W is set in both nets as long as both have the same there: one set for itself stays.
        """
        net, own = _net_and_name(name)
        is_shared = self.t == 0 and net == "with_bias" and own.endswith("W") and self._are_alike(own, params)
        changed: dict[str, Any] = {
            key: _with_weights(getattr(self, key), key, own, value, params) for key in (NETS if is_shared else (net,))
        }
        return replace(self, **changed)

    def _are_alike(self, own: str, params: Params) -> bool:
        one, other = (named(getattr(self, name).weights, name, params)[own] for name in NETS)
        return bool((one == other).all())


def _net_and_name(name: str) -> tuple[NetName, str]:
    """Return the net of an array and its name within that."""
    head, _, rest = name.partition(".")
    return ("without_bias", rest) if head == "without_bias" else ("with_bias", name)


def _with_weights(learner: Learner, net: NetName, name: str, value: Floats, params: Params) -> Learner:
    """Return a net with one array changed; one that had left all bounds begins anew."""
    where, shape = net_of(params, net).stack.places[in_stack(name, params)]
    if value.shape != shape:
        raise ValueError(f"{name} must keep its shape {shape}")
    weights = learner.weights.copy()
    weights[where] = value.ravel()
    if learner.status in ("start", "running"):
        return replace(learner, weights=weights)
    return Learner(weights, rule_of(params).start(weights))


# ---- the start


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: all weights of both nets."""
    own = names(params)
    return (*own, *(f"without_bias.{name}" for name in own if name.endswith("W")))


def start(params: Params, rng: Streams) -> State:
    """Return both nets with the same first weights: the last W normal, those of hidden layers glorot; biases 0."""
    net, bare = (net_of(params, name) for name in NETS)
    inputs = [data_of(params).x.shape[1], *params.hidden][-1]
    last = START_SCALE * rng.generator.standard_normal((inputs, params.units))
    weights = {**net.stack.named(net.stack.start(rng.generator)), in_stack("W", params): last}
    vectors = net.stack.vector(weights), bare.stack.vector(weights)
    learners = (Learner(vector, rule_of(params).start(vector)) for vector in vectors)
    batch = training.as_row(None, 0, params.batch_size) if params.batch_size else ALL
    return State(0, batch, UNSEEN, *learners)


# ---- a step


def step(state: State, params: Params, rng: Streams) -> State:
    """Return both nets after one update from the same batch; one that would leave all bounds stays as it is."""
    x, t, batch = next_batch(state.t + 1, params, rng)
    if not data_of(params).has_targets:
        return replace(state, t=state.t + 1, batch=batch, seen=state.with_bias.weights)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        learners = [_trained(getattr(state, name), name, params, x, t) for name in NETS]
    return after_step(state, batch, learners)


def next_batch(t: int, params: Params, rng: Streams) -> tuple[Floats, Numbers, Ints]:
    """Return points and targets that step t takes, and their indices as a state keeps them."""
    data = data_of(params)
    if not params.batch_size:
        return data.x, data.t, ALL
    batch = training.batch_of(t, len(data.x), params.batch_size, rng)
    return data.x[batch], data.t[batch], training.as_row(batch, len(data.x), params.batch_size)


def used(state: State, params: Params) -> tuple[Floats, Numbers]:
    """Return points and targets that the step into a state took."""
    data, batch = data_of(params), state.batch[state.batch >= 0]
    return (data.x[batch], data.t[batch]) if params.batch_size else (data.x, data.t)


def after_step(state: State, batch: Ints, learners: list[Learner]) -> State:
    """Return the state that a step makes of both nets."""
    seen = state.with_bias.weights if learners[0].status == "running" else UNSEEN
    return State(state.t + 1, batch, seen, *learners)


def _trained(learner: Learner, name: NetName, params: Params, x: Floats, t: Numbers) -> Learner:
    if learner.status in ("diverged", "out"):
        return replace(learner, status="out")
    net, moves = net_of(params, name), movable(params, name)
    made = training.train(net, rule_of(params), learner.weights, learner.memory, x, t, moves=moves)
    return moved(learner, made.weights, made.memory, made.seen, t)


def moved(learner: Learner, weights: Floats, memory: Memory, seen: Look, t: Numbers) -> Learner:
    """Return the net with new weights and what it saw on its way; the old one where they leave ±10¹²."""
    if not (seen.loss <= LARGEST and np.abs(weights).max() <= LARGEST):  # false for nan, too
        return replace(learner, status="diverged")
    right = accuracy(called(seen.scores), t) if seen.net.loss == "cross-entropy" else 0.0
    return Learner(weights, memory, seen.loss, right, "running")


# ---- what a row tells


def series(state: State, params: Params) -> Series:
    """Return of both nets loss, accuracy and the number of weights; and the finished epochs."""
    row: Series = {}
    for name in NETS:
        learner, net = getattr(state, name), net_of(params, name)
        is_told = learner.status == "running"
        row[f"{name}.loss"] = learner.loss if is_told else NOTHING
        row[f"{name}.accuracy"] = learner.accuracy if is_told and net.loss == "cross-entropy" else NOTHING
        row[f"{name}.parameters"] = float(sum(count.total for count in net.stack.counts))
    row["epoch"] = float(training.epochs_after(state.t, len(data_of(params).x), params.batch_size))
    return row


def arrays(state: State, params: Params) -> Arrays:
    """Return the weights of both nets, what the one with bias gave for all points before the step, and the data."""
    data = data_of(params)
    n = len(data.x)
    batch = state.batch if params.batch_size else training.as_row(np.arange(n) if state.t else None, n, 0)
    targets = data.t if data.has_targets else np.full(data.t.shape, NOTHING)
    told = {"batch": batch, "outputs": outputs(state, params), "points": data.x, "targets": targets}
    return {**dict(_weights(state, params)), **told}


def _weights(state: State, params: Params) -> Iterator[tuple[str, Floats]]:
    """Yield the arrays that can be set; of a net that has left all bounds they do not exist any more."""
    for net, prefix in zip(NETS, ("", "without_bias."), strict=True):
        learner = getattr(state, net)
        for name, array in named(learner.weights, net, params).items():
            yield prefix + name, np.full(array.shape, NOTHING) if learner.status == "out" else array


def outputs(state: State, params: Params) -> Floats:
    """Return (n, units): what the net with bias gave for all points in the step that led here, before its update."""
    data, net = data_of(params), net_of(params, "with_bias")
    if not state.seen.size:
        return np.full((len(data.x), params.units), NOTHING)
    return net.stack.forward(state.seen, data.x).outputs[-1]


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return which nets diverged, with `end` when none is left; that there is nothing to learn; a finished epoch.

    Where every step takes all points it is an epoch itself, and nothing is told of it.
    """
    if not data_of(params).has_targets:
        return RESTS if after.t == 1 else ()
    keys = tuple(f"diverged: {name}" for name in NETS if getattr(after, name).status == "diverged")
    if keys and all(getattr(after, name).status in ("diverged", "out") for name in NETS):
        return (*keys, "end")
    ends = params.batch_size and training.ends_epoch(after.t, len(data_of(params).x), params.batch_size)
    return (*keys, "epoch") if ends else keys
