"""The small plots of the CNN: loss of each batch, and the share of digits read rightly."""

from __future__ import annotations

import numpy as np

from playground.playback.view import View
from playground.tab.batches import of_batches
from playground.tab.histories import Line, history, log_span
from playground.topics.cnn.conditions import READ
from playground.topics.cnn.epochs import at_epochs
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.curves import Curve
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

SHARES = (-0.03, 1.03)  # so that a curve at 0 or 1 is not cut
_MEAN_OF, _DOT = 15, 5.0  # batches; px
_NAMED = 0.1  # of the axis, where the aim has its name


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of each batch on a log axis, thin, and over it the mean of the last; of runs beside the means."""
    told = f"{texts.get('panels', 'of_batch')}: {numbers.compact(float(view.row['loss']))}"
    lines = of_batches(view, texts, "loss", _MEAN_OF, ("sky", "blue"))
    history(plot, view, lines, texts, texts.get("panels", "loss_axis"), log_span(view, ["loss"]), told, log=True)


def draw_accuracy(plot: Plot, view: View, texts: Texts) -> None:
    """Show the share of the batch that is read rightly, and of the held-out digits after each epoch."""
    lines = [
        Line("accuracy", texts.get("panels", "of_batch"), "blue", pale=True, beside=False),
        Line("test_accuracy", texts.get("panels", "held_out"), "green", focused=True, made=at_epochs),
    ]
    told = "; ".join(f"{line.label}: {numbers.compact(float(view.row[line.series]))}" for line in lines)
    axis, beneath = texts.get("panels", "accuracy_axis"), [] if view.covered else _aim(view.steps)
    shown = lines[1:] if view.beside else lines  # the batches of several runs would hide what is compared
    history(plot, view, shown, texts, axis, SHARES, told, beneath=beneath, under=[_dots(view)])


def _dots(view: View) -> Points:
    """Return a dot at each epoch up to the step in view."""
    steps, shares = at_epochs(view.timeline)
    count = int(np.searchsorted(steps, view.t, side="right"))
    return Points("epochs", np.column_stack([steps[:count], shares[:count]]), "green", "circle", _DOT)


def _aim(steps: int) -> list[Curve]:
    """Return a line at the share of a net that has learned to read, in two parts: named at the left, off the curves."""
    ends, level = np.array([0.0, _NAMED, 1.0]) * steps, np.full(2, READ)
    named = Curve("aim", f"{READ:g}", ends[:2], level, "black", ghost=True)
    return [named, Curve("aim on", "", ends[1:], level, "black", ghost=True)]
