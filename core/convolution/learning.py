"""Learning a kernel from a picture and its filtered copy: loss, slope, and what of a kernel the picture can tell."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.convolution.settings import channels_of, is_flat, layers
from core.nn.convolution import Geometry, convolve, kernel_gradient, windows
from core.run.values import Floats, Same, locked

LEARNED = 0.01  # a kernel that differs from the target by less than this share of its largest weight is learned
_FLAT = 1e-9  # of the largest curvature


def loss_of(image: Floats, kernel: Floats, target: Floats, geometry: Geometry) -> float:
    """Return L = mean (x∗k − x∗target)² over all output cells."""
    return float((error_of(image, kernel, target, geometry) ** 2).mean())


def error_of(image: Floats, kernel: Floats, target: Floats, geometry: Geometry) -> Floats:
    """Return x∗k − x∗target, (maps, rows, columns)."""
    x = channels_of(image)
    return convolve(x, layers(kernel - target, len(x)), geometry)  # a convolution is linear in its kernel


def loss_and_slope(image: Floats, kernel: Floats, target: Floats, geometry: Geometry) -> tuple[float, Floats]:
    """Return L, and its slope in the kernel's shape."""
    error = error_of(image, kernel, target, geometry)
    return float((error**2).mean()), slope_of(image, kernel, error, geometry)


def slope_of(image: Floats, kernel: Floats, error: Floats, geometry: Geometry) -> Floats:
    """Return the slope of L = mean error² by the weights, in the kernel's shape."""
    x = channels_of(image)
    slope = kernel_gradient(x, 2 * error / error.size, geometry)
    if is_flat(kernel):  # one layer for all channels
        slope = slope.sum(axis=1)
    return slope.reshape(kernel.shape)


def distance(kernel: Floats, target: Floats) -> float:
    """Return the largest difference of two kernels as a share of the target's largest weight."""
    return float(np.abs(kernel - target).max() / (np.abs(target).max() or 1.0))


def curvatures(image: Floats, kernel: Floats, geometry: Geometry) -> Floats:
    """Return the curvature of the loss along its main directions in the weights of one map, ascending.

    A direction without curvature cannot be learned; a learning rate above 2 / the largest one diverges.
    """
    return _curvatures(Same(image), is_flat(kernel), len(kernel) if kernel.ndim == 4 else 1, geometry)


@lru_cache(maxsize=4)  # they depend on the picture alone, and stay while a kernel is learned
def _curvatures(picture: Same, is_flat: bool, maps: int, geometry: Geometry) -> Floats:
    seen = windows(channels_of(*picture.values), geometry)
    if is_flat:
        seen = seen.sum(axis=0, keepdims=True)
    patches = seen.reshape(seen.shape[0] * seen.shape[1] * seen.shape[2], -1)
    return locked(np.linalg.eigvalsh(2 / (maps * patches.shape[1]) * patches @ patches.T))


def flat_directions(curved: Floats) -> int:
    """Return along how many directions the loss does not curve."""
    return int((curved <= _FLAT * max(float(curved[-1]), 1e-300)).sum())
