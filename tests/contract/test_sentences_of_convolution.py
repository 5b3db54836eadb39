"""What a sentence about a step of a convolution says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from core import convolution
from core.convolution import Params
from core.convolution.kernels import KERNELS
from core.convolution.settings import bias_of, kernel_of, sweep_of, target_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay

SAMPLES = 15  # steps of a run
BEATS_EVERY = 3  # steps of which the beats are told, too
OPERATIONS = "convolution", "convolution", "convolution", "max pooling", "average pooling", "learn"


def params_of(rng: Any, run: int) -> Params:
    """Return a random sweep over a small picture, of one channel or three; or a kernel to be learned.

    Kernels by name take turns from run to run, so that every sentence has its step.
    """

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    shape = choose((6, 6), (5, 8), (3, 6, 6))
    picture = rng.normal(0, 1, shape) if rng.random() < 0.7 else rng.integers(-1, 2, shape).astype(float)
    kernel: Any = (
        list(KERNELS)[run % len(KERNELS)]
        if rng.random() < 0.8
        else rng.normal(0, 1, (2, *shape[:-2], 3, 3)[len(shape) == 2 :])
    )
    if rng.random() < 0.2:
        picture = np.ones(shape)
    return Params(
        operation=choose(*OPERATIONS), image=picture, kernel=kernel, kernel_size=choose(None, 2, (3, 1)),
        size=choose(2, 3), padding=choose(0, 1), stride=choose(None, 2), dilation=choose(1, 1, 2),
        bias=choose(0.0, 0.75), target=choose(*KERNELS), learning_rate=float(10 ** rng.uniform(-3, 1)),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done, runs = np.random.default_rng(14), 0, 0
    while done < count:
        params, runs = params_of(rng, runs), runs + 1
        if convolution.check(params) is not None:
            continue
        size = 10 ** rng.uniform(-1, 3)
        edit = Change(3, SetArray("kernel", size * rng.normal(0, 1, kernel_of(params).shape)))
        edits = (edit,) if rng.random() < 0.3 else ()
        if params.operation == "learn" and rng.random() < 0.3:  # a kernel too large for any loss, at a rate that is not
            params = replace(params, learning_rate=1e-3)
            edits = (Change(3, SetArray("kernel", np.full(kernel_of(params).shape, 1e9))),)
        long = params.operation == "learn" and params.target == "zeros"  # which is learned, in time
        before: Any = None
        for frame, _ in replay(convolution, Recipe("convolution", 1, 0, params, edits), 300 if long else SAMPLES):
            if long and frame.t > SAMPLES and frame.t % 20:
                before = frame
                continue
            focus = Focus("output", (0, 0, 0)) if rng.random() < 0.2 else None
            step = before.state if before else None, frame.made, frame.used, focus
            yield convolution.explain(*step), (*step, "")
            if before and done % BEATS_EVERY == 0:
                yield from ((convolution.explain(*step, beat), (*step, beat)) for beat in convolution.beats(frame.used))
            before, done = frame, done + 1


def begins(before: Any, *_: Any) -> dict[str, Any]:
    assert before is None
    return {}


def text(value: float) -> Any:
    """Return what equals every text of the value to four digits."""
    return Text(value)


class Text:
    """Equal to a text that says a number as it is, to four digits."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        assert "-" not in str(other).replace("e-", "")
        return float(str(other).replace("−", "-")) == pytest.approx(self.value, rel=6e-4, abs=1e-9)

    def __repr__(self) -> str:
        return repr(self.value)


def window(before: Any, after: Any, params: Any, focus: Any, _: Any = "") -> tuple[Any, int, tuple[int, int, int]]:
    """Return the cells (channels, kh, kw) a window sees, nan in the padding, read one by one, and where it stands."""
    sweep = sweep_of(params, before.image, before.kernel)
    place = focus.at if focus else sweep.place(after.t - 1)
    image = before.image if before.image.ndim == 3 else before.image[None]
    (rows, columns), geometry = image.shape[1:], sweep.geometry
    cells = np.full((len(image), *geometry.window), np.nan)
    for a, b in np.ndindex(*geometry.window):
        r = place[1] * geometry.stride[0] + a * geometry.dilation[0] - geometry.padding[0]
        c = place[2] * geometry.stride[1] + b * geometry.dilation[1] - geometry.padding[1]
        if 0 <= r < rows and 0 <= c < columns:
            cells[:, a, b] = image[:, r, c]
    return cells, int(np.isnan(cells[0]).sum()), place


def multiplies(before: Any, after: Any, params: Any, focus: Any, _: Any = "") -> dict[str, Any]:
    """Add the products up anew, those of weights above and below 0 apart."""
    cells, _, (map, _, _) = window(before, after, params, focus)
    kernel = before.kernel[map] if before.kernel.ndim == 4 else before.kernel
    weights = np.broadcast_to(kernel, cells.shape)
    products = np.where(np.isnan(cells), 0.0, cells) * weights
    plus, minus = (float(sum(products[where])) for where in (weights > 0, weights < 0))
    bias = float(bias_of(params, map))
    return {
        "plus": text(plus), "minus": text(-minus), "sum": text(plus + minus), "bias": text(bias),
        "value": text(plus + minus + bias), "products": str(cells.size),
    }  # fmt: skip


def measures(name: str, before: Any, after: Any, params: Any, focus: Any, _: Any = "") -> dict[str, Any]:
    """Check of a kernel by name also where its weights lie, as the sentence says."""
    kernel, (rows, columns) = before.kernel, before.kernel.shape
    a, b = np.indices(kernel.shape) - np.array([(rows - 1) // 2, (columns - 1) // 2])[:, None, None]
    across, down = (2 * np.arange(n) - (n - 1) for n in (columns, rows))
    middle = (a == 0) & (b == 0)
    assert before.image.ndim == 2
    lies: dict[str, Callable[[], Any]] = {
        "vertical-edge": lambda: (np.sign(kernel) == np.sign(across)[None, :]).all(),
        "horizontal-edge": lambda: (np.sign(kernel) == np.sign(down)[:, None]).all(),
        "outline": lambda: (kernel[~middle] < 0).all() and kernel[middle] >= 0,
        "emboss": lambda: ((kernel > 0) <= (middle | (a + b > 0))).all() and ((kernel < 0) <= (a + b < 0)).all(),
        "identity": lambda: np.array_equal(kernel, middle),
        "blur": lambda: np.ptp(kernel) == 0 and kernel.sum() == pytest.approx(1),
        "sharpen": lambda: ((kernel < 0) == (((a == 0) | (b == 0)) & ~middle)).all() and kernel[middle] > 0,
        "zeros": lambda: not kernel.any(),
    }
    assert lies[name]()
    told = multiplies(before, after, params, focus)
    if name == "blur":
        cells = window(before, after, params, focus)[0]
        told["sum"] = text(float(np.nan_to_num(cells).mean()))
    return told


def pools(is_padded: bool, before: Any, after: Any, params: Any, focus: Any, _: Any = "") -> dict[str, Any]:
    cells, skipped, (map, _, _) = window(before, after, params, focus)
    seen = [float(cell) for cell in cells[map].flat if not np.isnan(cell)]
    assert bool(skipped) == is_padded
    value = max(seen) if params.operation == "max pooling" else sum(seen) / len(seen)
    return {"value": text(value), "count": str(len(seen)), "skipped": str(skipped)}


def made(before: Any, params: Any, kernel: Any) -> Any:
    """Return the map (maps, rows, columns) of a kernel, window by window."""
    sweep = sweep_of(params, before.image, kernel)
    output = np.zeros((sweep.maps, *sweep.geometry.output))
    for cell in range(sweep.cells):
        after = type("At", (), {"t": cell + 1})
        cells, _, (map, row, column) = window(before, after, params, None)
        output[map, row, column] = (np.nan_to_num(cells) * (kernel[map] if kernel.ndim == 4 else kernel)).sum()
    return output


def loss(before: Any, params: Any, kernel: Any) -> float:
    """Return the mean square of what the error of a kernel makes of the picture."""
    return float((made(before, params, kernel - target_of(params)) ** 2).mean())


def takes_in(before: Any, after: Any, params: Any, focus: Any, beat: str) -> dict[str, Any]:
    """Take the cells of the window in one by one, up to that of the beat."""
    cells, _, (map, _, _) = window(before, after, params, focus)
    pools, at = "pooling" in params.operation, int(beat.removeprefix("product_"))
    kernel = before.kernel[map] if before.kernel.ndim == 4 and not pools else before.kernel
    cells = cells[map].ravel() if pools else cells.ravel()
    weights = np.ones(cells.size) if pools else np.resize(kernel, cells.size)  # a flat one for every channel
    largest = params.operation == "max pooling"
    sums = []
    for end in (at, at + 1):
        terms = [cell * weight for cell, weight in zip(cells[:end], weights[:end], strict=True) if not np.isnan(cell)]
        sums.append((max(terms) if terms else None) if largest else float(sum(terms)))
    cell = 0.0 if np.isnan(cells[at]) and not pools else cells[at]
    told = {"before": sums[0], "after": sums[1], "cell": None if np.isnan(cell) else cell,
            "weight": float(weights[at]), "product": float(np.nan_to_num(cell) * weights[at])}  # fmt: skip
    return {name: "–" if value is None else text(float(value)) for name, value in told.items()} | {
        "n": str(at + 1), "count": str(cells.size)
    }  # fmt: skip


def pads(before: Any, after: Any, params: Any, focus: Any, beat: str) -> dict[str, Any]:
    told = takes_in(before, after, params, focus, beat)
    cells, _, (map, _, _) = window(before, after, params, focus)
    seen = cells[map] if "pooling" in params.operation else cells
    assert np.isnan(seen.ravel()[int(told["n"]) - 1])
    return told


def begins_max(before: Any, after: Any, params: Any, focus: Any, beat: str) -> dict[str, Any]:
    told = takes_in(before, after, params, focus, beat)
    assert told["before"] == "–"
    return told


def beat_of_learning(before: Any, after: Any, params: Any, _: Any, beat: str) -> dict[str, Any]:
    """Find the largest error and the steepest slope anew, from the windows one by one."""
    kernel, target = before.kernel, target_of(params)
    error = made(before, params, kernel - target)
    largest = float(np.abs(error).max())
    near = np.argwhere(np.abs(error) >= largest * (1 - 1e-9) - 1e-12)  # of equal ones any may be told
    told = convolution.explain(before, after, params, None, beat).values
    slope = np.zeros_like(kernel)
    for at in np.ndindex(*kernel.shape):
        one = np.zeros_like(kernel)
        one[at] = 1.0
        slope[at] = 2 * (error * made(before, params, one)).mean()
    place = [int(told[name]) - 1 for name in ("map", "row", "column")] if "row" in told else near[0].tolist()
    assert place in near.tolist()
    there = tuple(place)
    return {
        "map": str(place[0] + 1), "row": str(place[1] + 1), "column": str(place[2] + 1),
        "made": text(float(made(before, params, kernel)[there])),
        "wanted": text(float(made(before, params, target)[there])), "error": text(float(error[there])),
        "loss": text(float((error**2).mean())), "place": told.get("place"),
        "slope": text(steepest(slope, told.get("place"))),
    }  # fmt: skip


def steepest(slope: Any, place: Any) -> float:
    """Return the slope of the weight that is told, which no other surpasses."""
    if place is None:
        return 0.0
    at = [int(part) - 1 for part in str(place).strip("[]").split(", ")]
    at = [0] * (slope.ndim - len(at)) + at
    found = float(slope[tuple(at)])
    assert abs(found) >= np.abs(slope).max() * (1 - 1e-9) - 1e-12
    return found


def learns(kind: str, before: Any, after: Any, params: Any, *_: Any) -> dict[str, Any]:
    """Check that the loss falls along the way of the weights that moved, and how far they are from the target."""
    target, way = target_of(params), after.kernel - before.kernel
    was, away = (float(np.abs(state.kernel - target).max()) for state in (before, after))
    assert (away < 0.01 * (np.abs(target).max() or 1.0)) == (kind == "learned")
    assert after.loss == pytest.approx(loss(before, params, before.kernel), rel=1e-6, abs=1e-12)
    if params.learning_rate < 0.01 and np.abs(way).max() > 1e-6:
        small = before.kernel + way * 1e-4
        assert loss(before, params, small) < after.loss
    seen = rank(before, params) if kind == "deficient" else 0
    moved = np.count_nonzero(way)
    return {
        "was": was, "away": away, "weights": str(way.size), "moved": str(moved), "rank": str(seen),
        "directions": str(way[0].size if way.ndim == 4 else way.size),
    }  # fmt: skip


def rank(before: Any, params: Any) -> int:
    """Return how many independent windows the picture has, in a map's weights."""
    sweep, rows = sweep_of(params, before.image, before.kernel), []
    for cell in range(sweep.cells // sweep.maps):
        cells = np.nan_to_num(window(before, type("At", (), {"t": cell + 1}), params, None)[0])
        rows.append((cells.sum(axis=0) if before.kernel.ndim == 2 else cells).ravel())
    return int(np.linalg.matrix_rank(np.array(rows), tol=3e-5 * float(np.linalg.norm(rows, 2))))


def stands(is_too_fast: bool, before: Any, after: Any, params: Any, *_: Any) -> dict[str, Any]:
    """Check that nothing moved, and find the limit from the singular values of all windows."""
    assert np.array_equal(before.kernel, after.kernel)
    sweep, rows = sweep_of(params, before.image, before.kernel), []
    for cell in range(sweep.cells // sweep.maps):
        cells = np.nan_to_num(window(before, type("At", (), {"t": cell + 1}), params, None)[0])
        rows.append((cells.sum(axis=0) if before.kernel.ndim == 2 else cells).ravel())
    limit = 2 / (2 / sweep.cells * float(np.linalg.norm(rows, 2)) ** 2)
    assert (params.learning_rate > limit) == is_too_fast
    return {"limit": text(limit), "eta": text(params.learning_rate)}


CHECKERS: dict[str, Any] = {
    **{f"{operation}.rule": begins for operation in OPERATIONS}, "own.step": multiplies,
    **{f"{name}.step": partial(measures, name) for name in KERNELS},
    **{f"{kind} pooling.step": partial(pools, False) for kind in ("max", "average")},
    **{f"{kind} pooling.padded": partial(pools, True) for kind in ("max", "average")},
    **{f"learn.{kind}": partial(learns, kind) for kind in ("step", "learned", "deficient")},
    "product": takes_in, "product.padding": pads, "pooling.padding": pads, "max pooling.first": begins_max,
    "max pooling.cell": takes_in, "average pooling.cell": takes_in,
    **{f"learn.{beat}": beat_of_learning for beat in ("forward", "error", "backward")},
    "learn.diverged": partial(stands, True), "learn.stopped": partial(stands, False),
}  # fmt: skip


@pytest.mark.parametrize("steps", [2000])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("convolution", steps_of(steps), CHECKERS) == set(CHECKERS)
