"""The tab by itself: the threshold is dragged, a metric is chosen, a point is told of; no weight changes by it."""

from __future__ import annotations

from threading import current_thread
from typing import Any

import numpy as np

from core.loss_metrics import outliers
from core.run.explanation import Focus
from playground.topics.loss_metrics.scores import THRESHOLD
from playground.topics.loss_metrics.tab import LossMetricsTab
from widgets.plots.marks.arrows_and_dots import Dot


def test_a_dragged_threshold_is_a_setting_and_changes_no_weight(tab: LossMetricsTab) -> None:
    weights = tab.run.frame.state.weights.tobytes()
    tab.scores.dragged.emit(THRESHOLD, float(np.log(3)), 0.0, True)
    assert tab.run.params.threshold == 0.75
    assert tab.run.recipe.edits == ()
    assert tab.run.frame.state.weights.tobytes() == weights
    tab.scores.dragged.emit(Focus("other"), 0.0, 0.0, True)
    assert tab.run.params.threshold == 0.75


def test_a_metric_that_is_picked_is_measured_by_and_a_point_is_told_of(tab: LossMetricsTab) -> None:
    tab.pick(Focus("recall"))
    assert tab.run.params.metric == "recall"
    assert not tab.pinned()
    tab.pick(Focus("point", (150,)))
    assert tab.pinned()
    assert tab.focus_name(tab.view()) == "point 150 of class 1"
    tab.set_parameter("n_samples", 20)
    assert tab.view().focus is None


def test_the_list_tells_every_metric_of_the_weights_that_are_drawn(tab: LossMetricsTab) -> None:
    values = tab.row_values(tab.view())
    told = tab.run.timeline.series.row(20)
    assert values["accuracy"] == f"{told['accuracy']:.3f}"
    assert list(values) == [row.choice for row in tab.choices()]


def test_a_click_beside_every_point_lets_go(tab: LossMetricsTab) -> None:
    tab.pick(Focus("point", (3,)))
    tab.scores.clicked.emit(0.0, 1e6, None)
    assert tab.focus is None


def test_every_beat_is_told_in_its_own_words(tab: LossMetricsTab) -> None:
    said = set()
    for beat in tab.beats():
        tab.show_beat(beat)
        said.add(tab.explanation(tab.view()).sentence)
    assert len(said) == 4


def test_a_bar_is_drawn_and_no_edit_is_made(tab: LossMetricsTab) -> None:
    tab.hand.dragged.emit(Focus("bar", (2,)), 3.0, 0.8, True)
    assert tab.view().options["bars"] == (0.6, 0.6, 0.8, 0.45, 0.45)
    assert tab.run.recipe.edits == ()


def test_a_weight_is_moved_alone_at_the_row_in_view_and_undone(tab: LossMetricsTab) -> None:
    before = tab.run.frame.state.weights
    tab.weight.dragged.emit(Focus("weight", (0,)), -2.5, 0.0, True)
    assert tab.run.frame.state.weights.tolist() == [-2.5, *before[1:].tolist()]
    assert [change.step for change in tab.run.recipe.edits] == [20]
    tab.run.undo()
    assert np.array_equal(tab.run.frame.state.weights, before)


def test_a_click_turns_to_the_next_weight_and_that_is_then_moved(tab: LossMetricsTab) -> None:
    before = tab.run.frame.state.weights
    for axis in (1, 2, 0, 1):
        tab.weight.clicked.emit(0.0, 0.5, None)
        assert tab.view().options["axis"] == axis
    (handle, _) = [mark.focus for mark in tab.weight.marks if isinstance(mark, Dot)]
    tab.weight.dragged.emit(handle, 2.0, 0.0, True)
    assert tab.run.frame.state.weights.tolist() == [before[0], 2.0, before[2]]


def test_the_ring_of_a_curve_leads_the_threshold(tab: LossMetricsTab) -> None:
    tab.roc.dragged.emit(THRESHOLD, 1.0, 1.0, True)
    low = tab.run.params.threshold
    assert tab.row_values(tab.view())["recall"] == "1.000"
    tab.pr.dragged.emit(THRESHOLD, 0.1, 1.0, True)
    assert tab.run.params.threshold > low
    assert tab.run.recipe.edits == ()


def test_the_strip_names_the_point_it_tells_of_and_none_where_there_is_none(tab: LossMetricsTab) -> None:
    tab.show_beat("update")
    assert tab.focus_name(tab.view()) == ""
    assert len(tab.explanation(tab.view()).rows[0][1]) == 3  # weights
    tab.pick(Focus("point", (7,)))
    assert tab.focus_name(tab.view()) == "point 7 of class 0"
    assert "accuracy" in str(tab.explanation(tab.view()).rule[0])
    tab.pick(None)
    tab.set_parameter("batch_size", 16)
    tab.run.advance(3)
    tab.show_beat("error")
    first = int(tab.run.frame.made.batch[0])
    assert tab.focus_name(tab.view()).startswith(f"point {first} ")


def test_lines_among_outliers_are_made_ready_once_the_first_picture_is_there(
    window: Any, qtbot: Any, monkeypatch: Any
) -> None:
    made: list[str] = []
    monkeypatch.setattr(outliers, "prepare", lambda: made.append(current_thread().name))
    window.visit("loss-metrics")
    assert not made
    qtbot.waitUntil(lambda: bool(made))
    assert made == ["outliers"]
