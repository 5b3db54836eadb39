"""The tasks as a learner does them, by mouse and keys: each ticks then, and not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from playground.topics.kmeans.tab import KMeansTab

TWO_IN_ONE = [(3.4, -1.2), (3.4, -2.0), (2.4, 3.2), (-2.6, -0.6)]


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
