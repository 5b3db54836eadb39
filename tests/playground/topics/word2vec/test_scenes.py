"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from typing import Any

import pytest

from core import word2vec
from core.data.corpora import read_corpus
from core.run.recipe import Recipe, SetArray
from core.run.streams import Streams
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic

TASKS = {scene.id: scene for scene in scenes(topic("word2vec")) if scene.is_task}


def attempt(task: Scene, steps: int, **given: Any) -> bool:
    setup = task.plain[0][1]["params"]
    timeline = Timeline(word2vec, Recipe("word2vec", 1, 0, read_params(word2vec, {**setup, **given})))
    timeline.frame(steps)
    return task.reached(timeline)


def test_reading_on_beats_guessing_and_one_pass_does_not() -> None:
    assert attempt(TASKS["beat_guessing"], 6 * 424)
    assert not attempt(TASKS["beat_guessing"], 424)
    assert not attempt(TASKS["beat_guessing"], 6 * 424, learning_rate=1e-6)


def test_a_large_rate_breaks_it_and_the_given_one_does_not() -> None:
    assert attempt(TASKS["break_it"], 2 * 424, learning_rate=3.0)
    assert not attempt(TASKS["break_it"], 2 * 424)


def test_one_number_makes_a_line() -> None:
    assert attempt(TASKS["one_number_a_word"], 424, vector_size=1)
    assert not attempt(TASKS["one_number_a_word"], 423, vector_size=1)
    assert not attempt(TASKS["one_number_a_word"], 424, vector_size=2)


def test_a_text_of_ones_own_is_read_once() -> None:
    assert attempt(TASKS["type_your_own"], 20, corpus="my cat likes fish. my dog likes fish.")
    assert not attempt(TASKS["type_your_own"], 600, corpus="boats-and-bread")


def test_a_row_is_copied_by_hand_and_trained_on() -> None:
    task = TASKS["set_a_vector"]
    recipe = task.recipe()
    weights = word2vec.start(recipe.params, Streams.start(0)).W
    words = read_corpus(recipe.params.corpus).vocabulary
    for copied, steps, done in ((True, 6, True), (True, 5, False), (False, 6, False)):
        typed = weights.copy()
        if copied:
            typed[words.index("king")] = typed[words.index("cat")]
        timeline = Timeline(word2vec, recipe.edited(5, SetArray("W", typed)))
        timeline.frame(steps)
        assert task.reached(timeline) is done


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_a_few_steps_do_nothing(task: Scene) -> None:
    assert not attempt(task, 20)


def test_a_scene_about_a_word_shows_that_words_neighbours(window: Any) -> None:
    tab = window.visit("word2vec")
    tab.stage.open("look_up")
    assert tab.look_up.isVisibleTo(tab)
    tab.stage.open("the_weights_are_the_product")
    assert tab.map.isVisibleTo(tab)
    assert "king" in tab.rows.accessibleName()
    tab.run.advance(10)
    assert "king" in tab.rows.accessibleName()
    tab.stage.close()
