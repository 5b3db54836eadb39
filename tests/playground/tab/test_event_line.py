"""What began and what was changed in a run: on the scrub bar, and in the status bar."""

from __future__ import annotations

from typing import Any

import pytest

from core.run.recipe import Change, SetParam
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window

RATE = "momentum.learning_rate"


def marks(tab: TopicTab) -> dict[int, str]:
    """Return what is written at the marks of the scrub bar, by step."""
    bar, last = tab.transport.scrub_bar, tab.run.timeline.recorded
    told = {t: bar.mark_at(bar.x_of(t)) for t in range(last + 1)}
    return {t: text for t, text in told.items() if text}


@pytest.fixture
def said(tab: TopicTab) -> list[str]:
    told: list[str] = []
    tab.status.connect(told.append)
    return told


@pytest.fixture
def diverging(tab: TopicTab) -> TopicTab:
    tab.set_parameter("function", "bowl")
    tab.set_parameter("sgd.learning_rate", 9.0)
    return tab


def test_a_changed_setting_is_marked_in_words(tab: TopicTab) -> None:
    tab.run.advance(4)
    tab.set_parameter(RATE, 0.02)
    tab.run.advance(6)
    assert marks(tab)[4] == "Step 4: η 0.003 → 0.02"


def test_a_mark_goes_with_its_edit(tab: TopicTab) -> None:
    tab.run.advance(4)
    tab.set_parameter(RATE, 0.02)
    tab.run.undo()
    assert marks(tab) == {}


def test_a_changed_setting_in_words_has_the_value_before(tab: TopicTab) -> None:
    tab.run.advance(4)
    tab.set_parameter(RATE, 0.02)
    tab.run.advance(4)
    tab.set_parameter(RATE, 0.01)
    assert [tab.events.change_text(change) for change in tab.run.recipe.edits] == ["η 0.003 → 0.02", "η 0.02 → 0.01"]


def test_what_is_no_setting_is_told_by_the_topic(tab: TopicTab, settle: Any) -> None:
    from core.optimizers.algorithm import MovePoint

    change = Change(4, MovePoint("adam", 1.0, 1.0))
    english = tab.events.change_text(change)
    assert "Adam" in english
    assert "1.0" in english
    tab.window().set_language("zh")  # type: ignore[attr-defined]
    settle()
    assert tab.events.change_text(change) != english


def test_what_begins_is_marked_when_it_is_recorded_and_said_in_its_step(diverging: TopicTab, said: list[str]) -> None:
    tab = diverging
    tab.run.advance(60)
    at = next(t for t in range(61) if "diverged: sgd" in tab.run.timeline.events_at(t))
    told = tab.texts.get("events", "diverged").format(name="SGD", step=at)
    assert told in marks(tab)[at]
    said.clear()
    tab.run.seek(at - 1)
    assert said == []
    tab.run.seek(at)
    assert said == [told]


def test_a_cut_record_is_told(window: Window, tab: TopicTab) -> None:
    tab.run.advance(10)
    tab.run.seek(4)
    tab.set_parameter(RATE, 0.02)
    assert window.statusBar().currentMessage() == "The record after step 4 was cut; Undo brings it back."


def test_a_step_that_cannot_be_made_is_said_at_the_last_one(
    tab: TopicTab, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.run.advance(4)
    last, step = tab.run.frame.state, tab.run.timeline.topic.step

    def fail(state: Any, params: Any, rng: Any) -> Any:
        if state == last:
            raise ValueError("no such step")
        return step(state, params, rng)

    monkeypatch.setattr(tab.run.timeline.topic, "step", fail)
    tab.run.advance(1)
    assert said[-1] == "Step 5 could not be made: ValueError: no such step"
    said.clear()
    tab.run.seek(3)
    assert said == [""]


def test_setting_what_was_set_before_has_its_own_words(tab: TopicTab) -> None:
    assert tab.events.change_text(Change(3, SetParam("noise", 0.5))).endswith("0 → 0.5")


def test_an_event_is_told_of_its_own_step_alone(diverging: TopicTab, said: list[str]) -> None:
    run = diverging.run
    run.advance(40)
    at = next(t for t in run.timeline.event_steps() if "diverged: sgd" in run.timeline.events_at(t))
    run.seek(at)
    assert said[-1].startswith(f"SGD diverged at step {at}")
    run.seek(at - 1)
    assert said[-1] == ""
