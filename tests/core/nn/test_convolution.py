"""The layer against SciPy and brute force, on settings drawn at random; what sees what, both ways round."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import ndimage, signal

from core.nn import convolution
from core.nn.convolution import (
    Geometry,
    as_matrix,
    convolve,
    kernel_gradient,
    output_size,
    pool,
    sees_only_padding,
    windows,
)


@st.composite
def geometries(draw: Callable[[Any], Any], largest: int = 9) -> Geometry:
    def pairs(low: int, high: int) -> Any:
        return st.tuples(st.integers(low, high), st.integers(low, high))

    geometry = Geometry(
        draw(pairs(1, largest)), draw(pairs(1, 4)), draw(pairs(0, 3)), draw(pairs(1, 3)), draw(pairs(1, 3))
    )
    assume(all(geometry.output))
    return geometry


def dilated(kernel: Any, dilation: tuple[int, int]) -> Any:
    rows, columns = ((k - 1) * d + 1 for k, d in zip(kernel.shape, dilation, strict=True))
    made = np.zeros((rows, columns))
    made[:: dilation[0], :: dilation[1]] = kernel
    return made


def by_scipy(image: Any, kernels: Any, geometry: Geometry) -> Any:
    (down, across), (s_rows, s_columns) = geometry.padding, geometry.stride
    maps = []
    for kernel in kernels:
        channels = [
            signal.correlate2d(np.pad(x, ((down, down), (across, across))), dilated(k, geometry.dilation), "valid")
            for x, k in zip(image, kernel, strict=True)
        ]
        maps.append(np.sum(channels, axis=0)[::s_rows, ::s_columns])
    return np.array(maps)


@settings(max_examples=150, deadline=None)
@given(geometries(), st.integers(1, 3), st.integers(1, 3), st.integers(0, 10_000))
def test_it_is_scipys_correlation(geometry: Geometry, channels: int, maps: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    image = rng.standard_normal((channels, *geometry.picture))
    kernels, bias = rng.standard_normal((maps, channels, *geometry.window)), rng.standard_normal(maps)
    assume(all(r <= n + 2 * p for r, n, p in zip(geometry.reach, geometry.picture, geometry.padding, strict=True)))
    made = convolve(image, kernels, geometry, bias)
    assert made.shape == (maps, *geometry.output)
    assert np.allclose(made - bias[:, None, None], by_scipy(image, kernels, geometry), rtol=0, atol=1e-12)


def test_same_padding_is_ndimages_correlation_with_zeros_around() -> None:
    rng = np.random.default_rng(4)
    image, kernel = rng.standard_normal((11, 7)), rng.standard_normal((5, 3))
    ours = convolve(image[None], kernel[None, None], Geometry((11, 7), (5, 3), (2, 1)))[0]
    assert np.allclose(ours, ndimage.correlate(image, kernel, mode="constant"))


def test_the_kernel_is_not_flipped() -> None:
    image = np.zeros((1, 3, 3))
    image[0, 1, 1] = 1.0
    kernel = np.arange(9.0).reshape(1, 1, 3, 3)
    ours = convolve(image, kernel, Geometry((3, 3), (3, 3), (1, 1)))[0]
    assert (ours == kernel[0, 0, ::-1, ::-1]).all()
    assert (ours == signal.correlate2d(image[0], kernel[0, 0], "same")).all()
    assert (ours != signal.convolve2d(image[0], kernel[0, 0], "same")).any()


def test_a_large_picture_is_done_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    image, kernels = rng.standard_normal((2, 40, 30)), rng.standard_normal((3, 2, 3, 5))
    geometry = Geometry((40, 30), (3, 5), (1, 2), (2, 1))
    whole = convolve(image, kernels, geometry)
    monkeypatch.setattr(convolution, "_BLOCK", 2_000)
    assert np.allclose(convolve(image, kernels, geometry), whole, rtol=1e-12)


def test_torch_agrees() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    image, kernels, bias = rng.standard_normal((3, 14, 11)), rng.standard_normal((4, 3, 3, 2)), rng.standard_normal(4)
    geometry = Geometry((14, 11), (3, 2), (2, 1), (2, 3), (3, 2))
    theirs = torch.nn.functional.conv2d(
        torch.tensor(image)[None], torch.tensor(kernels), torch.tensor(bias), (2, 3), (2, 1), (3, 2)
    )[0].numpy()
    assert np.allclose(convolve(image, kernels, geometry, bias), theirs)


# ---- the size of the output


@given(st.integers(1, 40), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
def test_the_formula_counts_the_places_of_a_window(n: int, k: int, p: int, s: int, d: int) -> None:
    reach = d * (k - 1) + 1
    places = [i for i in range(0, n + 2 * p, s) if i + reach <= n + 2 * p]
    assert output_size(n, k, p, s, d) == len(places)


# ---- what sees what


@settings(deadline=None)
@given(geometries())
def test_receptive_field_and_influence_are_each_others_inverse(geometry: Geometry) -> None:
    rows, columns = geometry.picture
    sees = {
        (i, j, a, b, r, c)
        for i, j in itertools.product(*map(range, geometry.output))
        for a, b, r, c in geometry.seen(i, j)
    }
    seen_by = {
        (i, j, a, b, r, c)
        for r, c in itertools.product(range(rows), range(columns))
        for a, b, i, j in geometry.seers(r, c)
    }
    assert sees == seen_by


@settings(deadline=None)
@given(geometries(), st.integers(0, 100))
def test_what_an_output_cell_sees_is_what_moves_it(geometry: Geometry, seed: int) -> None:
    rng = np.random.default_rng(seed)
    i, j = (int(rng.integers(n)) for n in geometry.output)
    kernel = rng.uniform(1, 2, (1, 1, *geometry.window))
    field = {(r, c) for _, _, r, c in geometry.seen(i, j)}
    for r, c in itertools.product(*map(range, geometry.picture)):
        image = np.zeros((1, *geometry.picture))
        image[0, r, c] = 1.0
        assert (convolve(image, kernel, geometry)[0, i, j] != 0) == ((r, c) in field)


@settings(deadline=None)
@given(geometries())
def test_coverage_is_what_a_kernel_of_ones_gives_back(geometry: Geometry) -> None:
    """Each window adds one to every cell it sees: the gradient of the sum of all output cells along the picture."""
    counted = np.zeros(geometry.picture)
    for i, j in itertools.product(*map(range, geometry.output)):
        for _, _, r, c in geometry.seen(i, j):
            counted[r, c] += 1
    assert (geometry.coverage() == counted).all()
    assert geometry.coverage().sum() == (convolve(np.ones((1, *geometry.picture)),
                                                  np.ones((1, 1, *geometry.window)), geometry)).sum()  # fmt: skip


@settings(deadline=None)
@given(geometries(), st.integers(1, 2))
def test_one_window_is_one_of_all(geometry: Geometry, channels: int) -> None:
    image = np.random.default_rng(3).standard_normal((channels, *geometry.picture))
    i, j = (n - 1 for n in geometry.output)
    cells = geometry.cells(image, i, j)
    assert np.array_equal(cells, windows(image, geometry, np.nan)[..., i, j], equal_nan=True)
    for a, b in np.ndindex(geometry.window):
        r, c = geometry.tap(a, b, i, j)
        assert ((a, b, r, c) in geometry.seen(i, j)) == geometry.has(r, c) == (not np.isnan(cells[0, a, b]))


# ---- as a matrix


@settings(max_examples=40, deadline=None)
@given(geometries(6), st.integers(1, 2), st.integers(1, 2))
def test_the_matrix_does_what_the_kernels_do(geometry: Geometry, channels: int, maps: int) -> None:
    rng = np.random.default_rng(7)
    image = rng.standard_normal((channels, *geometry.picture))
    kernels = rng.standard_normal((maps, channels, *geometry.window))
    matrix = as_matrix(kernels, geometry)
    assert np.allclose(np.nan_to_num(matrix) @ image.ravel(), convolve(image, kernels, geometry).ravel())
    assert set(matrix[~np.isnan(matrix)]) <= set(kernels.ravel())


# ---- pooling


@settings(deadline=None)
@given(geometries(), st.sampled_from(["max", "average"]), st.integers(1, 3), st.integers(0, 100))
def test_pooling_by_brute_force(geometry: Geometry, kind: Any, channels: int, seed: int) -> None:
    assume(not sees_only_padding(geometry))
    image = np.random.default_rng(seed).standard_normal((channels, *geometry.picture))
    pick: Any = np.max if kind == "max" else np.mean
    for c, i, j in itertools.product(range(channels), *map(range, geometry.output)):
        top, left = geometry.corner(i, j)
        cells = [
            image[c, top + a * geometry.dilation[0], left + b * geometry.dilation[1]]
            for a, b in itertools.product(*map(range, geometry.window))
            if 0 <= top + a * geometry.dilation[0] < geometry.picture[0]
            and 0 <= left + b * geometry.dilation[1] < geometry.picture[1]
        ]
        assert np.isclose(pool(image, geometry, kind)[c, i, j], pick(cells), rtol=1e-12)


@given(geometries())
def test_a_window_without_a_real_cell_is_found(geometry: Geometry) -> None:
    nothing_seen = [not geometry.seen(i, j) for i, j in itertools.product(*map(range, geometry.output))]
    assert sees_only_padding(geometry) == any(nothing_seen)


def test_padding_never_counts_in_a_pool() -> None:
    image = np.full((1, 2, 2), -3.0)
    geometry = Geometry((2, 2), (2, 2), (1, 1), (2, 2))
    assert (pool(image, geometry, "max") == -3.0).all()
    assert (pool(image, geometry, "average") == -3.0).all()


# ---- the slope along the weights


@settings(max_examples=30, deadline=None)
@given(geometries(6), st.integers(1, 2), st.integers(1, 2))
def test_the_slope_along_the_weights_is_that_of_finite_differences(
    geometry: Geometry, channels: int, maps: int
) -> None:
    rng = np.random.default_rng(5)
    image = rng.standard_normal((channels, *geometry.picture))
    kernels = rng.standard_normal((maps, channels, *geometry.window))
    slope = rng.standard_normal((maps, *geometry.output))
    ours = kernel_gradient(image, slope, geometry)
    for at in np.ndindex(*kernels.shape):
        step = np.zeros(kernels.shape)
        step[at] = 1e-3
        up, down = (float((slope * convolve(image, kernels + s * step, geometry)).sum()) for s in (1, -1))
        assert np.isclose(ours[at], (up - down) / 2e-3, rtol=1e-6, atol=1e-8)
