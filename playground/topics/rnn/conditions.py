"""What the claims of the recurrent net speak of: steps whose answers are right."""

from __future__ import annotations

import numpy as np

from core.rnn.algorithm import names_by_time
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline
from playground.topics.rnn.lately import lately

KNOWN = 0.95  # of the answers


def known(run: Timeline, t: int) -> Members:
    """The steps by which an answer, of all or of one place, was right in at least 95 of 100 of the last 20 steps."""
    names = "accuracy", *names_by_time(run.recipe.params.length)
    return Members(steps={name: np.flatnonzero(lately(run, name)[: t + 1] >= KNOWN) for name in names})
