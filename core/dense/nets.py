"""The two nets: their layers, the names of their weights, which of them learn, and by which rule.

`W` and `b` are those of the last layer, `hidden_k.W` and `hidden_k.b` those before; the net without bias has only W.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.dense.settings import Params, data_of, loss_of
from core.nn.activations import Activation, Function
from core.nn.layers import Dense, stack_of
from core.nn.losses import Loss
from core.nn.training import Net
from core.nn.update_rules import UpdateRule, first_order
from core.run.values import Floats

NetName = Literal["with_bias", "without_bias"]
NETS: tuple[NetName, ...] = get_args(NetName)


def net_of(params: Params, name: NetName) -> Net:
    """Return one of the nets: its layers and its loss."""
    features = data_of(params).x.shape[1]
    function, loss = params.activation, loss_of(params)
    return _net(features, params.hidden, params.hidden_activation, params.units, function, loss, name == "with_bias")


@lru_cache(maxsize=32)
def _net(
    features: int, hidden: tuple[int, ...], between: Function, units: int, last: Activation, loss: Loss, bias: bool
) -> Net:
    widths = [(width, between) for width in hidden] + [(units, last)]
    layers = [Dense(width, use_bias=bias, activation=function) for width, function in widths]
    return Net(stack_of([replace(layers[0], input_shape=(features,)), *layers[1:]]), loss)


def names(params: Params) -> tuple[str, ...]:
    """Return the names of the arrays of the net with bias: those of the last layer, then of the hidden ones."""
    layers = ["", *(f"hidden_{k}." for k in range(1, len(params.hidden) + 1))]
    return tuple(f"{layer}{name}" for layer in layers for name in "Wb")


def in_stack(name: str, params: Params) -> str:
    """Return what the stack calls `hidden_k.W`, or `W` of the last layer."""
    layer, _, own = name.rpartition(".")
    return f"layer_{layer.removeprefix('hidden_') or len(params.hidden) + 1}.{own}"


def named(vector: Floats, net: NetName, params: Params) -> dict[str, Floats]:
    """Return the weights of a net, or its gradient, by name, views of a vector: W (inputs, units) and b (units,)."""
    weights = net_of(params, net).stack.named(vector)
    own = ((name, in_stack(name, params)) for name in names(params))
    return {name: weights[key] for name, key in own if key in weights}


def movable(params: Params, name: NetName) -> NDArray[np.bool_] | None:
    """Return which of a net's weights learn: all (None), or all but the biases."""
    if params.train_bias or name == "without_bias":
        return None
    return _all_but_biases(net_of(params, name))


@lru_cache(maxsize=32)
def _all_but_biases(net: Net) -> NDArray[np.bool_]:
    places = net.stack.places.items()
    return np.concatenate([np.full(where.stop - where.start, name.endswith("W")) for name, (where, _) in places])


def rule_of(params: Params) -> UpdateRule[Any]:
    """Return the update rule with its settings at their defaults, which are those of the race of optimizers."""
    return first_order(params.optimizer, params.learning_rate)
