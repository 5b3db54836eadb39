"""Slopes by central differences, the judge of every gradient written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.nn.layers import shapes

Floats = NDArray[np.float64]
WITHIN = 1e-8
STEP = 2e-3


def differences(of: Callable[[Floats], float], at: Floats) -> Floats:
    """The slope of a number along each entry: central differences of two sizes, made one by Richardson's rule."""
    slopes = np.empty(at.shape)
    for place in np.ndindex(*at.shape):
        step = np.zeros(at.shape)
        step[place] = STEP
        wide, near = ((of(at + h * step) - of(at - h * step)) / (2 * h * STEP) for h in (1.0, 0.5))
        slopes[place] = (4 * near - wide) / 3
    return slopes


def assert_near(ours: Floats, judge: Floats, within: float = WITHIN) -> None:
    """Fail where an array is farther from its judge than a share of the judge's largest entry."""
    assert ours.shape == judge.shape
    assert np.abs(ours - judge).max(initial=0.0) <= within * max(np.abs(judge).max(initial=0.0), 1e-3)


def locked(array: Floats) -> Floats:
    array = np.array(array)
    array.setflags(write=False)
    return array


@pytest.fixture(scope="session")
def slope_of() -> Callable[[Callable[[Floats], float], Floats], Floats]:
    return differences


@pytest.fixture(scope="session")
def near() -> Callable[..., None]:
    return assert_near


@pytest.fixture(scope="session")
def weights_of() -> Callable[[Any, Floats, int], dict[str, Floats]]:
    """Draw weights for a layer before a batch, none of them 0, nobody may write to them."""

    def draw(layer: Any, x: Floats, seed: int = 0) -> dict[str, Floats]:
        rng = np.random.default_rng(seed)
        given = shapes.named(*shapes.channels_last(x.shape))
        return {name: locked(rng.normal(0, 0.7, shape)) for name, shape in layer.sizes(given).items()}

    return draw


@pytest.fixture(scope="session")
def check_slopes(weights_of: Any) -> Callable[..., None]:
    """Hold every slope of a layer beside central differences of a weighted sum of its outputs.

    On the way: the outputs have the shape that the layer announces, and no argument is written to.
    """

    def check(layer: Any, x: Floats, seed: int = 0, moves_input: bool = True, **more: Any) -> None:
        x, weights = locked(x), weights_of(layer, x, seed)
        y, kept = layer.forward(weights, x, **more)
        given = shapes.named(*shapes.channels_last(x.shape))
        assert y.shape == tuple(axis.size for axis in layer.shape(given))
        probe = locked(np.random.default_rng(seed + 1).normal(size=y.shape))
        by_x, slopes = layer.backward(weights, kept, probe)

        def loss(changed: Mapping[str, Floats], x: Floats) -> float:
            return float((layer.forward(changed, x, **more)[0] * probe).sum())

        assert list(slopes) == list(weights)
        for name, array in weights.items():
            judge = differences(lambda w, name=name: loss({**weights, name: w}, x), array)  # type: ignore[misc]
            assert_near(slopes[name], judge)
        if moves_input:
            assert_near(by_x, differences(lambda x: loss(weights, x), x))

    return check
