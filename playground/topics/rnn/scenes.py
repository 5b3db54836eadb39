"""Do the claims R1 to R5 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

import numpy as np

from playground.scenes.scene import Outcome, Runs, Timeline
from playground.topics.rnn.conditions import KNOWN
from playground.topics.rnn.lately import lately


def place_after_place(runs: Runs) -> Outcome:
    """R1: parity is learned from left to right: a place is known before any that is built on it."""
    run = runs["run"]
    places = {name: _known_from(run, f"accuracy_{place}") for name, place in _PLACES.items()}
    first, third, last = (places[name] for name in ("first", "third", "last"))
    told = {name: "–" if step is None else step for name, step in places.items()}
    holds = first is not None and third is not None and last is not None and first < third < last
    return Outcome(holds, told, ["first", "third", "last"])


_PLACES = {"first": 0, "third": 2, "last": 7}


def _known_from(run: Timeline, name: str) -> int | None:
    """Return the first step by which the answers of the last 20 steps were right in 95 of 100."""
    steps = np.flatnonzero(lately(run, name) >= KNOWN)
    return int(steps[0]) if steps.size else None
