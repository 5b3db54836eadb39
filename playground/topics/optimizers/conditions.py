"""What the claims of the race speak of: steps of a method that meet a condition, and methods that do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.run.explanation import Focus
from core.run.values import Floats
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

_LEVEL = 1e-3  # of a gradient, at which a method has come to rest


def loss_rose(run: Timeline, t: int, *methods: str) -> Members:
    """The steps in which a method's loss rose."""
    return _steps(run, t, methods, ".loss", lambda loss: np.diff(loss) > 0)


def crossed(run: Timeline, t: int, *methods: str) -> Members:
    """The steps that ended on the other side of y = 0."""
    return _steps(run, t, methods, ".y", lambda y: y[1:] * y[:-1] < 0)


def away_from_the_ridge(run: Timeline, t: int, *methods: str) -> Members:
    """The steps that ended at |y| > 1."""
    return _steps(run, t, methods, ".y", lambda y: np.abs(y[1:]) > 1)


def first_step(run: Timeline, t: int, *methods: str) -> Members:
    """The first step."""
    return _steps(run, t, methods, ".x", lambda x: np.arange(len(x) - 1) == 0)


def farthest_beyond(run: Timeline, t: int, *methods: str) -> Members:
    """The step so far that ended farthest beyond y = 0, where a method has crossed that."""
    return _steps(run, t, methods, ".y", lambda y: np.arange(1, len(y)) == (farthest(y) or -1))


def effective_step_grew(run: Timeline, t: int, *methods: str) -> Members:
    """The steps in which a method's effective step along y was longer than before; seen in that series alone."""
    found = _steps(run, t, methods, ".rate_y", lambda rate: np.diff(rate) > 0)
    return Members(steps={f"{method}.rate_y": steps for method, steps in found.steps.items()})


def at_rest(run: Timeline, t: int, *methods: str) -> Members:
    """The methods that have come to rest: their gradient is as good as zero."""
    row = run.series.row(t)
    slopes = {method: np.hypot(row[f"{method}.grad_x"], row[f"{method}.grad_y"]) for method in methods}
    return Members(frozenset(Focus(method) for method, slope in slopes.items() if slope < _LEVEL))


def farthest(values: Floats) -> int:
    """Return the step at which a coordinate is farthest out after it first changed its sign; 0 if it never did."""
    crosses = np.sign(values) != np.sign(values[0])
    first = int(crosses.argmax())
    return first + int(np.abs(values[first:]).argmax()) if crosses.any() else 0


def _steps(
    run: Timeline, t: int, methods: tuple[str, ...], series: str, holds: Callable[[Floats], NDArray[np.bool_]]
) -> Members:
    """Return the steps up to t at which something holds of a series (t + 1,): it is asked of the steps from 1 on."""
    with np.errstate(invalid="ignore"):
        found = {method: np.flatnonzero(holds(column(run, method + series)[: t + 1])) + 1 for method in methods}
    return Members(steps=found)
