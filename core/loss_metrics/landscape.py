"""Why a metric cannot teach: over one weight the loss is a slope, and the metric a staircase, flat but for its edges.

    slope ≈ (f(w + h) − f(w − h)) / 2h          the central difference, with h = 1e-4

h must be small beside the distance of two edges, or the difference reaches over one of them and takes it for a slope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.loss_metrics.settings import Params, data_of
from core.loss_metrics.unit import losses_by_weights, metrics_by_weights
from core.run.values import Floats

COUNT = 241  # weights looked at
RANGES = ((-6.0, 6.0), (-6.0, 6.0), (-15.0, 5.0))  # of w_x, w_y and b
H = 1e-4


@dataclass(frozen=True, eq=False)
class Landscape:
    """Loss and accuracy of all training points where one of three weights is moved and the others stay."""

    weights: Floats  # (m, 3)
    axis: int  # which of them is moved
    params: Params

    @classmethod
    def along(cls, weights: Floats, axis: int, params: Params, count: int = COUNT) -> Landscape:
        """Return the landscape along w_x, w_y or b (axis 0, 1, 2) through weights (3,)."""
        rows = np.tile(weights, (count, 1))
        rows[:, axis] = np.linspace(*RANGES[axis], count)
        return cls(rows, axis, params)

    @property
    def at(self) -> Floats:
        """The values of the weight moved, (m,)."""
        return np.asarray(self.weights[:, self.axis])

    def loss(self, beside: float = 0.0) -> Floats:
        """Return the mean of the chosen loss at each weight, or at one so far beside it, (m,)."""
        data = data_of(self.params)
        return losses_by_weights(self.params.loss, self._beside(beside), data.points, data.targets)

    def accuracy(self, beside: float = 0.0) -> Floats:
        """Return the accuracy at the threshold at each weight, or at one so far beside it, (m,)."""
        data = data_of(self.params)
        told = metrics_by_weights(self._beside(beside), data.points, data.targets, self.params.threshold)
        return told["accuracy"]

    def slopes(self, h: float = H) -> tuple[Floats, Floats]:
        """Return the slopes of loss and accuracy by central differences, (m,) each."""
        return (self.loss(h) - self.loss(-h)) / (2 * h), (self.accuracy(h) - self.accuracy(-h)) / (2 * h)

    def _beside(self, distance: float) -> Floats:
        return np.asarray(self.weights + distance * np.eye(3)[self.axis])
