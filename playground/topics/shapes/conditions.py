"""What the claims of shapes speak of: steps through layers of one kind."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column


def has_weights(run: Timeline, t: int) -> Members:
    """The steps through layers that have weights."""
    return Members(steps={"": np.flatnonzero(column(run, "parameters")[: t + 1] > 0)})


def has_none(run: Timeline, t: int) -> Members:
    """The steps through layers that have no weights."""
    return Members(steps={"": np.flatnonzero(column(run, "parameters")[: t + 1] == 0)})
