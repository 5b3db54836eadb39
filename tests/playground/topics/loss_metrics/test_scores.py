"""The big picture: every point in its pile and its quarter, the threshold where it is, the losses under it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import loss_metrics
from core.loss_metrics import Params
from core.loss_metrics.unit import Answers
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.loss_metrics.scores import HIGHEST, THRESHOLD, Scores, draw_losses, piled
from playground.topics.loss_metrics.shown import answers_of, score_of
from playground.words.texts import topic_texts
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.points import Clouds
from widgets.plots.marks.quarters import Quarters
from widgets.plots.plot import Plot

TEXTS = topic_texts("loss_metrics")


def view_of(params: Params, t: int = 20, **said: Any) -> View:
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, params))
    timeline.record(t)
    return View(timeline, t, **said)


def drawn(view: View, plot: Plot) -> tuple[Quarters, Clouds]:
    Scores(view, TEXTS).draw(plot)
    quarters, clouds = plot.marks[:2]
    assert isinstance(quarters, Quarters)
    assert isinstance(clouds, Clouds)
    return quarters, clouds


@settings(max_examples=40, deadline=None)
@given(
    z=st.lists(st.floats(-10, 10), min_size=1, max_size=40),
    classes=st.integers(0, 2**40),
    threshold=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
)
def test_piles_have_no_holes_and_stand_on_their_side_of_the_threshold(
    z: list[float], classes: int, threshold: float
) -> None:
    t = np.array([classes >> i & 1 for i in range(len(z))])
    seen = Answers(np.array(z), t, threshold)
    places, per = piled(seen, 10.0)
    assert max(Counter(map(tuple, places.tolist())).values()) <= per
    assert np.abs(places[:, 1]).max() < HIGHEST
    assert ((places[:, 1] > 0) == (t == 1)).all()
    assert (np.abs(places[:, 0] - z) <= 10 / 48 + 1e-9).all()
    if 0 < threshold < 1:
        assert ((places[:, 0] > score_of(threshold)) == (seen.called == 1)).all()
    for x, y in places.tolist():
        assert abs(y) == 0.5 or any(a == x and b == pytest.approx(y - np.sign(y)) for a, b in places.tolist())


@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.5, 1.0])
def test_the_numbers_in_the_corners_are_the_confusion_matrix(qapp: Any, threshold: float) -> None:
    view = view_of(Params(dataset="overlapping", threshold=threshold))
    quarters, clouds = drawn(view, Plot())
    counts = answers_of(view).counts
    assert [q.number for q in quarters.quarters] == [str(n) for n in (counts.fn, counts.tp, counts.tn, counts.fp)]
    assert [q.hatched for q in quarters.quarters] == [True, False, False, True]
    assert quarters.focus == THRESHOLD
    assert sum(len(group.xy) for group in clouds.groups) == 200


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
    assert np.array_equal(plot.marks[2].xy, scores.places[7:8])  # type: ignore[attr-defined]
    Scores(replace(view, focus=Focus("point", (7777,))), TEXTS).draw(plot)
    assert len(plot.marks) == 2


def test_the_losses_are_those_of_both_classes_and_the_tangent_has_the_slope(qapp: Any) -> None:
    view, plot = view_of(Params(loss="mse"), focus=Focus("point", (3,))), Plot()
    draw_losses(plot, view, TEXTS)
    curves, tangent = plot.marks[0], plot.marks[1]
    assert isinstance(curves, Curves)
    assert isinstance(tangent, Curves)
    p = 1 / (1 + np.exp(-curves.curves[0].x))
    for t in (0, 1):
        assert curves.curves[t].y == pytest.approx((p - t) ** 2)
    assert set(np.round(curves.curves[2].y, 9).tolist()) == {0, 1}
    line, told = tangent.curves[0], loss_metrics.arrays(view.state, view.params)
    assert (line.y[1] - line.y[0]) / (line.x[1] - line.x[0]) == pytest.approx(told["loss_slopes"][0][3])
