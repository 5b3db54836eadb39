"""A task is looked at frame by frame as the learner makes them: each once, and never those of undo or of the set-up."""

from __future__ import annotations

from typing import Any

import pytest

from core.run.timeline import Timeline
from playground.playback.run import Run
from playground.scenes.scene import Scene, scenes
from playground.tab import task_watch
from playground.tab.task_watch import TaskWatch
from playground.topic_list import TOPICS, topic

DIVERGE = next(scene for scene in scenes(topic("optimizers")) if scene.id == "make_sgd_diverge")
TASKS = [(entry, scene) for entry in TOPICS for scene in scenes(entry) if scene.is_task]
FILMS = [(entry, scene) for entry in TOPICS for scene in scenes(entry) if not scene.is_task]


def watched(run: Run, task: Scene) -> TaskWatch:
    run.compare_with([Timeline(run.entry.core, task.recipe())])
    watch = TaskWatch(task, run)
    run.changed.connect(watch.change)
    run.moved.connect(watch.move)
    return watch


def look_at_all(watch: TaskWatch) -> bool:
    while watch.is_behind:
        if watch.look():
            return True
    return False


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The steps that were looked at, none of which does what is asked."""
    steps: list[int] = []

    def look(scene: Scene, run: Any, t: int) -> bool:
        steps.append(t)
        return False

    monkeypatch.setattr(Scene, "reached_at", look)
    return steps


def test_each_frame_is_looked_at_once_and_none_is_left_out(run: Run, looked: list[int]) -> None:
    watch = watched(run, DIVERGE)
    run.set_parameter("sgd.learning_rate", 0.2)
    for steps in (1, 3, 10):
        run.advance(steps)
        look_at_all(watch)
    run.seek(5)
    run.seek(14)
    look_at_all(watch)
    assert looked == list(range(1, 15))


def test_an_edit_makes_new_frames_of_what_follows_it(run: Run, looked: list[int]) -> None:
    watch = watched(run, DIVERGE)
    run.set_parameter("sgd.learning_rate", 0.2)
    run.advance(6)
    look_at_all(watch)
    looked.clear()
    run.seek(3)
    run.set_parameter("sgd.learning_rate", 0.3)
    run.advance(2)
    look_at_all(watch)
    assert looked == [3, 4, 5]


def test_a_long_record_is_looked_at_in_turns(run: Run, looked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(task_watch, "perf_counter", lambda: next(clock))  # each look takes its whole time
    watch = watched(run, DIVERGE)
    run.set_parameter("sgd.learning_rate", 0.2)
    run.advance(30)
    watch.look()
    assert looked == [1]
    assert watch.is_behind


@pytest.mark.parametrize(("entry", "task"), TASKS, ids=lambda it: it.id)
def test_only_what_the_learner_did_ticks_a_task(entry: Any, task: Scene) -> None:
    """Neither the default run, nor that of any scene, nor undo: even with frames that would do."""
    run = Run(entry)
    watch = watched(run, task)
    own = [scene for of, scene in FILMS if of is entry]
    for load in (lambda: run.load(Timeline(entry.core, Run(entry).recipe)), *(loading(run, scene) for scene in own)):
        load()
        run.advance(10)
        assert not look_at_all(watch)


def loading(run: Run, scene: Scene) -> Any:
    return lambda: run.compare_with([Timeline(run.entry.core, scene.recipe())])


def test_undo_brings_no_frames_of_ones_own(run: Run) -> None:
    watch = watched(run, DIVERGE)
    run.set_parameter("sgd.learning_rate", 9.0)
    run.set_parameter("sgd.learning_rate", 0.01)
    run.undo()
    run.advance(60)
    assert not look_at_all(watch)
    run.seek(0)
    run.set_parameter("sgd.learning_rate", 8.0)
    run.advance(60)
    assert look_at_all(watch)


def test_three_tries_ask_for_a_hint(run: Run) -> None:
    watch = watched(run, DIVERGE)
    for rate in (0.011, 0.012, 0.013, 0.014):
        assert not watch.needs_hint
        run.set_parameter("sgd.learning_rate", rate)
        run.advance(3)
    assert watch.needs_hint
