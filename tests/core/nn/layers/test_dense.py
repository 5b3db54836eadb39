"""Dense against plain sums, central differences and torch."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from core.nn.activations import Activation
from core.nn.layers import Dense, named

Floats = NDArray[np.float64]
RNG = np.random.default_rng(0)
SMOOTH = [None, *(name for name in get_args(Activation) if name not in ("relu", "leaky-relu", "elu"))]


def test_by_hand() -> None:
    x = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]])
    weights = {"W": np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 1.0]]), "b": np.array([0.5, 0.0, -1.0])}
    assert Dense(3).forward(weights, x)[0].tolist() == [[5.5, 2, 0], [2.5, 1, 0], [1.5, -1, -5]]


@pytest.mark.parametrize("shape", [(4, 3), (2, 5, 3), (2, 3, 4, 5), (2, 2, 3, 4, 2)])
def test_it_works_on_the_last_written_axis_alone(shape: tuple[int, ...], weights_of: Any) -> None:
    """Pictures have their channels second (third behind a time): Dense goes over those."""
    x = RNG.normal(size=shape)
    axis = {4: 1, 5: 2}.get(len(shape), len(shape) - 1)
    weights = weights_of(Dense(4), x)
    y = Dense(4).forward(weights, x)[0]
    for place in np.ndindex(*(n for i, n in enumerate(shape) if i != axis)):
        row = [*place[:axis], slice(None), *place[axis:]]
        for unit in range(4):
            total = sum(a * w for a, w in zip(x[tuple(row)], weights["W"][:, unit], strict=True))
            assert y[tuple(row)][unit] == pytest.approx(total + weights["b"][unit], rel=1e-12)


@pytest.mark.parametrize("activation", SMOOTH)
def test_slopes(activation: Any, check_slopes: Any) -> None:
    check_slopes(Dense(4, activation=activation), RNG.normal(size=(5, 3)))


@pytest.mark.parametrize("activation", ["relu", "leaky-relu", "elu"])
def test_slopes_beside_a_kink(activation: Any, check_slopes: Any, weights_of: Any) -> None:
    layer, x = Dense(4, activation=activation), np.random.default_rng(0).normal(size=(5, 3))
    z = layer.forward(weights_of(layer, x), x)[1][1]
    assert np.abs(z).min() > 0.02  # differences do not step over the kink
    assert (z < 0).any()
    assert (z > 0).any()
    check_slopes(layer, x)


@pytest.mark.parametrize("shape", [(2, 5, 3), (2, 3, 4, 5), (2, 2, 3, 4, 2)])
@pytest.mark.parametrize("use_bias", [True, False])
def test_slopes_with_more_axes(shape: tuple[int, ...], use_bias: bool, check_slopes: Any) -> None:
    check_slopes(Dense(3, use_bias, "softmax"), RNG.normal(size=shape))


def test_where_it_starts() -> None:
    given = named(None, 50)
    glorot = Dense(30).start(given, np.random.default_rng(0))
    he = Dense(30).start(given, np.random.default_rng(0), "he")
    assert np.abs(glorot["W"]).max() <= np.sqrt(6 / 80)
    assert np.abs(glorot["W"]).max() > 0.95 * np.sqrt(6 / 80)
    assert he["W"].std() == pytest.approx(0.2, rel=0.05)
    assert not glorot["b"].any()
    assert list(Dense(30, use_bias=False).start(given, np.random.default_rng(0))) == ["W"]


def test_what_a_cell_comes_from() -> None:
    assert Dense(4).sees(named(2, 3), ((1,), (2,))) == ((1,), (0, 1, 2))
    assert Dense(4).sees(named(2, 5, 6, 3), ((1,), (2,), (4,), (5,))) == ((1,), (0, 1, 2), (4,), (5,))


def test_its_weights_as_one_counts_them() -> None:
    assert Dense(10).count(named(None, 64)).formula == "(64 + 1)·10"
    assert Dense(10, use_bias=False).count(named(None, 64)).formula == "64·10"
    assert Dense(10, use_bias=False).count(named(None, 64)).total == 640


def test_torch_agrees(weights_of: Any) -> None:
    torch = pytest.importorskip("torch")
    layer, x = Dense(4, activation="gelu"), RNG.normal(size=(6, 5, 3))
    weights, probe = weights_of(layer, x), RNG.normal(size=(6, 5, 4))
    leaves = {name: torch.tensor(w, requires_grad=True) for name, w in {**weights, "x": x}.items()}
    theirs = torch.nn.functional.gelu(leaves["x"] @ leaves["W"] + leaves["b"])
    (theirs * torch.tensor(probe)).sum().backward()
    y, kept = layer.forward(weights, x)
    by_x, slopes = layer.backward(weights, kept, probe)
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=1e-12, atol=1e-15)
    for name, ours in {**slopes, "x": by_x}.items():
        np.testing.assert_allclose(ours, leaves[name].grad.numpy(), rtol=1e-10, atol=1e-13)
