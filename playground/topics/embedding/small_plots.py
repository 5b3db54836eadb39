"""The small plots of the Embedding layer: right answers among the sentences held out, and the loss, of both nets."""

from __future__ import annotations

import numpy as np

from playground.playback.view import View
from playground.tab.histories import Line, history, log_span
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.plot import Plot

SHARES = (-0.03, 1.03)  # so that a curve at 0 or 1 is not cut


def draw_test(plot: Plot, view: View, texts: Texts) -> None:
    """Show the share of right answers among the sentences held out."""
    axis = texts.get("panels", "test_axis")
    history(plot, view, _lines("test_accuracy", view, texts), texts, axis, SHARES, _told("test_accuracy", view, texts))


def draw_loss(plot: Plot, view: View, texts: Texts) -> None:
    """Show the loss of each step on a log axis."""
    names = [line.series for line in _lines("loss", view, texts)]
    span, axis = log_span(view, names), texts.get("panels", "loss_axis")
    history(plot, view, _lines("loss", view, texts), texts, axis, span, _told("loss", view, texts), log=True)


def _lines(name: str, view: View, texts: Texts) -> list[Line]:
    own = Line(name, texts.name("embedding"), "blue", focused=True)
    twin = Line(f"one_hot.{name}", texts.name("one_hot"), "vermillion", dashed=True)
    return [own, twin] if view.params.twin else [own]


def _told(name: str, view: View, texts: Texts) -> str:
    values = ((line.label, float(view.row[line.series])) for line in _lines(name, view, texts))
    return "; ".join(f"{label}: {numbers.compact(value)}" for label, value in values if not np.isnan(value))
