"""What the claims of the recurrent net speak of: steps whose answers are right, places whose are not."""

from __future__ import annotations

import numpy as np

from core.rnn.algorithm import names_by_time
from core.run.explanation import Focus
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline
from playground.topics.rnn.lately import KNOWN, lately

MOSTLY, HALF = 0.9, 0.5  # of the answers


def known(run: Timeline, t: int, *names: str) -> Members:
    """The steps by which at least 95 of 100 answers of the last 20 steps were right: of all, or of the places named."""
    return _right_in(KNOWN, run, t, names)


def mostly_right(run: Timeline, t: int, *names: str) -> Members:
    """The steps by which at least 90 of 100 answers of the last 20 steps were right: of all, or of the places named."""
    return _right_in(MOSTLY, run, t, names)


def _right_in(share: float, run: Timeline, t: int, names: tuple[str, ...]) -> Members:
    return Members(steps={name: np.flatnonzero(lately(run, name)[: t + 1] >= share) for name in names or ("accuracy",)})


def half_wrong(run: Timeline, t: int) -> Members:
    """The places where less than half of the answers of the last 20 steps were right."""
    names = enumerate(names_by_time(run.recipe.params.length))
    return Members(frozenset(Focus("place", (place,)) for place, name in names if lately(run, name)[t] < HALF))
