"""The seven updates of a step beside one step of torch.optim with autograd, on the same function."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import optimizers
from core.optimizers.settings import METHODS, loss_of
from core.run.streams import Streams

Floats = NDArray[np.float64]
PARAMS = optimizers.Params()
STEPS, ROUNDS = 200, 15


@pytest.fixture
def torch_step() -> Callable[[], None]:
    """One step of gradient descent with momentum down himmelblau, the cheapest torch.optim has to offer."""
    torch = pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    torch.set_num_threads(1)
    point = torch.tensor(PARAMS.start, dtype=torch.float64, requires_grad=True)
    method = torch.optim.SGD([point], lr=0.003, momentum=0.9)

    def step() -> None:
        method.zero_grad()
        x, y = point
        loss = (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2
        loss.backward()
        method.step()

    return step


def test_seven_updates_beside_torch(bench: Any, torch_step: Callable[[], None]) -> None:
    """An update is what torch's step is: the gradient where the method stands, and the move."""
    loss = loss_of(PARAMS)
    state = optimizers.start(PARAMS, Streams.start(0))
    points = {method: (getattr(state, method).x, getattr(state, method).memory) for method in METHODS}

    def gradient(x: Floats) -> Floats:
        return np.array(loss.gradient(*x.tolist()))

    def hessian(x: Floats) -> Floats:
        xx, xy, yy = loss.hessian(*x.tolist())
        return np.array([[xx, xy], [xy, yy]])

    def seven() -> None:
        for _ in range(STEPS):
            for method, (x, memory) in points.items():
                curvature = (hessian,) if method == "newton" else ()
                points[method] = getattr(PARAMS, method).step(x, memory, gradient, *curvature)

    def whole() -> None:
        nonlocal state
        for _ in range(STEPS):
            state = optimizers.step(state, PARAMS, Streams.step(0, state.t + 1))

    def one() -> None:
        for _ in range(STEPS):
            torch_step()

    times = bench.in_turn(ROUNDS, 1, seven, one, whole, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(*times[:2], strict=True))
    ours, theirs, all_of_it = (1e6 * median(map(median, own)) / STEPS for own in times)
    remark = f"{ours:.0f} µs, {theirs:.0f} µs; with checks and packing {all_of_it:.0f} µs"
    bench.judge(("seven updates / one of torch.optim", ratio, 0.3, remark))
