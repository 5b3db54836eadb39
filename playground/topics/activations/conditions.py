"""What the claims of Activations speak of: steps of a net that meet a condition, and units without a slope."""

from __future__ import annotations

import math

import numpy as np

from core.run.explanation import Focus
from playground.playback.view import View
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column
from playground.topics.activations.shown import net_shown

MOST = 0.95  # of the points
_GUESS = 0.001  # about ln 2, the loss of who says one half everywhere


def right_in_most(run: Timeline, t: int) -> Members:
    """The steps in which a net called at least 95 of 100 points rightly."""
    functions = run.recipe.params.functions
    return Members(steps={f: np.flatnonzero(column(run, f"{f}.accuracy")[: t + 1] >= MOST) for f in functions})


def no_better_than_a_guess(run: Timeline, t: int) -> Members:
    """The steps in which a net's loss was that of one half for every point."""
    losses = {f: column(run, f"{f}.loss")[: t + 1] for f in run.recipe.params.functions}
    return Members(steps={f: np.flatnonzero(np.abs(loss - math.log(2)) < _GUESS) for f, loss in losses.items()})


def dead_units(run: Timeline, t: int) -> Members:
    """The units whose function is flat for all points, in the nets as the step in view draws them."""
    view = View(run, t)
    units = ((f, at) for f in view.params.functions for at in np.argwhere(net_shown(view, f).dead).tolist())
    return Members(frozenset(Focus(f, (layer, unit)) for f, (layer, unit) in units))
