"""Do the claims N1 to N5 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from core.cnn.algorithm import steps_in_epoch
from core.run.values import Floats
from playground.scenes.scene import Outcome, Runs, Timeline, column
from playground.topics.cnn.conditions import READ
from widgets.base.numbers import fixed


def never_seen_before(runs: Runs) -> Outcome:
    """N1: after each of the last three epochs the net reads at least 95 of 100 digits that it never learned from."""
    run = runs["run"]
    read = _at_epochs(run)
    told = {"first": _percent(read[0]), "one": _percent(read[1]), "last": _percent(read[-1])}
    curve = [[float(t), float(share)] for t, share in enumerate(column(run, "test_accuracy"))]
    return Outcome(bool((read[-3:] >= READ).all()), told, curve)


def _at_epochs(run: Timeline) -> Floats:
    """Return the share of held-out digits read rightly at the start and after each epoch."""
    return column(run, "test_accuracy")[:: steps_in_epoch(run.recipe.params)]


def _percent(share: float) -> str:
    return fixed(100 * float(share), 1)
