"""What the claims of convolution speak of: cells of the picture and of the map, and steps of learning."""

from __future__ import annotations

import numpy as np

from core.convolution.algorithm import sweep_of
from core.run.explanation import Focus
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline


def cells(run: Timeline, t: int, *named: str) -> Members:
    """The cells that are named."""
    return Members(frozenset(focus for name in named if (focus := Focus.of(name))))


def seen_by(run: Timeline, t: int, row: str, column: str) -> Members:
    """A cell of the picture, and the cells of the first map whose windows see it, as far as they are filled."""
    state = run.frame(t).state
    geometry = sweep_of(run.params_at(t), state.image, state.kernel).geometry
    reached = [(i, j) for _, _, i, j in geometry.seers(int(row), int(column)) if i * geometry.output[1] + j < t]
    outputs = (Focus("output", (0, i, j)) for i, j in reached)
    return Members(frozenset((Focus("input", (0, int(row), int(column))), *outputs)))


def learned(run: Timeline, t: int) -> Members:
    """The steps that ended with every weight near its target, from the event on."""
    at = min((step for step, keys in run.events.items() if "learned" in keys), default=t + 1)
    return Members(steps={"": np.arange(at, t + 1)})
