"""A kernel slides over a picture, one output cell a step; or it is learned, one descent step a step.

    convolution       y[m, i, j] = bias + Σ_c Σ_a Σ_b  k[m, c, a, b] · x[c, i·s + a·d − p, j·s + b·d − p]
    max pooling       y[c, i, j] = the largest cell of the block that begins at (i·s − p, j·s − p)
    average pooling   y[c, i, j] = the mean of that block; padded cells never count
    learn             k ← k − η ∂L/∂k,   L = mean over all output cells of (x∗k − x∗target)²

Maps come in turn, each row by row. The kernel is not flipped (cross-correlation), as in deep learning. What a layer
computes at once lives in `core.nn.convolution`, what the settings mean and which do not fit in
`core.convolution.settings`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from core.convolution.learning import LEARNED, distance, loss_and_slope, loss_of
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
from core.nn.convolution import convolve, pool
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, frozen, kept, locked

VERSION = 2  # since then one number for the size of a picture of one's own is its longer side


@frozen
class State:
    """Picture and kernel as they are now, and what the last step computed."""

    t: int
    image: Array  # (rows, columns) or (channels, rows, columns)
    kernel: Array  # (kh, kw), (in, kh, kw) or (out, in, kh, kw)
    value: float = 0.0  # of the output cell just computed
    loss: float = 0.0  # of the kernel just left; learn only
    status: Literal["running", "diverged", "out"] = "running"  # diverged for one frame, then out

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with another picture or kernel of the same shape; the sweep goes on where it is."""
        old: Floats = getattr(self, name)
        if value.shape != old.shape:
            raise ValueError(f"it must keep its shape {list(old.shape)}")
        return replace(self, image=value) if name == "image" else replace(self, kernel=value)


EDITS: tuple[type[Any], ...] = ()
CONSTANT_ARRAYS = frozenset({"coverage"})


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: picture and kernel."""
    return "image", "kernel"


def start(params: Params, rng: Streams) -> State:
    """Return the state in which no output cell is computed yet."""
    return State(0, image_of(params), kernel_of(params))


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the state with the next output cell, or with the kernel one descent step further."""
    if params.operation == "learn":
        return descended(state, params)
    sweep = sweep_of(params, state.image, state.kernel)
    if state.t >= sweep.cells:
        return state
    return replace(state, t=state.t + 1, value=cell_value(state, params, sweep, *sweep.place(state.t)))


def cell_value(state: State, params: Params, sweep: Sweep, map: int, row: int, column: int) -> float:
    """Return what the window at one output cell computes."""
    image, seen = channels_of(state.image), sweep.geometry.seen(row, column)
    if params.operation in POOLING:
        cells = [image[map, r, c] for _, _, r, c in seen]
        return float(max(cells) if params.operation == "max pooling" else sum(cells) / len(cells))
    if not seen:
        return bias_of(params, map)
    a, b, r, c = np.array(seen).T
    weights = layers(state.kernel, len(image))[map]
    return float((weights[:, a, b] * image[:, r, c]).sum() + bias_of(params, map))


@kept(4)  # a sweep asks for the same output at every step, and a large one takes longer than a step
def output_of(image: Floats, kernel: Floats, params: Params) -> Floats:
    """Return all output cells (maps, rows, columns) that today's picture and kernel make, whether reached or not."""
    picture, geometry = channels_of(image), sweep_of(params, image, kernel).geometry
    if params.operation in POOLING:
        return locked(pool(picture, geometry, "max" if params.operation == "max pooling" else "average"))
    bias = params.bias if params.operation == "convolution" else 0.0
    return locked(convolve(picture, layers(kernel, len(picture)), geometry, bias))


def wanted_of(image: Floats, params: Params) -> Floats:
    """Return the map (maps, rows, columns) that the kernel to be learned makes."""
    return output_of(image, target_of(params), params)


def descended(state: State, params: Params) -> State:
    """Return the state one descent step further; a kernel whose loss would leave all bounds stays as it was."""
    if state.status != "running":
        return replace(state, t=state.t + 1, status="out")
    target, geometry = target_of(params), sweep_of(params, state.image, state.kernel).geometry
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        return moved_against(state, params, *loss_and_slope(state.image, state.kernel, target, geometry))


def moved_against(state: State, params: Params, loss: float, slope: Floats) -> State:
    """Return the state with its kernel one step against a slope, its loss noted."""
    target, geometry = target_of(params), sweep_of(params, state.image, state.kernel).geometry
    with np.errstate(all="ignore"):
        moved = replace(state, t=state.t + 1, kernel=state.kernel - params.learning_rate * slope, loss=loss)
        new_loss = loss_of(state.image, moved.kernel, target, geometry)
    if not (new_loss <= LARGEST and np.abs(moved.kernel).max() <= LARGEST):
        return replace(state, t=state.t + 1, status="diverged")
    return moved


def series(state: State, params: Params) -> Series:
    """Return place and value of the output cell just computed; for `learn` the loss of the kernel just left."""
    row: Series = dict.fromkeys(("map", "row", "column", "value"), NOTHING)
    if params.operation == "learn":
        row["loss"] = state.loss if state.t and state.status == "running" else NOTHING
        row["distance"] = NOTHING if state.status == "out" else distance(state.kernel, target_of(params))
    elif state.t:
        map, i, j = sweep_of(params, state.image, state.kernel).place(state.t - 1)
        row = {"map": float(map), "row": float(i), "column": float(j), "value": state.value}
    return row


def arrays(state: State, params: Params) -> Arrays:
    """Return picture, kernel, output (cells not reached are nan), and how many windows see each cell of the picture.

    `output` is (rows, columns) for a flat kernel or the pooling of a grey picture, else (maps, rows, columns).
    """
    sweep = sweep_of(params, state.image, state.kernel)
    made = {"image": state.image, "kernel": state.kernel, "coverage": sweep.geometry.coverage()}
    if params.operation == "convolution":
        made["bias"] = np.array([bias_of(params, map) for map in range(sweep.maps)])
    made["output"] = sweep.shown(reached(state, params))
    if params.operation == "learn":
        made["wanted"] = sweep.shown(wanted_of(state.image, params))
    return made


def reached(state: State, params: Params) -> Floats:
    """Return the output (maps, rows, columns), nan in cells not reached yet; all of it while a kernel is learned."""
    output = output_of(state.image, state.kernel, params)
    if params.operation == "learn":
        return output
    made = np.array(output, dtype=float)
    made.reshape(-1)[state.t :] = NOTHING
    return made


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return which map began, whether all is swept, whether the kernel was learned or got lost."""
    if params.operation == "learn":
        return _learning_events(before, after, params)
    sweep = sweep_of(params, after.image, after.kernel)
    map, *inside = sweep.place(after.t - 1)
    begun = (f"map: {map}",) if sweep.maps > 1 and inside == [0, 0] else ()
    return (*begun, "end") if after.t >= sweep.cells else begun


def _learning_events(before: State, after: State, params: Params) -> tuple[str, ...]:
    if after.status != "running":
        return ("diverged", "end")
    target = target_of(params)
    is_new = distance(after.kernel, target) < LEARNED <= distance(before.kernel, target)
    return ("learned",) if is_new else ()
