"""What runs through the net in a view: of the whole step the picture shown, of a beat the digit of the batch.

A beat forwards shows what was given up to its layer, one back the slopes ∂L/∂y that have come as far as to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.cnn.algorithm import outputs_of
from core.cnn.explained_beats import Step, step_of
from core.cnn.settings import Params
from core.run.values import Floats
from playground.playback.view import View, made_in


@dataclass(frozen=True, eq=False)
class Flow:
    """A net with weights, and of each layer, the digit as layer 0 first, what is shown of it; nan is yet to come."""

    weights: Floats
    layers: tuple[Floats, ...]
    p: Floats | None  # of the ten digits, once they are computed
    told: Step | None = None  # the step that is taken apart
    first_slope: int | None = None  # from this layer on slopes are shown
    read: int | None = None  # the layer that the beat reads
    written: int | None = None  # that which it writes

    def is_slope(self, k: int) -> bool:
        """Tell whether the slopes of a layer are shown."""
        return self.first_slope is not None and k >= self.first_slope


def flow_of(view: View, params: Params) -> Flow:
    """Return what runs through the net of a view; its last beat is the whole step."""
    kind, _, place = view.beat.partition("_")
    told = step_of(*made_in(view)) if kind in ("layer", "loss", "back") else None
    if told is None:
        made = outputs_of(view.state.weights, params)
        return Flow(view.state.weights, made, made[-1])
    weights, outputs, k = told.before.weights, told.outputs, int(place or 0)
    n = len(outputs) - 1
    if kind == "loss":
        return Flow(weights, outputs, outputs[-1], told, read=n)
    if kind == "back":
        slopes = tuple(told.slope(i) for i in range(k - 1, n + 1))
        return Flow(weights, (*outputs[: k - 1], *slopes), outputs[-1], told, k - 1, k, k - 1)
    ahead = tuple(np.full_like(y, np.nan) for y in outputs[k + 1 :])
    p = outputs[-1] if k == n else None
    return Flow(weights, (*outputs[: k + 1], *ahead), p, told, read=k - 1, written=k)
