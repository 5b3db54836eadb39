"""What the claims of the CNN speak of: steps in which the held-out digits are read well."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

READ = 0.95  # of the held-out digits


def reads_most(run: Timeline, t: int) -> Members:
    """The steps in which at least 95 of 100 held-out digits were read rightly, by the last epoch that was finished."""
    return Members(steps={"test_accuracy": np.flatnonzero(column(run, "test_accuracy")[: t + 1] >= READ)})
