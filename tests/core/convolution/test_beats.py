"""The beats of a sweep's step are the products of its window; added up they are the cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import convolution as core
from core.convolution.beats import beats, index_of, sum_to
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
        (Params(operation="max pooling"), 0),
        (Params(operation="learn"), 0),
    ],
)
def test_there_is_one_for_each_product_of_a_window(params: Params, count: int) -> None:
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
    ],
)
def test_composed_they_give_the_cell_to_the_byte(params: Params) -> None:
    run: Timeline[Any, Any] = Timeline(core, Recipe("convolution", 1, 0, params))
    while not run.ended:
        run.extend()
    state = run.frame(0).state
    sweep, last = sweep_of(params, state.image, state.kernel), len(beats(params)) - 1
    for t in range(1, run.recorded + 1):
        assert sum_to(state, params, sweep, sweep.place(t - 1), last) == run.frame(t).state.value


def test_each_adds_its_own_product() -> None:
    params = Params(image="colour", kernel="sharpen", padding=1, bias=4.0)
    state = core.start(params, None)  # type: ignore[arg-type]
    sweep = sweep_of(params, state.image, state.kernel)
    for place in ((0, 0, 0), (0, 3, 4)):
        cells = np.nan_to_num(sweep.geometry.cells(state.image, *place[1:]))
        products = (cells * named_kernel("sharpen")).ravel()
        sums = [sum_to(state, params, sweep, place, k) for k in range(27)]
        np.testing.assert_allclose(sums[:-1], products.cumsum()[:-1], atol=1e-12)
        assert sums[-1] == pytest.approx(products.sum() + 4.0)
