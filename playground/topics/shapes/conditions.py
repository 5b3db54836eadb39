"""What the claims of shapes speak of: layers of one kind, and the steps through them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.run.explanation import Focus
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column


def has_weights(run: Timeline, t: int) -> Members:
    """The layers that have weights, as far as the data has come."""
    return _layers(np.flatnonzero(column(run, "parameters")[: t + 1] > 0))


def told_nothing(run: Timeline, t: int) -> Members:
    """The layers that are told nothing of what they are given, as far as the data has come."""
    layers = run.recipe.params.layers[:t]
    return _layers(np.array([k for k, layer in enumerate(layers, 1) if not layer.told()], dtype=np.intp))


def _layers(steps: NDArray[np.intp]) -> Members:
    return Members(frozenset(Focus("layer", (int(step),)) for step in steps), {"": steps})
