"""Studies in their thread: results as they come, cancelled at once, faults told."""

from __future__ import annotations

from threading import Event, current_thread
from typing import Any

from PySide6.QtCore import QThread

from core import kmeans
from core.kmeans.studies import by_seed
from core.run.recipe import Recipe
from core.run.studies import Study
from playground.playback.study_runner import Answers

WAIT = 20_000
RECIPE: Recipe[Any] = Recipe("kmeans", 1, 0, kmeans.Params(n_samples=60))


def measuring(measure: Any) -> Answers:
    """Answers to a study of five short runs."""
    recipe = Recipe("kmeans", 1, 0, kmeans.Params(n_samples=20))
    return Answers(lambda _: Study(kmeans, (recipe,) * 5, 3, "converged", measure))


def is_at_rest(answers: Answers) -> bool:
    return answers.progress == (0, 0)


def test_results_are_those_of_the_study_itself(qtbot: Any) -> None:
    answers, seen = Answers(by_seed), []
    answers.changed.connect(lambda: seen.append((len(answers.ends), answers.progress)))
    answers.begin(RECIPE)
    assert answers.progress == (0, 20)
    qtbot.waitUntil(lambda: is_at_rest(answers), timeout=WAIT)
    assert repr(answers.ends) == repr(list(by_seed(RECIPE).results()))
    assert seen == [*((done, (done, 20)) for done in range(21)), (20, (0, 0))]


def test_here_and_now_they_are_the_same(qtbot: Any) -> None:
    answers = Answers(by_seed)
    with qtbot.waitSignal(answers.changed):
        answers.finish(RECIPE)
    assert repr(answers.ends) == repr(list(by_seed(RECIPE).results()))


def test_it_computes_in_another_thread_and_tells_in_this_one(qtbot: Any) -> None:
    threads: list[str] = []
    here: list[Any] = []
    answers = measuring(lambda recipe, frame: threads.append(current_thread().name))
    answers.changed.connect(lambda: here.append(QThread.currentThread() is answers.thread()))
    answers.begin(RECIPE)
    qtbot.waitUntil(lambda: is_at_rest(answers), timeout=WAIT)
    assert set(threads) == {"study"}
    assert len(here) == 7
    assert all(here)


def test_cancelled_nothing_more_is_heard(qtbot: Any) -> None:
    gate = Event()
    answers = measuring(lambda recipe, frame: gate.wait() and frame.t)
    progress: list[tuple[int, int]] = []
    answers.changed.connect(lambda: progress.append(answers.progress))
    answers.begin(RECIPE)
    answers.cancel()
    assert progress == [(0, 5), (0, 0)]
    gate.set()
    answers.begin(RECIPE)
    qtbot.waitUntil(lambda: is_at_rest(answers), timeout=WAIT)
    assert answers.ends == [3] * 5
    assert progress[2:] == [*((done, 5) for done in range(6)), (0, 0)]


def test_another_recipe_takes_away_what_was_known(qtbot: Any) -> None:
    answers = measuring(lambda recipe, frame: frame.t)
    answers.finish(RECIPE)
    answers.belong_to(RECIPE)
    assert answers.ends == [3] * 5
    answers.belong_to(Recipe("kmeans", 1, 1, RECIPE.params))
    assert answers.ends == []


def test_a_fault_is_told(qtbot: Any) -> None:
    def fail(recipe: Any, frame: Any) -> None:
        raise ZeroDivisionError("nothing there")

    answers = measuring(fail)
    answers.begin(RECIPE)
    qtbot.waitUntil(lambda: answers.fault != "", timeout=WAIT)
    assert answers.fault == "ZeroDivisionError: nothing there"
    assert is_at_rest(answers)
