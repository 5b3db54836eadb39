"""Threads between tabs: each opens, its numbers are taken, undo brings back what was there, and the way back leads
to where the other tab was left.
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from playground.playback.compared import same_run
from playground.scenes.scene import scenes
from playground.start.app import Program
from playground.tab.threads import Thread, link, threads
from playground.topic_list import TOPICS, TopicEntry, topic
from playground.words.texts import LANGUAGES

THREADS = [pytest.param(entry, thread, id=f"{entry.id}-{thread.id}") for entry in TOPICS for thread in threads(entry)]
STEPS = 3


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_every_topic_has_threads(entry: TopicEntry) -> None:
    assert threads(entry)


@pytest.mark.parametrize(("entry", "thread"), THREADS)
def test_it_leads_to_a_scene_of_another_topic(entry: TopicEntry, thread: Thread) -> None:
    assert thread.topic != entry.id
    assert thread.scene in {scene.id for scene in scenes(topic(thread.topic))}
    assert all(thread.texts.get("title", language=language).strip() for language in LANGUAGES)


def test_there_and_back(program: Program) -> None:
    """In one window, as its tabs take longest; what fails names the thread."""
    for entry in TOPICS:
        for thread in threads(entry):
            _go(program, entry, thread)


def _go(program: Program, entry: TopicEntry, thread: Thread) -> None:
    window, name = program.window, f"{entry.id}-{thread.id}"
    other = window.visit(thread.topic)
    other.run.reseed(other.run.recipe.seed + 1)  # work that no file has
    work = other.run.recipe
    tab = window.visit(entry.id)
    tab.run.advance(STEPS)
    tab.run.seek(STEPS - 1)
    left = tab.run.recipe, tab.run.position, tab.focus
    numbers = link(entry, thread, tab.run.view()).keys() & {"params", "changes"}
    learns_otherwise = thread.carries == "adam_rate" and tab.run.params.optimizer != "adam"
    assert bool(numbers) == (bool(thread.carries) and not learns_otherwise), name
    button = tab.findChild(QAbstractButton, f"thread.{thread.id}")
    assert button is not None, name
    button.click()
    assert window.tab is other, name
    assert bool(other.stage.on) != bool(numbers), name  # a scene asks of its own run, not of other numbers
    assert not same_run(other.run.recipe, work), name
    other.run.undo()
    assert same_run(other.run.recipe, work), name
    assert program.documents.is_modified(other), name
    window.actions_["view.go_back"].trigger()
    assert window.tab is tab, name
    assert (tab.run.recipe, tab.run.position, tab.focus) == left, name
