"""The studies of k-means: their questions, their answers, and the panel that asks and shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from core import kmeans as core
from core.kmeans.algorithm import MovePoint
from core.kmeans.studies import SEEDS, best_by_clusters, by_clusters, by_seed
from core.run.recipe import Recipe
from playground.topic_list import topic
from playground.topics.kmeans.studies import QUESTIONS, StudiesPanel
from playground.topics.kmeans.tab import KMeansTab
from widgets.plots.marks.bars import Bars
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.points import Points
from widgets.plots.ticks import ticks

WAIT = 30_000
RECIPE = Recipe("kmeans", core.VERSION, 0, core.Params(n_samples=80))


@pytest.fixture
def panel(dressed: QApplication, freed: Callable[[QWidget], None]) -> StudiesPanel:
    made = StudiesPanel(topic("kmeans").texts)
    freed(made)
    return made


def asked(panel: StudiesPanel, question: str, recipe: Recipe[core.Params] = RECIPE) -> StudiesPanel:
    panel.show_recipe(recipe, question)
    panel.finish()
    return panel


def curve(panel: StudiesPanel) -> Curve:
    (curves,) = (mark for mark in panel.line.marks if isinstance(mark, Curves))
    return curves.curves[0]


def rings(panel: StudiesPanel) -> list[float]:
    (ring,) = (mark for mark in panel.line.marks if isinstance(mark, Points) and mark.name == "now")
    return [float(x) for x in ring.xy[:, 0]]


# ---- what it shows


def test_the_elbow_is_the_study_of_the_recipe(panel: StudiesPanel) -> None:
    best = best_by_clusters(by_clusters(RECIPE).results())
    asked(panel, "elbow")
    assert curve(panel).x.tolist() == [end.n_clusters for end in best]
    assert curve(panel).y.tolist() == [end.inertia for end in best]
    assert rings(panel) == [4]
    widest = max(best[1:], key=lambda end: end.silhouette)
    assert f"k = {widest.n_clusters}" not in panel.note()  # it is asked where the curve bends
    panel.show_recipe(RECIPE, "silhouette")
    assert f"k = {widest.n_clusters}" in panel.note()


def test_the_silhouettes_come_with_the_elbow(panel: StudiesPanel) -> None:
    best = best_by_clusters(by_clusters(RECIPE).results())
    asked(panel, "elbow").show_recipe(RECIPE, "silhouette")
    assert curve(panel).y[1:].tolist() == [end.silhouette for end in best][1:]


def test_twenty_seeds_in_the_order_of_their_inertia(panel: StudiesPanel) -> None:
    asked(panel, "starts")
    ends = by_seed(RECIPE).results()
    assert repr(panel.answers().ends) == repr(list(ends))
    bars = [bar for mark in panel.bars.marks if isinstance(mark, Bars) for bar in mark.bars]
    assert [bar.height for bar in bars] == sorted(end.inertia for end in panel.answers().ends)
    assert [bar.text for bar in bars if bar.strong] == ["0"]  # the seed in view
    assert len({bar.text for bar in bars}) == len(bars) == SEEDS


def test_an_answer_goes_with_its_recipe(panel: StudiesPanel) -> None:
    asked(panel, "elbow").show_recipe(Recipe("kmeans", core.VERSION, 0, core.Params(n_samples=81)), "elbow")
    assert (panel.answers().ends, panel.note()) == ([], "")


def test_what_twenty_seeds_come_to_is_the_same_whichever_is_in_view(panel: StudiesPanel) -> None:
    other = Recipe("kmeans", core.VERSION, 7, RECIPE.params)
    asked(panel, "starts").show_recipe(other, "starts")
    assert len(panel.answers().ends) == SEEDS
    panel.show_recipe(RECIPE, "elbow")
    assert panel.answers().ends == []  # of its own question


# ---- in the tab


@pytest.fixture
def studied(tab: KMeansTab, forward: Any, qtbot: Any) -> Callable[[str], None]:
    """Choose a question, compute it by its button, and wait for the answer."""
    forward("studies")

    def compute(question: str) -> None:
        choose(tab, question)
        press(tab)
        assert tab.studies.is_running()
        qtbot.waitUntil(lambda: not tab.studies.is_running(), timeout=WAIT)

    return compute


def choose(tab: KMeansTab, question: str) -> None:
    box = tab.findChild(QComboBox, "study.question")
    assert box is not None
    box.setCurrentIndex(QUESTIONS.index(question))


def press(tab: KMeansTab) -> None:
    button = tab.findChild(QAbstractButton, "study.kmeans.run")
    assert button is not None
    button.click()


def test_a_question_is_answered_by_its_button(tab: KMeansTab, studied: Any) -> None:
    studied("elbow")
    best = best_by_clusters(by_clusters(tab.run.recipe).results())
    assert curve(tab.studies).y.tolist() == [end.inertia for end in best]
    assert tab.studies.note()


def test_a_click_on_a_bar_opens_its_run(tab: KMeansTab, studied: Any, mouse: Any) -> None:
    studied("starts")
    best = min(tab.studies.answers().ends, key=lambda end: end.inertia)
    mouse.click(tab.studies.bars, 1.0, best.inertia / 2)
    assert tab.run.recipe.seed == best.seed != 0
    assert len(tab.studies.answers().ends) == SEEDS


def test_a_picture_without_a_window_has_its_answer(tab: KMeansTab, forward: Any) -> None:
    tab.finish_studies()
    assert tab.studies.answers().ends == []  # it is not in view
    forward("studies")
    tab.set_parameter("study", "starts")
    tab.finish_studies()
    assert len(tab.studies.answers().ends) == SEEDS


def test_an_answer_stays_while_the_run_is_only_looked_at(tab: KMeansTab, studied: Any) -> None:
    studied("elbow")
    tab.set_parameter("shading", False)
    assert tab.studies.answers().ends
    tab.run.advance(3)
    assert tab.studies.answers().ends
    x, y = tab.run.frame.state.points[0]
    tab.run.gesture(MovePoint(0, x + 1.0, y))
    assert tab.studies.answers().ends == []
    assert tab.studies.line.empty_text


def test_moved_points_are_studied_where_they_are(tab: KMeansTab, studied: Any) -> None:
    tab.run.advance(3)
    tab.run.gesture(MovePoint(0, 9.0, 9.0))
    studied("elbow")
    points = core.Params(points=tab.run.frame.state.points)
    alone = best_by_clusters(by_clusters(Recipe("kmeans", core.VERSION, 0, points)).results())
    assert best_by_clusters(tab.studies.answers().ends)[0].inertia == pytest.approx(alone[0].inertia)


def test_a_study_can_be_cancelled(tab: KMeansTab, forward: Any) -> None:
    forward("studies")
    tab.set_parameter("n_samples", 20_000)
    press(tab)
    assert tab.studies.is_running()
    press(tab)
    assert not tab.studies.is_running()
    assert tab.studies.answers().ends == []


# ---- what stays, and what a click asks for


def test_the_curve_stays_while_k_changes_and_marks_the_k_in_force(panel: StudiesPanel) -> None:
    asked(panel, "elbow")
    known = curve(panel).y.tolist()
    for k in (2, 7, 4):
        panel.show_recipe(replace(RECIPE, params=replace(RECIPE.params, n_clusters=k)), "elbow")
        assert curve(panel).y.tolist() == known
        assert rings(panel) == [k]
    by_hand = replace(RECIPE.params, init="k-means++")
    panel.show_recipe(replace(RECIPE, params=by_hand), "elbow")
    assert panel.answers().ends == []  # of other settings


def test_a_click_on_a_k_of_the_curve_chooses_it(tab: KMeansTab, forward: Any, mouse: Any) -> None:
    forward("studies")
    tab.set_parameter("n_samples", 60)
    mouse.click(tab.studies.line, 7, 10.0)  # nothing is known yet
    assert tab.run.params.n_clusters == 4
    tab.finish_studies()
    ends = tab.studies.answers().ends
    (at,) = [end.inertia for end in best_by_clusters(ends) if end.n_clusters == 7]
    mouse.click(tab.studies.line, 7, at)
    assert tab.run.params.n_clusters == 7
    assert tab.studies.answers().ends == ends
    assert rings(tab.studies) == [7]


def test_the_k_of_a_centre_added_in_mid_run_is_marked(tab: KMeansTab, forward: Any) -> None:
    forward("studies")
    tab.set_parameter("n_samples", 60)
    tab.finish_studies()
    tab.run.advance(3)
    tab.hand.add_centre(0.0, 0.0)
    assert rings(tab.studies) == [5]


def test_the_axis_of_k_has_whole_ticks_only(panel: StudiesPanel) -> None:
    asked(panel, "elbow")
    for width in range(200, 700, 20):
        panel.line.resize(width, 200)
        x0, x1 = panel.line.viewport_now().x0, panel.line.viewport_now().x1
        assert all(float(text).is_integer() for most in (3, 4, 5, 6) for _, text in ticks(x0, x1, most=most))
