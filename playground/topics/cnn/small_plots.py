"""The small plots of the CNN: loss of each batch, and the share of digits read rightly."""

from __future__ import annotations

from playground.playback.view import View
from playground.tab.histories import Line, history, log_span
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.plot import Plot

SHARES = (-0.03, 1.03)  # so that a curve at 0 or 1 is not cut


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of each batch on a log axis."""
    line = Line("loss", texts.get("panels", "of_batch"), "blue", focused=True)
    told = f"{line.label}: {numbers.compact(float(view.row['loss']))}"
    history(plot, view, [line], texts, texts.get("panels", "loss_axis"), log_span(view, ["loss"]), told, log=True)


def draw_accuracy(plot: Plot, view: View, texts: Texts) -> None:
    """Show the share of the batch and of the held-out digits that is read rightly; the latter stands between epochs."""
    lines = [
        Line("accuracy", texts.get("panels", "of_batch"), "blue", pale=True),
        Line("test_accuracy", texts.get("panels", "held_out"), "green", focused=True),
    ]
    told = "; ".join(f"{line.label}: {numbers.compact(float(view.row[line.series]))}" for line in lines)
    history(plot, view, lines, texts, texts.get("panels", "accuracy_axis"), SHARES, told)
