"""What a tab shows of a net's inside, against the same computed one unit and one point at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize

from core.activations import Params, State, arrays, start, step
from core.activations.inside import field, inside, is_flat, steepness
from core.activations.settings import FUNCTIONS, data_of
from core.nn import activations
from core.run.streams import Streams

Floats = NDArray[np.float64]
EVERY = pytest.mark.parametrize("function", FUNCTIONS)


def trained(params: Params, steps: int = 30) -> State:
    state = start(params, Streams.start(1))
    for t in range(1, steps + 1):
        state = step(state, params, Streams.step(1, t))
    return state


def by_hand(state: State, function: Any, params: Params, x: Floats) -> tuple[list[Floats], Floats]:
    """The sums of each hidden layer, and p, from the arrays that exports hold."""
    held, sums, a = arrays(state, params), [], x
    for k in range(1, params.layers + 1):
        sums.append(a @ held[f"{function}.layer_{k}.W"] + held[f"{function}.layer_{k}.b"])
        a = activations.value(function, sums[-1])
    last = params.layers + 1
    z = a @ held[f"{function}.layer_{last}.W"] + held[f"{function}.layer_{last}.b"]
    return sums, np.array([1 / (1 + math.exp(-one)) for one in z[:, 0]])


@EVERY
def test_the_greatest_slope_is_the_greatest(function: Any) -> None:
    z = np.linspace(-50, 50, 200_001)
    shares = steepness(function, activations.slope(function, z))
    assert shares.max() <= 1 + 1e-12
    at = z[shares.argmax()]
    found = optimize.minimize_scalar(
        lambda at: -abs(float(activations.slope(function, np.array([at]))[0])), bounds=(at - 1, at + 1),
        method="bounded", options={"xatol": 1e-10},
    )  # fmt: skip
    assert steepness(function, np.array([-found.fun]))[0] == pytest.approx(1, abs=1e-9)


def test_where_a_function_is_flat() -> None:
    edges = {"sigmoid": 5.98, "tanh": 2.99, "elu": -4.60, "relu": 0.0, "softplus": -4.59}
    for function, edge in edges.items():
        away = np.sign(edge) or -1.0
        assert is_flat(function, np.array([edge + 0.03 * away])).all()  # type: ignore[arg-type]
        assert not is_flat(function, np.array([edge - 0.03 * away])).any()  # type: ignore[arg-type]
    assert not is_flat("leaky-relu", np.array([-1e6, -1.0, 1.0])).any()


@EVERY
def test_sums_slopes_and_probabilities(function: Any) -> None:
    params = Params(functions=FUNCTIONS, units=4, layers=3, n_samples=25)
    state = trained(params)
    net = inside(state.of(function, params).weights, function, params)
    sums, p = by_hand(state, function, params, data_of(params).x)
    for k in range(3):
        np.testing.assert_allclose(net.sums[k], sums[k], rtol=1e-12, atol=1e-14)
        np.testing.assert_array_equal(net.slopes[k], activations.slope(function, net.sums[k]))
    np.testing.assert_allclose(net.probabilities, p, rtol=1e-10)
    assert net.steepness.shape == net.flat.shape == net.dead.shape == (3, 4)
    shares = [steepness(function, net.slopes[k][:, j]) for k in range(3) for j in range(4)]
    np.testing.assert_allclose(net.steepness.ravel(), [share.mean() for share in shares])
    assert net.flat.ravel().tolist() == [int((share < 0.01).sum()) for share in shares]


@EVERY
def test_a_field_is_what_the_net_makes_of_each_place(function: Any) -> None:
    params = Params(functions=(function,), units=3, layers=2)
    state, x, y = trained(params), np.linspace(-3, 3, 5), np.linspace(-1, 2, 4)
    found = field(state.nets[0].weights, function, params, x, y)
    assert found.shape == (4, 5)
    for row, column in np.ndindex(4, 5):
        _, p = by_hand(state, function, params, np.array([[x[column], y[row]]]))
        assert found[row, column] == pytest.approx(p[0], rel=1e-10)
    seen = field(state.nets[0].weights, function, params, x, y, single=True)
    assert seen == pytest.approx(found, abs=1e-5)
    large = 1e9 * state.nets[0].weights  # with which single precision would overflow in a third layer
    assert (field(large, function, params, x, y, single=True) == field(large, function, params, x, y)).all()


def test_a_dead_unit_is_dead_and_one_of_leaky_relu_is_not() -> None:
    params = Params(functions=("relu", "leaky-relu"), layers=1, optimizer="sgd")
    state = start(params, Streams.start(0)).with_array("layer_1.b", np.array([-20.0, *[0.0] * 7]), params)
    for function, dead in (("relu", True), ("leaky-relu", False)):
        net = inside(state.of(function, params).weights, function, params)  # type: ignore[arg-type]
        assert (net.sums[0][:, 0] < 0).all()
        assert bool(net.dead[0, 0]) is dead
        assert not net.dead[0, 1:].any()


def test_the_gradient_by_layer_is_that_of_the_mean_loss() -> None:
    params = Params(functions=("tanh",), layers=4, units=3)
    state = trained(params, 5)
    net = inside(state.nets[0].weights, "tanh", params)
    after = step(state, params, Streams.step(1, 6)).nets[0]
    assert net.gradient_by_layer.shape == (4,)
    assert net.gradient_by_layer[[0, -1]].tolist() == [after.grad_first, after.grad_last]


def test_the_same_weights_are_looked_at_once() -> None:
    params = Params()
    weights = trained(params, 2).nets[0].weights
    assert inside(weights, "sigmoid", params) is inside(weights, "sigmoid", params)
    other = replace(params, data_seed=1)
    assert inside(weights, "sigmoid", other) is not inside(weights, "sigmoid", params)
