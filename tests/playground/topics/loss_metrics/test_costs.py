"""What a point costs: the losses of both classes, a step of accuracy without slope, and the tangent."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import Params
from core.nn.losses import Loss
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.loss_metrics import costs
from playground.words.texts import topic_texts
from widgets.plots.marks.arrows_and_dots import Arrow
from widgets.plots.marks.captions import Caption
from widgets.plots.marks.curves import Curves

LOSSES = get_args(Loss)
TEXTS = topic_texts("loss_metrics")


def view_of(params: Params, t: int = 20, **said: Any) -> View:
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, params))
    timeline.record(t)
    return View(timeline, t, **said)


def test_the_curves_are_the_losses_and_the_step_stands_at_the_threshold() -> None:
    first, *_ = costs.marks(view_of(Params(loss="mse", threshold=0.7)), TEXTS)
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
    marks = costs.marks(view, TEXTS)
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
