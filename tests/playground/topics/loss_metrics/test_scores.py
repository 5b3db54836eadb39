"""The big picture: every point in its quarter, the threshold where it is, what is compared, and words in the clear."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import Params
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.loss_metrics.scores import THRESHOLD, Scores
from playground.topics.loss_metrics.shown import answers_of
from playground.words.texts import topic_texts
from widgets.plots.marks.arrows_and_dots import Measure
from widgets.plots.marks.captions import Block
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.points import Points
from widgets.plots.marks.quarters import Quarters
from widgets.plots.plot import Plot

Kind = TypeVar("Kind")
TEXTS = topic_texts("loss_metrics")


def view_of(params: Params, t: int = 20, **said: Any) -> View:
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, params))
    timeline.record(t)
    return View(timeline, t, **said)


def drawn(view: View, plot: Plot) -> tuple[Quarters, list[Points]]:
    Scores(view, TEXTS).draw(plot)
    return one(plot, Quarters), [mark for mark in plot.marks if isinstance(mark, Points)]


def one(plot: Plot, kind: type[Kind]) -> Kind:
    (found,) = (mark for mark in plot.marks if isinstance(mark, kind))
    return found


@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.5, 1.0])
def test_the_numbers_in_the_corners_are_the_confusion_matrix(qapp: Any, threshold: float) -> None:
    view = view_of(Params(dataset="overlapping", threshold=threshold))
    quarters, points = drawn(view, Plot())
    counts = answers_of(view).counts
    assert [q.number for q in quarters.quarters] == [str(n) for n in (counts.fn, counts.tp, counts.tn, counts.fp)]
    assert [q.hatched for q in quarters.quarters] == [True, False, False, True]
    assert quarters.focus == THRESHOLD
    assert sum(len(group.xy) for group in points) == 200


@pytest.mark.parametrize(("threshold", "told"), [
    (0.5, "p ≥ 0.5"), (0.123456, "p ≥ 0.1235"), (0.0, "p ≥ 0"), (1.0, "p ≥ 1"), (1e-12, "p ≥ 1e−12"),
    (1 - 1e-9, "p ≥ 0.999999999"),
])  # fmt: skip
def test_the_threshold_is_told_as_it_is(qapp: Any, threshold: float, told: str) -> None:
    quarters, _ = drawn(view_of(Params(threshold=threshold)), Plot())
    assert quarters.tag == f"{told}: called 1"


def test_wrong_points_are_crossed_out(qapp: Any) -> None:
    view = view_of(Params(dataset="overlapping", threshold=0.8))
    _, points = drawn(view, Plot())
    counts = answers_of(view).counts
    crossed = [(group.marker, len(group.xy)) for group in points if group.crossed]
    assert crossed == [("square", counts.fp), ("circle", counts.fn)]
    assert counts.fn > 0


def test_the_line_stands_where_the_counts_part(qapp: Any) -> None:
    view = view_of(Params(dataset="overlapping", threshold=0.8))
    quarters, _ = drawn(view, Plot())
    seen = answers_of(view)
    assert ((seen.z >= quarters.x) == (seen.called == 1)).all()


def test_a_point_is_found_where_it_stands_and_ringed_when_it_is_chosen(qapp: Any) -> None:
    view = view_of(Params())
    scores = Scores(view, TEXTS)
    for i in (0, 99, 199):
        found = scores.point_at(*scores.places[i].tolist())
        assert found is not None
        assert scores.places[found.at[0]].tolist() == scores.places[i].tolist()
    assert scores.point_at(scores.reach, 50) is None
    plot = Plot()
    Scores(replace(view, focus=Focus("point", (7,))), TEXTS).draw(plot)
    rings = [mark for mark in plot.marks if isinstance(mark, Points) and mark.hollow]
    assert [ring.xy.tolist() for ring in rings] == [scores.places[7:8].tolist()]
    way = one(plot, Measure)
    assert way.start == tuple(scores.places[7].tolist())
    seen = answers_of(view)
    assert way.end == pytest.approx((float(seen.z[7]), float(np.log1p(np.exp(seen.z[7])))))  # of class 0
    Scores(replace(view, focus=Focus("point", (7777,))), TEXTS).draw(plot)
    assert not [mark for mark in plot.marks if isinstance(mark, Points) and mark.hollow]


@pytest.mark.parametrize("imbalance", [0.05, 0.5, 0.99])
def test_every_point_stands_in_its_own_part_of_the_axis(qapp: Any, imbalance: float) -> None:
    plot = Plot()
    scores = Scores(view_of(Params(imbalance=imbalance)), TEXTS)
    scores.draw(plot)
    losses, ones, zeros = plot.axes["left"].parts
    assert losses.low > ones.high >= ones.low == zeros.high
    x0, x1, y0, y1 = plot.home
    up = scores.places[:, 1]
    for t, part in ((1, ones), (0, zeros)):
        own = up[scores.seen.t == t]
        assert ((own > part.low) & (own < part.high)).all()
    assert (y0, y1 > losses.high, x0) == (zeros.low, True, -x1)
    assert all(losses.low <= at <= losses.high for at, _ in plot.axes["left"].ticks())


def test_what_is_said_is_counted_and_not_said_while_a_scene_asks(qapp: Any) -> None:
    view, plot = view_of(Params(imbalance=0.05)), Plot()
    Scores(view, TEXTS).draw(plot)
    said = [words.text for words in one(plot, Block).lines_of_text]
    assert said == ["190 of 200 right", "accuracy 0.950", "0 of 10 found", "recall 0.000"]
    Scores(replace(view, covered=True), TEXTS).draw(plot)
    assert not [mark for mark in plot.marks if isinstance(mark, Block)]


def test_a_run_compared_has_its_outline_and_its_counts(qapp: Any) -> None:
    params = Params(dataset="overlapping")
    view, other = view_of(params), view_of(replace(params, loss="mse"))
    runs = tuple(Compared(one.timeline, letter) for letter, one in (("A", view), ("B", other)))
    plot, pair = Plot(), replace(view, compared=runs, letter="A")
    Scores(pair, TEXTS).draw(plot)
    outlines = [c for mark in plot.marks if isinstance(mark, Curves) for c in mark.curves if c.letter]
    assert [curve.letter for curve in outlines] == ["B", "B"]
    parts = plot.axes["left"].parts
    for curve, part in zip(outlines, (parts[2], parts[1]), strict=True):
        assert part.low <= curve.y.min() <= curve.y.max() <= part.high
    counts = answers_of(other).counts
    assert [q.word.split()[-1] for q in one(plot, Quarters).quarters] == [
        str(n) for n in (counts.fn, counts.tp, counts.tn, counts.fp)
    ]


def test_under_each_score_stands_its_probability(qapp: Any) -> None:
    plot = Plot()
    Scores(view_of(Params()), TEXTS).draw(plot)
    beneath = plot.axes["bottom"].beneath
    assert beneath is not None
    assert [beneath.told(z) for z in (-10.0, -2.0, 0.0, 2.0, 10.0)] == ["4.5e−5", "0.12", "0.50", "0.88", "1.00"]


def test_the_words_of_a_quarter_keep_off_every_point(qapp: Any) -> None:
    view = view_of(Params(imbalance=0.05), t=60)
    quarters, _ = drawn(view, Plot())
    assert quarters.off is not None
    assert quarters.off.xy.tolist() == Scores(view, TEXTS).places.tolist()
    assert [quarter.short for quarter in quarters.quarters] == ["✗ FN", "✓ TP", "✓ TN", "✗ FP"]
