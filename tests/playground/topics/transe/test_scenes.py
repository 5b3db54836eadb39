"""The scenes' numbers are those of their runs, and a run that is another does not hold."""

from __future__ import annotations

from typing import Any

import pytest

from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, scenes


def scene_of(entry: Any, id: str) -> Scene:
    return next(scene for scene in scenes(entry) if scene.id == id)


@pytest.mark.parametrize(
    ("id", "truth"),
    [("unseen", 1.0), ("count_the_ripple", 5.0), ("both_ways", pytest.approx(0.145, abs=0.01)), ("one_to_many", 2.0)],
)
def test_what_is_true(entry: Any, id: str, truth: Any) -> None:
    outcome = scene_of(entry, id).check()
    assert outcome.holds
    assert outcome.truth == truth


@pytest.mark.parametrize(
    ("id", "settings"),
    [
        ("one_arrow", {"run": {}}), ("count_the_ripple", {"run": {"triples": "week"}}),
        ("both_ways", {"run": {"triples": "week"}}),
        ("one_to_many", {"run": {"triples": "contains"}}),
        ("margins", {"small": {"margin": 0.1}, "one": {}, "large": {"margin": 5.0}}),
        ("ring", {"week": {"triples": "week"}, "ring": {"triples": "week"}}),
        ("unseen", {"run": {"held_out": (("Paris", "in", "Europe"),)}}),
        ("no_room", {"two": {"normalise": True}, "eight": {"normalise": True}}),
    ],
)  # fmt: skip
def test_what_was_not_learned_does_not_hold(entry: Any, record: Any, id: str, settings: Any) -> None:
    check = getattr(entry.checks, id)
    assert not check({name: record(30, **given) for name, given in settings.items()}).holds


def test_a_name_pulled_away_ticks_when_it_has_come_home(entry: Any) -> None:
    task = scene_of(entry, "pull_it_away")
    plain = Timeline(entry.core, task.recipe())
    plain.record(3000)
    assert not task.reached(plain)
    entities = plain.frame(3000).state.entities.copy()
    entities[0] += [5.0, 0.0]
    pulled = Timeline(entry.core, task.recipe().edited(3000, SetArray("entities", entities)))
    pulled.record(3000)
    assert not task.reached_at(pulled, 3000)
    pulled.record(9000)
    assert not task.reached_at(pulled, 3100)
    assert task.reached_at(pulled, 9000)
