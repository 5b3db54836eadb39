"""What the pictures show of a row: the unit as the step that led to it used it; else the row's own."""

from __future__ import annotations

from math import ceil, inf, log, log10

import numpy as np

from core.loss_metrics.algorithm import answers
from core.loss_metrics.settings import Params
from core.loss_metrics.unit import Answers, judged
from core.nn.losses import Loss
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.tab.histories import extremes

COLOURS = {"accuracy": "orange", "precision": "purple", "recall": "blue", "f1": "vermillion", "auc": "green"}
CLASSES = ("vermillion", "blue")
CLASS_MARKERS = ("square", "circle")
_ROUND = (1.0, 2.0, 5.0)
_UNBOUNDED = ("cross-entropy", "hinge")  # losses without an end
_TOP, _HIGHER, _BOUNDED = 4.0, 10.0, 1.25  # of their axis; what it is where a point costs more; of the others
OVER = 1.08  # of the top, which still is seen


def weights_of(view: View) -> Floats:
    """Return the weights (3,) that are drawn: those the step used; at row 0 and after an edit at the row its own."""
    made, state = view.frame.made, view.frame.state
    is_told = made.used.size and made == state
    return np.asarray(made.used if is_told else state.weights)


def answers_of(view: View) -> Answers:
    """Return what the unit answers to all training points in a view, at the threshold in force."""
    return _answers(weights_of(view), view.params)


@kept(8)
def _answers(weights: Floats, params: Params) -> Answers:
    return answers(weights, params)


def score_of(p: float) -> float:
    """Return the z at which σ(z) is p; ±∞ at 1 and 0."""
    return -inf if p <= 0 else inf if p >= 1 else log(p) - log(1 - p)


def reach_of(view: View) -> float:
    """Return a round number beyond all scores of the view and of what is recorded, so that the axis seldom moves."""
    recorded = extremes(view, ["reach"])
    return rounded_up(max(float(np.abs(answers_of(view).z).max()), recorded[1] if recorded else 0.0))


def rounded_up(largest: float) -> float:
    """Return 1, 2 or 5 times a power of ten that is not below a number, 1 at least."""
    largest = max(largest, 0.9)
    power = 10.0 ** (ceil(log10(largest)) - 1)
    return next((step * power for step in (*_ROUND, 10.0) if step * power >= largest), 10 * power)


def is_bounded(loss: Loss) -> bool:
    """Tell whether a loss is one of a probability, which ends at 1."""
    return loss not in _UNBOUNDED


def top_of(view: View) -> float:
    """Return how high the axis of losses goes: of those without an end as high as the point that costs most."""
    loss, seen = view.params.loss, answers_of(view)
    if is_bounded(loss):
        return _BOUNDED
    most = float(judged(loss, seen.z, seen.t).values.max())
    return _TOP if most <= OVER * _TOP else max(_HIGHER, rounded_up(most / OVER))


def told_of(view: View, n: int) -> int | None:
    """Return the point that is pointed at or chosen, where there is one."""
    for focus in (view.pointed, view.focus):
        if focus and focus.kind == "point" and focus.at[0] < n:
            return focus.at[0]
    return None
