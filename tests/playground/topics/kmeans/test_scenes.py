"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from core import kmeans
from core.kmeans.algorithm import by_distance, inertia_of
from core.kmeans.settings import true_groups
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params, with_changes
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic
from playground.topics.kmeans.scenes import POINT
from playground.topics.kmeans.tab import KMeansTab
from widgets.base import numbers

TASKS = {scene.id: scene for scene in scenes(topic("kmeans")) if scene.is_task}
TWO_IN_ONE = [[3.4, -1.2], [3.4, -2.0], [2.4, 3.2], [-2.6, -0.6]]


def attempt(
    task: Scene, steps: int, changes: tuple[tuple[int, str, Any], ...] = (), seed: int | None = None, **given: Any
) -> bool:
    plain = task.plain[0][1]
    params = read_params(kmeans, {**plain["params"], **given})
    recipe = Recipe("kmeans", 1, plain.get("seed", 0) if seed is None else seed, params)
    edits = [{"step": step, "name": name, "value": value} for step, name, value in changes]
    timeline: Timeline[Any, Any] = Timeline(kmeans, with_changes(kmeans, recipe, edits))
    timeline.frame(steps)
    return task.reached(timeline)


def dragged(step: int, cluster: int, x: float, y: float) -> tuple[int, str, Any]:
    return step, "move centroid", {"cluster": cluster, "x": x, "y": y}


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_playing_alone_does_not_do(task: Scene) -> None:
    assert not attempt(task, 200)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_other_seeds_and_points_do_not_do(task: Scene) -> None:
    for seed in range(6):
        assert not attempt(task, 100, seed=seed)
    for points in ("moons", "rings", "unequal", [[0, 0], [1, 1], [5, 5], [9, 0], [0, 9]]):
        assert not attempt(task, 100, points=points)


def test_a_centre_dragged_far_away_loses_its_points() -> None:
    task = TASKS["empty_one"]
    assert attempt(task, 9, (dragged(8, 1, 40.0, 40.0),))
    assert not attempt(task, 8, (dragged(8, 1, 40.0, 40.0),))
    assert not attempt(task, 40, (dragged(8, 1, 3.0, 3.0),))


def test_two_centres_in_one_group_trap_it() -> None:
    task = TASKS["trap_it"]
    assert attempt(task, 60, centroids=TWO_IN_ONE)
    by_dragging = tuple(dragged(0, j, x, y) for j, (x, y) in enumerate(TWO_IN_ONE))
    assert attempt(task, 60, by_dragging)
    assert not attempt(task, 60, centroids=[[2.4, 3.2], [-3, 2], [-2.2, -3.2], [3.4, -1.6]])
    assert not attempt(task, 60, centroids=[[0, 0], [3, 0], [-3, 0], [50, 50]])  # an empty one does not count
    assert not attempt(task, 2, centroids=TWO_IN_ONE)  # it has to come to rest
    assert not attempt(task, 60, points="rings", centroids=TWO_IN_ONE)


def test_k_means_plus_plus_is_quick() -> None:
    task = TASKS["better_start"]
    assert attempt(task, 20, init="k-means++")
    assert not attempt(task, 20, init="k-means++", n_clusters=3)
    assert not attempt(task, 2, init="k-means++")


def test_the_elbow_lies_at_four() -> None:
    task = TASKS["find_the_elbow"]
    assert attempt(task, 30, n_clusters=4)
    for k in (3, 5, 6):
        assert not attempt(task, 60, n_clusters=k)
    assert not attempt(task, 60, n_clusters=4, init="random", seed=0)  # trapped


# ---- what is said at the end of a scene stands there


SCENES = {scene.id: scene for scene in scenes(topic("kmeans")) if not scene.is_task}


def at_the_end(id: str, run: str = "") -> Any:
    return SCENES[id].recorded(run).frame(SCENES[id].length).state


def test_the_distances_told_are_those_in_the_table_at_the_end() -> None:
    told, state = SCENES["nearest_centre"].check().values, at_the_end("nearest_centre")
    ranked = by_distance(state, state.points[POINT])
    assert [told["last_near"], told["last_second"]] == [numbers.compact(squared**0.5) for _, squared in ranked[:2]]
    assert told["step"] == SCENES["nearest_centre"].length


def test_the_points_of_the_far_centre_are_counted_at_the_end() -> None:
    told = SCENES["empty_cluster"].check().values
    for run, name in (("farthest", "cured"), ("stay", "stay")):
        assert told[name] == int((at_the_end("empty_cluster", run).labels == 3).sum())
    assert SCENES["empty_cluster"].names[0] == "farthest"  # so that its points are seen in the picture


@pytest.mark.parametrize("id", ["long_groups", "unequal_groups"])
def test_what_the_true_groups_would_come_to_is_told_beside_what_came(id: str) -> None:
    told, state = SCENES[id].check().values, at_the_end(id)
    groups = true_groups(SCENES[id].recipe().params)
    assert groups is not None
    whole = sum(((state.points[groups == j] - state.points[groups == j].mean(axis=0)) ** 2).sum() for j in set(groups))
    assert (told["cut"], told["groups"]) == (f"{inertia_of(state):.0f}", f"{whole:.0f}")
    assert inertia_of(state) < whole


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.id)
def test_every_scene_asks_and_brings_something_forward(scene: Scene) -> None:
    assert scene.question
    assert scene.set_up.panels


# ---- the tasks by mouse and keys


@pytest.fixture
def opened(tab: KMeansTab, settle: Any) -> Callable[[str], None]:
    """Open a task by a click on its row."""

    def open_task(id: str) -> None:
        tab.complete()
        click(tab, "scene.list")
        settle()
        row = next(button for button in tab.stage.list.buttons() if button.row.id == id)
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
        settle()
        assert tab.stage.on

    return open_task


@pytest.fixture
def ticked(tab: KMeansTab) -> Callable[[bool], None]:
    """Let the open task look at all that was done, as it does a moment after a step, and assert whether it ticks."""

    def look(is_done: bool) -> None:
        timer = tab.stage.findChild(QTimer)
        assert timer
        while timer.isActive():
            timer.stop()
            timer.timeout.emit()
        assert tab.stage.on
        assert (tab.stage.on.outcome is not None) == is_done

    return look


def click(tab: KMeansTab, name: str) -> None:
    button = tab.findChild(QAbstractButton, name)
    assert button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press_step(tab: KMeansTab, count: int = 1) -> None:
    for _ in range(count):
        QTest.keyClick(tab.plane, Qt.Key.Key_Right)


def to_rest(tab: KMeansTab) -> None:
    for _ in range(60):
        if not tab.run.frame.state.converged:
            press_step(tab)
    assert tab.run.frame.state.converged


def drag_centre(tab: KMeansTab, mouse: Any, cluster: int, x: float, y: float) -> None:
    begin = tuple(tab.run.frame.state.centroids[cluster].tolist())
    mouse.drag(tab.plane, begin, ((begin[0] + x) / 2, (begin[1] + y) / 2), (x, y))


def test_a_centre_is_dragged_away_and_stepped(tab: KMeansTab, opened: Any, ticked: Any, mouse: Any) -> None:
    opened("empty_one")
    to_rest(tab)
    ticked(False)  # playing is no drag
    click(tab, "scene.again")
    drag_centre(tab, mouse, 0, 0.0, 0.0)
    press_step(tab)
    ticked(False)  # it has points there
    tab.run.undo()
    drag_centre(tab, mouse, 0, 5.5, -5.6)  # as its hint says
    ticked(False)  # it is not empty before the assign
    press_step(tab)
    ticked(True)


def test_four_centres_are_placed_by_hand(tab: KMeansTab, opened: Any, ticked: Any, mouse: Any) -> None:
    opened("trap_it")
    to_rest(tab)
    ticked(False)
    click(tab, "scene.again")
    for cluster, (x, y) in enumerate(TWO_IN_ONE):
        drag_centre(tab, mouse, cluster, x, y)
    ticked(False)
    to_rest(tab)
    ticked(True)


def test_another_way_to_start_is_chosen_in_the_form(tab: KMeansTab, opened: Any, ticked: Any) -> None:
    opened("better_start")
    to_rest(tab)
    ticked(False)
    click(tab, "scene.again")
    field = tab.form.findChild(QComboBox, "param.init")
    assert field
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert tab.run.params.init == "k-means++"
    to_rest(tab)
    ticked(True)


def test_the_k_at_the_bend_is_clicked_in_the_study(
    tab: KMeansTab, opened: Any, ticked: Any, mouse: Any, qtbot: Any
) -> None:
    opened("find_the_elbow")
    to_rest(tab)
    ticked(False)
    click(tab, "scene.again")
    compute = next(b for b in tab.studies.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled())
    QTest.mouseClick(compute, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(tab.studies.answers().ends) and not tab.studies.is_running(), timeout=60_000)
    inertia = min(end.inertia for end in tab.studies.answers().ends if end.n_clusters == 4)
    mouse.click(tab.studies.line, 4, inertia)
    assert tab.run.params.n_clusters == 4
    ticked(False)
    to_rest(tab)
    ticked(True)


@pytest.mark.parametrize("id", ["empty_one", "trap_it", "better_start", "find_the_elbow"])
def test_three_tries_bring_the_hint(tab: KMeansTab, opened: Any, settle: Any, id: str) -> None:
    opened(id)
    hint = tab.stage.card.findChild(QWidget, "scene.hint")
    assert hint
    for seed in (101, 102, 103):
        assert hint.isHidden()
        press_step(tab, 2)
        tab.run.reseed(seed)
    settle()
    press_step(tab, 2)
    tab.run.reseed(104)
    settle()
    assert not hint.isHidden()
