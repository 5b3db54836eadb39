"""What the claims of Collaborative filtering speak of: updates after which the known ratings fit."""

from __future__ import annotations

import numpy as np

from playground.scenes.mark import Members
from playground.scenes.scene import Timeline, column

FITS = 0.1  # stars, root mean square


def fits(run: Timeline, t: int) -> Members:
    """The updates after which the error of the known ratings is below a tenth of a star."""
    return Members(steps={"rmse": np.flatnonzero(column(run, "rmse")[: t + 1] < FITS)})
