"""Candidate generation: a net guesses the next video from those watched, and its last layers are the vectors wanted.

    x = mean of the rows of `videos` watched;   u = ReLU layers of x;   scores = u·W + b;   p = softmax(scores)

The mean of rows is a Dense layer without bias whose input has 1/count at each video watched: so the whole is a stack,
trained by cross-entropy with the other videos as classes. To serve means to find the largest u·w: with the bias as
one more coordinate, (u, 1)·(w, b), these are the softmax's first ones.
Source: Covington, Adams & Sargin (2016), section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.nn import losses
from core.nn.activations import log_softmax
from core.nn.layers import Dense, stack_of
from core.nn.training import Indices, Net, Trained
from core.nn.update_rules import Memory, UpdateRule, first_order, needed
from core.ratings.settings import Examples, Params, examples_of, video_count
from core.run.streams import Streams
from core.run.values import Array, Floats, Ints, frozen


@frozen
class Candidates:
    """The net's weights, what its rule remembers, and the batch of the step that led here."""

    weights: Array  # videos, hidden layers, output, in one vector
    memory: Memory  # without what only shows a step
    person: Ints  # (batch,), −1 before the first step
    target: Ints


def net_of(params: Params) -> Net:
    """Return the layers and their loss."""
    return _net(video_count(params), params.n_factors, params.hidden, params.output_bias)


@lru_cache(maxsize=16)
def _net(videos: int, factors: int, hidden: tuple[int, ...], bias: bool) -> Net:
    between = [Dense(width, activation="relu") for width in hidden]
    first = Dense(factors, use_bias=False, input_shape=(videos,))
    return Net(stack_of([first, *between, Dense(videos, use_bias=bias, activation="softmax")]), "cross-entropy")


def in_stack(name: str, params: Params) -> str:
    """Return what the stack calls `videos`, `hidden_k.W`, `output.b` …"""
    layer, _, own = name.partition(".")
    places = {"videos": 1, "output": len(params.hidden) + 2}
    return f"layer_{places[layer] if layer in places else int(layer.removeprefix('hidden_')) + 1}.{own or 'W'}"


def names(params: Params) -> tuple[str, ...]:
    """Return the names of the weights, in the order of the layers."""
    between = (f"hidden_{k}.{own}" for k in range(1, len(params.hidden) + 1) for own in "Wb")
    return ("videos", *between, "output.W", *(("output.b",) if params.output_bias else ()))


def named(vector: Floats, params: Params) -> dict[str, Floats]:
    """Return the weights, or the gradient, by name, as views of a vector."""
    own = net_of(params).stack.named(vector)
    return {name: own[in_stack(name, params)] for name in names(params)}


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule with its other settings at their defaults."""
    return first_order(params.optimizer, params.learning_rate)


def start(params: Params, rng: Streams) -> Candidates:
    """Return first weights, glorot, and no batch."""
    weights = net_of(params).stack.start(rng.generator)
    nobody = np.full(params.batch_size, -1, dtype=np.int64)
    return Candidates(weights, needed(rule_of(params).start(weights)), nobody, nobody.copy())


# ---- the batch of a step


def drawn(params: Params, rng: Streams) -> Indices:
    """Return the examples of a step: people drawn evenly, of each one watched video as target."""
    known = examples_of(params)
    person = rng.generator.integers(len(known.first), size=params.batch_size)
    place = rng.generator.integers(known.counts[person])
    return np.asarray(known.first[person] + place)


def updated(params: Params, examples: Indices, made: Trained) -> Candidates:
    """Return the net after a step from certain examples."""
    known = examples_of(params)
    return Candidates(made.weights, needed(made.memory), known.person[examples], known.target[examples])


# ---- what is shown


def loss_of(weights: Floats, params: Params) -> float:
    """Return the loss expected of an example drawn as a step draws it."""
    known = examples_of(params)
    return float(known.shares @ _values(weights, params, known))


def _values(weights: Floats, params: Params, known: Examples) -> Floats:
    net = net_of(params)
    z = net.bare[0].forward(weights, known.x).outputs[-1]
    return losses.judge(net.loss, net.function, z, known.target).values


@dataclass(frozen=True, eq=False)
class Served:
    """What the net makes of the videos `watched`."""

    centre: Floats  # (f,) mean of the rows of `videos`
    layers: tuple[Floats, ...]  # what each ReLU layer gives; the last is the user's vector
    scores: Floats  # (n,)
    W: Floats  # (last, n)
    b: Floats  # (n,), 0 where there is none

    @property
    def user(self) -> Floats:
        """The user's vector, (last,)."""
        return self.layers[-1]

    @property
    def probabilities(self) -> Floats:
        """Softmax of the scores, (n,)."""
        return np.asarray(np.exp(log_softmax(self.scores[None])[0]))

    @property
    def dots(self) -> Floats:
        """u·w of each video, without the bias."""
        return np.asarray(self.user @ self.W)

    @property
    def dots_with_bias(self) -> Floats:
        """(u, 1)·(w, b) of each video."""
        return np.asarray(np.append(self.user, 1.0) @ np.vstack([self.W, self.b]))

    @property
    def distances(self) -> Floats:
        """How far (w, b) of each video lies from (u, 1)."""
        return np.asarray(np.sqrt(((self.W - self.user[:, None]) ** 2).sum(axis=0) + (self.b - 1.0) ** 2))


def served(weights: Floats, params: Params) -> Served:
    """Return what the net makes of the videos watched."""
    x = np.zeros((1, video_count(params)))
    np.add.at(x[0], list(params.watched), 1.0 / len(params.watched))
    outputs = net_of(params).bare[0].forward(weights, x).outputs
    own, (centre, *layers, scores) = named(weights, params), [y[0] for y in outputs]
    return Served(centre, tuple(layers), scores, own["output.W"], own.get("output.b", np.zeros(len(scores))))


def first_of(values: Floats, count: int) -> Indices:
    """Return the places of the largest values, the largest first, of equal ones the first first.

    >>> first_of(np.array([1.0, 3.0, 3.0, 2.0]), 3).tolist()
    [1, 2, 3]
    """
    return np.argsort(-values, kind="stable")[:count]
