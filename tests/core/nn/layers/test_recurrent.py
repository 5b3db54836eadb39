"""SimpleRNN against plain loops, torch's RNN and central differences; what comes back by time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.nn.layers import SimpleRNN, named
from core.nn.layers.recurrent import through_time
from core.nn.layers.starts import orthogonal

Floats = NDArray[np.float64]
RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5, 2))  # (batch, time, features)


def test_by_plain_loops(weights_of: Any) -> None:
    layer = SimpleRNN(4, return_sequences=True)
    weights = weights_of(layer, X)
    y = layer.forward(weights, X)[0]
    for n in range(3):
        h = [0.0] * 4
        for t in range(5):
            h = [
                math.tanh(
                    sum(X[n, t, i] * weights["W"][i, j] for i in range(2))
                    + sum(h[i] * weights["U"][i, j] for i in range(4))
                    + weights["b"][j]
                )
                for j in range(4)
            ]
            np.testing.assert_allclose(y[n, t], h, rtol=1e-12)


def test_without_sequences_it_gives_the_last_state(weights_of: Any) -> None:
    weights = weights_of(SimpleRNN(4), X)
    last, kept = SimpleRNN(4).forward(weights, X)
    np.testing.assert_array_equal(last, SimpleRNN(4, return_sequences=True).forward(weights, X)[0][:, -1])
    np.testing.assert_array_equal(kept.h[:, 0], np.zeros((3, 4)))
    np.testing.assert_array_equal(kept.last, last)
    assert kept.h.shape == (3, 6, 4)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "linear", "gelu", "softplus", "softmax", None])
@pytest.mark.parametrize("return_sequences", [True, False])
def test_slopes(activation: Any, return_sequences: bool, check_slopes: Any) -> None:
    check_slopes(SimpleRNN(3, activation, return_sequences=return_sequences), X)


def test_slopes_without_bias_and_of_one_time(check_slopes: Any) -> None:
    check_slopes(SimpleRNN(3, use_bias=False), X)
    check_slopes(SimpleRNN(3, return_sequences=True), X[:, :1])


def test_slopes_that_begin_with_a_state(check_slopes: Any) -> None:
    check_slopes(SimpleRNN(3, return_sequences=True, stateful=False), X, begin=RNG.normal(size=(3, 3)))


def test_a_sequence_in_two_pieces_goes_on_where_it_stopped(weights_of: Any) -> None:
    layer = SimpleRNN(4, return_sequences=True)
    weights = weights_of(layer, X)
    whole = layer.forward(weights, X)[0]
    first, kept = layer.forward(weights, X[:, :2])
    second, _ = layer.forward(weights, X[:, 2:], kept.last)
    np.testing.assert_array_equal(np.concatenate([first, second], axis=1), whole)


@pytest.mark.parametrize("radius", [0.5, 0.9, 1.0, 1.1, 1.5])
def test_a_linear_cells_slope_grows_or_dies_by_its_radius(radius: float) -> None:
    """U = radius · rotation: what comes back from the last time shrinks by radius at each step, whatever W and x."""
    rng = np.random.default_rng(1)
    layer = SimpleRNN(8, "linear")
    weights = {"W": rng.normal(size=(3, 8)), "U": radius * orthogonal(8, rng), "b": np.zeros(8)}
    _, made = layer.forward(weights, rng.normal(size=(4, 20, 3)))
    back = through_time(weights["U"], made, layer.at_all_times(rng.normal(size=(4, 8)), made), "linear")
    by_lag = np.sqrt((back.by_h**2).sum(axis=(0, 2)))[::-1]
    np.testing.assert_allclose(by_lag / by_lag[0], radius ** np.arange(20), rtol=1e-9)


def test_the_slope_of_each_state_is_that_of_differences(weights_of: Any, slope_of: Any, near: Any) -> None:
    """Begin the sequence again at some time with another state: the loss from there on moves by by_h."""
    layer = SimpleRNN(4, return_sequences=True)
    weights, probe = weights_of(layer, X), RNG.normal(size=(3, 5, 4))
    y, made = layer.forward(weights, X)
    back = through_time(weights["U"], made, probe, "tanh")
    for t in range(4):
        judge = slope_of(
            lambda h, t=t: float((layer.forward(weights, X[:, t + 1 :], h)[0] * probe[:, t + 1 :]).sum()), y[:, t]
        )
        near(back.by_h[:, t], judge + probe[:, t])
    np.testing.assert_array_equal(back.by_h[:, 4], probe[:, 4])


def test_where_it_starts() -> None:
    weights = SimpleRNN(16).start(named(None, 8, 4), np.random.default_rng(0))
    assert list(weights) == ["W", "U", "b"]
    np.testing.assert_allclose(weights["U"] @ weights["U"].T, np.eye(16), atol=1e-12)
    assert np.abs(weights["W"]).max() <= math.sqrt(6 / 20)
    assert not weights["b"].any()
    assert list(SimpleRNN(16, use_bias=False).start(named(None, 8, 4), np.random.default_rng(0))) == ["W", "U"]


def test_its_weights_as_one_counts_them() -> None:
    assert SimpleRNN(16).count(named(None, 8, 4)).formula == "(4 + 16 + 1)·16"
    assert SimpleRNN(16, use_bias=False).count(named(None, 8, 4)).formula == "(4 + 16)·16"


def test_what_a_cell_comes_from() -> None:
    assert SimpleRNN(6).sees(named(2, 3, 2), ((1,), (4,))) == ((1,), (0, 1, 2), (0, 1))
    assert SimpleRNN(6, return_sequences=True).sees(named(2, 3, 2), ((1,), (1,), (4,))) == ((1,), (0, 1), (0, 1))


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_torch_agrees(activation: Any, weights_of: Any) -> None:
    torch = pytest.importorskip("torch")
    layer = SimpleRNN(4, activation, return_sequences=True)
    weights, begin, probe = weights_of(layer, X), RNG.normal(size=(3, 4)), RNG.normal(size=(3, 5, 4))
    judge = torch.nn.RNN(2, 4, nonlinearity=activation, batch_first=True).double()
    with torch.no_grad():
        judge.weight_ih_l0.copy_(torch.tensor(weights["W"].T.copy()))
        judge.weight_hh_l0.copy_(torch.tensor(weights["U"].T.copy()))
        judge.bias_ih_l0.copy_(torch.tensor(np.array(weights["b"])))
        judge.bias_hh_l0.zero_()
    x = torch.tensor(X, requires_grad=True)
    theirs, _ = judge(x, torch.tensor(begin)[None])
    (theirs * torch.tensor(probe)).sum().backward()
    y, kept = layer.forward(weights, X, begin)
    by_x, slopes = layer.backward(weights, kept, probe)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=1e-12, atol=1e-14)
    leaves = {"W": judge.weight_ih_l0, "U": judge.weight_hh_l0}
    for name, leaf in leaves.items():
        np.testing.assert_allclose(slopes[name], leaf.grad.numpy().T, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(slopes["b"], judge.bias_ih_l0.grad.numpy(), rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(by_x, x.grad.numpy(), rtol=1e-10, atol=1e-13)
