"""Loss and accuracy by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.cnn import small_plots
from playground.words import texts
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot


def test_the_curves_are_the_series(qapp: Any, freed: Any, record: Callable[..., Timeline[Any, Any]]) -> None:
    timeline, plot = record(30), Plot()
    freed(plot)
    row = timeline.series.row(30)
    for draw, names in ((small_plots.draw_loss, ["loss"]), (small_plots.draw_accuracy, ["accuracy", "test_accuracy"])):
        draw(plot, View(timeline, 30), texts.topic_texts("cnn"))
        curves = [curve for mark in plot.marks if isinstance(mark, Curves) for curve in mark.curves]
        ends = [float(curve.y[~np.isnan(curve.y)][-1]) for curve in curves]
        assert all(row[name] in ends for name in names)


def test_held_out_digits_have_a_dot_an_epoch_under_the_aim(
    qapp: Any, freed: Any, record: Callable[..., Timeline[Any, Any]]
) -> None:
    timeline, plot, words = record(50), Plot(), texts.topic_texts("cnn")
    freed(plot)
    small_plots.draw_accuracy(plot, View(timeline, 45), words)
    (dots,) = [mark for mark in plot.marks if isinstance(mark, Points)]
    assert dots.xy.tolist() == [[t, timeline.series.row(t)["test_accuracy"]] for t in (0, 23)]
    aims = [c for mark in plot.marks if isinstance(mark, Curves) for c in mark.curves if c.focus == "aim"]
    assert [curve.y.tolist() for curve in aims] == [[0.95, 0.95]]
    small_plots.draw_accuracy(plot, View(timeline, 45, covered=True), words)
    assert not [c for mark in plot.marks if isinstance(mark, Curves) for c in mark.curves if c.focus == "aim"]
