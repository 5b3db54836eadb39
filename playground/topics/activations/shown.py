"""What of the nets a view shows: which weights, which unit, and the colour of each function."""

from __future__ import annotations

import numpy as np

from core.activations.explained import Chosen
from core.activations.inside import Inside, inside
from core.activations.settings import Function
from core.run.values import LARGEST, Floats
from playground.playback.view import View

COLOURS: dict[Function, str] = {
    "sigmoid": "orange", "tanh": "green", "relu": "blue", "leaky-relu": "purple", "elu": "vermillion", "gelu": "sky",
    "swish": "yellow", "softplus": "black",
}  # fmt: skip
CLASSES = (("vermillion", "square"), ("blue", "circle"))  # 0 and 1


def weights_shown(view: View, function: Function) -> Floats:
    """Return the weights of a net that the pictures draw: those the step that led here used, so that they agree with
    loss, accuracy and strip; at the start, and where something was set at this step, those that are there now.
    """
    frame, before = view.frame, view.before
    state = frame.state if before is None or frame.state is not frame.made else before.state
    weights: Floats = state.of(function, view.params).weights
    return weights


def net_shown(view: View, function: Function) -> Inside:
    """Return what goes on in a net as the pictures draw it, before all points."""
    return inside(weights_shown(view, function), function, view.params)


def chosen_in(view: View) -> Chosen:
    """Return the net, the unit and the point that a view tells of."""
    return Chosen.of(view.pointed or view.focus, view.frame.made, view.params)


def drawable(values: Floats) -> Floats:
    """Return values that an axis can hold: within ±10¹², as the weights are; no number is 0."""
    return np.clip(np.nan_to_num(values, nan=0.0), -LARGEST, LARGEST)
