"""The beats of a sweep's step are the cells of its window; taken in one after the other they are its cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import convolution as core
from core.convolution.algorithm import wanted_of
from core.convolution.beats import beats, index_of, parts, so_far
from core.convolution.kernels import named_kernel
from core.convolution.settings import Params, sweep_of
from core.run.recipe import Recipe
from core.run.timeline import Timeline

BOTH = np.stack([named_kernel("blur"), named_kernel("emboss")])[:, None]


@pytest.mark.parametrize(
    ("params", "count"),
    [
        (Params(), 9),
        (Params(image="colour"), 27),
        (Params(kernel=BOTH), 9),
        (Params(kernel_size=(2, 5)), 10),
        (Params(image=np.ones((2, 4, 4)), kernel=np.ones((2, 3, 3))), 18),
        (Params(kernel_size=15, padding=8), 225),
        (Params(kernel_size=15, padding=8, image="colour"), 0),
        (Params(operation="max pooling"), 4),
        (Params(operation="average pooling", size=(2, 3), image="colour"), 6),
        (Params(operation="max pooling", size=16, image="photo"), 0),
    ],
)
def test_there_is_one_for_each_cell_of_a_window(params: Params, count: int) -> None:
    assert core.beats(params) == tuple(f"product_{k}" for k in range(count))
    assert [index_of(beat) for beat in core.beats(params)] == list(range(count))


@pytest.mark.parametrize(
    "params",
    [
        Params(kernel="blur", bias=0.3),
        Params(image="colour", kernel="blur", padding=1),
        Params(image="photo", input_size=9, kernel="blur", padding=(0, 2), stride=2),
        Params(kernel=BOTH, dilation=2, bias=np.array([1.5, -2.0])),
        Params(image=np.ones((1, 1)), kernel=np.ones((1, 1)), padding=2, bias=0.1),
        Params(operation="max pooling", image="colour", size=(2, 3), padding=1),
        Params(operation="average pooling", image="photo", input_size=9, size=3, padding=1, stride=2),
    ],
)
def test_composed_they_give_the_cell_to_the_byte(params: Params) -> None:
    run: Timeline[Any, Any] = Timeline(core, Recipe("convolution", 1, 0, params))
    while not run.ended:
        run.extend()
    state = run.frame(0).state
    sweep, last = sweep_of(params, state.image, state.kernel), len(beats(params)) - 1
    for t in range(1, run.recorded + 1):
        assert so_far(state, params, sweep, sweep.place(t - 1), last) == run.frame(t).state.value


def test_each_adds_its_own_product() -> None:
    params = Params(image="colour", kernel="sharpen", padding=1, bias=4.0)
    state = core.start(params, None)  # type: ignore[arg-type]
    sweep = sweep_of(params, state.image, state.kernel)
    for place in ((0, 0, 0), (0, 3, 4)):
        cells = np.nan_to_num(sweep.geometry.cells(state.image, *place[1:]))
        products = (cells * named_kernel("sharpen")).ravel()
        sums = [so_far(state, params, sweep, place, k) for k in range(27)]
        np.testing.assert_allclose(sums[:-1], products.cumsum()[:-1], atol=1e-12)
        assert sums[-1] == pytest.approx(products.sum() + 4.0)


@pytest.mark.parametrize("operation", ["max pooling", "average pooling"])
def test_a_pool_takes_its_cells_in_turn_and_no_padding(operation: Any) -> None:
    params = Params(operation=operation, image=np.array([[3.0, 8.0], [5.0, 4.0]]), size=3, padding=1, stride=1)
    state = core.start(params, None)  # type: ignore[arg-type]
    sweep = sweep_of(params, state.image, state.kernel)
    values = [so_far(state, params, sweep, (0, 0, 0), k) for k in range(9)]
    nothing = np.nan if operation == "max pooling" else 0.0
    seen = [3.0, 8.0, 8.0, 8.0, 8.0] if operation == "max pooling" else [3.0, 11.0, 11.0, 16.0, 20.0 / 4]
    np.testing.assert_array_equal(values, [*[nothing] * 4, *seen])


def test_learning_has_the_beats_of_a_net() -> None:
    params = Params(operation="learn")
    assert core.beats(params) == ("forward", "error", "backward", "update")
    state = core.start(params, None)  # type: ignore[arg-type]
    made, after = parts(state, params), core.step(state, params, None)  # type: ignore[arg-type]
    np.testing.assert_allclose(made.error, made.made - wanted_of(state.image, params), atol=1e-12)
    assert made.loss == after.loss
    np.testing.assert_array_equal(after.kernel, state.kernel - params.learning_rate * made.slope)
