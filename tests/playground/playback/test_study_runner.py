"""Studies in their thread: results as they come, cancelled at once, faults told."""

from __future__ import annotations

from threading import Event, current_thread
from typing import Any

import pytest
from PySide6.QtCore import QThread

from core import kmeans
from core.kmeans.studies import by_seed
from core.run.recipe import Recipe
from core.run.studies import Study
from playground.playback.study_runner import StudyRunner

WAIT = 20_000


@pytest.fixture
def runner(qapp: Any) -> StudyRunner:
    return StudyRunner()


def study_of(measure: Any) -> Study[Any]:
    recipe = Recipe("kmeans", 1, 0, kmeans.Params(n_samples=20))
    return Study(kmeans, (recipe,) * 5, 3, "converged", measure)


def test_results_are_those_of_the_study_itself(runner: StudyRunner, qtbot: Any) -> None:
    study = by_seed(Recipe("kmeans", 1, 0, kmeans.Params(n_samples=60)))
    seen: list[Any] = []
    runner.found.connect(seen.append)
    with qtbot.waitSignal(runner.finished, timeout=WAIT):
        runner.begin(study)
        assert runner.is_running
    assert not runner.is_running
    assert repr(seen[-1]) == repr(list(study.results()))
    assert [len(results) for results in seen] == list(range(1, 21))


def test_it_computes_in_another_thread_and_tells_in_this_one(runner: StudyRunner, qtbot: Any) -> None:
    threads: list[str] = []
    here: list[Any] = []
    runner.found.connect(lambda _: here.append(QThread.currentThread() is runner.thread()))
    with qtbot.waitSignal(runner.finished, timeout=WAIT):
        runner.begin(study_of(lambda recipe, frame: threads.append(current_thread().name)))
    assert set(threads) == {"study"}
    assert all(here)


def test_cancelled_nothing_more_is_heard(runner: StudyRunner, qtbot: Any) -> None:
    gate, seen, progress = Event(), [], []  # type: ignore[var-annotated]
    runner.found.connect(seen.append)
    runner.progressed.connect(lambda done, total: progress.append((done, total)))
    runner.begin(study_of(lambda recipe, frame: gate.wait()))
    runner.cancel()
    gate.set()
    assert not runner.is_running
    with qtbot.waitSignal(runner.finished, timeout=WAIT):
        runner.begin(study_of(lambda recipe, frame: frame.t))
    assert seen[-1] == [3] * 5
    assert len(seen) == 5
    assert progress[:2] == [(0, 5), (0, 0)]
    assert progress[-1] == (0, 0)


def test_a_fault_is_told(runner: StudyRunner, qtbot: Any) -> None:
    def fail(recipe: Any, frame: Any) -> None:
        raise ZeroDivisionError("nothing there")

    with qtbot.waitSignal(runner.failed, timeout=WAIT) as told:
        runner.begin(study_of(fail))
    assert told.args == ["ZeroDivisionError: nothing there"]
    assert not runner.is_running
