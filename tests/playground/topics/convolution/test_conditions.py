"""What is marked of convolution is so in its numbers."""

from __future__ import annotations

import numpy as np

from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.scenes.scene import scenes
from playground.topic_list import topic
from playground.topics.convolution import conditions


def scene(id: str) -> Timeline:  # type: ignore[type-arg]
    return next(scene for scene in scenes(topic("convolution")) if scene.id == id).recorded()


def test_a_changed_corner_changes_just_the_cells_that_see_it() -> None:
    run = scene("receptive_field")
    image = np.array(run.frame(0).state.image)
    output = topic("convolution").core.arrays(run.frame(16).state, run.recipe.params)["output"]
    image[0, 0] += 1
    changed = run.frame(16).state.with_array("image", image, run.recipe.params)
    differs = topic("convolution").core.arrays(changed, run.recipe.params)["output"] != output
    seers = {Focus("output", (0, int(i), int(j))) for i, j in np.argwhere(differs)}
    assert conditions.seen_by(run, 16, "0", "0").things == seers | {Focus("input", (0, 0, 0))}
    assert conditions.seen_by(run, 0, "0", "0").things == {Focus("input", (0, 0, 0))}  # none is filled yet


def test_learned_is_near_the_target() -> None:
    run = scene("learned_from_a_copy")
    steps = conditions.learned(run, 150).all_steps
    target = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    away = [np.abs(run.frame(t).state.kernel - target).max() / 2 for t in range(151)]
    assert steps == tuple(t for t in range(151) if away[t] < 0.01)
    assert not conditions.learned(run, steps[0] - 1)


def test_cells_are_those_that_are_named() -> None:
    run = scene("one_window_one_cell")
    assert conditions.cells(run, 0, "output 0 0 0", "").things == {Focus("output", (0, 0, 0))}
