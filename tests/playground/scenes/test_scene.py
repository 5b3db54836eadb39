from __future__ import annotations

import pytest

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, column, first_step, scenes
from playground.topic_list import topic

OPTIMIZERS = topic("optimizers")
SCENES = {scene.id: scene for scene in scenes(OPTIMIZERS)}


def test_scenes_come_in_the_order_of_the_toml() -> None:
    assert list(SCENES) == list(OPTIMIZERS.texts.tree["scenes"])


def test_a_scene_may_have_several_runs() -> None:
    scene = SCENES["gradient_lowers_the_loss"]
    assert scene.names == ("small", "large")
    assert scene.recipe() == scene.recipe("small") != scene.recipe("large")
    assert (scene.steps("small"), scene.steps("large")) == (100, 80)
    assert scene.recipe("large").params.sgd.learning_rate == 1.1


def test_a_run_is_recorded_to_its_last_step_or_its_end() -> None:
    scene = SCENES["gradient_lowers_the_loss"]
    assert scene.recorded("small").recorded == 100
    large = scene.recorded("large")
    assert (large.recorded, large.ended) == (large.end, True)
    assert large.recorded < 80


def test_only_scenes_without_claims_are_tasks() -> None:
    assert SCENES["make_sgd_diverge"].is_task
    assert not SCENES["saddle"].is_task


def test_an_outcome_tells_what_it_saw() -> None:
    outcome = SCENES["gradient_lowers_the_loss"].check()
    assert outcome.holds
    assert outcome.values["step"] == SCENES["gradient_lowers_the_loss"].recorded("large").end


def test_series_and_events_of_a_run() -> None:
    run = SCENES["gradient_lowers_the_loss"].recorded("large")
    assert len(column(run, "sgd.loss")) == run.recorded + 1
    assert first_step(run, "diverged: sgd") == run.end
    assert first_step(run, "nothing") is None


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.id)
def test_every_recipe_can_be_made(scene: Scene) -> None:
    for name in scene.names:
        recipe: Recipe[object] = scene.recipe(name)
        assert Timeline(OPTIMIZERS.core, recipe).frame(1).t == 1
