"""What a claim speaks of: steps by series, by method or of the whole run; things; and the shape that marks them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from playground.scenes.mark import NOTHING, Members
from playground.scenes.scene import Scene, scenes
from playground.topic_list import TOPICS
from playground.words.texts import LANGUAGES

MARKED = [scene for entry in TOPICS for scene in scenes(entry) if scene.mark]
NONE_AT_THE_END = {"virtual_mean"}  # that is its claim


def test_steps_are_those_of_the_series_or_its_method_or_of_all() -> None:
    steps = Members(steps={"adam": np.array([1, 2]), "sgd.rate_y": np.array([3])})
    assert steps.steps_of("adam.loss").tolist() == [1, 2]
    assert steps.steps_of("adam").tolist() == [1, 2]
    assert steps.steps_of("sgd.rate_y").tolist() == [3]
    assert steps.steps_of("sgd.loss").tolist() == []
    assert Members(steps={"": np.array([4])}).steps_of("inertia").tolist() == [4]
    assert steps.all_steps == (1, 2, 3)


def test_many_things_are_not_hidden_by_corners() -> None:
    assert NOTHING.shape == ""
    assert Members(frozenset({Focus("point", (1,))})).shape == "corners"
    assert Members(frozenset(Focus("point", (i,)) for i in range(100))).shape == "crosses"
    assert Members(steps={"": np.array([4])}).shape == "stretch"
    assert not Members(steps={"": np.array([], dtype=int)})


def test_scenes_of_every_topic_mark_what_they_speak_of() -> None:
    assert {scene.entry.id for scene in MARKED} == {entry.id for entry in TOPICS}


@pytest.mark.parametrize("scene", MARKED, ids=lambda scene: scene.id)
def test_something_meets_its_condition_at_the_end_and_at_no_later_step_than_the_one_in_view(scene: Scene) -> None:
    mark, runs = scene.mark, [scene.recorded(name) for name in scene.names]
    assert mark
    assert any(mark.members(run, run.recorded) for run in runs) == (scene.id not in NONE_AT_THE_END)
    for run in runs:
        for t in {0, 1, run.recorded // 2}:
            assert max(mark.members(run, t).all_steps, default=0) <= t


@pytest.mark.parametrize("scene", MARKED, ids=lambda scene: scene.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_key_has_words(scene: Scene, language: str) -> None:
    assert scene.mark
    assert scene.mark.texts.get("name", language=language).strip()  # type: ignore[arg-type]


def test_a_condition_is_asked_once_a_step_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = next(scene for scene in MARKED if scene.id == "until_nothing_changes")
    run, other = scene.recorded(), scene.recorded()
    asked: list[int] = []

    def condition(_run: Any, t: int) -> Members:
        asked.append(t)
        return NOTHING

    monkeypatch.setattr(scene.entry.conditions, "nothing_changed", condition)
    for t in (3, 3, 4, 3):
        assert scene.mark is not None
        scene.mark.members(run, t)
    scene.mark.members(other, 3)  # type: ignore[union-attr]
    assert asked == [3, 4, 3]


def test_no_condition_is_left_over() -> None:
    for entry in TOPICS:
        named = {scene.mark.what for scene in scenes(entry) if scene.mark}
        own = {
            name
            for name, made in vars(entry.conditions).items()
            if getattr(made, "__module__", "") == entry.conditions.__name__ and not name.startswith("_")
        }
        assert own - {"farthest"} == named  # which a check asks, too
