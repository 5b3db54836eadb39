"""Runs of the recurrent net, and its loss by plain loops."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import rnn
from core.rnn import Params, State
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay

Floats = NDArray[np.float64]


@pytest.fixture
def run() -> Any:
    """Run (params, steps, seed, (step, array, value)…) and return the states."""

    def made(params: Params, steps: int, seed: int = 0, *changes: tuple[int, str, Any]) -> list[State]:
        assert rnn.check(params) is None
        edits = tuple(Change(t, SetArray(name, np.array(value, dtype=float))) for t, name, value in changes)
        return [frame.state for frame, _ in replay(rnn, Recipe("rnn", 1, seed, params, edits), steps)]

    return made


@pytest.fixture
def own() -> Any:
    """Return parameters with random sequences of one's own (seed, mode, classes)."""

    def made(seed: int, mode: Any, has_classes: bool, batch: int = 3, length: int = 4, **given: Any) -> Params:
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(batch, 1 if mode == "one-to-many" else length, 2))
        times = () if mode == "many-to-one" else (length,)
        t = rng.integers(0, 3, (batch, *times)) if has_classes else rng.normal(size=(batch, *times, 2))
        params = Params(task="own", mode=mode, inputs=x, targets=t.astype(float), batch_size=batch, length=length)
        return replace(params, **given)

    return made


CELLS: dict[str, Callable[[float], float]] = {
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
}


def _losses(weights: dict[str, Floats], x: Floats, t: Any, h: list[float], params: Params) -> list[list[float]]:
    """The losses of one sequence, a list for each time that has an output, by plain loops."""
    own = {name: weights[name].tolist() for name in "WUbVc"}
    found, units = [], range(params.units)
    for time in range(params.length):
        z = [own["b"][j] + sum(h[i] * own["U"][i][j] for i in units) for j in units]
        if time < len(x):
            z = [z[j] + sum(float(a) * own["W"][k][j] for k, a in enumerate(x[time])) for j in units]
        h = [CELLS[params.cell](value) for value in z]
        if params.mode == "many-to-one" and time < params.length - 1:
            continue
        o = [bias + sum(h[j] * own["V"][j][k] for j in units) for k, bias in enumerate(own["c"])]
        target = t if params.mode == "many-to-one" else t[time]
        if np.ndim(target) == 0:
            found.append([math.log(sum(map(math.exp, o))) - o[int(target)]])
        else:
            found.append([(a - float(u)) ** 2 for a, u in zip(o, target, strict=True)])
    return found


@pytest.fixture
def mean_loss() -> Any:
    """Return the mean loss by plain loops (weights, inputs, targets, first states, params, of the last time alone)."""

    def made(weights: Any, x: Any, t: Any, begin: Any, params: Params, last: bool = False) -> float:
        every = []
        for sequence, target, h in zip(x, t, begin, strict=True):
            by_time = _losses(weights, sequence, target, h.tolist(), params)
            every += by_time[-1] if last else [loss for losses in by_time for loss in losses]
        return sum(every) / len(every)

    return made
