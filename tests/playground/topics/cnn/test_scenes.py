"""The scenes' words are those of their runs, and tasks are done by hand alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.cnn.algorithm import outputs_for
from core.cnn.settings import FIRST_TEST, Layers, Params, shown_label
from core.data.digits import digits
from core.nn.layers import Dense
from core.run.recipe import Recipe, SetArray, SetParam
from core.run.timeline import Timeline
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic

Run = Timeline[Any, Any]


def scene_of(id: str) -> Scene:
    return next(scene for scene in scenes(topic("cnn")) if scene.id == id)


def made(recipe: Recipe[Params], steps: int) -> Run:
    run: Run = Timeline(topic("cnn").core, recipe)
    run.record(steps)
    return run


@pytest.fixture(scope="module")
def learned() -> Run:
    """The run that stands by default, after five epochs."""
    return made(Recipe("cnn", 1, 0, Params()), 115)


def is_reached(task: str, run: Run, t: int, **settings: Any) -> bool:
    """Tell whether a task is reached at a step when what is shown is chosen so."""
    params = replace(run.recipe.params, **settings)
    return scene_of(task).reached_at(run.fork(replace(run.recipe, params=params)), t)


def test_the_step_that_is_taken_apart_is_told_as_it_is() -> None:
    scene = scene_of("one_step_taken_apart")
    outcome = scene.check()
    assert outcome.holds
    for language in ("en", "zh"):
        text = scene.texts.get("text", language=language)
        assert str(outcome.values["before"]) in text
        assert str(outcome.values["slope"]) in text
    assert outcome.truth == pytest.approx(0.6806 - 0.1 * 1.3518, abs=1e-4)


def test_a_cell_of_the_second_convolution_sees_as_much_as_the_digit_has() -> None:
    assert scene_of("how_much_a_cell_sees").check().truth == [8, 8]


def test_without_pools_the_first_dense_has_sixteen_times_the_inputs() -> None:
    conv, hidden, last = (8 * 9 + 8) + (16 * 72 + 16), (1024 + 1) * 64, 65 * 10
    assert scene_of("without_pools").check().truth == conv + hidden + last


def test_a_picture_is_drawn_that_the_net_is_sure_of(learned: Run) -> None:
    weights, layers = learned.frame(115).state.weights, learned.recipe.params.layers
    ps = [outputs_for(weights, layers, picture)[-1].max() for picture in digits().images[digits().test[:40]]]
    sure, unsure = (digits().images[digits().test[int(i)]] for i in (np.argmax(ps), np.argmin(ps)))
    assert max(ps) > 0.9 > min(ps)
    assert is_reached("drawn_by_hand", learned, 115, picture=sure)
    assert not is_reached("drawn_by_hand", learned, 115, picture=unsure)
    assert not is_reached("drawn_by_hand", learned, 114, picture=sure)  # four epochs
    assert not is_reached("drawn_by_hand", learned, 115)


def test_a_digit_is_pushed_by_two_and_still_read(learned: Run) -> None:
    weights, layers = learned.frame(115).state.weights, learned.recipe.params.layers
    found = {}
    for digit in digits().test[:60].tolist():
        moved = np.zeros((8, 8))
        moved[2:] = digits().images[digit][:-2]
        found[int(outputs_for(weights, layers, moved)[-1].argmax()) == digits().labels[digit]] = digit
    right, wrong = found[True], found[False]
    assert is_reached("pushed_and_still_read", learned, 115, shown=right, push=(2, 0))
    assert not is_reached("pushed_and_still_read", learned, 115, shown=wrong, push=(2, 0))
    assert not is_reached("pushed_and_still_read", learned, 115, shown=right, push=(1, 1))
    assert not is_reached("pushed_and_still_read", learned, 92, shown=right, push=(2, 0))
    picture = digits().images[right]
    assert shown_label(Params(picture=picture)) is None
    assert not is_reached("pushed_and_still_read", learned, 115, picture=picture, push=(2, 0))


@pytest.mark.parametrize("raised", [True, False])
def test_the_second_convolution_is_silenced_by_a_rate_raised_in_the_run(raised: bool) -> None:
    """Biases set far below 0 are as dead as those that a large step threw there; it is the rate that is asked for."""
    task = scene_of("all_maps_silent")
    recipe = task.recipe().edited(0, SetArray("layer_3.b", np.full(16, -99.0)))
    recipe = recipe.edited(0, SetParam("learning_rate", 3.0)) if raised else recipe
    assert task.reached_at(made(recipe, 1), 1) == raised
    alive = task.recipe().edited(0, SetParam("learning_rate", 0.05))
    assert not task.reached_at(made(alive, 1), 1)


def test_two_units_are_asked_for_and_nine_tenths(learned: Run) -> None:
    layers = Params().layers
    assert not scene_of("through_two_units").reached_at(learned, 115)  # 92 of 100, by 64 units
    few: Layers = (*layers[:5], Dense(2), layers[-1])
    assert not scene_of("through_two_units").reached_at(made(Recipe("cnn", 1, 0, Params(layers=few)), 0), 0)


def test_the_default_digit_is_the_first_held_out() -> None:
    assert digits().test[0] == FIRST_TEST
