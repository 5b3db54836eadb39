"""The recurrent net: one cell along time, and the same Dense at every time; what a batch makes of it.

    h_t = f(x_t·W + h_{t−1}·U + b)          o_t = h_t·V + c          classes: p = softmax(o)

The layers are `SimpleRNN` and `TimeDistributed(Dense)`, of many-to-one a `Dense` behind the last state. Their weights
bear the names of the formulas here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from core.nn.activations import Activation
from core.nn.layers import Dense, SimpleRNN, TimeDistributed, stack_of
from core.nn.layers.recurrent import Slopes, Unrolled, through_time
from core.nn.losses import Numbers
from core.nn.metrics import called
from core.nn.training import Look, Net
from core.nn.update_rules import UpdateRule, first_order
from core.rnn.settings import Cell, Mode, Params, Sizes, sizes_of
from core.run.topic import NOTHING
from core.run.values import Floats, kept

NAMES = {"W": "layer_1.W", "U": "layer_1.U", "b": "layer_1.b", "V": "layer_2.W", "c": "layer_2.b"}
NEAR = 0.1  # a number this close to its target counts as right


def net_of(params: Params) -> Net:
    """Return the net of parameters that pass `check`."""
    return _net(sizes_of(params), params.units, params.cell, params.mode)


@lru_cache(maxsize=32)
def _net(sizes: Sizes, units: int, cell: Cell, mode: Mode) -> Net:
    each_time = mode != "many-to-one"
    features = (None, sizes.features)
    rnn = SimpleRNN(units, activation=cell, return_sequences=each_time, input_shape=features)
    function: Activation | None = "softmax" if sizes.has_classes else None
    last = Dense(sizes.outputs, activation=function)
    stack = stack_of([rnn, TimeDistributed(last) if each_time else last])
    return Net(stack, "cross-entropy" if sizes.has_classes else "mse")


def named(vector: Floats, params: Params) -> dict[str, Floats]:
    """Return weights, or a gradient, by name as views of a vector: W, U, b, V, c."""
    own = net_of(params).stack.named(vector)
    return {name: own[key] for name, key in NAMES.items()}


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule; its other settings are those of the race of optimizers."""
    return first_order(params.optimizer, params.learning_rate)


@kept(4)
def look(params: Params, weights: Floats, x: Floats, t: Numbers, begin: Floats) -> Look:
    """Return what the net makes of a batch that begins with the states `begin` (batch, units); empty, with 0.

    The last ones are kept: what a step saw is not made again to be shown.
    """
    return net_of(params).look(weights, x, t, {1: begin} if begin.size else None)


# ---- what a look shows


def unrolled(seen: Look) -> Unrolled:
    """Return the sequences, the sums and the states h (batch, length + 1, units), h[:, 0] what they began with."""
    made: Unrolled = seen.made.kept[0]
    return made


def right(seen: Look, t: Numbers) -> Floats:
    """Return the share of right answers at each time, (length,), of many-to-one (1,); of numbers those within 0.1."""
    if seen.net.loss == "cross-entropy":
        hits = called(seen.scores) == t
    else:
        hits = (np.abs(seen.scores - t) <= NEAR).mean(axis=-1)
    return np.asarray(hits.reshape(len(t), -1).sum(axis=0) / len(t))


def by_time(shares: Floats, length: int) -> Floats:
    """Return shares in the shape (length,): of many-to-one there is one at the last time alone."""
    if len(shares) == length:
        return shares
    return np.concatenate([np.full(length - len(shares), NOTHING), shares])


def slopes_of_last(seen: Look) -> Slopes:
    """Return ∂ℓ/∂h_t and ∂ℓ/∂z_t, (batch, length, units), where ℓ is the batch's mean loss of the last time alone."""
    judged, slope = seen.judged, np.zeros(unrolled(seen).z.shape)
    is_each = judged.slopes.ndim == 3
    values, by_score = (judged.values[:, -1], judged.slopes[:, -1]) if is_each else (judged.values, judged.slopes)
    weights = seen.net.stack.named(seen.weights)
    slope[:, -1] = by_score @ weights[NAMES["V"]].T / values.size
    return through_time(weights[NAMES["U"]], unrolled(seen), slope, cell_of(seen))


def cell_of(seen: Look) -> Activation | None:
    """Return the cell's function."""
    rnn: Any = seen.net.stack.layers[0]
    function: Activation | None = rnn.activation
    return function


@kept(4)
def grad_by_lag(seen: Look) -> Floats:
    """Return the length of ∂ℓ/∂h_{last−k} over batch and units, (length,); ℓ is the loss of the last time alone.

    Source: Pascanu, Mikolov & Bengio (2013), eq. 3-5: each step back is one more product with Uᵀ and f′.
    """
    return np.asarray(np.linalg.norm(slopes_of_last(seen).by_h, axis=(0, 2))[::-1])
