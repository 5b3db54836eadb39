"""Try this: scenes open as runs, and what is done ticks itself from the run and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from core.run.explanation import Focus
from playground.playback.run import Run
from playground.scenes.scene import scenes
from playground.start.app import Program
from playground.tab.scene_list import SceneList
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, topic
from playground.window.window import Window

ENTRY = topic("optimizers")
TASK = "make_sgd_diverge"


@pytest.fixture
def scene_list(dressed: Any, settings: Any, run: Run, freed: Any) -> Iterator[SceneList]:
    scene_list = SceneList(ENTRY, run)
    freed(scene_list.view)
    run.changed.connect(scene_list.run_changed)
    run.moved.connect(scene_list.run_moved)
    scene_list.retranslate()
    yield scene_list
    clock(scene_list).stop()  # or it would ring in the next test, whose list is another


def clock(scene_list: SceneList) -> QTimer:
    """The clock after which it looks at the run."""
    found = scene_list.findChild(QTimer)
    assert found is not None
    return found


def look(scene_list: SceneList) -> None:
    """What happens a fifth of a second after the run has moved."""
    timer = clock(scene_list)
    assert timer.isActive()
    timer.timeout.emit()
    timer.stop()


def play(scene_list: SceneList, id: str) -> None:
    scene = scene_list.scenes[id]
    for name in scene.names:
        scene_list.open(id, name)
        scene_list.run.advance(scene.steps(name))
        look(scene_list)


def test_nothing_is_done_at_first_and_nothing_is_looked_at(scene_list: SceneList, run: Run) -> None:
    assert scene_list.done == set()
    assert not clock(scene_list).isActive()


def test_opening_shows_the_run_at_its_start(scene_list: SceneList, run: Run) -> None:
    focuses: list[tuple[Focus | None, str]] = []
    scene_list.opened.connect(lambda focus, panel: focuses.append((focus, panel)))
    run.advance(5)
    scene_list.open("saddle", "beside")
    assert run.recipe == scene_list.scenes["saddle"].recipe("beside")
    assert (run.position, run.timeline.recorded) == (0, 0)
    assert focuses == [(Focus("sgd"), "")]
    labels = [label for label in scene_list.view.findChildren(QLabel) if label.isVisibleTo(scene_list.view)]
    assert scene_list.scenes["saddle"].texts.get("look") in [label.text() for label in labels]


def test_undo_leads_back_from_a_lesson(scene_list: SceneList, run: Run) -> None:
    run.advance(5)
    recipe = run.recipe
    scene_list.open("saddle")
    run.undo()
    assert (run.recipe, run.position) == (recipe, 5)


@pytest.mark.parametrize("id", [scene.id for scene in scenes(ENTRY) if not scene.is_task])
def test_a_scene_ticks_once_all_its_runs_are_played(scene_list: SceneList, id: str) -> None:
    play(scene_list, id)
    assert scene_list.done == {id}


def test_a_scene_does_not_tick_before_its_claim_shows(scene_list: SceneList, run: Run) -> None:
    scene_list.open("ravine_oscillation")
    run.advance(scene_list.scenes["ravine_oscillation"].steps() - 1)
    look(scene_list)
    assert scene_list.done == set()


@pytest.mark.parametrize("change", [("sgd.learning_rate", 0.01), ("start", [1, 1])])
def test_a_scene_with_changed_settings_does_not_tick(scene_list: SceneList, run: Run, change: Any) -> None:
    scene_list.open("ravine_oscillation")
    run.set_parameter(*change)
    run.advance(200)
    look(scene_list)
    assert scene_list.done == set()


def test_hiding_a_method_does_not_end_the_scene(scene_list: SceneList, run: Run) -> None:
    scene_list.open("ravine_oscillation")
    run.set_parameter("methods", ["sgd"])
    run.advance(30)
    look(scene_list)
    assert scene_list.done == {"ravine_oscillation"}


def test_a_task_ticks_from_the_learners_own_run(scene_list: SceneList, run: Run) -> None:
    run.advance(5)
    look(scene_list)
    assert scene_list.done == set()
    run.set_parameter("function", "bowl")
    run.set_parameter("sgd.learning_rate", 9.0)
    run.advance(60)
    look(scene_list)
    assert TASK in scene_list.done


def test_setting_a_task_up_does_not_tick_it(scene_list: SceneList, run: Run) -> None:
    for scene in scene_list.scenes.values():
        if scene.is_task:
            scene_list.open(scene.id)
            assert not scene.reached(run.timeline), scene.id
            run.advance(1)
            assert not scene.reached(run.timeline), scene.id


def test_a_task_that_is_set_up_ticks_no_other(scene_list: SceneList, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(scene_list.scenes[TASK]), "reached", lambda scene, timeline: scene.id != TASK)
    scene_list.open(TASK)
    run.advance(2)
    look(scene_list)
    assert scene_list.done == set()
    run.set_parameter("noise", 0.5)
    run.advance(2)
    look(scene_list)
    assert len(scene_list.done) > 1


def test_a_scene_ticks_where_its_run_comes_to_rest(
    scene_list: SceneList, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ENTRY.core, "RESTS", ("rest",))
    scene_list.open("saddle", scene_list.scenes["saddle"].names[-1])
    run.advance(5)
    run.timeline.events[5] = ("rest",)
    look(scene_list)
    assert scene_list.done == {"saddle"}


def test_what_is_done_is_remembered(scene_list: SceneList, run: Run) -> None:
    play(scene_list, "ravine_oscillation")
    assert QSettings().value("lessons/optimizers") in (["ravine_oscillation"], "ravine_oscillation")
    assert SceneList(ENTRY, Run(ENTRY)).done == {"ravine_oscillation"}


@pytest.mark.parametrize("kept", ["nonsense", ["gone", "saddle"], 7])
def test_what_does_not_exist_is_not_remembered(settings: Any, dressed: Any, kept: Any) -> None:
    settings.setValue("lessons/optimizers", kept)
    assert SceneList(ENTRY, Run(ENTRY)).done <= {"saddle"}


def test_progress_is_told(scene_list: SceneList, run: Run) -> None:
    told: list[tuple[int, int]] = []
    scene_list.progressed.connect(lambda done, total: told.append((done, total)))
    play(scene_list, "ravine_oscillation")
    assert told == [(1, len(scene_list.scenes))]


def test_the_result_stays_in_either_language(window: Window, tab: TopicTab, settle: Any) -> None:
    scene_list = tab.scene_list
    scene_list.open("ravine_oscillation")
    tab.run.advance(30)
    look(scene_list)
    assert [text for text in said(scene_list) if text.startswith("y changed sign in ") and "{" not in text]
    window.set_language("zh")
    settle()
    assert [text for text in said(scene_list) if text.startswith("y 变号") and "{" not in text]


def said(scene_list: SceneList) -> list[str]:
    return [label.text() for label in scene_list.view.findChildren(QLabel) if label.isVisible()]


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
    tab.scene_list.open("ravine_oscillation")
    tab.run.advance(30)
    look(tab.scene_list)
    told = window.tabs.navigation_bar.accessibleTabName(0)
    assert told.endswith(f", 1 of {len(tab.scene_list.scenes)} done")


def test_a_click_in_the_list_opens_the_scene(tab: TopicTab, settle: Any) -> None:
    tab.scene_list.view.set_current("saddle")
    settle()
    button = next(b for b in tab.scene_list.view.findChildren(QPushButton) if b.isVisible() and b.text() == "Play it")
    button.click()
    assert tab.run.recipe == tab.scene_list.scenes["saddle"].recipe("ridge")
    assert tab.focus == Focus("sgd")
