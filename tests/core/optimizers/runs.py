"""What tests of the race ask of a run: its rows and events, a column of them, its states."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import optimizers
from core.optimizers.algorithm import State
from core.optimizers.settings import METHODS, SGD, Params
from core.run.recipe import Recipe
from core.run.replay import replay

FIRST_ORDER = METHODS[:-1]
BOWL = Params(function="bowl", start=(3.0, -2.0), sgd=SGD(0.1))


def recipe(params: Params, *edits: tuple[int, Any], seed: int = 0) -> Recipe[Params]:
    made = Recipe("optimizers", 1, seed, params)
    for step, edit in edits:
        made = made.edited(step, edit)
    return made


def table(run: Recipe[Params], steps: int) -> tuple[list[dict[str, Any]], list[tuple[str, ...]]]:
    """Return the rows and the events of a run."""
    rows: list[dict[str, Any]] = []
    events = []
    for frame, began in replay(optimizers, run, steps):
        rows.append(optimizers.series(frame.state, frame.params))
        events.append(began)
    return rows, events


def column(rows: list[dict[str, Any]], name: str) -> Any:
    return np.array([row[name] for row in rows])


def states(run: Recipe[Params], steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(optimizers, run, steps)]
