"""What the claims of Loss & metrics speak of: steps of a run that meet a condition."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

_MOST = 0.94  # of the answers


def right_in_most(run: Timeline, t: int) -> Members:
    """The steps with at least 94 of 100 answers right."""
    return Members(steps={"accuracy": np.flatnonzero(column(run, "accuracy")[: t + 1] >= _MOST)})


def nothing_found(run: Timeline, t: int) -> Members:
    """The steps in which no point of class 1 was called 1."""
    return Members(steps={"recall": np.flatnonzero(column(run, "recall")[: t + 1] == 0)})


def held_out_loss_rose(run: Timeline, t: int) -> Members:
    """The steps into which the loss of the points held out rose."""
    return Members(steps={"test_loss": 1 + np.flatnonzero(np.diff(column(run, "test_loss")[: t + 1]) > 0)})
