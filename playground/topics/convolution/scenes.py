"""Do the claims C1 to C11 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from core import convolution as core
from core.convolution.algorithm import output_of, reached
from core.convolution.kernels import KERNELS
from core.convolution.learning import LEARNED
from core.convolution.settings import Params, Sweep, channels_of, kernel_of, layers, sweep_of
from core.nn.convolution import as_matrix
from core.run.values import Floats
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, first_step, last_state
from widgets.base import numbers


def one_window_one_cell(runs: Runs) -> Outcome:
    """C1: each output cell is the sum of the products of its window, printed and added up one by one."""
    run = runs["sweep"]
    image, kernel = _state(run).image, _state(run).kernel
    values, rows, columns = (column(run, name)[1:] for name in ("value", "row", "column"))
    places = zip(rows.astype(int), columns.astype(int), strict=True)
    sums = [(image[i : i + 3, j : j + 3] * kernel).sum() for i, j in places]
    told = [_printed(run, t) for t in range(1, len(values) + 1)]
    zero = int((values == 0).sum())
    holds = len(values) == 49 and zero > 0 and bool(np.allclose(values, sums) and np.allclose(values, told))
    first = round(float(values[0]), 3)
    return Outcome(holds, {"cells": len(values), "zero": zero, "first": f"{first:g}"}, first)


def output_size(runs: Runs) -> Outcome:
    """C2: the formula gives the size for every legal setting; an impossible one says which number does not fit."""
    sizes = {name: _output(run).shape for name, run in runs.items()}
    as_computed = all(sizes[name] == _by_formula(run) for name, run in runs.items())
    swept = all(run.recorded == _output(run).size for run in runs.values())
    legal = 0
    for n, k, p, s, d in itertools.product(range(1, 9), range(1, 6), range(3), range(1, 4), range(1, 4)):
        fits = (n + 2 * p - d * (k - 1) - 1) // s + 1 >= 1 and n + 2 * p >= d * (k - 1) + 1
        refusal = core.check(Params(input_size=n, kernel_size=k, padding=p, stride=s, dilation=d))
        if fits != (refusal is None) or (refusal is not None and "allowed" not in refusal.values):
            return Outcome(False)
        legal += fits
    shown = {name: f"{rows} × {columns}" for name, (rows, columns) in sizes.items()}
    return Outcome(
        as_computed and swept and len(set(sizes.values())) == 3, {**shown, "legal": legal}, sizes["stride"][0]
    )


def receptive_field(runs: Runs) -> Outcome:
    """C3: what an output cell sees and which outputs a cell reaches are one relation, read from either side."""
    geometry = _sweep(runs["sweep"]).geometry
    sees = {(i, j, r, c) for i, j in np.ndindex(geometry.output) for _, _, r, c in geometry.seen(i, j)}
    seen_by = {(i, j, r, c) for r, c in np.ndindex(geometry.picture) for _, _, i, j in geometry.seers(r, c)}
    whole = all(len(geometry.seen(i, j)) == 9 for i, j in itertools.product(range(1, 3), range(1, 3)))
    holds = sees == seen_by and whole and runs["sweep"].recorded == 16
    corner = len(geometry.seers(0, 0))
    return Outcome(holds, {"middle": len(geometry.seers(3, 3)), "corner": corner}, corner)


def padding_keeps_the_edge(runs: Runs) -> Outcome:
    """C4: more padding lets more windows see the corner; half of what a kernel reaches keeps the size."""
    corners = {name: int(_sweep(run).geometry.coverage()[0, 0]) for name, run in runs.items()}
    middles = {int(_sweep(run).geometry.coverage()[4, 4]) for run in runs.values()}
    same = _sweep(runs["same"]).geometry
    rises = corners["none"] < corners["same"] < corners["full"]
    holds = rises and middles == {9} and same.output == same.picture and all(run.ended for run in runs.values())
    return Outcome(holds, corners, corners["same"])


def dilation_like_a_chessboard(runs: Runs) -> Outcome:
    """C5: nine weights cover d(k − 1) + 1 cells a side, and the cells they meet lie d apart."""
    reach = {}
    for d, run in ((int(name), run) for name, run in runs.items()):
        geometry = _sweep(run).geometry
        cells = [(r, c) for _, _, r, c in geometry.seen(0, 0)]
        rows, columns = sorted({r for r, _ in cells}), sorted({c for _, c in cells})
        spread = len(cells) == 9 and set(np.diff(rows)) == set(np.diff(columns)) == {d}
        if not spread or max(rows) - min(rows) + 1 != d * 2 + 1:
            return Outcome(False)
        reach[f"d{d}"] = max(rows) - min(rows) + 1
    holds = reach == {"d1": 3, "d2": 5, "d3": 7} and runs["3"].ended
    return Outcome(holds, reach, reach["d3"])


def one_map_per_kernel(runs: Runs) -> Outcome:
    """C6: as many maps as kernels, each the map of its own kernel alone."""
    counts = {}
    for name, run in runs.items():
        kernel, output = _state(run).kernel, _output(run)
        counts[name] = len(output)
        for m, single in enumerate(kernel):
            alone = output_of(_state(run).image, single, Params())[0]
            if not np.allclose(output[m], alone):
                return Outcome(False)
        maps_begun = sum(key.startswith("map: ") for keys in run.events.values() for key in keys)
        if len(output) != len(kernel) or (len(kernel) > 1 and maps_begun != len(kernel)):
            return Outcome(False)
    alike = bool(np.allclose(_output(runs["four"])[:2], _output(runs["two"])))
    return Outcome(counts == {"two": 2, "four": 4}, counts, "same" if alike else "other")


def a_kernel_as_deep_as_the_picture(runs: Runs) -> Outcome:
    """C7: a kernel with a layer for each channel gives one map; the three partial sums make its cells."""
    run = runs["sweep"]
    image, kernel, output = _state(run).image, _state(run).kernel, _output(run)
    geometry = _sweep(run).geometry
    parts = [output_of(channel, layer, Params())[0] for channel, layer in zip(image, kernel, strict=True)]
    one_map = output.shape == (1, *geometry.output)
    too_flat = core.check(Params(image="colour", kernel=np.ones((2, 3, 3)))) is not None
    holds = one_map and too_flat and len(parts) == 3 and bool(np.allclose(output[0], sum(parts)))
    told = {"depth": len(kernel), "weights": kernel.size, "maps": len(output)}
    return Outcome(holds and run.ended, told, len(output))


def pooling_keeps_the_largest(runs: Runs) -> Outcome:
    """C8: a block becomes its largest or mean cell; a shift inside the blocks leaves the maxima where they are."""
    outputs = {name: _output(run) for name, run in runs.items()}
    pictures = {name: _state(run).image for name, run in runs.items()}
    blocks = pictures["max"].reshape(4, 2, 4, 2)
    moved = (pictures["max"] != pictures["shifted"]).any() and (outputs["max"] == outputs["shifted"]).all()
    right = (outputs["max"] == blocks.max(axis=(1, 3))).all() and (outputs["mean"] == blocks.mean(axis=(1, 3))).all()
    smaller = outputs["max"].size * 4 == pictures["max"].size
    told = {"before": "8 × 8", "after": "4 × 4"}
    return Outcome(bool(moved and right and smaller), told, "same" if moved else "other")


def pooling_beside_convolution(runs: Runs) -> Outcome:
    """C9: the same windows, other numbers; pooling works on each channel by itself, a convolution sums over them."""
    pool, convolution = runs["pool"], runs["convolution"]
    same_windows = _sweep(pool).geometry == _sweep(convolution).geometry
    pooled, summed = _output(pool), _output(convolution)
    image = channels_of(_state(pool).image)
    channels_apart = len(pooled) == len(image) == 3 and summed.ndim == 2
    mean_kernel = np.allclose(_state(convolution).kernel, 0.25)
    means = output_of(
        _state(pool).image, _state(pool).kernel, Params(operation="average pooling", image="colour", size=2)
    )
    holds = same_windows and channels_apart and mean_kernel and bool(np.allclose(summed, means.sum(axis=0)))
    counts = f"{len(pooled)} and {1 if summed.ndim == 2 else len(summed)}"
    return Outcome(holds and bool((pooled.max(axis=0) != summed).any()), {"maps": len(pooled)}, counts)


def as_a_matrix(runs: Runs) -> Outcome:
    """C10: one large matrix of shared weights, most of it empty, does what the kernel does."""
    run = runs["sweep"]
    state, sweep = _state(run), _sweep(run)
    matrix = as_matrix(layers(state.kernel, 1), sweep.geometry)
    product = (np.nan_to_num(matrix) @ state.image.ravel()).reshape(sweep.geometry.output)
    filled = ~np.isnan(matrix)
    shared = len(set(map(tuple, np.argwhere(filled)))) == 9 * matrix.shape[0]
    holds = bool(np.allclose(product, _output(run)) and shared and filled.mean() < 0.25)
    values = {"entries": numbers.count(matrix.size), "filled": int(filled.sum()), "weights": state.kernel.size}
    share = 100 * float(filled.mean())
    return Outcome(holds, {**values, "share": f"{share:.0f}%"}, round(share, 1))


def by_hand_and_learned(runs: Runs) -> Outcome:
    """C11: kernels found by hand, each with its own effect: edges answer 0 where all is flat, blur brings together."""
    outputs = {name: _output(run) for name, run in runs.items()}
    image = _state(runs["edge"]).image
    flat = np.ptp(np.lib.stride_tricks.sliding_window_view(image, (3, 3)), axis=(2, 3)) == 0
    spread = {name: float(np.std(output)) for name, output in outputs.items()}
    inside = float(np.std(image[1:-1, 1:-1]))
    holds = (outputs["edge"][flat] == 0).all() and flat.any() and spread["blur"] < inside < spread["sharpen"]
    told = {name: f"{value:.2f}" for name, value in {**spread, "image": inside}.items()}
    return Outcome(bool(holds), told, sorted(spread, key=lambda name: spread[name]))


def learned_from_a_copy(runs: Runs) -> Outcome:
    """C11: a kernel is learned from a picture and its filtered copy."""
    run = runs["learned"]
    step, away = first_step(run, "learned"), float(column(run, "distance")[-1])
    return Outcome(
        step is not None and away < LEARNED, {"step": step, "last": run.recorded, "away": f"{100 * away:.2g}%"}, step
    )


# ---- tasks


def halve_the_output(seen: Seen) -> bool:
    """Task: a map of 4 × 4 from a picture of 8 × 8, by a convolution that strides."""
    params, geometry = seen.params, _swept(seen).geometry
    return params.operation == "convolution" and geometry.picture == (8, 8) and geometry.output == (4, 4)


def keep_the_size(seen: Seen) -> bool:
    """Task: a 5 × 5 kernel that keeps a picture of 8 × 8 as large as it is."""
    params, geometry = seen.params, _swept(seen).geometry
    whole = geometry.window == (5, 5) and geometry.picture == geometry.output == (8, 8)
    return params.operation == "convolution" and whole


def see_seven_with_nine(seen: Seen) -> bool:
    """Task: nine weights that cover seven rows and columns."""
    params, geometry = seen.params, _swept(seen).geometry
    return params.operation == "convolution" and geometry.window == (3, 3) and geometry.reach == (7, 7)


def blind_to_the_bars(seen: Seen) -> bool:
    """Task: a kernel, not all zeros, that answers 0 everywhere on upright bars."""
    params, state = seen.params, seen.state
    if params.operation != "convolution" or not _shows(params, "bars") or not state.kernel.any():
        return False
    output = reached(state, params)
    return bool(np.isfinite(output).all() and np.abs(output).max() < 1e-9)


def find_corners(seen: Seen) -> bool:
    """Task: a kernel of one's own that answers most strongly at the corners of a square, more than along its sides."""
    params, kernel = seen.params, seen.state.kernel
    if params.operation != "convolution" or kernel.ndim != 2 or not 3 <= min(kernel.shape) <= max(kernel.shape) <= 5:
        return False
    if any(np.array_equal(kernel, make(*kernel.shape)) for make in KERNELS.values()):
        return False
    square = np.zeros((16, 16))
    square[4:12, 4:12] = 1.0
    answers = np.abs(output_of(square, kernel, Params())[0])
    middle = slice(6 - kernel.shape[0] // 2 + 1, 9 - kernel.shape[0] // 2)
    return bool(answers.max() > 1.2 * max(answers[middle].max(), answers[:, middle].max(), 1e-9))


def learn_in_thirty_steps(seen: Seen) -> bool:
    """Task: the kernel of the digit learned from zeros in at most 30 steps."""
    params = seen.recipe.params
    begins_with_nothing = params.operation == "learn" and _shows(params, "digit") and not kernel_of(params).any()
    is_helped = any(getattr(change.edit, "name", "") in ("kernel", "image") for change in seen.recipe.edits)
    return seen.t <= 30 and seen.began("learned") and begins_with_nothing and not is_helped


# ---- what the checks look at


def _state(run: Timeline) -> core.State:
    state: core.State = last_state(run)
    return state


def _params(run: Timeline) -> Params:
    params: Params = run.params_at(run.recorded)
    return params


def _shows(params: Params, name: str) -> bool:
    """Tell whether the run begins with the picture of that name."""
    return isinstance(params.image, str) and params.image == name


def _swept(seen: Seen) -> Sweep:
    return sweep_of(seen.params, seen.state.image, seen.state.kernel)


def _sweep(run: Timeline) -> Sweep:
    state = _state(run)
    return sweep_of(_params(run), state.image, state.kernel)


def _output(run: Timeline) -> Floats:
    """Return the output as far as it is reached, as it is exported."""
    output: Floats = core.arrays(_state(run), _params(run))["output"]
    return output


def _by_formula(run: Timeline) -> tuple[int, ...]:
    return tuple((n + 2 * p - d * (k - 1) - 1) // s + 1 for n, k, p, s, d in _sweep(run).geometry.axes)


def _printed(run: Timeline, t: int) -> float:
    """Return the sum that the numbers strip prints for a step."""
    before: Any = run.frame(t - 1)
    told = core.explain(before.state, run.frame(t).made, before.params, None)
    return float(str(told.rows[-1][1][-1][-1].value).replace("−", "-"))
