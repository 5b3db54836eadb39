"""The two nets: their layers and weights by name, how many there are, and which of them learn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.dense import Params, settable, start
from core.dense.nets import NETS, movable, named, names, net_of, rule_of
from core.nn.update_rules import FIRST_ORDER
from core.run.streams import Streams


@pytest.mark.parametrize(("hidden", "units"), [((), 1), ((), 4), ((3,), 2), ((5, 2), 1), ((2, 16, 7), 16)])
def test_weights_go_by_layer_and_d4_the_bias_is_one_more_number_a_unit(hidden: Any, units: int) -> None:
    params = Params(points=np.ones((4, 3)), hidden=hidden, units=units, activation="linear")
    state = start(params, Streams.start(0))
    shapes = {name: array.shape for name, array in named(state.with_bias.weights, "with_bias", params).items()}
    widths = [3, *hidden, units]
    wanted = {"W": tuple(widths[-2:]), "b": (units,)}
    for k, (inputs, width) in enumerate(zip(widths, hidden, strict=False), 1):
        wanted |= {f"hidden_{k}.W": (inputs, width), f"hidden_{k}.b": (width,)}
    assert shapes == wanted
    assert names(params) == tuple(wanted)
    bare = named(state.without_bias.weights, "without_bias", params)
    assert {name: array.shape for name, array in bare.items()} == {n: s for n, s in wanted.items() if n[-1] == "W"}
    assert set(settable(params)) == {*wanted, *(f"without_bias.{name}" for name in bare)}
    more = state.with_bias.weights.size - state.without_bias.weights.size
    assert more == sum(widths[1:])


def test_d4_dense_of_4_on_3_inputs() -> None:
    params = Params(points=np.ones((2, 3)), units=4, activation="linear")
    assert [sum(count.total for count in net_of(params, name).stack.counts) for name in NETS] == [16, 12]


def test_only_the_weights_learn_where_biases_are_held() -> None:
    params = Params(hidden=(3,), train_bias=False)
    learns = movable(params, "with_bias")
    assert learns is not None
    by_name = named(learns.astype(float), "with_bias", params)
    assert {name: array.mean() for name, array in by_name.items()} == {
        name: float(name.endswith("W")) for name in by_name
    }
    assert movable(params, "without_bias") is None
    assert movable(Params(), "with_bias") is None


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_the_rule_is_that_of_the_race_at_its_defaults(name: Any) -> None:
    make: Any = FIRST_ORDER[name]
    assert rule_of(Params(optimizer=name, learning_rate=0.25)) == make(learning_rate=0.25)
