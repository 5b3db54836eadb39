"""A convolutional net learns to read handwritten digits, a batch at a time.

    y_0 = x,   y_k = layer_k(y_{k−1})          pictures (channels, rows, columns), then rows of units
    p = softmax(z of the last layer)           ten probabilities;  L = mean of −log p of the right digit

    one step    takes the next batch;  all weights and biases ← one update of the chosen rule against ∂L/∂weights

Weights start He, biases at 0. After each epoch the net reads the digits that are held out. The layers are
`core.nn.layers`, the step is `core.nn.training`, the rules are those of the race of optimizers.

Sources: LeCun et al. (1989), Backpropagation applied to handwritten zip code recognition, for the net; He et al. (2015)
for the start; Kingma & Ba (2015) for Adam, its rule by default.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from core.cnn.settings import TRAINING, Layers, Params, net
from core.data.digits import digits
from core.nn import training
from core.nn.layers import Stack
from core.nn.metrics import accuracy, called
from core.nn.training import Look
from core.nn.update_rules import Memory, UpdateRule, first_order, needed
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, kept, locked

VERSION = 1
EDITS = ()
CONSTANT_ARRAYS = frozenset({"images", "labels", "test"})
_PART = 60  # pictures, about as many as a batch has: what a step needs of memory serves again


@frozen
class State:
    """The net's weights, what its rule remembers, and what the step that led here saw before its update."""

    t: int
    batch: Ints  # (batch_size or all,) places among all digits, −1 where there is none
    weights: Array  # of all layers, one vector
    memory: Memory
    loss: float = 0.0  # of the batch
    accuracy: float = 0.0
    test_accuracy: float = 0.0  # of the weights at the start, or after the last epoch finished
    status: Literal["start", "running", "diverged"] = "start"

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights of a layer; what the rule remembers stays. Raises Refusal for a shape.

        A net that had diverged begins anew from there. Where held-out digits are read they are read again.
        """
        where, shape = stack_of(params).places[name]
        if value.shape != shape:
            raise Refusal(name, "other_shape", {"given": list(value.shape), "allowed": list(shape)})
        weights = self.weights.copy()
        weights[where] = value.ravel()
        is_read = self.t == 0 or ends_epoch(self.t, params)
        read = accuracy_on_test(weights, params) if is_read else self.test_accuracy
        changed = replace(self, weights=weights, test_accuracy=read)
        if self.status != "diverged":
            return changed
        return replace(changed, memory=needed(rule_of(params).start(weights)), status="start")


def stack_of(params: Params) -> Stack:
    """Return the layers with the shapes between them; its last one gives probabilities."""
    return net(params.layers).stack


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule with its other settings at their defaults, which are those of the race of optimizers."""
    return first_order(params.optimizer, params.learning_rate)


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: kernels, weights and biases of every layer."""
    return tuple(stack_of(params).places)


# ---- epochs


def steps_in_epoch(params: Params) -> int:
    """Return how many steps it takes until every digit that is learned from was used."""
    return training.batches_in(TRAINING, params.batch_size)


def ends_epoch(t: int, params: Params) -> bool:
    """Tell whether step t finishes an epoch."""
    return training.ends_epoch(t, TRAINING, params.batch_size)


def last_step(params: Params) -> int:
    """Return the step that finishes the last epoch."""
    return params.epochs * steps_in_epoch(params)


# ---- a run


def start(params: Params, rng: Streams) -> State:
    """Return a net with drawn weights, which has read the held-out digits once."""
    weights = locked(stack_of(params).start(rng.generator, "he"))
    batch = training.as_row(None, TRAINING, params.batch_size)
    memory = needed(rule_of(params).start(weights))
    return State(0, batch, weights, memory, test_accuracy=accuracy_on_test(weights, params))


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the net after one update from the next batch; one that would leave all bounds stays as it is."""
    batch = next_batch(state.t + 1, params, rng)
    if state.status == "diverged":
        return replace(state, t=state.t + 1, batch=batch)
    x, t = examples(batch)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        made = training.train(net(params.layers), rule_of(params), state.weights, state.memory, x, t)
        return moved(state, batch, made.weights, made.memory, made.seen, params)


def next_batch(t: int, params: Params, rng: Streams) -> Ints:
    """Return the digits that step t takes, as its row has them: places among all digits."""
    chosen = digits().training[training.batch_of(t, TRAINING, params.batch_size, rng)]
    return training.as_row(chosen, TRAINING, params.batch_size)


def examples(batch: Ints) -> tuple[Floats, Ints]:
    """Return pictures (n, 1, 8, 8) and labels (n,) of a batch."""
    chosen = batch[batch >= 0]
    return digits().images[chosen][:, None], digits().labels[chosen]


def moved(state: State, batch: Ints, weights: Floats, memory: Memory, seen: Look, params: Params) -> State:
    """Return the state that a step makes of new weights; with the old ones where the new leave ±10¹²."""
    t = state.t + 1
    if not (seen.loss <= LARGEST and np.abs(weights).max() <= LARGEST):  # false for nan, too
        return replace(state, t=t, batch=batch, status="diverged")
    weights = locked(weights)
    right = accuracy(called(seen.scores), examples(batch)[1])
    read = accuracy_on_test(weights, params) if ends_epoch(t, params) else state.test_accuracy
    return State(t, batch, weights, needed(memory), seen.loss, right, read, "running")


# ---- what a net makes of digits


def accuracy_on_test(weights: Floats, params: Params) -> float:
    """Return the share of the held-out digits that a net with these weights reads rightly."""
    return accuracy(called(scores_on_test(weights, params.layers)), digits().labels[digits().test])


@kept(4)
def scores_on_test(weights: Floats, layers: Layers) -> Floats:
    """Return z of the 360 digits held out, (360, 10), for a net with weights, a vector of a state's."""
    return scores_of(weights, layers, *examples(digits().test))


def scores_of(weights: Floats, layers: Layers, x: Floats, t: Ints) -> Floats:
    """Return z of many pictures. A part of them is read at a time, since what that takes stays near the processor."""
    parts = (slice(begin, begin + _PART) for begin in range(0, len(x), _PART))
    return np.concatenate([before(weights, layers, x[part], t[part]).scores for part in parts])


def before(weights: Floats, layers: Layers, x: Floats, t: Ints) -> Look:
    """Return a net with weights before pictures (n, 1, 8, 8) of the digits t (n,)."""
    with np.errstate(all="ignore"):
        return net(layers).look(weights, x, t)


def pushed(picture: Floats, push: tuple[int, int]) -> Floats:
    """Return pictures (…, 8, 8) moved by so many rows down and columns to the right; ink beyond the edge is lost."""
    made = np.zeros_like(picture)
    (rows, came_rows), (columns, came_columns) = (
        (slice(max(n, 0), size + min(n, 0)), slice(max(-n, 0), size + min(-n, 0)))
        for n, size in zip(push, picture.shape[-2:], strict=True)
    )
    made[..., rows, columns] = picture[..., came_rows, came_columns]
    return made


def picture_of(params: Params) -> Floats:
    """Return the picture (8, 8) that was chosen or drawn."""
    return digits().images[params.shown] if params.picture is None else params.picture


def shown(params: Params) -> Floats:
    """Return the picture (8, 8) that the net is shown: the one chosen, pushed."""
    return pushed(picture_of(params), params.push)


@kept(16)
def outputs_of(weights: Floats, params: Params) -> tuple[Floats, ...]:
    """Return the picture shown, (1, 8, 8), and what each layer makes of it: (maps, rows, columns) or (units,)."""
    return outputs_for(weights, params.layers, shown(params))


def outputs_for(weights: Floats, layers: Layers, picture: Floats) -> tuple[Floats, ...]:
    """Return the same of any picture (8, 8)."""
    x = picture[None, None]
    with np.errstate(all="ignore"):
        made = net(layers).stack.forward(weights, x).outputs
    return tuple(y[0] for y in (x, *made))


# ---- what a row tells


def series(state: State, params: Params) -> Series:
    """Return loss and accuracy of the step's batch, finished epochs, and the share of held-out digits read rightly."""
    is_told = state.status == "running"
    return {
        "loss": state.loss if is_told else NOTHING,
        "accuracy": state.accuracy if is_told else NOTHING,
        "epoch": float(training.epochs_after(state.t, TRAINING, params.batch_size)),
        "test_accuracy": state.test_accuracy,
    }


def arrays(state: State, params: Params) -> Arrays:
    """Return all weights, the batch, what each layer makes of the picture shown, and the digits."""
    made = enumerate(outputs_of(state.weights, params)[1:], 1)
    is_test = np.zeros(len(digits().labels), dtype=np.int64)
    is_test[digits().test] = 1
    return {
        **stack_of(params).named(state.weights),
        "batch": state.batch,
        **{f"layer_{k}.output": y for k, y in made},
        "images": digits().images,
        "labels": digits().labels,
        "test": is_test,
    }


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return a finished epoch, with `end` after the last; that the net diverged, which ends the run too."""
    if after.status == "diverged":
        return ("diverged", "end")
    ended = ("epoch",) if ends_epoch(after.t, params) else ()
    return (*ended, "end") if after.t == last_step(params) else ended
