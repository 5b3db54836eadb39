"""The star of the held-out digits: every digit once, misread ones crossed, the digit shown where its bars pull it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.cnn import arrays
from core.data.digits import digits
from core.nn.layers import Dense, Flatten
from core.nn.metrics import silhouette
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.cnn.star import Star, Tips, draw_star
from playground.words import texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.ground import ColourGround
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport


def test_every_held_out_digit_is_there_once(qapp: Any, freed: Any, record: Callable[..., Timeline[Any, Any]]) -> None:
    timeline, plot, words = record(46, shown=360), Plot(), texts.topic_texts("cnn")
    freed(plot)
    view = View(timeline, 46, beat="update")
    draw_star(plot, view, words)
    *right, wrong = [mark for mark in plot.marks if isinstance(mark, Points)]
    assert len(right) == 10
    assert sum(len(points.xy) for points in (*right, wrong)) == 360
    share = float(view.row["test_accuracy"])
    assert len(wrong.xy) == round(360 * (1 - share)) > 10
    labels = digits().labels[digits().test]
    parted = numbers.fixed(silhouette(Star(view, words).places, labels), 2)
    assert Star(view, words).said == f"× {len(wrong.xy)} of 360 misread · silhouette {parted}"
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
    view = View(timeline, 23, beat="update")
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


def test_names_of_tips_stand_outside_of_the_circle_and_inside_of_the_plot(
    qapp: Any, freed: Any, record: Callable[..., Timeline[Any, Any]]
) -> None:
    plot = Plot(equal_scale=True)
    freed(plot)
    draw_star(plot, View(record(2), 2, beat="update"), texts.topic_texts("cnn"))
    (tips,) = [mark for mark in plot.marks if isinstance(mark, Tips)]
    room = Viewport(-2.0, 2.0, -1.34, 1.34, 200.0, 134.0)
    boxes = tips.taken(room)
    middle, radius = room.point(0.0, 0.0), room.point(1.0, 0.0).x() - room.point(0.0, 0.0).x()
    assert len(boxes) == 10
    assert all(room.rect.contains(box) for box in boxes)
    away = [box.center() - middle for box in boxes]
    assert all(np.hypot(by.x(), by.y()) > radius + 5 for by in away)


def test_at_play_the_digits_are_those_of_the_last_epoch_and_that_is_said(
    qapp: Any, record: Callable[..., Timeline[Any, Any]]
) -> None:
    timeline, words = record(30), texts.topic_texts("cnn")
    playing, read = Star(View(timeline, 30), words), Star(View(timeline, 23, beat="update"), words)
    np.testing.assert_array_equal(playing.places, read.places)
    assert playing.said == f"{read.said.partition(' · ')[0]} · after epoch 1"
    still = Star(View(timeline, 30, beat="update"), words)
    assert not np.array_equal(still.places, playing.places)
    assert Star(View(timeline, 29), words).read is playing.read  # found once an epoch, not at every frame
    assert Star(View(timeline, 22), words).said.endswith("after epoch 0")
