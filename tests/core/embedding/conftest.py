"""Runs of the net without a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core import embedding
from core.embedding import Params, State
from core.run.streams import Streams

Run = Callable[..., list[State]]


@pytest.fixture
def run() -> Run:
    """Return the states of the first steps of a run, its start among them."""

    def states(params: Params, steps: int, seed: int = 0, begin: State | None = None) -> list[State]:
        assert embedding.check(params) is None
        found = [begin or embedding.start(params, Streams.start(seed))]
        for t in range(found[0].t + 1, found[0].t + steps + 1):
            found.append(embedding.step(found[-1], params, Streams.step(seed, t)))
        return found

    return states


@pytest.fixture
def told() -> Callable[[State, Params], Any]:
    """Return series and arrays of a state."""
    return lambda state, params: {**embedding.series(state, params), **embedding.arrays(state, params)}
