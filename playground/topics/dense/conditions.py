"""What the claims of Dense and bias speak of: steps of a net that meet a condition."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

_MOST = 0.95  # of the answers
_ACCURACIES = "with_bias.accuracy", "without_bias.accuracy"


def right_in_most(run: Timeline, t: int) -> Members:
    """The steps in which a net gave at least 95 of 100 answers rightly."""
    return Members(steps={name: np.flatnonzero(column(run, name)[: t + 1] >= _MOST) for name in _ACCURACIES})
