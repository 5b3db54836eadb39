"""What a word says at a place: the score of a sentence is the sum of such votes, and of b.

    vote[x, k] = E[x]·W_k          W_k the output_dim rows of W that place k meets
    z = Σ vote[x_k, k] + b

A word votes at every place, also where it never stood in training: there its row of E, learned at other places, meets
the weights of this one. The twin has a number of its own for each cell, which stays 0 where the word never stood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.embedding.algorithm import State, weights_of
from core.embedding.nets import net_of, one_hots
from core.embedding.settings import Params, data_of
from core.run.values import Floats, Ints, kept, locked


def votes(state: State, params: Params) -> Floats:
    """Return what each number says at each place, (rows, input_length)."""
    return _votes(state.embedding.weights, params)


@kept(8)
def _votes(weights: Floats, params: Params) -> Floats:
    own = net_of(params, "embedding").stack.named(weights)
    by_place = own["layer_3.W"].reshape(params.input_length, params.output_dim)
    with np.errstate(all="ignore"):
        return locked(own["layer_1.E"] @ by_place.T)


def twin_votes(state: State, params: Params) -> Floats | None:
    """Return the twin's weights as what each number says at each place, (rows, input_length); None without it."""
    if state.one_hot is None:
        return None
    own = net_of(params, "one_hot").stack.named(state.one_hot.weights)["layer_1.W"]
    return np.asarray(own.reshape(params.input_length, data_of(params).rows).T)


def times_trained(params: Params) -> Ints:
    """Return in how many of the sentences learned from a number stands at a place, (rows, input_length)."""
    return _times(params, data_of(params).training)


def times_for(params: Params, label: int) -> Ints:
    """Return the same of the sentences of one label, 1 for it or 0 against it."""
    data = data_of(params)
    return _counted(params, data.training[data.labels[data.training] == label])


@kept(8)
def _times(params: Params, sentences: Ints) -> Ints:
    return locked(_counted(params, sentences))


def _counted(params: Params, sentences: Ints) -> Ints:
    data = data_of(params)
    counts = np.zeros((data.rows, params.input_length), dtype=np.int64)
    for place, numbers in enumerate(data.sequences[sentences].T):
        counts[:, place] = np.bincount(numbers, minlength=data.rows)
    return counts


def score(state: State, params: Params, sequence: Ints) -> float:
    """Return z of any sequence of numbers, (input_length,)."""
    own = votes(state, params)[sequence, np.arange(params.input_length)]
    return float(own.sum() + weights_of(state, params)["b"][0])


def rows_moved(before: State, after: State, params: Params) -> NDArray[np.int64]:
    """Return the rows of E that a step moved."""
    was, now = (weights_of(state, params)["E"] for state in (before, after))
    return np.flatnonzero((was != now).any(axis=1))


@dataclass(frozen=True, eq=False)
class BothWays:
    """The rows of E for a sequence, found in two ways."""

    looked_up: Floats  # (length, output_dim)
    product: Floats  # of one-hots (length, rows) and E
    multiplications: int  # that the product takes; looking up takes none


def both_ways(state: State, params: Params, sequence: Ints) -> BothWays:
    """Return E[x] and one-hot(x)·E."""
    E = weights_of(state, params)["E"]
    with np.errstate(all="ignore"):
        product = one_hots(sequence, len(E)) @ E
    return BothWays(E[sequence], product, len(sequence) * E.size)
