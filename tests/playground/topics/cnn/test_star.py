"""The star of the held-out digits: every digit once, misread ones crossed, the digit shown where its bars pull it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.cnn import arrays
from core.data.digits import digits
from core.nn.layers import Dense, Flatten
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.cnn.star import draw_star, subtitle_of_star
from playground.words import texts
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.ground import ColourGround
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot


def test_every_held_out_digit_is_there_once(qapp: Any, freed: Any, record: Callable[..., Timeline[Any, Any]]) -> None:
    timeline, plot, words = record(46, shown=360), Plot(), texts.topic_texts("cnn")
    freed(plot)
    view = View(timeline, 46)
    draw_star(plot, view, words)
    *right, wrong = [mark for mark in plot.marks if isinstance(mark, Points)]
    assert len(right) == 10
    assert sum(len(points.xy) for points in (*right, wrong)) == 360
    share = float(view.row["test_accuracy"])
    assert len(wrong.xy) == round(360 * (1 - share)) > 10
    assert subtitle_of_star(view, words) == f"× {len(wrong.xy)} of 360 misread"
    labels = digits().labels[digits().test]
    assert all(len(points.xy) <= (labels == digit).sum() for digit, points in enumerate(right))
    (dot,) = [mark for mark in plot.marks if isinstance(mark, Dot)]
    p = arrays(view.state, view.params)["layer_7.output"]
    angle = 2 * np.pi * np.arange(10) / 10
    np.testing.assert_allclose(dot.xy, [p @ np.cos(angle), p @ np.sin(angle)])
    assert (dot.focus, dot.label) == (Focus("shown"), "6")


def test_two_last_units_span_a_plane_with_the_regions_they_are_read_in(
    qapp: Any, freed: Any, record: Callable[..., Timeline[Any, Any]]
) -> None:
    layers = (Flatten(), Dense(2), Dense(10, activation="softmax"))
    timeline, plot = record(23, layers=layers, push=(0, 1)), Plot()
    freed(plot)
    view = View(timeline, 23)
    draw_star(plot, view, texts.topic_texts("cnn"))
    row = arrays(view.state, view.params)
    dot = next(mark for mark in plot.marks if isinstance(mark, Dot) and mark.focus == Focus("shown"))
    np.testing.assert_allclose(dot.xy, row["layer_2.output"])
    was = next(mark for mark in plot.marks if isinstance(mark, Dot) and mark.focus == Focus("unpushed"))
    assert was.xy != dot.xy
    (ground,) = [mark for mark in plot.marks if isinstance(mark, ColourGround)]
    x0, x1, y0, y1 = ground.home
    z = np.array([x0, y1]) @ row["layer_3.W"] + row["layer_3.b"]
    assert ground.shares[0, 0].argmax() == z.argmax()
    z = np.array([x1, y0]) @ row["layer_3.W"] + row["layer_3.b"]
    assert ground.shares[-1, -1].argmax() == z.argmax()
