"""The K-means tab: what the learner does in it, and what its studies answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView

from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.kmeans.studies import SEEDS, best_by_clusters, by_clusters, by_seed
from core.run.recipe import SetArray
from playground.playback.player import Player
from playground.topics.kmeans.studies import QUESTIONS
from playground.topics.kmeans.tab import KMeansTab
from playground.window.window import Window

WAIT = 30_000


@pytest.fixture
def tab(window: Window, settle: Any) -> KMeansTab:
    made = window.visit("kmeans")
    assert isinstance(made, KMeansTab)
    settle()
    return made


def show(tab: KMeansTab, panel: Any, settle: Any) -> None:
    tab.centre.deck_of(panel).show_page(panel)
    settle()


# ---- what the learner does


def test_dragging_a_centre_is_one_edit_and_asks_for_an_assign(tab: KMeansTab) -> None:
    tab.run.advance(4)
    before = tab.run.recipe
    for x in (1.0, 2.0, 3.0):
        tab.plane.dragged.emit("centroid_2", x, -x, x == 3.0)
    assert [change.edit for change in tab.run.recipe.edits] == [MoveCentroid(2, 3.0, -3.0)]
    assert tab.run.frame.state.centroids[2].tolist() == [3, -3]
    tab.run.advance(1)
    assert tab.run.row["phase"] == "assign"
    tab.run.undo()
    assert tab.run.recipe == before


def test_a_point_can_be_dragged_at_the_start_and_in_mid_run(tab: KMeansTab) -> None:
    tab.plane.dragged.emit("point 7", 1.5, 1.5, True)
    tab.run.advance(3)
    tab.plane.dragged.emit("point 9", -1.5, 1.5, True)
    assert tab.run.frame.state.points[[7, 9]].tolist() == [[1.5, 1.5], [-1.5, 1.5]]
    assert [change.step for change in tab.run.recipe.edits] == [0, 3]


def test_points_and_centres_can_be_grabbed_where_they_are(tab: KMeansTab) -> None:
    tab.run.advance(2)
    state, viewport = tab.run.frame.state, tab.plane.viewport_now()
    free = [i for i, xy in enumerate(state.points) if np.hypot(*(state.centroids - xy).T).min() > 1.0]
    places = state.points[free[0]], state.centroids[1]
    hits = [tab.plane.hit_at(viewport.point(*xy), draggable=True) for xy in places]
    assert [hit and hit.focus for hit in hits] == [f"point {free[0]}", "centroid_1"]


def test_a_click_chooses_what_is_explained(tab: KMeansTab) -> None:
    tab.run.advance(4)
    state = tab.run.frame.state
    tab.plane.clicked.emit(*state.centroids[3], None)
    assert tab.focus == "cluster 3"
    free = next(i for i, xy in enumerate(state.points) if np.hypot(*(state.centroids - xy).T).min() > 1.0)
    tab.plane.clicked.emit(*state.points[free], None)
    assert tab.focus == f"point {free}"
    assert tab.focus_name() == f"Point {free + 1}"
    x0, _, y0, _ = tab.plane._home
    tab.plane.clicked.emit(x0, y0, None)
    assert tab.focus == ""


def test_drawing_adds_and_takes_away_points(tab: KMeansTab) -> None:
    button: Any = tab.findChild(QAbstractButton, "view.draw_points")
    button.click()
    x0, _, y0, _ = tab.plane._home
    tab.plane.clicked.emit(x0, y0, None)
    assert tab.run.frame.state.points[-1].tolist() == [x0, y0]
    assert len(tab.run.params.points) == 281
    tab.plane.clicked.emit(x0, y0, None)
    assert len(tab.run.params.points) == 280
    tab.run.undo()
    tab.run.undo()
    assert tab.run.params.points == "blobs"


def test_few_points_can_be_drawn_away_down_to_one(tab: KMeansTab) -> None:
    tab.set_parameter("points", [[0, 0], [4, 4]])
    assert tab.run.params.n_clusters == 2
    button: Any = tab.findChild(QAbstractButton, "view.draw_points")
    button.click()
    tab._draw_point("point 0", 0, 0)
    assert (len(tab.run.params.points), tab.run.params.n_clusters) == (1, 1)
    tab._draw_point("point 0", 4, 4)
    assert len(tab.run.params.points) == 1  # the last one is refused


def test_cells_typed_at_the_start_are_the_parameter(tab: KMeansTab, settle: Any) -> None:
    show(tab, tab.cells, settle)
    table: Any = tab.findChild(QTableView, "cells.centroids")
    model = table.model()
    assert model.setData(model.index(1, 0), "9.5")
    assert tab.run.params.init == "by hand"
    assert tab.run.frame.state.centroids[1, 0] == 9.5
    assert tab.run.recipe.edits == ()


def test_cells_typed_in_mid_run_are_an_edit(tab: KMeansTab, settle: Any) -> None:
    show(tab, tab.cells, settle)
    tab.run.advance(3)
    for name, edit in (("centroids", MoveCentroid), ("points", MovePoint)):
        table: Any = tab.findChild(QTableView, f"cells.{name}")
        assert table.model().setData(table.model().index(2, 1), "7")
        assert isinstance(tab.run.recipe.edits[-1].edit, edit)
        assert getattr(tab.run.frame.state, name)[2, 1] == 7
    table.setCurrentIndex(table.model().index(0, 0))
    table.paste("1\t2\n3\t4")
    assert isinstance(tab.run.recipe.edits[-1].edit, SetArray)
    assert tab.run.frame.state.points[:2].tolist() == [[1, 2], [3, 4]]


def test_a_dropped_centre_is_put_back_by_typing(tab: KMeansTab, settle: Any) -> None:
    show(tab, tab.cells, settle)
    tab.set_parameter("centroids", [[0, 0], [3, 0], [-3, 0], [50, 50]])
    tab.set_parameter("empty", "drop")
    tab.run.advance(4)
    table: Any = tab.findChild(QTableView, "cells.centroids")
    model = table.model()
    assert model.index(3, 0).data() == "–"
    assert model.setData(model.index(3, 0), "2")
    assert tab.run.frame.state.centroids[3].tolist() == [2, 50]
    assert tab.run.frame.state.in_use.tolist() == [1, 1, 1, 1]


def test_another_number_of_clusters_lets_go_of_centres_by_hand(tab: KMeansTab) -> None:
    tab.set_parameter("centroids", [[0, 0], [3, 0]])
    assert tab.run.params.n_clusters == 2
    tab.set_parameter("n_clusters", 3)
    assert tab.run.params.centroids is None
    assert len(tab.choices()) == 3
    tab.set_parameter("centroids", [[0, 0], [3, 0]])
    tab.set_parameter("init", "k-means++")
    assert tab.run.params.centroids is None


def test_settings_that_do_nothing_are_hidden(tab: KMeansTab) -> None:
    assert {"n_samples", "spread", "data_seed"} <= set(tab.settings_shown())
    assert "centroids" not in tab.settings_shown()
    tab.set_parameter("points", "iris")
    assert not {"n_samples", "spread", "data_seed"} & set(tab.settings_shown())
    tab.set_parameter("init", "by hand")
    assert "centroids" in tab.settings_shown()


def test_play_pauses_where_it_comes_to_rest_and_can_go_on(tab: KMeansTab, player: Player, qtbot: Any) -> None:
    box: Any = tab.transport.speed_box
    box.setCurrentIndex(box.findData("fastest"))
    with qtbot.waitSignal(player.stopped, timeout=WAIT) as why:
        player.play()
    assert why.args == ["rest"]
    assert "converged" in tab.run.timeline.events_at(tab.run.position)
    player.play()
    qtbot.waitUntil(lambda: tab.run.position > 40, timeout=WAIT)
    player.pause()


# ---- the studies


@pytest.fixture
def studied(tab: KMeansTab, settle: Any, qtbot: Any) -> Any:
    """Choose a question, compute it by its button, and wait for the answer."""
    show(tab, tab.studies, settle)

    def compute(question: str) -> None:
        box: Any = tab.findChild(QComboBox, "study.question")
        box.setCurrentIndex(QUESTIONS.index(question))
        button: Any = tab.findChild(QAbstractButton, "study.kmeans.run")
        runner = tab.studies._answers().runner
        with qtbot.waitSignal(runner.finished, timeout=WAIT):
            button.click()
            assert tab.studies.is_running()
        settle()

    return compute


def test_the_elbow_is_the_study_of_the_recipe(tab: KMeansTab, studied: Any) -> None:
    studied("elbow")
    best = best_by_clusters(by_clusters(tab._study_recipe()).results())
    curve = tab.studies.line._curves[0]
    assert curve.y.tolist() == [end.inertia for end in best]
    assert "k = 4" in tab.studies.note()
    ring = next(points for points in tab.studies.line._points if points.name == "now")
    assert ring.xy[:, 0].tolist() == [4]
    box: Any = tab.findChild(QComboBox, "study.question")
    box.setCurrentIndex(QUESTIONS.index("silhouette"))
    assert tab.studies.line._curves[0].y[1:].tolist() == [end.silhouette for end in best][1:]


def test_twenty_seeds_and_a_click_opens_one(tab: KMeansTab, studied: Any) -> None:
    studied("starts")
    assert repr(tab.studies.ends()) == repr(list(by_seed(tab._study_recipe()).results()))
    bars = tab.studies.bars._bars
    assert len(bars) == SEEDS
    assert [bar.height for bar in bars] == sorted(bar.height for bar in bars)
    tab.studies.bars.bar_clicked.emit(0)
    assert tab.run.recipe.seed == int(bars[0].text)
    assert len(tab.studies.bars._bars) == SEEDS  # the answer is the same whichever seed is in view


def test_a_picture_without_a_window_has_its_answer(tab: KMeansTab, settle: Any) -> None:
    tab.finish_studies()
    assert tab.studies.ends() == []  # it is not in view
    show(tab, tab.studies, settle)
    tab.set_parameter("study", "starts")
    tab.finish_studies()
    assert len(tab.studies.ends()) == SEEDS


def test_a_lesson_brings_its_panel_in_front(tab: KMeansTab, settle: Any) -> None:
    for lesson, panel, focus in (("nearest_centre", tab.distances, "point 55"), ("which_k", tab.studies, "")):
        tab.lessons.open(lesson)
        settle()
        assert panel.isVisible()
        assert tab.focus == focus
    tab.lessons.open("empty_cluster")
    assert tab.focus == "cluster 3"


def test_an_answer_goes_with_its_recipe(tab: KMeansTab, studied: Any) -> None:
    studied("elbow")
    tab.set_parameter("shading", False)
    assert tab.studies.ends()
    tab.run.advance(3)
    assert tab.studies.ends()
    tab.plane.dragged.emit("point 0", 9.0, 9.0, True)
    assert tab.studies.ends() == []
    assert tab.studies.line.empty_text


def test_a_study_can_be_cancelled(tab: KMeansTab, settle: Any) -> None:
    show(tab, tab.studies, settle)
    button: Any = tab.findChild(QAbstractButton, "study.kmeans.run")
    tab.set_parameter("n_samples", 20_000)
    button.click()
    assert tab.studies.is_running()
    button.click()
    assert not tab.studies.is_running()
    assert not tab.studies._answers().runner.is_running
