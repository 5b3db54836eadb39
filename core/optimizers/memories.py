"""What may be set by hand at any step, so that an exercise that begins in mid-run can be entered: where a method
stands, and what its rule remembers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from core.run.values import Floats

REMEMBERED: Mapping[str, tuple[str, ...]] = {  # of each rule, what the next step needs, along both axes
    "sgd": (),
    "momentum": ("velocity",),
    "nesterov": ("velocity",),
    "adagrad": ("sum",),
    "rmsprop": ("average",),
    "adam": ("m", "v"),
    "newton": (),
}
COUNT = "adam.steps"  # how many steps Adam has made: its corrections of the moments follow from that
SQUARES = ("sum", "average", "v")
MOST_STEPS = 10_000_000


def names_of(method: str) -> tuple[str, ...]:
    """Return the arrays of a method that may be set: `momentum.position`, `momentum.velocity`."""
    own = [f"{method}.{name}" for name in ("position", *REMEMBERED[method])]
    return tuple(own) if method != COUNT.partition(".")[0] else (*own, COUNT)


def read(name: str, x: Floats, memory: Any) -> Floats:
    """Return an array of a method that stands at x (2,): (2,), or (1,) of the steps that Adam has made."""
    what = name.partition(".")[2]
    if what == "position":
        return x
    return np.array([float(memory.t)]) if name == COUNT else np.asarray(getattr(memory, what))


def with_memory(name: str, memory: Any, value: Floats) -> Any:
    """Return a rule's memory with one of its arrays changed. Raises ValueError for what no run could remember."""
    if name == COUNT:
        steps = float(value[0])
        if not (0 <= steps <= MOST_STEPS and steps == int(steps)):
            raise ValueError(f"a whole number of steps from 0 to {MOST_STEPS:,} is wanted")
        return replace(memory, t=int(steps))
    what = name.partition(".")[2]
    if what in SQUARES and (value < 0).any():
        raise ValueError("sums and means of squares are not negative")
    return replace(memory, **{what: value})
