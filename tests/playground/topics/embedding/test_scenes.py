"""The checks of the scenes are not satisfied by runs that do not show their claim."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic

BY_ID = {scene.id: scene for scene in scenes(topic("embedding"))}
OTHER: list[tuple[str, dict[str, Any]]] = [
    ("words_become_numbers", {"input_dim": 64}),
    ("all_of_one_length", {"truncating": "pre"}),
    ("for_or_against", {"learning_rate": 1e-6}),
    ("rows_that_move", {"input_length": 4}),
    ("one_size_each", {"output_dim": 5}),
    ("where_it_was_never_seen", {"held_out": None}),
    ("a_word_that_turns_another", {"padding": "post"}),
    ("a_word_that_turns_another", {"padding": "pre"}),
]


@pytest.mark.parametrize(("id", "change"), OTHER)
def test_another_run_does_not_show_the_claim(id: str, change: dict[str, Any], changed: Any) -> None:
    scene: Scene = BY_ID[id]
    runs = {name: changed(scene, name, lambda params: replace(params, **change)) for name in scene.names}
    assert not getattr(scene.entry.checks, id)(runs).holds


def test_every_claim_has_a_scene() -> None:
    assert {claim for scene in BY_ID.values() for claim in scene.claims} == {f"E{k}" for k in range(1, 9)}
