"""Over every topic: the beats of a step, composed, give the next state to the byte, for all its rules and models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from core.run.parameters import Parameter, parameters, with_value
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams
from playground.topic_list import TOPICS, TopicEntry

LAST = 6
MOST_RULES = 1000  # of all topics: each is replayed and told of in two tenths of a second


def choices(entry: TopicEntry) -> list[Parameter]:
    """Return the choices that change what a step does."""
    return [p for p in parameters(entry.core.Params) if p.kind == "choice" and p.mode != "view"]


def rules(entry: TopicEntry) -> Iterator[Any]:
    """Yield the params of every combination of those choices."""
    default, chosen = entry.core.Params(), choices(entry)
    for values in product(*(parameter.choices for parameter in chosen)):
        params = default
        for parameter, value in zip(chosen, values, strict=True):
            params = with_value(params, parameter.name, value)
        if entry.core.check(params) is None:
            yield params


RULES = [
    pytest.param(entry, params, id=f"{entry.id}-{i}")
    for entry in TOPICS
    for i, params in enumerate(rules(entry))
    if entry.core.beats(params)
]
TAKEN_APART = [entry for entry in TOPICS if entry.core.beats(entry.core.Params())]


def steps(entry: TopicEntry, params: Any) -> Iterator[tuple[Any, Any, Streams]]:
    """Yield state, next state and random numbers of each of the first steps."""
    before: Any = None
    for frame, _ in replay(entry.core, Recipe(entry.id, entry.core.VERSION, 3, params), LAST):
        if before is not None:
            yield before.state, frame.made, Streams.step(3, frame.t)
        before = frame


def test_every_topic_with_beats_is_tried_with_each_of_its_rules() -> None:
    tried = {param.values[0].id for param in RULES}  # type: ignore[union-attr]
    assert tried == {entry.id for entry in TAKEN_APART}
    assert len(RULES) < MOST_RULES


@pytest.mark.parametrize(("entry", "params"), RULES)
def test_composed_they_give_the_next_state_to_the_byte(entry: TopicEntry, params: Any) -> None:
    beats = entry.core.beats(params)
    for before, after, rng in steps(entry, params):
        assert entry.core.composed(before, params, rng, beats) == after


@pytest.mark.parametrize(("entry", "params"), RULES)
def test_without_the_last_the_step_is_not_done(entry: TopicEntry, params: Any) -> None:
    beats = entry.core.beats(params)
    for before, after, rng in steps(entry, params):
        for count in range(len(beats)):
            assert entry.core.composed(before, params, rng, beats[:count]) != after


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_a_step_that_is_not_taken_apart_is_composed_of_nothing(entry: TopicEntry) -> None:
    for params in rules(entry):
        if not entry.core.beats(params):
            for before, _, rng in steps(entry, params):
                assert entry.core.composed(before, params, rng, ()) == before


@pytest.mark.parametrize("entry", TAKEN_APART, ids=lambda entry: entry.id)
def test_every_beat_is_told_in_its_own_words(entry: TopicEntry, window: Any) -> None:
    tab = window.visit(entry.id)
    for params in filter(entry.core.beats, rules(entry)):
        tab.run.restart_with({p.name: getattr(params, p.name) for p in choices(entry)})
        tab.run.advance(3)
        told = {repr(tab.explanation(replace(tab.view(), beat=beat))) for beat in tab.beats()}
        assert len(told) == len(tab.beats()), params
        assert not any("_" in tab.beat_name(beat) for beat in tab.beats())
