"""The scenes' truths are those of their runs, also of other seeds where they claim them; tasks are done by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.rnn import SetRadius
from core.run.recipe import SetParam
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, scenes


def scene_of(entry: Any, id: str) -> Scene:
    return next(scene for scene in scenes(entry) if scene.id == id)


@pytest.mark.parametrize(("id", "truth"), [
    ("same_cell", 2.25), ("place_after_place", ["first", "third", "last"]), ("hello", pytest.approx(80, abs=5)),
    ("three_bits", 3), ("radius_to_the_lag", pytest.approx(0.5**3)), ("a_tenth_more", pytest.approx(1.1**19)),
    ("tanh_takes_away", pytest.approx(0.0681, abs=5e-5)), ("how_large_a_state", pytest.approx(0.997, abs=5e-4)),
    ("too_long_a_step", 2), ("ring_pulled", "less"), ("way_back", 0.25), ("the_same_dense", 16 * 4 + 4),
    ("one_and_many", [16, 4]), ("after_a_letter", ["first", "third", "last"]),
    ("after_the_moon", pytest.approx(0.5, abs=0.05)), ("the_seam", pytest.approx(25, abs=5)),
])  # fmt: skip
def test_what_is_true(entry: Any, id: str, truth: Any) -> None:
    outcome = scene_of(entry, id).check()
    assert outcome.holds
    assert outcome.truth == truth


def of_seed(scene: Scene, seed: int) -> dict[str, Timeline[Any, Any]]:
    made = {}
    for name in scene.names:
        made[name] = Timeline(scene.entry.core, replace(scene.recipe(name), seed=seed))
        made[name].record(scene.steps(name))
    return made


@pytest.mark.parametrize("id", [
    "place_after_place", "hello", "radius_to_the_lag", "a_tenth_more", "tanh_takes_away", "how_large_a_state",
    "too_long_a_step", "ring_pulled", "the_same_dense", "one_and_many", "the_seam", "a_foreign_past",
])  # fmt: skip
def test_other_seeds_show_it_too(entry: Any, id: str) -> None:
    scene = scene_of(entry, id)
    assert all(getattr(entry.checks, id)(of_seed(scene, seed)).holds for seed in (1, 2))


@pytest.mark.parametrize(("radius", "done"), [(0.3, True), (0.9, False), (None, False)])
def test_the_ring_is_pulled_by_hand(entry: Any, radius: float | None, done: bool) -> None:
    task = scene_of(entry, "a_thousandth")
    recipe = task.recipe()
    if radius is not None:
        recipe = recipe.edited(30, SetRadius(radius))
    run = Timeline(entry.core, recipe)
    run.record(30)
    assert task.reached_at(run, 30) == done
    assert not task.reached_at(run, 0)


@pytest.mark.parametrize(("radius", "lag", "done"), [(0.5, 8, True), (0.1, 8, False), (0.6, 8, False), (0.5, 2, False)])
def test_the_least_radius_is_found_by_trying(entry: Any, radius: float, lag: int, done: bool) -> None:
    task = scene_of(entry, "least_radius")
    recipe = task.recipe()
    run = Timeline(entry.core, replace(recipe, params=replace(recipe.params, radius=radius, lag=lag)))
    run.record(300)
    assert task.reached(run) == done


@pytest.mark.parametrize(
    ("clip", "step", "done"), [(1.0, 0, True), (1.0, 1, False), (0.0, 0, False), (500.0, 0, False)]
)
def test_a_clip_keeps_the_cell_sound(entry: Any, clip: float, step: int, done: bool) -> None:
    task = scene_of(entry, "keep_it_sound")
    run = Timeline(entry.core, task.recipe().edited(step, SetParam("clip", clip)))
    run.record(400)
    assert task.reached(run) == done
