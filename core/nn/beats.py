"""The beats of a step of training: forward, the error, the gradient, the update.

Composed in this order they are the step: `core.nn.training.train` makes all of them at once and hands on what each
shows, and the update once more, by the gradient that was shown, gives the weights that it gave.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.nn.training import Trained
from core.nn.update_rules import UpdateRule
from core.run.values import Floats

BEATS = ("forward", "error", "backward", "update")

Parts = Trained  # `seen` forward and the error, `gradient` backward, `weights` and `memory` the update


def beats(_params: object, /) -> tuple[str, ...]:
    """Return the beats of a step, the same for every net, loss and rule."""
    return BEATS


def updated(
    rule: UpdateRule[Any], weights: Floats, memory: Any, gradient: Floats, moves: NDArray[np.bool_] | None = None
) -> tuple[Floats, Any]:
    """Return weights and memory as a rule leaves them that is given the gradient shown, wherever it looks.

    Weights where `moves` is false stay as they are.
    """
    after, memory = rule.step(weights, memory, lambda _: gradient)
    return (after if moves is None else np.where(moves, after, weights)), memory
