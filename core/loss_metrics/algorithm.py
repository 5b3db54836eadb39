"""A line between two classes, trained on a loss and measured by metrics that take no part in it.

    z = w·x + b,  p = σ(z);  L = mean over the batch of the chosen loss of (z, t)

    one step    takes the next batch;  ∂L/∂w = mean of ∂ℓ/∂z·x,  ∂L/∂b = mean of ∂ℓ/∂z
                w, b ← one update of the chosen rule

Everything starts at 0, so the first p are all ½. No metric and no threshold is asked in a step: they say how good the
answers are, on all points and with the weights that the step worked with.
Source: Cox (1958) for the model; Bishop (2006), section 4.3.2, for its gradient; Fawcett (2006) for the metrics.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.data.class_sets import ClassSet
from core.loss_metrics.settings import Metric, Params, data_of
from core.loss_metrics.unit import Answers, every_loss, net_of, rule_of, scores
from core.nn import training
from core.nn.activations import sigmoid
from core.nn.losses import LOSSES
from core.nn.training import Look
from core.nn.update_rules import Memory
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, locked

VERSION = 1
METRICS: tuple[Metric, ...] = ("accuracy", "precision", "recall", "f1", "auc")
COUNTS = ("tp", "fp", "fn", "tn")
ALL = locked(np.empty(0, dtype=np.int64))  # the batch of a step that takes every point
UNUSED = locked(np.empty(0))

EDITS = ()
CONSTANT_ARRAYS = frozenset({"points", "targets", "test_points", "test_targets"})


@frozen
class State:
    """The unit's weights, what the rule remembers, and what the step that led here worked with."""

    t: int
    weights: Array  # (3,): w_x, w_y, b
    memory: Memory
    used: Array  # (3,): the weights before the step's update; empty where there was no step
    batch: Ints  # (batch_size,), −1 where there is no example; empty: every point
    loss: float = 0.0  # of all training points with the weights used
    diverged: bool = False

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights; what the rule remembers stays, unless the unit had left all bounds.

        Raises ValueError for another shape.
        """
        if value.shape != self.weights.shape:
            raise ValueError(f"{name} must keep its shape {self.weights.shape}")
        memory = rule_of(params).start(value) if self.diverged else self.memory
        return replace(self, weights=value, memory=memory, diverged=False)


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into."""
    return ("weights",)


def start(params: Params, rng: Streams) -> State:
    """Return weights of 0."""
    weights = np.zeros(3)
    batch = training.as_row(None, 0, params.batch_size) if params.batch_size else ALL
    return State(0, weights, rule_of(params).start(weights), UNUSED, batch)


# ---- a step


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the weights after one update; they stay as they are where it would leave all bounds."""
    if state.diverged:
        return replace(state, t=state.t + 1)
    examples, batch = next_batch(state.t + 1, params, rng)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        made = training.train(net_of(params.loss), rule_of(params), state.weights, state.memory, *examples)
        return moved(state, params, made.seen, batch, made.weights, made.memory)


def next_batch(t: int, params: Params, rng: Streams) -> tuple[tuple[Floats, Ints], Ints]:
    """Return points and targets that step t takes, and their indices as a state keeps them."""
    data = data_of(params)
    if not params.batch_size:
        return (data.points, data.targets), ALL
    batch = training.batch_of(t, len(data.points), params.batch_size, rng)
    row = training.as_row(batch, len(data.points), params.batch_size)
    return (data.points[batch], data.targets[batch]), row


def moved(state: State, params: Params, seen: Look, batch: Ints, weights: Floats, memory: Memory) -> State:
    """Return the state that a step makes; of one that leaves ±10¹² only that it did."""
    loss = seen.loss if not params.batch_size else answers(state.weights, params).loss(params.loss)
    if not (loss <= LARGEST and np.abs(weights).max() <= LARGEST):  # false for nan, too
        return replace(state, t=state.t + 1, used=UNUSED, diverged=True)
    return State(state.t + 1, weights, memory, state.weights, batch, loss)


def answers(weights: Floats, params: Params) -> Answers:
    """Return what the unit answers to all training points with certain weights."""
    data = data_of(params)
    return Answers.of(weights, data.points, data.targets, params)


# ---- what a row tells


def series(state: State, params: Params) -> Series:
    """Return loss, metrics, counts and largest |z| of the step that led here, on all training points; tests are own.

    w_x, w_y and b are those after the step, so what a row's metrics are made of stands in the row before.
    """
    data = data_of(params)
    told = dict.fromkeys(("loss", *METRICS, *COUNTS, "reach"), NOTHING)
    if state.used.size:
        seen = answers(state.used, params)
        told = {"loss": state.loss, **{name: seen.metric(name) for name in METRICS}}
        told |= {name: float(getattr(seen.counts, name)) for name in COUNTS}
        told["reach"] = float(np.abs(seen.z).max())
    w_x, w_y, b = state.weights.tolist()
    epoch = float(training.epochs_after(state.t, len(data.points), params.batch_size))
    return {**told, **_tested(state, params, data), "epoch": epoch, "w_x": w_x, "w_y": w_y, "b": b}


def _tested(state: State, params: Params, data: ClassSet) -> Series:
    """Return loss and accuracy of the points held out with the row's own weights, where there are such points."""
    if not len(data.test_points):
        return {"test_loss": NOTHING, "test_accuracy": NOTHING}
    own = Answers.of(state.weights, data.test_points, data.test_targets, params)
    return {"test_loss": own.loss(params.loss), "test_accuracy": own.counts.accuracy}


def arrays(state: State, params: Params) -> Arrays:
    """Return the weights, the batch, what the step saw in all training points, and the data."""
    data, n = data_of(params), len(data_of(params).points)
    batch = state.batch if params.batch_size else training.as_row(np.arange(n) if state.used.size else None, n, 0)
    return {
        "weights": state.weights, "batch": batch, **_seen(state, data), "points": data.points, "targets": data.targets,
        "test_points": data.test_points, "test_targets": data.test_targets,
    }  # fmt: skip


def _seen(state: State, data: ClassSet) -> Arrays:
    """Return probabilities (n,), loss_values and loss_slopes (5, n) with the weights that the step worked with."""
    n = len(data.points)
    if not state.used.size:
        every = np.full((len(LOSSES), n), NOTHING)
        return {"probabilities": np.full(n, NOTHING), "loss_values": every, "loss_slopes": every}
    z = scores(state.used, data.points)
    values, slopes = every_loss(z, data.targets)
    return {"probabilities": sigmoid(z), "loss_values": values, "loss_slopes": slopes}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return `diverged` with `end` when the run must stop, and `epoch` when a batch was the last of its epoch.

    Where every step takes all points it is an epoch itself, and nothing is told of it.
    """
    if after.diverged:
        return () if before.diverged else ("diverged", "end")
    n = len(data_of(params).points)
    return ("epoch",) if params.batch_size and training.ends_epoch(after.t, n, params.batch_size) else ()
