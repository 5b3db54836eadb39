"""The seven updates of a step beside one step of torch.optim with autograd, on the same function."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import pytest

from core import optimizers
from core.run.streams import Streams

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
    state = optimizers.start(PARAMS, Streams.start(0))

    def ours() -> None:
        nonlocal state
        for _ in range(STEPS):
            state = optimizers.step(state, PARAMS, Streams.step(0, state.t + 1))

    def theirs() -> None:
        for _ in range(STEPS):
            torch_step()

    seven, one = bench.in_turn(ROUNDS, 1, ours, theirs)
    ratio = median(a / b for (a,), (b,) in zip(seven, one, strict=True))
    own, other = (1e6 * median(map(median, times)) / STEPS for times in (seven, one))
    bench.judge(("seven updates / one of torch.optim", ratio, 0.3, f"{own:.0f} µs, {other:.0f} µs"))
