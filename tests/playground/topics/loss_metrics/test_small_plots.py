"""The small plots say what the record and scikit-learn say."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn import metrics as judge

from core import loss_metrics
from core.loss_metrics import METRICS, Params, series
from core.loss_metrics.outliers import descent
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.scenes.mark import ClaimMark, Spoken
from playground.topic_list import topic
from playground.topics.loss_metrics import small_plots
from playground.topics.loss_metrics.shown import answers_of
from playground.words.texts import topic_texts
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.captions import Block, Caption
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

TEXTS = topic_texts("loss_metrics")


def view_of(params: Params, t: int = 30) -> View:
    timeline = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, params))
    timeline.record(t)
    return View(timeline, t)


def curves(plot: Plot) -> dict[Any, Any]:
    return {curve.focus: curve for mark in plot.marks if isinstance(mark, Curves) for curve in mark.curves}


def ring(plot: Plot) -> Any:
    return next((np.array([mark.xy]) for mark in plot.marks if isinstance(mark, Dot)), None)


@pytest.mark.parametrize("threshold", [0.5, 0.3])
def test_every_share_is_that_of_the_threshold_in_force(qapp: Any, threshold: float) -> None:
    view, plot = view_of(Params(imbalance=0.2, threshold=threshold, metric="recall")), Plot()
    small_plots.draw_shares(plot, view, TEXTS)
    rows = [series(view.timeline.frame(t).state, view.params) for t in range(31)]
    for name in METRICS:
        curve = curves(plot)[name]
        assert curve.focused == (name == "recall")
        for x, y in zip(curve.x, curve.y, strict=True):
            assert y == pytest.approx(rows[int(x)][name], nan_ok=True)
        assert curve.x[-1] == 30


def test_the_loss_of_points_held_out_is_drawn_where_there_are_some(qapp: Any) -> None:
    plot = Plot()
    small_plots.draw_loss(plot, view_of(Params()), TEXTS)
    assert set(curves(plot)) == {"loss"}
    small_plots.draw_loss(plot, view_of(Params(test_share=0.2)), TEXTS)
    assert set(curves(plot)) == {"loss", "test_loss"}


def test_the_curves_of_all_thresholds_are_those_of_scikit_learn(qapp: Any) -> None:
    view, plot = view_of(Params(dataset="overlapping", spread=2.0, threshold=0.4)), Plot()
    seen = answers_of(view)
    small_plots.draw_roc(plot, view, TEXTS)
    curve = curves(plot)["curve"]
    assert judge.auc(curve.x, curve.y) == pytest.approx(judge.roc_auc_score(seen.t, seen.p))
    called = seen.p >= 0.4
    assert ring(plot)[0] == pytest.approx([called[seen.t == 0].mean(), called[seen.t == 1].mean()])
    small_plots.draw_pr(plot, view, TEXTS)
    precision, recall = judge.precision_score(seen.t, called), judge.recall_score(seen.t, called)
    assert ring(plot)[0] == pytest.approx([recall, precision])
    drawn = curves(plot)["curve"]
    assert any(math.hypot(x - recall, y - precision) < 1e-9 for x, y in zip(drawn.x, drawn.y, strict=True))


def test_what_does_not_exist_has_no_ring(qapp: Any) -> None:
    view, plot = view_of(Params(imbalance=0.05), 100), Plot()
    small_plots.draw_pr(plot, view, TEXTS)
    assert ring(plot).tolist() == [[0, 0]]  # nothing is called 1
    assert "0/0: undefined" in [mark.text for mark in plot.marks if isinstance(mark, Caption)]
    small_plots.draw_roc(plot, view, TEXTS)
    assert ring(plot).tolist() == [[0, 0]]
    ones = view_of(Params(dataset=np.array([[1.0, 2, 1], [2, 1, 1]])))
    small_plots.draw_roc(plot, ones, TEXTS)
    assert not [mark for mark in plot.marks if isinstance(mark, Points) and len(mark.xy)]


@pytest.mark.parametrize("axis", [0, 2])
def test_todays_weight_lies_on_both_lines(qapp: Any, axis: int) -> None:
    view, plot = replace(view_of(Params(n_samples=40)), options={"axis": axis}), Plot()
    small_plots.draw_weight(plot, view, TEXTS)
    drawn = curves(plot)
    dots = [mark for mark in plot.marks if isinstance(mark, Dot)]
    today = np.array([dot.xy for dot in dots])
    assert all(dot.draggable and dot.focus == Focus("weight", (axis,)) for dot in dots)
    loss = np.interp(today[0, 0], drawn["loss"].x, drawn["loss"].y)
    assert today[0, 1] == pytest.approx(loss, abs=0.02)
    assert today[0, 1] == pytest.approx(series(view.state, view.params)["loss"])
    assert today[1, 1] == series(view.state, view.params)["accuracy"]


@pytest.mark.parametrize("t", [0, 5])
def test_the_lines_among_outliers_have_gone_as_many_steps_as_the_run(qapp: Any, t: int) -> None:
    plot = Plot()
    small_plots.draw_outliers(plot, view_of(Params(), t), TEXTS)
    drawn = curves(plot)
    assert set(drawn) == {"mse", "mae", "huber"}
    for loss, line in drawn.items():
        slope, intercept = descent(loss, 0)[t]
        assert line.y == pytest.approx(slope * np.array([-2, 2]) + intercept)
    assert [len(mark.xy) for mark in plot.marks if isinstance(mark, Points)] == [36, 4]
    (block,) = (mark for mark in plot.marks if isinstance(mark, Block))
    slopes = [float(words.text.rpartition(" ")[2].replace("−", "-")) for words in block.lines_of_text]
    assert slopes == pytest.approx([descent(loss, 0)[t][0] for loss in drawn], abs=0.005)
    for size in ((262, 157), (210, 300)):  # of the picture in the two sizes of a window
        (x0, x1, y0, y1) = plot.home
        assert block.taken(Viewport(x0, x1, y0, y1, *size))


@pytest.mark.parametrize("is_roc", [True, False])
def test_a_place_on_a_curve_is_the_threshold_that_leads_there(is_roc: bool) -> None:
    params = Params(dataset="overlapping", spread=2.0)
    view = view_of(params)
    seen = answers_of(view)
    for threshold in np.sort(seen.p)[[10, 90, 150]].tolist():
        called = seen.p >= threshold
        hits, alarms = called[seen.t == 1].mean(), called[seen.t == 0].mean()
        place = (alarms, hits) if is_roc else (hits, judge.precision_score(seen.t, called))
        assert small_plots.threshold_at(view, is_roc, *place) == threshold
    assert small_plots.threshold_at(view, True, 0.0, 0.0) == 1.0


@pytest.mark.parametrize("draw", [small_plots.draw_roc, small_plots.draw_pr, small_plots.draw_weight])
def test_runs_compared_have_their_curves(qapp: Any, draw: Any) -> None:
    view, other = view_of(Params(dataset="overlapping")), view_of(Params(dataset="overlapping", loss="mse"))
    runs = Compared(view.timeline, "A"), Compared(other.timeline, "B")
    plot, alone = Plot(), Plot()
    draw(plot, replace(view, compared=runs, letter="A"), TEXTS)
    draw(alone, other, TEXTS)
    (of_other,) = (curve for curve in curves(plot).values() if curve.letter == "B")
    same = next(curve for curve in curves(alone).values() if curve.focused)
    assert np.array_equal(of_other.x, same.x)
    assert np.array_equal(of_other.y, same.y)


def test_round_thresholds_are_marked_on_the_curve(qapp: Any) -> None:
    view, plot = view_of(Params(dataset="overlapping", spread=2.0)), Plot()
    small_plots.draw_roc(plot, view, TEXTS)
    seen = answers_of(view)
    (rings,) = (mark.xy for mark in plot.marks if isinstance(mark, Points))
    for (alarms, hits), threshold in zip(rings.tolist(), (0.1, 0.25, 0.5, 0.75, 0.9), strict=True):
        called = seen.p >= threshold
        assert (alarms, hits) == (called[seen.t == 0].mean(), called[seen.t == 1].mean())


def test_shares_at_another_threshold_grow_with_the_record(qapp: Any) -> None:
    view, plot = view_of(Params(imbalance=0.2, threshold=0.3), 10), Plot()
    small_plots.draw_shares(plot, view, TEXTS)
    view.timeline.record(25)
    small_plots.draw_shares(plot, replace(view, t=25), TEXTS)
    whole = Plot()
    small_plots.draw_shares(whole, view_of(Params(imbalance=0.2, threshold=0.3), 25), TEXTS)
    for name, curve in curves(whole).items():
        assert np.array_equal(curve.x, curves(plot)[name].x)
        assert np.array_equal(curve.y, curves(plot)[name].y, equal_nan=True)


def test_curves_that_lie_on_each_other_have_one_name_and_say_how_many(qapp: Any) -> None:
    view, plot = view_of(Params(n_samples=40), t=400), Plot()  # all shares are 1
    small_plots.draw_shares(plot, view, TEXTS)
    assert [curve.label for curve in curves(plot).values() if curve.label] == ["accuracy (+4)"]
    rare = view_of(Params(imbalance=0.05), t=150)
    small_plots.draw_shares(plot, rare, TEXTS)
    labels = {name: curve.label for name, curve in curves(plot).items() if curve.label}
    assert labels == {"accuracy": "accuracy", "auc": "AUC", "f1": "F1 (+1)", "precision": "precision"}


@pytest.mark.parametrize("threshold", [0.5, 0.3])
def test_the_metrics_of_a_row_are_those_of_the_weights_its_step_used(threshold: float) -> None:
    view = view_of(Params(imbalance=0.2, threshold=threshold))
    row = series(view.timeline.frame(7).state, view.params)
    assert small_plots.metrics_at(view, 7) == pytest.approx({name: row[name] for name in METRICS}, nan_ok=True)


@pytest.mark.parametrize("draw", [small_plots.draw_roc, small_plots.draw_pr])
def test_thresholds_at_one_place_are_written_once(qapp: Any, draw: Any) -> None:
    plot = Plot()
    draw(plot, view_of(Params(imbalance=0.05), t=1), TEXTS)  # every p is 0.5
    written = [mark.text for mark in plot.marks if isinstance(mark, Caption)]
    assert "0.1 … 0.5" in written
    assert len(set(written)) == len(written)


def test_the_names_over_a_weight_stand_at_what_is_in_view(qapp: Any) -> None:
    plot = Plot()
    small_plots.draw_weight(plot, view_of(Params(n_samples=40), t=300), TEXTS)
    drawn = curves(plot)
    for mark in (mark for mark in plot.marks if isinstance(mark, Caption)):
        curve = drawn["accuracy" if mark.text == "accuracy" else "loss"]
        for x, y in (mark.xy, *mark.others):
            assert y <= plot.home[3]
            assert (x, y) in zip(curve.x, curve.y, strict=True)  # a corner of the stairs, or a place of the loss


def test_accuracy_over_a_weight_is_level_but_for_upright_jumps(qapp: Any) -> None:
    plot = Plot()
    small_plots.draw_weight(plot, view_of(Params(n_samples=40), t=300), TEXTS)
    stairs = curves(plot)["accuracy"]
    across, up = np.diff(stairs.x), np.diff(stairs.y)
    assert np.ptp(stairs.y) > 0.2
    assert not (across * up).any()


def test_the_metric_a_scene_speaks_of_lends_its_name_to_curves_on_each_other(qapp: Any) -> None:
    plot, rare = Plot(), view_of(Params(imbalance=0.05), t=150)
    spoken = replace(rare, spoken=Spoken(ClaimMark(topic("loss-metrics"), "nothing_found", (), TEXTS)))
    small_plots.draw_shares(plot, spoken, TEXTS)
    labels = {name: curve.label for name, curve in curves(plot).items() if curve.label}
    assert labels == {"accuracy": "accuracy", "auc": "AUC", "recall": "recall (+1)", "precision": "precision"}


def test_todays_threshold_is_written_where_no_round_one_stands(qapp: Any) -> None:
    plot = Plot()
    for threshold, count in ((0.5, 1), (0.54, 1)):
        small_plots.draw_roc(plot, view_of(Params(dataset="overlapping", spread=2.0, threshold=threshold)), TEXTS)
        written = [mark.text for mark in plot.marks if isinstance(mark, Caption)]
        assert written.count(f"{threshold}") == count
    assert curves(plot)["chance"].y.tolist() == [0, 1]
    small_plots.draw_pr(plot, view_of(Params(dataset="overlapping")), TEXTS)
    assert "chance" not in curves(plot)
