"""How many answers were right lately: a batch has few, so that a mean of some steps is what is known."""

from __future__ import annotations

import numpy as np

from core.run.values import Floats
from playground.scenes.scene import Timeline, column

LATELY = 20  # steps whose mean it is
KNOWN = 0.95  # the share of right answers at a place that is known
_DIGITS = 12  # of a mean: a tie is one, in whatever order its steps were added


def means(rows: Floats) -> Floats:
    """Return the means of `LATELY` rows (steps, …) that follow each other; what is none, nan, counts as 0.

    One for each row from the `LATELY`th on, which is the last of its mean.
    """
    sums = np.cumsum(np.nan_to_num(rows), axis=0)
    sums[LATELY:] -= sums[:-LATELY].copy()
    return np.asarray((sums[LATELY - 1 :] / LATELY).round(_DIGITS))


def known_from(rows: Floats, share: float = KNOWN) -> Floats:
    """Return by which step at least such a share of `LATELY` rows (steps, places) is right first, (places,).

    nan where it is at none.
    """
    reached = means(rows) >= share
    if not len(reached):
        return np.full(rows.shape[1], np.nan)
    return np.where(reached.any(axis=0), reached.argmax(axis=0) + float(LATELY), np.nan)


def lately(run: Timeline, name: str) -> Floats:
    """Return the mean of a series over each step and those before it, `LATELY` in all; nan where there are not so many.

    Of the steps (recorded + 1,); row 0 has no value.
    """
    values = column(run, name)
    found = np.full(len(values), np.nan)
    found[LATELY:] = means(values[1:])
    return found
