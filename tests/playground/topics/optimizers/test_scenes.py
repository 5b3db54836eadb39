"""The tasks can be done, by mouse and keys as a learner does them, and are not done by something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from core import optimizers
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params, with_changes
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic
from playground.topics.optimizers.tab import OptimizersTab
from playground.window.window import Window
from widgets.base import fonts

TASKS = {scene.id: scene for scene in scenes(topic("optimizers")) if scene.is_task}


def attempt(task: Scene, steps: int, changes: tuple[tuple[int, str, Any], ...] = (), **given: Any) -> bool:
    flat = {name.replace("__", "."): value for name, value in given.items()}
    setup = task.plain[0][1]["params"]
    recipe = Recipe("optimizers", 1, 0, read_params(optimizers, {**setup, **flat}))
    edits = [{"step": step, "name": name, "value": value} for step, name, value in changes]
    timeline = Timeline(optimizers, with_changes(optimizers, recipe, edits))
    timeline.frame(steps)
    return task.reached(timeline)


def test_sgd_diverges_beyond_two_over_the_curvature() -> None:
    task = TASKS["make_sgd_diverge"]
    assert attempt(task, 200, sgd__learning_rate=1.2)
    assert not attempt(task, 200, sgd__learning_rate=0.99)


def test_momentum_stops_overshooting_with_less_memory() -> None:
    task = TASKS["stop_momentum_overshooting"]
    assert attempt(task, 45, momentum__momentum=0.8)
    assert not attempt(task, 45, momentum__momentum=0.6)
    assert not attempt(task, 45, momentum__momentum=0.8, momentum__learning_rate=0.03)


def test_noise_or_a_large_step_carries_sgd_over() -> None:
    task = TASKS["leave_the_shallow_basin"]
    assert not attempt(task, 300)
    assert not attempt(task, 300, start=[-2.0, 1.0])
    assert attempt(task, 300, sgd__learning_rate=0.42) or attempt(task, 2000, noise=12)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_playing_alone_does_not_do(task: Scene) -> None:
    assert not attempt(task, 300)


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_another_surface_does_not_do(task: Scene) -> None:
    assert not attempt(task, 60, function="rosenbrock", start=[-1.2, 1.0])


def test_three_minima_can_be_reached() -> None:
    task = TASKS["three_minima"]
    assert not attempt(task, 0)
    assert any(
        attempt(task, 400, start=[x, y], momentum__learning_rate=rate)
        for x in (-0.5, 0.0, 0.5) for y in (-1.0, 0.0) for rate in (0.01, 0.02)
    )  # fmt: skip


FILMS = [scene for scene in scenes(topic("optimizers")) if not scene.is_task]
_HALF = 114  # px, of the table at the end of a scene in the smallest window


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_chosen_is_told_uncut(dressed: Any, language: Any) -> None:
    metrics = QFontMetricsF(fonts.role_font("body"))
    questions = [scene.question for scene in FILMS if scene.question and scene.question.kind == "choice"]
    texts = [
        question.texts.get("options", option, language=language)
        for question in questions
        for option in question.options
    ]
    assert not [text for text in texts if metrics.horizontalAdvance(text) > _HALF]


def test_the_saddle_asks_of_the_run_in_front_and_shows_who_is_asked_of() -> None:
    scene = next(scene for scene in FILMS if scene.id == "saddle")
    assert scene.question
    assert scene.names[0] == "beside"
    assert all(scene.recipe(name).params.methods == scene.question.options for name in scene.names)
    beside, ridge = scene.recipe("beside").params, scene.recipe("ridge").params
    assert replace(beside, start=ridge.start) == ridge


@pytest.mark.parametrize("id", ["adagrad_damps_the_steep_axis", "rmsprop_forgets"])
def test_effective_steps_have_room_where_they_are_asked_of(id: str) -> None:
    assert next(scene for scene in FILMS if scene.id == id).set_up.room == "rates"


def test_nothing_that_a_film_is_about_passes_in_a_blink() -> None:
    """The way to a hollow takes Momentum 60 steps; the swing beyond the floor 4."""
    seconds = {scene.id: scene.seconds / scene.length for scene in FILMS}
    assert 60 * seconds["local_minimum"] >= 2
    assert 4 * seconds["nesterov_looks_ahead"] >= 2


@pytest.mark.parametrize("scene", FILMS, ids=lambda scene: scene.id)
def test_a_result_names_what_it_compares(scene: Scene) -> None:
    both = {
        "local_minimum": ("sgd_loss", "momentum_loss"), "rmsprop_forgets": ("low", "high", "adagrad"),
        "adam_steps_by_the_learning_rate": ("a", "c"), "newton_uses_curvature": ("newton", "sgd"),
        "newton_at_the_saddle": ("newton", "sgd"), "ravine_oscillation": ("sgd", "rmsprop", "adam"),
    }.get(scene.id, ())  # fmt: skip
    said = scene.texts.get("result", language="en")
    assert all(f"{{{name}}}" in said for name in both)
    assert "{" not in said.format(**scene.check().values)


# ---- tasks by hand

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
