"""The steps at which an epoch of the CNN ends, and what was read rightly there."""

from __future__ import annotations

import numpy as np

from core.run.values import Floats, kept, locked
from playground.scenes.scene import Timeline, column


def at_epochs(run: Timeline) -> tuple[Floats, Floats]:
    """Return the start and the step that finishes each epoch, with the share of the held-out digits read there."""
    return _read(column(run, "epoch"), column(run, "test_accuracy"))


@kept(8)
def _read(epochs: Floats, shares: Floats) -> tuple[Floats, Floats]:
    steps = np.flatnonzero(np.diff(epochs, prepend=-1.0) > 0)
    return locked(steps.astype(float)), locked(shares[steps])
