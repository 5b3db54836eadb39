"""The beats of a step: of a sweep the cells of one window, taken in one after the other; of learning those of a net.

convolution       each product is added to the sum; the last brings the bias
max pooling       each cell is compared with the largest so far
average pooling   each cell is added to the sum; the last brings the division
learn             forward: the map; error: map less wanted map; backward: the slope; update: the kernel moves
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from core.convolution.algorithm import State, moved_against, output_of, step
from core.convolution.learning import error_of, slope_of
from core.convolution.settings import (
    POOLING,
    Params,
    Sweep,
    bias_of,
    channels_of,
    image_of,
    kernel_of,
    layers,
    sweep_of,
    target_of,
)
from core.data.pictures import named_picture
from core.nn.convolution import pair
from core.run.streams import Streams
from core.run.topic import NOTHING
from core.run.values import Floats, kept

MOST = 225  # cells of a window: more beats could not be told apart
LEARNING = ("forward", "error", "backward", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return `product_0` …: a beat for each cell of a window, by channel, row and column; of `learn` those of a net.

    The cells of a pool, which multiplies by nothing, bear the same names. There are none where there are over 225.
    """
    if params.operation == "learn":
        return LEARNING
    if params.operation in POOLING:
        rows, columns = pair(params.size)
        return _names(rows * columns)
    rows, columns = kernel_of(params).shape[-2:]
    return _names(_channels(params) * rows * columns)


@lru_cache
def _names(count: int) -> tuple[str, ...]:
    return tuple(f"product_{k}" for k in range(count)) if count <= MOST else ()


def _channels(params: Params) -> int:
    return _channels_named(params.image) if isinstance(params.image, str) else len(channels_of(image_of(params)))


@lru_cache
def _channels_named(name: str) -> int:
    return len(channels_of(named_picture(name)))


def index_of(beat: str) -> int | None:
    """Return which cell of the window a beat is, counted from 0; None for what is no such beat.

    >>> index_of("product_8"), index_of("")
    (8, None)
    """
    kind, _, number = beat.partition("_")
    return int(number) if kind == "product" and number.isdecimal() else None


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: of a sweep the value so far, of `learn` the update."""
    if params.operation == "learn":
        is_whole = tuple(beats) == LEARNING
        return _updated(state, params, rng) if is_whole else state
    sweep = sweep_of(params, state.image, state.kernel)
    if not beats or state.t >= sweep.cells:
        return state
    last = index_of(beats[-1]) or 0
    value = so_far(state, params, sweep, sweep.place(state.t), last)
    is_whole = last == len(weights_of(state, params)) - 1
    return replace(state, t=state.t + is_whole, value=value)


# ---- a sweep


def weights_of(state: State, params: Params, map: int = 0) -> Floats:
    """Return what a window's cells are multiplied with in a map, one after the other; of a pool 1 each."""
    if params.operation in POOLING:
        rows, columns = pair(params.size)
        return np.ones(rows * columns)
    weights: Floats = layers(state.kernel, len(channels_of(state.image)))[map]
    return weights.ravel()


def terms_of(state: State, params: Params, sweep: Sweep, place: tuple[int, int, int]) -> Floats:
    """Return the cells that the window of an output cell (map, row, column) meets in turn, nan where it is padding."""
    cells = sweep.geometry.cells(channels_of(state.image), *place[1:])
    return (cells[place[0]] if params.operation in POOLING else cells).ravel()


def so_far(state: State, params: Params, sweep: Sweep, place: tuple[int, int, int], last: int) -> float:
    """Return what the window of an output cell (map, row, column) gives, taken in up to a cell; nan for nothing yet.

    Taken in to its end it is the output cell, to the byte.
    """
    if params.operation in POOLING:
        return _pooled_to(terms_of(state, params, sweep, place), params, last)
    return _summed_to(state, params, sweep, place, last)


def _pooled_to(cells: Floats, params: Params, last: int) -> float:
    seen = [float(cell) for cell in cells[: last + 1] if not np.isnan(cell)]
    if params.operation == "max pooling":
        return max(seen, default=NOTHING)
    is_whole = last >= cells.size - 1
    return sum(seen) / len(seen) if is_whole else float(sum(seen))


def _summed_to(state: State, params: Params, sweep: Sweep, place: tuple[int, int, int], last: int) -> float:
    image, seen = channels_of(state.image), sweep.geometry.seen(*place[1:])
    weights = layers(state.kernel, len(image))[place[0]]
    is_last, bias = last >= weights.size - 1, bias_of(params, place[0])
    if not seen:
        return bias if is_last else 0.0
    a, b, r, c = np.array(seen).T
    products = weights[:, a, b] * image[:, r, c]
    if is_last:
        return float(products.sum() + bias)
    number = np.arange(len(image))[:, None] * weights[0].size + a * weights.shape[2] + b
    return float(products[number <= last].sum())


# ---- learning


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step of learning is made of, beat by beat, before its update."""

    made: Floats  # forward: the map (maps, rows, columns) of the kernel
    error: Floats  # that less the map that is wanted
    loss: float  # the mean of its squares
    slope: Floats  # backward: ∂L/∂k, in the kernel's shape


@kept(2)
def parts(before: State, params: Params) -> Parts:
    """Return the parts of the step of learning that leaves a state."""
    target, geometry = target_of(params), sweep_of(params, before.image, before.kernel).geometry
    with np.errstate(all="ignore"):  # of a kernel about to leave all bounds
        error = error_of(before.image, before.kernel, target, geometry)
        slope = slope_of(before.image, before.kernel, error, geometry)
        made = output_of(before.image, before.kernel, params)
        return Parts(made, error, float((error**2).mean()), slope)


def _updated(state: State, params: Params, rng: Streams) -> State:
    if state.status != "running":  # nothing moves any more
        return step(state, params, rng)
    made = parts(state, params)
    return moved_against(state, params, made.loss, made.slope)
