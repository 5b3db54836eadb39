"""Every task as a learner does it: opened by its row, done with mouse and keys; it ticks then, and for no short cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from playground.topics.optimizers.tab import OptimizersTab
from playground.window.window import Window

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Learner:
    """Clicks, types and presses keys in the window."""

    def __init__(self, window: Window, race: OptimizersTab, mouse: Any, settle: Callable[[], None]) -> None:
        self.window, self.race, self.mouse, self._settle = window, race, mouse, settle

    def find(self, name: str) -> QWidget:
        found = self.race.findChild(QWidget, name)
        assert found is not None, name
        return found

    def open(self, id: str) -> None:
        self.race.take_focus()
        QTest.keyClick(self.window, Qt.Key.Key_S)
        QTest.mouseClick(self.find(f"scene.{id}"), Qt.MouseButton.LeftButton)
        self._settle()
        assert self.race.stage.on

    def type(self, name: str, text: str) -> None:
        field = self.find(f"param.{name}")
        field.setFocus()
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        assert line is not None
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self._settle()

    def go_on(self, steps: int) -> None:
        """Play with the keys that step, ten at a time, and let the stage look at what came."""
        for _ in range(steps // 10):
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Right, _SHIFT)
        self.look()

    def look(self) -> None:
        timer = self.race.stage.findChild(QTimer)
        assert timer is not None
        while timer.isActive():  # each look is a short one
            timer.stop()
            timer.timeout.emit()

    def again(self) -> None:
        QTest.mouseClick(self.find("scene.again"), Qt.MouseButton.LeftButton)
        self._settle()

    def is_ticked(self, id: str) -> bool:
        result = self.find("scene.result")
        assert isinstance(result, QLabel)
        assert (id in self.race.stage.done) is bool(result.text())
        return id in self.race.stage.done


@pytest.fixture
def learner(window: Window, race: OptimizersTab, mouse: Any, settle: Any) -> Learner:
    return Learner(window, race, mouse, settle)


def test_a_learning_rate_beyond_two_over_the_curvature_makes_sgd_diverge(learner: Learner) -> None:
    id = "make_sgd_diverge"
    learner.open(id)
    learner.go_on(60)
    learner.type("sgd.learning_rate", "0.9")
    learner.go_on(60)
    assert not learner.is_ticked(id)
    learner.type("sgd.learning_rate", "1.2")
    learner.go_on(300)
    assert learner.is_ticked(id)


def test_another_surface_is_no_way_to_diverge(learner: Learner) -> None:
    learner.open("make_sgd_diverge")
    learner.type("function", "rosenbrock")
    learner.go_on(60)
    assert learner.race.row_values(learner.race.view())["sgd"] == "–"
    assert not learner.is_ticked("make_sgd_diverge")


def test_three_methods_go_to_three_minima_as_the_hint_says(learner: Learner) -> None:
    id = "three_minima"
    learner.open(id)
    learner.go_on(200)
    assert not learner.is_ticked(id)
    learner.mouse.click(learner.race.plane, 1.5, -1.5)
    learner.go_on(100)
    assert not learner.is_ticked(id)
    learner.type("start", "[0, -1]")
    learner.type("momentum.learning_rate", "0.02")
    learner.go_on(400)
    assert learner.is_ticked(id)


def test_methods_carried_into_three_minima_by_hand_do_not_count(learner: Learner) -> None:
    learner.open("three_minima")
    learner.go_on(10)
    state = learner.race.run.frame.state
    for method, minimum in (("adam", (3.0, 2.0)), ("sgd", (-2.8, 3.1)), ("adagrad", (-3.8, -3.3))):
        learner.mouse.drag(learner.race.plane, tuple(getattr(state, method).x), minimum)
    learner.go_on(300)
    assert not learner.is_ticked("three_minima")


def test_less_memory_stops_momentum_overshooting(learner: Learner) -> None:
    id = "stop_momentum_overshooting"
    learner.open(id)
    learner.go_on(40)
    assert not learner.is_ticked(id)
    learner.race.run.seek(0)
    learner.type("momentum.momentum", "0.8")
    learner.go_on(40)
    assert learner.is_ticked(id)


def test_a_start_near_the_floor_or_another_rate_is_not_less_overshooting(learner: Learner) -> None:
    id = "stop_momentum_overshooting"
    for name, text in (("start", "[0.05, 0]"), ("momentum.learning_rate", "0.04")):
        learner.open(id)
        learner.type(name, text)
        if name != "start":
            learner.type("momentum.momentum", "0.8")
        learner.go_on(40)
        assert learner.race.view().row["momentum.loss"] < 0.01
        assert not learner.is_ticked(id)


def test_noise_or_one_large_step_carries_sgd_over(learner: Learner) -> None:
    id = "leave_the_shallow_basin"
    learner.open(id)
    learner.go_on(100)
    assert not learner.is_ticked(id)
    learner.race.run.seek(0)
    learner.type("sgd.learning_rate", "0.42")
    learner.go_on(200)
    assert learner.is_ticked(id)


def test_sgd_carried_over_by_hand_is_not_moved_by_its_rule(learner: Learner) -> None:
    learner.open("leave_the_shallow_basin")
    learner.go_on(10)
    learner.mouse.drag(learner.race.plane, tuple(learner.race.run.frame.state.sgd.x), (-1.0, 0.3), (-1.4, 0.1))
    learner.go_on(100)
    assert learner.race.view().row["sgd.x"] < -1
    assert not learner.is_ticked("leave_the_shallow_basin")


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("make_sgd_diverge", "sgd.learning_rate"),
        ("three_minima", "momentum.learning_rate"),
        ("stop_momentum_overshooting", "momentum.momentum"),
        ("leave_the_shallow_basin", "sgd.learning_rate"),
    ],
)
def test_after_three_tries_there_is_a_hint(learner: Learner, id: str, name: str) -> None:
    learner.open(id)
    hint, button = learner.find("scene.hint"), learner.find("scene.hint.show")
    assert isinstance(hint, QLabel)
    for i in range(4):
        assert (hint.text() != "", button.isVisible()) == (i == 3, i != 3), i
        learner.go_on(10)
        learner.type(name, f"0.0{i + 1}")
