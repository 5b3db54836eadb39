"""What the claims of the Embedding layer speak of: steps in which many sentences are called rightly; places."""

from __future__ import annotations

import numpy as np

from core.embedding.settings import data_of
from core.run.explanation import Focus
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

_MOST = 0.85  # of the sentences held out


def right_in_most(run: Timeline, t: int) -> Members:
    """The steps after which at least 85 of 100 sentences held out are called rightly."""
    return Members(steps={"test_accuracy": np.flatnonzero(column(run, "test_accuracy")[: t + 1] >= _MOST)})


def words_kept(run: Timeline, t: int) -> Members:
    """The places of the first sentence held out, which hold its words after padding and cutting."""
    params = run.frame(t).params
    first = int(data_of(params).test[0])
    return Members(frozenset(Focus("place", (first, k)) for k in range(params.input_length)))
