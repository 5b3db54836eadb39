"""What the claims of the recurrent net speak of: steps whose answers are right."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline
from playground.topics.rnn.lately import KNOWN, lately

MOSTLY = 0.9  # of the answers


def known(run: Timeline, t: int, *names: str) -> Members:
    """The steps by which at least 95 of 100 answers of the last 20 steps were right: of all, or of the places named."""
    return _right_in(KNOWN, run, t, names)


def mostly_right(run: Timeline, t: int, *names: str) -> Members:
    """The steps by which at least 90 of 100 answers of the last 20 steps were right: of all, or of the places named."""
    return _right_in(MOSTLY, run, t, names)


def _right_in(share: float, run: Timeline, t: int, names: tuple[str, ...]) -> Members:
    return Members(steps={name: np.flatnonzero(lately(run, name)[: t + 1] >= share) for name in names or ("accuracy",)})
