"""Functions and slopes against SciPy, central differences and numbers worked out by hand."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special

from core.nn import activations
from core.nn.activations import FUNCTIONS, Activation, erfc, log_softmax, normal, sigmoid, softmax

Floats = NDArray[np.float64]
JUDGES: dict[str, Any] = {
    "sigmoid": special.expit,
    "tanh": np.tanh,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky-relu": lambda z: np.where(z > 0, z, z / 100),
    "elu": lambda z: np.where(z > 0, z, special.expm1(z)),
    "gelu": lambda z: z * special.ndtr(z),
    "swish": lambda z: z * special.expit(z),
    "softplus": lambda z: np.logaddexp(0.0, z),
    "linear": lambda z: z,
}
WIDE = np.concatenate([np.linspace(-30, 30, 2401), [-700.0, -40.0, 40.0, 700.0]])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_values(function: Any) -> None:
    np.testing.assert_allclose(activations.value(function, WIDE), JUDGES[function](WIDE), rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_slopes(function: Any, slope_of: Any, near: Any) -> None:
    z = np.linspace(-4.0, 4.0, 40)  # 0 is not among them
    judge = [slope_of(lambda x: activations.value(function, x)[0], np.array([at]))[0] for at in z]
    near(activations.slope(function, z), np.array(judge), 1e-9)


@pytest.mark.parametrize(("function", "left"), [("relu", 0.0), ("leaky-relu", 0.01), ("elu", 1.0)])
def test_the_slope_at_a_kink_is_that_of_its_left_side(function: Any, left: float) -> None:
    assert activations.slope(function, np.zeros(1)).tolist() == [left]


@pytest.mark.parametrize("function", get_args(Activation))
@pytest.mark.parametrize("size", [1e3, 1e8])
def test_nothing_overflows(function: Any, size: float) -> None:
    z = np.array([[-size, -1.0, 0.0, 1.0, size]])
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        y = activations.value(function, z)
        by_z = activations.back(function, z, y, np.ones_like(z))
    assert np.isfinite(y).all()
    assert np.isfinite(by_z).all()


def test_the_sigmoid_keeps_its_bytes() -> None:
    small = np.exp(-np.abs(WIDE))
    assert sigmoid(WIDE).tobytes() == (np.where(WIDE >= 0, 1.0, small) / (1.0 + small)).tobytes()


def test_the_error_function_to_its_last_digits() -> None:
    x = np.concatenate([np.linspace(-6, 6, 4001), np.linspace(-26, 26, 501), [-100.0, 100.0, 0.46875, 4.0]])
    np.testing.assert_allclose(erfc(x), special.erfc(x), rtol=1e-13, atol=1e-300)
    assert erfc(np.array([[0.0]])).tolist() == [[1.0]]
    np.testing.assert_allclose(normal(np.array([-37.0, -8.0])), special.ndtr([-37.0, -8.0]), rtol=1e-12)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8), st.floats(-1000, 1000))
def test_softmax_stands_still_when_the_same_is_added_to_all(logits: list[float], shift: float) -> None:
    z = np.array(logits)
    np.testing.assert_allclose(softmax(z), special.softmax(z), rtol=1e-12)
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=0, atol=1e-12)
    np.testing.assert_allclose(log_softmax(z), special.log_softmax(z), rtol=1e-12, atol=1e-12)


def test_softmax_by_hand() -> None:
    np.testing.assert_allclose(softmax(np.array([1000.0, 999.0, 0.0])), [0.731059, 0.268941, 0.0], atol=1e-6)
    pair = np.array([1.2, -0.7])
    np.testing.assert_allclose(softmax(pair)[0], sigmoid(pair[0] - pair[1]), rtol=1e-15)
    assert np.isfinite(log_softmax(np.array([1000.0, -1000.0]))).all()
    rows = np.array([[1000.0, 1000.0], [0.0, 0.0]])  # each row for itself
    np.testing.assert_array_equal(softmax(rows), np.full((2, 2), 0.5))
    np.testing.assert_allclose(log_softmax(rows.T, 0), np.full((2, 2), -np.log(2)), rtol=1e-15)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_sends_back_what_differences_say(axis: int, slope_of: Any, near: Any) -> None:
    rng = np.random.default_rng(0)
    z, probe = rng.normal(size=(3, 4, 2)), rng.normal(size=(3, 4, 2))
    ours = activations.back("softmax", z, softmax(z, axis), probe, axis)
    near(ours, slope_of(lambda x: float((activations.value("softmax", x, axis) * probe).sum()), z))


def test_torch_agrees() -> None:
    """Up to |z| = 1,000. Far below zero torch's gelu takes 1 from a number near 1, and only so many digits are left."""
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    theirs: dict[Any, Any] = {
        "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": functional.relu, "leaky-relu": functional.leaky_relu,
        "elu": functional.elu, "gelu": functional.gelu, "swish": functional.silu, "linear": lambda x: x + 0.0,
        "softplus": lambda x: functional.softplus(x, threshold=40), "softmax": lambda x: functional.softmax(x, -1),
    }  # fmt: skip
    assert set(theirs) == {*FUNCTIONS, "softmax"}
    z = np.concatenate([np.linspace(-8, 8, 101), np.linspace(-1000, 1000, 401), [0.0, -0.0, 1e-300, -37.5, 37.5]])
    probe = np.random.default_rng(0).normal(size=len(z))
    for function, judge in theirs.items():
        x = torch.tensor(z, requires_grad=True)
        y = judge(x)
        (y * torch.tensor(probe)).sum().backward()
        ours = activations.value(function, z)
        np.testing.assert_allclose(ours, y.detach().numpy(), rtol=1e-12, atol=1e-14)
        back = activations.back(function, z, ours, probe)
        np.testing.assert_allclose(back, x.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_the_slope_of_gelu_from_its_value_is_the_one_from_the_normal_distribution() -> None:
    z = np.concatenate([np.linspace(-45, 45, 1801), [0.0, -0.0, 5e-324, -1e-300, 1e-17]])
    judge = special.ndtr(z) + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    np.testing.assert_allclose(activations.slope("gelu", z), judge, rtol=1e-12, atol=1e-14)
