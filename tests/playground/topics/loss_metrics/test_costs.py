"""What a point costs: the losses of both classes, a step of accuracy without slope, and the tangent."""

from __future__ import annotations

import math
from typing import Any, get_args

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import Params
from core.nn.losses import Loss
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.loss_metrics import costs
from playground.topics.loss_metrics.shown import OVER, answers_of, reach_of, top_of
from playground.words.texts import topic_texts
from widgets.plots.marks.arrows_and_dots import Arrow
from widgets.plots.marks.captions import Caption, Off
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.mark import Mark

LOSSES = get_args(Loss)
TEXTS = topic_texts("loss_metrics")


def view_of(params: Params, t: int = 20, **said: Any) -> View:
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, params))
    timeline.record(t)
    return View(timeline, t, **said)


def marks_of(view: View) -> list[Mark]:
    return costs.marks(view, answers_of(view), (reach_of(view), top_of(view)), TEXTS)


def test_the_curves_are_the_losses_and_the_step_stands_at_the_threshold() -> None:
    first, *_ = marks_of(view_of(Params(loss="mse", threshold=0.7)))
    assert isinstance(first, Curves)
    stair, *both = first.curves
    p = 1 / (1 + np.exp(-stair.x))
    for t, curve in enumerate(both):
        assert curve.y == pytest.approx((p - t) ** 2)
    assert stair.y.tolist() == (p < 0.7).astype(float).tolist()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("point", [3, 150])
def test_the_arrow_lies_along_the_slope_and_points_downhill(loss: Any, point: int) -> None:
    view = view_of(Params(dataset="overlapping", loss=loss), focus=Focus("point", (point,)))
    slope = float(loss_metrics.arrays(view.state, view.params)["loss_slopes"][LOSSES.index(loss)][point])
    marks = marks_of(view)
    arrows = [mark for mark in marks if isinstance(mark, Arrow)]
    words = [mark.text for mark in marks if isinstance(mark, Caption) and mark.text.startswith("slope")]
    if not slope:
        assert (arrows, words) == ([], ["slope 0: no push"])
        return
    (arrow,) = arrows
    (x0, y0), (x1, y1) = arrow.start, arrow.end
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
    assert y1 < y0
    assert words[0].endswith("up" if x1 > x0 else "down")
    assert arrow.start == costs.place_of(view, point)


@pytest.mark.parametrize("loss", ["cross-entropy", "hinge"])
def test_the_point_that_costs_most_is_in_the_picture(loss: Any) -> None:
    for z, top in ((-0.5, 4.0), (-3.2, 4.0), (-8.5, 10.0), (-30, 50.0)):
        params = Params(dataset=np.array([[z, 0.0, 1]]), loss=loss, learning_rate=1e-12)
        view = started(params, (1.0, 0.0, 0.0))
        assert top_of(view) == top
        assert costs.place_of(view, 0)[1] <= OVER * top


def started(params: Params, weights: tuple[float, ...]) -> View:
    edit = Change(0, SetArray("weights", np.array(weights)))
    return View(Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, params, (edit,))), 0)


@pytest.mark.parametrize("scale", [0.3, 3.0])
def test_the_name_of_a_curve_stands_on_its_own_side(scale: float) -> None:
    marks = marks_of(started(Params(dataset="overlapping"), (4 * scale, 3 * scale, 0.0)))
    named = {mark.text: mark for mark in marks if isinstance(mark, Caption)}
    for name, way, side in (("class 1", -1, "left"), ("class 0", 1, "right")):
        assert way * named[name].xy[0] > 0
        assert named[name].first == side


def test_words_keep_off_the_threshold_and_accuracy_is_told_of_on_its_step() -> None:
    view = view_of(Params(threshold=0.7))
    marks = marks_of(view)
    (off,) = (mark for mark in marks if isinstance(mark, Off))
    assert np.isclose(off.xy[:, 0], math.log(0.7 / 0.3)).any()
    told = next(mark for mark in marks if isinstance(mark, Caption) and mark.text.startswith("accuracy"))
    for x, y in (told.xy, *told.others):
        assert y == float(x < math.log(0.7 / 0.3))


def test_a_slope_is_not_told_while_a_scene_asks() -> None:
    view = view_of(Params(), focus=Focus("point", (3,)), covered=True)
    assert not [mark for mark in marks_of(view) if isinstance(mark, Caption) and "slope −" in mark.text]
