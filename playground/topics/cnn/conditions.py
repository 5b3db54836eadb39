"""What the claims of the CNN speak of: steps from which the held-out digits are read well, or a layer is silent."""

from __future__ import annotations

import numpy as np

from core.cnn.inside import all_silent
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

READ = 0.95  # of the held-out digits


def reads_most(run: Timeline, t: int) -> Members:
    """The steps in which at least 95 of 100 held-out digits were read rightly, by the last epoch that was finished."""
    return Members(steps={"test_accuracy": np.flatnonzero(column(run, "test_accuracy")[: t + 1] >= READ)})


def silenced(run: Timeline, t: int) -> Members:
    """The steps from which on, up to the one in view, all maps of a layer gave 0 to every held-out digit."""
    first = t + 1
    while first > 0 and all_silent(run.frame(first - 1).state.weights, run.recipe.params.layers):
        first -= 1
    return Members(steps={"": np.arange(first, t + 1)})
