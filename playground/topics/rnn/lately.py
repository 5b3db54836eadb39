"""How many answers were right lately: a batch has few, so that a mean of some steps is what is known."""

from __future__ import annotations

import numpy as np

from core.run.values import Floats
from playground.scenes.scene import Timeline, column

LATELY = 20  # steps whose mean it is


def lately(run: Timeline, name: str) -> Floats:
    """Return the mean of a series over each step and those before it, `LATELY` in all; nan where there are not so many.

    Of the steps (recorded + 1,); row 0 has no value.
    """
    values = column(run, name)
    means = np.full(len(values), np.nan)
    if len(values) > LATELY:
        means[LATELY:] = np.convolve(values[1:], np.ones(LATELY) / LATELY, "valid")
    return means
