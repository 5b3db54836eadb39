"""The beats of a sweep's step: the products of one window, added up one after the other until they are its cell."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core.convolution.algorithm import State
from core.convolution.settings import Params, Sweep, bias_of, channels_of, image_of, kernel_of, layers
from core.data.pictures import named_picture

MOST = 225  # products of a window: more beats could not be told apart


def beats(params: Params, /) -> tuple[str, ...]:
    """Return `product_0` …: a beat for each product of a window, by channel, row and column of the kernel.

    There are none where nothing is multiplied (pooling), where the kernel is learned, and where there are over 225.
    """
    if params.operation != "convolution":
        return ()
    kernel = kernel_of(params)
    channels = kernel.shape[-3] if kernel.ndim > 2 else _channels(params)
    return _names(channels * kernel.shape[-2] * kernel.shape[-1])


@lru_cache
def _names(count: int) -> tuple[str, ...]:
    return tuple(f"product_{k}" for k in range(count)) if count <= MOST else ()


def _channels(params: Params) -> int:
    return _channels_named(params.image) if isinstance(params.image, str) else len(channels_of(image_of(params)))


@lru_cache
def _channels_named(name: str) -> int:
    return len(channels_of(named_picture(name)))


def index_of(beat: str) -> int | None:
    """Return which product a beat is, counted from 0; None for what is no beat.

    >>> index_of("product_8"), index_of("")
    (8, None)
    """
    kind, _, number = beat.partition("_")
    return int(number) if kind == "product" and number.isdecimal() else None


def sum_to(state: State, params: Params, sweep: Sweep, place: tuple[int, int, int], product: int) -> float:
    """Return the sum of the products up to this one in the window of an output cell (map, row, column).

    The last of them brings the bias: that sum is the cell, to the byte.
    """
    image, seen = channels_of(state.image), sweep.geometry.seen(*place[1:])
    weights = layers(state.kernel, len(image))[place[0]]
    is_last, bias = product >= weights.size - 1, bias_of(params, place[0])
    if not seen:
        return bias if is_last else 0.0
    a, b, r, c = np.array(seen).T
    products = weights[:, a, b] * image[:, r, c]
    if is_last:
        return float(products.sum() + bias)
    number = np.arange(len(image))[:, None] * weights[0].size + a * weights.shape[2] + b
    return float(products[number <= product].sum())
