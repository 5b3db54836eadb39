"""Running a recipe without a window: the rows of `trace`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.topic import NOTHING, Arrays, Series, Topic


@dataclass(frozen=True)
class Row:
    """One row of a table: the step, its series and arrays, and what began since the row before."""

    step: int
    series: Series
    arrays: Arrays
    events: tuple[tuple[int, str], ...]


def rows(topic: Topic[Any, Any], recipe: Recipe[Any], steps: int, every: int, arrays: bool) -> Iterator[Row]:
    """Yield rows 0, K, 2K, … and the last step; `arrays` are left out where they are not wanted."""
    pending: list[tuple[int, str]] = []
    for frame, began in replay(topic, recipe, steps):
        pending += [(frame.t, key) for key in began]
        if frame.t % every and frame.t != steps and "end" not in began:
            continue
        held = topic.arrays(frame.state, frame.params) if arrays else {}
        yield Row(frame.t, _existing(topic.series(frame.state, frame.params)), held, tuple(pending))
        pending = []


def _existing(series: Series) -> Series:
    """Return the series with what is infinite, such as the slope of √x at 0, as not there."""
    return {name: v if isinstance(v, str) or math.isfinite(v) else NOTHING for name, v in series.items()}
