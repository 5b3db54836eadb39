"""Pooling against the pool of one picture, plain loops, torch and central differences."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.nn.convolution import Geometry, pool
from core.nn.layers import AveragePooling2D, MaxPooling2D, named

Floats = NDArray[np.float64]
PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))
Pool = MaxPooling2D | AveragePooling2D


@st.composite
def cases(draw: Any) -> tuple[Pool, Floats]:
    """A pool and a batch that fits; its cells lie apart, so that no difference steps over a kink."""
    kind = draw(st.sampled_from([MaxPooling2D, AveragePooling2D]))
    layer = kind(draw(PAIRS), draw(st.none() | PAIRS), draw(st.sampled_from(["valid", "same"])))
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(1, 7), st.integers(1, 7)))
    windows = layer.windows(*shape[2:])
    assume(windows.rows.count and windows.columns.count)
    cells = np.random.default_rng(draw(st.integers(0, 999))).permutation(np.prod(shape))
    return layer, (cells.reshape(shape) - 30.0) / 40.0


def cells_of(layer: Pool, x: Floats, i: int, j: int) -> list[tuple[int, int]]:
    """The cells of a window by the rules of Keras, worked out from scratch."""
    size = layer.pool_size
    found = []
    for n, k, s, at in zip(x.shape[2:], size, layer.strides or size, (i, j), strict=True):  # type: ignore[arg-type]
        total = max(0, (-(-n // s) - 1) * s + k - n) if layer.padding == "same" else 0
        found.append([c for c in range(at * s - total // 2, at * s - total // 2 + k) if 0 <= c < n])
    rows, columns = found
    return list(itertools.product(rows, columns))


@settings(max_examples=80, deadline=None)
@given(cases())
def test_by_plain_loops(case: tuple[Pool, Floats]) -> None:
    layer, x = case
    y = layer.forward({}, x)[0]
    shape = tuple(axis.size for axis in layer.shape(named(*(x.shape[i] for i in (0, 2, 3, 1)))))
    assert y.shape == shape
    pick: Any = np.max if isinstance(layer, MaxPooling2D) else np.mean
    for n, c, i, j in np.ndindex(*y.shape):
        assert y[n, c, i, j] == pytest.approx(pick([x[n, c, r, s] for r, s in cells_of(layer, x, i, j)]), rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_slopes(check_slopes: Any, case: tuple[Pool, Floats]) -> None:
    check_slopes(*case)


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D])
def test_without_padding_each_picture_is_the_pool_of_one_picture(kind: Any) -> None:
    x = np.random.default_rng(0).normal(size=(3, 2, 7, 8))
    name: Any = "max" if kind is MaxPooling2D else "average"
    judge = [pool(picture, Geometry((7, 8), (3, 2), (0, 0), (2, 2)), name) for picture in x]
    np.testing.assert_allclose(kind((3, 2), 2).forward({}, x)[0], judge, rtol=1e-12)


def test_the_slope_goes_to_the_first_of_equal_cells() -> None:
    layer = MaxPooling2D(2)
    y, kept = layer.forward({}, np.zeros((1, 1, 4, 4)))
    by_x, weights = layer.backward({}, kept, np.arange(1.0, 5.0).reshape(1, 1, 2, 2))
    assert not y.any()
    assert by_x[0, 0].tolist() == [[1, 0, 2, 0], [0, 0, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    assert weights == {}


def test_a_cell_that_is_largest_in_several_windows_gets_all_their_slopes() -> None:
    x = np.zeros((1, 1, 3, 3))
    x[0, 0, 1, 1] = 1.0
    layer = MaxPooling2D(2, 1)
    by_x = layer.backward({}, layer.forward({}, x)[1], np.ones((1, 1, 2, 2)))[0]
    assert by_x[0, 0, 1, 1] == 4.0
    assert by_x.sum() == 4.0


def test_padding_never_counts() -> None:
    x = np.full((2, 3, 3, 3), -3.0)
    for layer in (MaxPooling2D(2, padding="same"), AveragePooling2D(2, padding="same")):
        y, kept = layer.forward({}, x)
        assert (y == -3.0).all()
        assert layer.backward({}, kept, np.ones(y.shape))[0].sum() == pytest.approx(y.size)  # none flows into padding


def test_what_a_cell_comes_from() -> None:
    layer = MaxPooling2D((2, 3), padding="same")
    assert layer.sees(named(2, 5, 7, 4), ((1,), (3,), (2,), (0,))) == ((1,), (3,), (4,), (0, 1))
    assert layer.sees(named(2, 5, 7, 4), ((0,), (0,), (0, 1), (1,))) == ((0,), (0,), (0, 1, 2, 3), (2, 3, 4))


def test_there_is_nothing_to_learn() -> None:
    layer, shape = MaxPooling2D(), named(None, 8, 8, 3)
    assert layer.sizes(shape) == {}
    assert layer.start(shape, np.random.default_rng(0)) == {}
    assert (layer.count(shape).total, layer.count(shape).formula) == (0, "0")


@settings(max_examples=40, deadline=None)
@given(cases())
def test_torch_agrees(case: tuple[Pool, Floats]) -> None:
    torch = pytest.importorskip("torch")
    layer, x = case
    assume(layer.padding == "valid")
    functional = torch.nn.functional
    theirs = functional.max_pool2d if isinstance(layer, MaxPooling2D) else functional.avg_pool2d
    leaf = torch.tensor(x, requires_grad=True)
    judge = theirs(leaf, layer.pool_size, layer.strides)
    y, kept = layer.forward({}, x)
    np.testing.assert_allclose(y, judge.detach().numpy(), rtol=1e-12, atol=1e-15)
    probe = np.random.default_rng(2).normal(size=y.shape)
    (judge * torch.tensor(probe)).sum().backward()
    np.testing.assert_allclose(layer.backward({}, kept, probe)[0], leaf.grad.numpy(), rtol=1e-12, atol=1e-15)
