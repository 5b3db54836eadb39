"""Gradients that were written down, one for each step: for exercises that print them and no function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.optimizers.surfaces import Curvature, Number, Point
from core.run.values import LARGEST, Floats

NOWHERE = float("nan")


@dataclass(frozen=True, eq=False)
class GivenGradients:
    """A loss of which nothing is known but the gradient each step uses, `steps` (n, 2), wherever a point stands."""

    steps: Floats
    bound: ClassVar[float] = LARGEST
    unit: ClassVar[float] = 1.0
    lowest: ClassVar[None] = None

    def value(self, x: Number, y: Number, /) -> Number:
        """Return nan: no loss is known anywhere."""
        if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
            return np.full(np.broadcast_shapes(np.shape(x), np.shape(y)), NOWHERE)
        return NOWHERE

    def gradient(self, x: float, y: float, /) -> Point:
        """Return nan: a gradient belongs to a step, not to a place."""
        return NOWHERE, NOWHERE

    def hessian(self, x: float, y: float, /) -> Curvature:
        """Return nan: without a function there is no curvature."""
        return NOWHERE, NOWHERE, NOWHERE
