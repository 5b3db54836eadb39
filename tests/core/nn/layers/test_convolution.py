"""Conv2D against the layer of one picture, SciPy, torch and central differences, on settings drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from core.nn.convolution import Geometry, convolve, kernel_gradient
from core.nn.layers import Conv2D, named

Floats = NDArray[np.float64]
PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def cases(draw: Any, together: bool = True) -> tuple[Conv2D, Floats]:
    """A layer and a batch that fits; strides and dilation together, too, which the arithmetic does not mind."""
    strides, dilation = draw(PAIRS), draw(PAIRS)
    if not together:
        strides, dilation = draw(st.sampled_from([(strides, (1, 1)), ((1, 1), dilation)]))
    layer = Conv2D(
        draw(st.integers(1, 3)), draw(PAIRS), strides, draw(st.sampled_from(["valid", "same"])), dilation,
        draw(st.booleans()), draw(st.sampled_from([None, "tanh", "swish", "softmax"])),
    )  # fmt: skip
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 7), st.integers(1, 7)))
    windows = layer.windows(*shape[2:])
    assume(windows.rows.count and windows.columns.count)
    return layer, np.random.default_rng(draw(st.integers(0, 999))).normal(size=shape)


def around(n: int, k: int, stride: int, dilation: int) -> tuple[int, int]:
    """What Keras adds before and behind: half each, an odd one behind."""
    total = max(0, (-(-n // stride) - 1) * stride + dilation * (k - 1) + 1 - n)
    return total // 2, total - total // 2


def padded(layer: Conv2D, x: Floats) -> Floats:
    if layer.padding == "valid":
        return x
    axes = zip(x.shape[2:], layer.kernel_size, layer.strides, layer.dilation_rate, strict=True)  # type: ignore[arg-type]
    return np.pad(x, ((0, 0), (0, 0), *(around(*axis) for axis in axes)))


@settings(max_examples=80, deadline=None)
@given(cases())
@example((Conv2D(2, (3, 2), (2, 1), "same", (1, 2)), np.random.default_rng(0).normal(size=(2, 2, 5, 6))))
def test_each_picture_is_the_layer_of_one_picture(weights_of: Any, case: tuple[Conv2D, Floats]) -> None:
    layer, x = case
    layer = Conv2D(layer.filters, layer.kernel_size, layer.strides, layer.padding, layer.dilation_rate)
    weights, whole = weights_of(layer, x), padded(layer, x)
    geometry = Geometry(
        whole.shape[2:], layer.kernel_size, (0, 0), layer.strides, layer.dilation_rate  # type: ignore[arg-type]
    )  # fmt: skip
    judge = np.array([convolve(picture, weights["W"], geometry, weights["b"]) for picture in whole])
    y, kept = layer.forward(weights, x)
    np.testing.assert_allclose(y, judge, rtol=1e-12, atol=1e-12)
    slope = np.random.default_rng(1).normal(size=y.shape)
    by_kernels = sum(kernel_gradient(p, s, geometry) for p, s in zip(whole, slope, strict=True))
    np.testing.assert_allclose(layer.backward(weights, kept, slope)[1]["W"], by_kernels, rtol=1e-9, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(case=cases(together=False))
def test_slopes(check_slopes: Any, case: tuple[Conv2D, Floats]) -> None:
    check_slopes(*case)


@pytest.mark.parametrize(
    "layer",
    [
        Conv2D(3, 3, padding="same"),
        Conv2D(2, (3, 2), (2, 3), "same", activation="tanh"),
        Conv2D(2, 2, dilation_rate=(2, 3)),
        Conv2D(2, 3, 2, use_bias=False),
        Conv2D(2, 5, padding="same", dilation_rate=2),
    ],
)
def test_slopes_of_these(check_slopes: Any, layer: Conv2D) -> None:
    check_slopes(layer, np.random.default_rng(3).normal(size=(2, 2, 6, 7)))


def test_same_padding_is_ndimages_correlation_with_zeros_around(weights_of: Any) -> None:
    x = np.random.default_rng(4).normal(size=(1, 1, 6, 7))
    layer = Conv2D(1, (3, 5), padding="same", use_bias=False)
    weights = weights_of(layer, x)
    judge = ndimage.correlate(x[0, 0], weights["W"][0, 0], mode="constant")
    np.testing.assert_allclose(layer.forward(weights, x)[0][0, 0], judge, rtol=1e-12, atol=1e-12)


def test_an_odd_cell_of_padding_is_added_below_and_to_the_right() -> None:
    x = np.arange(1.0, 5.0).reshape(1, 1, 2, 2)
    y = Conv2D(1, 2, padding="same", use_bias=False).forward({"W": np.ones((1, 1, 2, 2))}, x)[0]
    assert y[0, 0].tolist() == [[10.0, 6.0], [7.0, 4.0]]
    strided = Conv2D(1, 3, 2, "same", use_bias=False).forward({"W": np.ones((1, 1, 3, 3))}, np.ones((1, 1, 4, 4)))[0]
    assert strided[0, 0].tolist() == [[9.0, 6.0], [6.0, 4.0]]  # the first window begins in the corner


def test_the_way_the_batch_lies_in_memory_does_not_matter(weights_of: Any) -> None:
    layer = Conv2D(3, 3, padding="same", activation="tanh")
    x = np.random.default_rng(5).normal(size=(4, 2, 5, 5))
    turned = np.ascontiguousarray(x.transpose(1, 2, 3, 0)).transpose(3, 0, 1, 2)
    weights = weights_of(layer, x)
    np.testing.assert_array_equal(layer.forward(weights, x)[0], layer.forward(weights, turned)[0])


def test_where_it_starts() -> None:
    layer, shape = Conv2D(64, 3), named(None, 8, 8, 16)
    glorot = layer.start(shape, np.random.default_rng(0))["W"]
    assert glorot.shape == (64, 16, 3, 3)
    assert 0.98 < np.abs(glorot).max() / np.sqrt(6 / (9 * 16 + 9 * 64)) <= 1
    assert layer.start(shape, np.random.default_rng(0), "he")["W"].std() == pytest.approx(np.sqrt(2 / 144), rel=0.02)


def test_its_weights_as_one_counts_them() -> None:
    count = Conv2D(8, 3).count(named(None, 8, 8, 1))
    assert count.formula == "(3·3·1 + 1)·8"
    assert count.total == 80
    assert dict(count.terms[0]) == {"rows": 3, "columns": 3, "channels": 1}
    assert Conv2D(8, (2, 3), use_bias=False).count(named(None, 8, 8, 4)).formula == "2·3·4·8"


@settings(max_examples=40, deadline=None)
@given(cases())
def test_what_a_cell_comes_from_is_what_moves_it(weights_of: Any, case: tuple[Conv2D, Floats]) -> None:
    layer, x = case
    layer = Conv2D(1, layer.kernel_size, layer.strides, layer.padding, layer.dilation_rate)
    weights = {name: np.abs(w) + 0.1 for name, w in weights_of(layer, x).items()}
    y, kept = layer.forward(weights, x)
    at = tuple(np.random.default_rng(0).integers(0, n) for n in y.shape)
    slope = np.zeros(y.shape)
    slope[at] = 1.0
    moved = layer.backward(weights, kept, slope)[0] != 0
    cells = layer.sees(named(*(x.shape[i] for i in (0, 2, 3, 1))), tuple((int(i),) for i in at))
    seen = np.zeros(x.shape, dtype=bool)
    seen[np.ix_(*cells)] = True
    np.testing.assert_array_equal(moved, seen)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_torch_agrees(weights_of: Any, case: tuple[Conv2D, Floats]) -> None:
    torch = pytest.importorskip("torch")
    layer, x = case
    layer = Conv2D(layer.filters, layer.kernel_size, layer.strides, layer.padding, layer.dilation_rate, True, "tanh")
    weights = weights_of(layer, x)
    leaves = {name: torch.tensor(np.array(w), requires_grad=True) for name, w in {**weights, "x": x}.items()}
    extra = [0, 0, 0, 0]
    if layer.padding == "same":
        axes = zip(x.shape[2:], layer.kernel_size, layer.strides, layer.dilation_rate, strict=True)  # type: ignore[arg-type]
        up, left = (around(*axis) for axis in axes)
        extra = [*left, *up]
    z = torch.nn.functional.conv2d(
        torch.nn.functional.pad(leaves["x"], extra), leaves["W"], leaves["b"], layer.strides, 0, layer.dilation_rate
    )
    y, kept = layer.forward(weights, x)
    np.testing.assert_allclose(y, torch.tanh(z).detach().numpy(), rtol=1e-12, atol=1e-12)
    probe = np.random.default_rng(2).normal(size=y.shape)
    (torch.tanh(z) * torch.tensor(probe)).sum().backward()
    by_x, slopes = layer.backward(weights, kept, probe)
    for name, ours in {**slopes, "x": by_x}.items():
        np.testing.assert_allclose(ours, leaves[name].grad.numpy(), rtol=1e-9, atol=1e-12)
