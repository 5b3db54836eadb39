"""An Embedding layer learns with a classifier behind it: is a sentence for something or against it?

    words → numbers x₁ … xₙ, padded or cut to n        E (input_dim, output_dim), one row a number
    looked up     E[x₁] … E[xₙ]                        n × output_dim
    flattened     laid end to end, times W: z = Σ E[xₖ]·Wₖ + b,   p = 1/(1 + e^−z)

    one step      takes the next batch;  L = mean of −log p of the right label
                  E, W, b ← one update of the chosen rule;  the twin learns from the same batch

E starts evenly in ±0.05, W glorot, b at 0; the twin starts at 0. The layers are `core.nn.layers`, the step is
`core.nn.training`. Sources: Bengio et al. (2003), section 2, for the table that is learned; Chollet (2017), section
6.1, for this chain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from core.embedding.nets import NetName, given_to, net_of, nets_of, rule_of, settings_of
from core.embedding.settings import Data, Params, data_of
from core.nn import training
from core.nn.metrics import accuracy, called
from core.nn.training import Look
from core.nn.update_rules import Memory, needed
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, kept, locked

VERSION = 1
EDITS = ()
CONSTANT_ARRAYS = frozenset({"sequences", "numbers", "labels", "test", "vocabulary"})
UNSEEN = locked(np.empty(0))


@frozen
class Learner:
    """One net: its weights, what its rule remembers, and what the step that led here saw before its update."""

    weights: Array  # of all layers, one vector
    memory: Memory
    probabilities: Array  # of the batch's sentences; empty where there was no step
    loss: float = 0.0  # of the batch
    accuracy: float = 0.0
    status: Literal["start", "running", "diverged", "out"] = "start"  # diverged for one frame, then out


@frozen
class State:
    """The net, its twin where there is one, and the batch that led here."""

    t: int
    batch: Ints  # (batch_size or all,) numbers of sentences, −1 where there is none
    embedding: Learner
    one_hot: Learner | None

    def learner(self, name: NetName) -> Learner:
        """Return one of the nets. Raises KeyError for one that is not there."""
        found = self.embedding if name == "embedding" else self.one_hot
        if found is None:
            raise KeyError(name)
        return found

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights; what the rule remembers stays. Raises Refusal for another shape.

        A net that had left all bounds begins anew from there.
        """
        net, key = settings_of(params)[name]
        where, shape = net_of(params, net).stack.places[key]
        if value.shape != shape:
            raise Refusal(name, "other_shape", {"given": list(value.shape), "allowed": list(shape)})
        learner = self.learner(net)
        weights = learner.weights.copy()
        weights[where] = value.ravel()
        changed: dict[str, Any] = {net: _with_weights(learner, weights, params)}
        return replace(self, **changed)


def _with_weights(learner: Learner, weights: Floats, params: Params) -> Learner:
    if learner.status in ("start", "running"):
        return replace(learner, weights=weights)
    return _begun(weights, params)


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: all weights of both nets."""
    return tuple(settings_of(params))


# ---- a run


def start(params: Params, rng: Streams) -> State:
    """Return the net with drawn weights, and its twin with none but 0."""
    own = locked(net_of(params, "embedding").stack.start(rng.generator))
    batch = training.as_row(None, len(data_of(params).training), params.batch_size)
    return State(0, batch, _begun(own, params), _begun(_zeros(params), params) if params.twin else None)


def _begun(weights: Floats, params: Params) -> Learner:
    return Learner(weights, needed(rule_of(params).start(weights)), UNSEEN)


def _zeros(params: Params) -> Floats:
    places = net_of(params, "one_hot").stack.places.values()
    return locked(np.zeros(sum(where.stop - where.start for where, _ in places)))


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the nets after one update from the same batch; one that would leave all bounds stays as it is."""
    batch = next_batch(state.t + 1, params, rng)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        return after_step(state, batch, [_trained(state, name, batch, params) for name in nets_of(params)])


def next_batch(t: int, params: Params, rng: Streams) -> Ints:
    """Return the sentences that step t takes, as its row has them."""
    own = data_of(params).training
    return training.as_row(own[training.batch_of(t, len(own), params.batch_size, rng)], len(own), params.batch_size)


def examples(batch: Ints, name: NetName, params: Params) -> tuple[Floats, Ints]:
    """Return what a net is given for the sentences of a batch, and their labels (n,)."""
    data, chosen = data_of(params), batch[batch >= 0]
    return given_to(name, data.sequences[chosen], data.rows), data.labels[chosen]


def after_step(state: State, batch: Ints, learners: list[Learner]) -> State:
    """Return the state that a step makes of one net or both."""
    return State(state.t + 1, batch, learners[0], learners[1] if len(learners) > 1 else None)


def _trained(state: State, name: NetName, batch: Ints, params: Params) -> Learner:
    learner = state.learner(name)
    if learner.status in ("diverged", "out"):
        return replace(learner, status="out")
    x, t = examples(batch, name, params)
    made = training.train(net_of(params, name), rule_of(params), learner.weights, learner.memory, x, t)
    return moved(learner, made.weights, made.memory, made.seen, t)


def moved(learner: Learner, weights: Floats, memory: Memory, seen: Look, t: Ints) -> Learner:
    """Return the net with new weights and what it saw on its way; the old one where they leave ±10¹²."""
    if not (seen.loss <= LARGEST and np.abs(weights).max() <= LARGEST):  # false for nan, too
        return replace(learner, status="diverged")
    right = accuracy(called(seen.scores), t)
    return Learner(weights, needed(memory), seen.outputs[:, 0], seen.loss, right, "running")


# ---- what a net makes of sentences


def weights_of(state: State, params: Params) -> dict[str, Floats]:
    """Return E, W and b, views of the net's vector."""
    return _named(state.embedding.weights, params)


@kept(8)
def _named(weights: Floats, params: Params) -> dict[str, Floats]:
    own = net_of(params, "embedding").stack.named(weights)
    return {name: own[key] for name, (net, key) in settings_of(params).items() if net == "embedding"}


@kept(8)
def on_test(weights: Floats, name: NetName, params: Params) -> Look | None:
    """Return what weights make of the sentences held out; None where there are none."""
    data = data_of(params)
    if not data.test.size:
        return None
    with np.errstate(all="ignore"):
        return net_of(params, name).look(weights, _test_given(name, params), data.labels[data.test])


@kept(8)
def _test_given(name: NetName, params: Params) -> Floats:
    data = data_of(params)
    return locked(given_to(name, data.sequences[data.test], data.rows))


# ---- what a row tells


def series(state: State, params: Params) -> Series:
    """Return of the net loss and accuracy of the step and of the sentences held out, of its twin, and epochs."""
    row = _told(state.embedding, "embedding", params)
    twin: Series = dict.fromkeys(row, NOTHING)
    if state.one_hot is not None:
        twin = _told(state.one_hot, "one_hot", params)
    twin.pop("test_loss")
    row |= {f"one_hot.{name}": value for name, value in twin.items()}
    return row | {"epoch": float(training.epochs_after(state.t, len(data_of(params).training), params.batch_size))}


def _told(learner: Learner, name: NetName, params: Params) -> Series:
    is_told, look = learner.status == "running", None
    if learner.status in ("start", "running"):
        look = on_test(learner.weights, name, params)
    data = data_of(params)
    return {
        "loss": learner.loss if is_told else NOTHING,
        "accuracy": learner.accuracy if is_told else NOTHING,
        "test_loss": look.loss if look else NOTHING,
        "test_accuracy": accuracy(called(look.scores), data.labels[data.test]) if look else NOTHING,
    }


def arrays(state: State, params: Params) -> Arrays:
    """Return the weights, the step's batch with what it gave before the update, and the sentences as numbers."""
    told: Arrays = {}
    for name, (net, key) in settings_of(params).items():
        learner = state.learner(net)
        array = net_of(params, net).stack.named(learner.weights)[key]
        told[name] = np.full(array.shape, NOTHING) if learner.status == "out" else array
    empty: Arrays = {} if params.twin else {name: np.empty((0, *more)) for name, more in _TWIN_AXES.items()}
    return told | empty | {"batch": state.batch, "probabilities": _probabilities(state)} | _constant(params)


_TWIN_AXES: dict[str, tuple[int, ...]] = {"one_hot.W": (1,), "one_hot.b": ()}


def _probabilities(state: State) -> Floats:
    """Return what the net gave for the batch, like that with nothing where there is no sentence."""
    row = np.full(len(state.batch), NOTHING)
    if state.embedding.status == "running":
        row[: len(state.embedding.probabilities)] = state.embedding.probabilities
    return row


@kept(4)
def _constant(params: Params) -> Arrays:
    data = data_of(params)
    held = np.zeros(len(data.texts), dtype=np.int64)
    held[data.test] = 1
    words = np.array(data.vocabulary if params.encoding == "vocabulary" else (), dtype=np.str_)
    numbers = locked(_ragged(data))
    return {"sequences": data.sequences, "numbers": numbers, "labels": data.labels, "test": held, "vocabulary": words}


def _ragged(data: Data) -> Ints:
    """Return (n, longest) numbers before padding, −1 where a sentence has ended."""
    longest = max(map(len, data.numbers))
    return np.array([(*row, *(-1,) * (longest - len(row))) for row in data.numbers], dtype=np.int64)


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return a net that diverged, with `end` when none is left, or a finished epoch.

    Where every step takes all sentences it is an epoch itself, and nothing is told of it.
    """
    names = [name for name in nets_of(params) if after.learner(name).status == "diverged"]
    keys = tuple(f"diverged: {name}" if params.twin else "diverged" for name in names)
    if keys and all(after.learner(name).status in ("diverged", "out") for name in nets_of(params)):
        return (*keys, "end")
    ends = params.batch_size and training.ends_epoch(after.t, len(data_of(params).training), params.batch_size)
    return (*keys, "epoch") if ends else keys
