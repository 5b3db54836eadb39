"""What the claims of the Embedding layer speak of: steps in which many sentences are called rightly."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

_MOST = 0.85  # of the sentences held out


def right_in_most(run: Timeline, t: int) -> Members:
    """The steps after which at least 85 of 100 sentences held out are called rightly."""
    return Members(steps={"test_accuracy": np.flatnonzero(column(run, "test_accuracy")[: t + 1] >= _MOST)})
