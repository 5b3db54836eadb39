"""The two nets: Embedding, Flatten, Dense; and its twin, a Dense on one-hots laid end to end.

    embedding    z = E[x₁]·W₁ + … + E[xₙ]·Wₙ + b        W₁ … Wₙ the rows of W for each place, output_dim each
    one_hot      z = w[1, x₁] + … + w[n, xₙ] + b        one weight for each word at each place

Both scores are sums over places. What a word adds at a place, its vote, the twin has to learn for every place anew; in
the other a word has one row of E for all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import numpy as np

from core.embedding.settings import Params, data_of
from core.nn.layers import Dense, Embedding, Flatten, Stack, named, stack_of, stacked
from core.nn.training import Net
from core.nn.update_rules import UpdateRule, first_order
from core.run.refusal import Refusal
from core.run.values import Floats, Ints

NetName = Literal["embedding", "one_hot"]
NAMES = {"E": "layer_1.E", "W": "layer_3.W", "b": "layer_3.b"}  # what the stack calls them
TWIN_NAMES = {"one_hot.W": "layer_1.W", "one_hot.b": "layer_1.b"}


def nets_of(params: Params) -> tuple[NetName, ...]:
    """Return the names of the nets that learn."""
    return ("embedding", "one_hot") if params.twin else ("embedding",)


def net_of(params: Params, name: NetName) -> Net:
    """Return one of the nets: its layers, and cross-entropy."""
    rows = data_of(params).rows
    return (
        _net(rows, params.output_dim, params.input_length) if name == "embedding" else _twin(rows * params.input_length)
    )


@lru_cache(16)
def _net(rows: int, output_dim: int, length: int | None) -> Net:
    layers = Embedding(rows, output_dim, input_length=length), Flatten(), Dense(1, activation="sigmoid")
    return Net(stack_of(layers), "cross-entropy")


@lru_cache(16)
def _twin(inputs: int) -> Net:
    return Net(stacked((Dense(1, activation="sigmoid"),), named(None, inputs)), "cross-entropy")


def chain(params: Params, is_fixed: bool = True) -> Stack | Refusal:
    """Return the layers with the shapes between them, or without a fixed length why there are none.

    Flatten then has no length to give, so that Dense cannot tell how many weights it needs.
    """
    try:
        return _net(data_of(params).rows, params.output_dim, params.input_length if is_fixed else None).stack
    except Refusal as refused:
        return Refusal(refused.field, refused.key, refused.values)


def given_to(name: NetName, sequences: Ints, rows: int) -> Floats:
    """Return what a net is given for sequences (n, length): their numbers, or one-hots end to end, (n, length·rows)."""
    return (
        sequences.astype(np.float64) if name == "embedding" else one_hots(sequences, rows).reshape(len(sequences), -1)
    )


def one_hots(sequences: Ints, rows: int) -> Floats:
    """Return (…, length, rows): of each number a row with a 1 at its place."""
    return np.asarray(sequences[..., None] == np.arange(rows), dtype=np.float64)


def settings_of(params: Params) -> dict[str, tuple[NetName, str]]:
    """Return the arrays that can be set: the net they belong to, and what its stack calls them."""
    own: dict[str, tuple[NetName, str]] = {name: ("embedding", key) for name, key in NAMES.items()}
    return own | ({name: ("one_hot", key) for name, key in TWIN_NAMES.items()} if params.twin else {})


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule with its settings at their defaults, which are those of the race of optimizers."""
    return first_order(params.optimizer, params.learning_rate)
