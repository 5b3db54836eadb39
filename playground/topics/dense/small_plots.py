"""The small plots of Dense & bias: loss and accuracy of both nets by step."""

from __future__ import annotations

from playground.playback.view import View
from playground.tab.histories import Line, history, log_span
from playground.topics.dense.fields import COLOURS
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.plot import Plot

SHARES = (-0.03, 1.03)  # so that a curve at 0 or 1 is not cut


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of both nets on one log axis."""
    span, told = log_span(view, [f"{net}.loss" for net in COLOURS]), _told("loss", view, texts)
    history(plot, view, _lines("loss", texts), texts, texts.get("panels", "loss_axis"), span, told, log=True)


def draw_accuracy(plot: Plot, view: View, texts: Texts) -> None:
    """Show the share of right answers of both nets."""
    told = _told("accuracy", view, texts)
    history(plot, view, _lines("accuracy", texts), texts, texts.get("panels", "accuracy_axis"), SHARES, told)


def _lines(name: str, texts: Texts) -> list[Line]:
    return [
        Line(f"{net}.{name}", texts.name(net), colour, focused=net == "with_bias", dashed=net == "without_bias")
        for net, colour in COLOURS.items()
    ]


def _told(name: str, view: View, texts: Texts) -> str:
    values = ((texts.name(net), float(view.row[f"{net}.{name}"])) for net in COLOURS)
    return "; ".join(f"{net}: {numbers.compact(value)}" for net, value in values)
