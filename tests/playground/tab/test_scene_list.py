"""Try this: scenes open as runs, and what is done ticks itself from the run and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from core.run.explanation import Focus
from playground.playback.run import Run
from playground.scenes.scene import scenes
from playground.start.app import Program
from playground.tab.scene_list import Lessons
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, topic
from playground.window.window import Window

ENTRY = topic("optimizers")
TASK = "make_sgd_diverge"


@pytest.fixture
def run() -> Run:
    return Run(ENTRY)


@pytest.fixture
def lessons(dressed: Any, settings: Any, run: Run, freed: Any) -> Lessons:
    lessons = Lessons(ENTRY, run)
    freed(lessons.view)
    run.changed.connect(lessons.run_changed)
    run.moved.connect(lessons.run_moved)
    lessons.retranslate()
    return lessons


def clock(lessons: Lessons) -> QTimer:
    """The clock after which it looks at the run."""
    found = lessons.findChild(QTimer)
    assert found is not None
    return found


def look(lessons: Lessons) -> None:
    """What happens a fifth of a second after the run has moved."""
    timer = clock(lessons)
    assert timer.isActive()
    timer.timeout.emit()
    timer.stop()


def play(lessons: Lessons, id: str) -> None:
    scene = lessons.scenes[id]
    for name in scene.names:
        lessons.open(id, name)
        lessons.run.advance(scene.steps(name))
        look(lessons)


def test_nothing_is_done_at_first_and_nothing_is_looked_at(lessons: Lessons, run: Run) -> None:
    assert lessons.done == set()
    assert not clock(lessons).isActive()


def test_opening_shows_the_run_at_its_start(lessons: Lessons, run: Run) -> None:
    focuses: list[tuple[Focus | None, str]] = []
    lessons.opened.connect(lambda focus, panel: focuses.append((focus, panel)))
    run.advance(5)
    lessons.open("saddle", "beside")
    assert run.recipe == lessons.scenes["saddle"].recipe("beside")
    assert (run.position, run.timeline.recorded) == (0, 0)
    assert focuses == [(Focus("sgd"), "")]
    assert lessons.view.current() == "saddle"


def test_undo_leads_back_from_a_lesson(lessons: Lessons, run: Run) -> None:
    run.advance(5)
    recipe = run.recipe
    lessons.open("saddle")
    run.undo()
    assert (run.recipe, run.position) == (recipe, 5)


@pytest.mark.parametrize("id", [scene.id for scene in scenes(ENTRY) if not scene.is_task])
def test_a_scene_ticks_once_all_its_runs_are_played(lessons: Lessons, id: str) -> None:
    play(lessons, id)
    assert lessons.done == {id}


def test_a_scene_does_not_tick_before_its_claim_shows(lessons: Lessons, run: Run) -> None:
    lessons.open("ravine_oscillation")
    run.advance(lessons.scenes["ravine_oscillation"].steps() - 1)
    look(lessons)
    assert lessons.done == set()


@pytest.mark.parametrize("change", [("sgd.learning_rate", 0.01), ("start", [1, 1])])
def test_a_scene_with_changed_settings_does_not_tick(lessons: Lessons, run: Run, change: Any) -> None:
    lessons.open("ravine_oscillation")
    run.set_parameter(*change)
    run.advance(200)
    look(lessons)
    assert lessons.done == set()


def test_hiding_a_method_does_not_end_the_scene(lessons: Lessons, run: Run) -> None:
    lessons.open("ravine_oscillation")
    run.set_parameter("methods", ["sgd"])
    run.advance(30)
    look(lessons)
    assert lessons.done == {"ravine_oscillation"}


def test_a_task_ticks_from_the_learners_own_run(lessons: Lessons, run: Run) -> None:
    run.advance(5)
    look(lessons)
    assert lessons.done == set()
    run.set_parameter("function", "bowl")
    run.set_parameter("sgd.learning_rate", 9.0)
    run.advance(60)
    look(lessons)
    assert TASK in lessons.done


def test_setting_a_task_up_does_not_tick_it(lessons: Lessons, run: Run) -> None:
    for scene in lessons.scenes.values():
        if scene.is_task:
            lessons.open(scene.id)
            assert not scene.reached(run.timeline), scene.id
            run.advance(1)
            assert not scene.reached(run.timeline), scene.id


def test_a_task_that_is_set_up_ticks_no_other(lessons: Lessons, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(lessons.scenes[TASK]), "reached", lambda scene, timeline: scene.id != TASK)
    lessons.open(TASK)
    run.advance(2)
    look(lessons)
    assert lessons.done == set()
    run.set_parameter("noise", 0.5)
    run.advance(2)
    look(lessons)
    assert len(lessons.done) > 1


def test_a_scene_ticks_where_its_run_comes_to_rest(lessons: Lessons, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENTRY.core, "RESTS", ("rest",))
    lessons.open("saddle", lessons.scenes["saddle"].names[-1])
    run.advance(5)
    run.timeline.events[5] = ("rest",)
    look(lessons)
    assert lessons.done == {"saddle"}


def test_what_is_done_is_remembered(lessons: Lessons, run: Run) -> None:
    play(lessons, "ravine_oscillation")
    assert QSettings().value("lessons/optimizers") in (["ravine_oscillation"], "ravine_oscillation")
    assert Lessons(ENTRY, Run(ENTRY)).done == {"ravine_oscillation"}


@pytest.mark.parametrize("kept", ["nonsense", ["gone", "saddle"], 7])
def test_what_does_not_exist_is_not_remembered(settings: Any, dressed: Any, kept: Any) -> None:
    settings.setValue("lessons/optimizers", kept)
    assert Lessons(ENTRY, Run(ENTRY)).done <= {"saddle"}


def test_progress_is_told(lessons: Lessons, run: Run) -> None:
    told: list[tuple[int, int]] = []
    lessons.progressed.connect(lambda done, total: told.append((done, total)))
    play(lessons, "ravine_oscillation")
    assert told == [(1, len(lessons.scenes))]


def test_the_result_stays_in_either_language(window: Window, tab: TopicTab, settle: Any) -> None:
    lessons = tab.lessons
    lessons.open("ravine_oscillation")
    tab.run.advance(30)
    look(lessons)
    assert [text for text in said(lessons) if text.startswith("y changed sign in ") and "{" not in text]
    window.set_language("zh")
    settle()
    assert [text for text in said(lessons) if text.startswith("y 变号") and "{" not in text]


def said(lessons: Lessons) -> list[str]:
    return [label.text() for label in lessons.view.findChildren(QLabel) if label.isVisible()]


def test_every_topic_shows_what_was_done_before(program: Program, window: Window, settings: QSettings) -> None:
    settings.setValue("lessons/optimizers", ["saddle", "local_minimum", "no scene"])
    program.control.show_all_progress()
    bar = window.tabs.navigation_bar
    bar.grab()  # names are told once the bar is laid out
    told = [bar.accessibleTabName(i) for i in range(len(TOPICS))]
    counts = [len(entry.texts.tree["scenes"]) for entry in TOPICS]
    done = [2, *[0] * (len(TOPICS) - 1)]
    wanted = [f"{e.title}, {n} of {all} done" for e, n, all in zip(TOPICS, done, counts, strict=True)]
    assert told == wanted


def test_the_badge_counts(window: Window, tab: TopicTab) -> None:
    tab.lessons.open("ravine_oscillation")
    tab.run.advance(30)
    look(tab.lessons)
    told = window.tabs.navigation_bar.accessibleTabName(0)
    assert told.endswith(f", 1 of {len(tab.lessons.scenes)} done")


def test_a_click_in_the_list_opens_the_scene(tab: TopicTab, settle: Any) -> None:
    tab.lessons.view.set_current("saddle")
    settle()
    button = next(b for b in tab.lessons.view.findChildren(QPushButton) if b.isVisible() and b.text() == "Play it")
    button.click()
    assert tab.run.recipe == tab.lessons.scenes["saddle"].recipe("ridge")
    assert tab.focus == Focus("sgd")
