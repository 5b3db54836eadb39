from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from core.run.recipe import Change, Origin, Recipe, Schedule, SetArray, SetParam


def steps(recipe: Recipe[Any]) -> list[int]:
    return [change.step for change in recipe.edits]


def test_a_drag_is_one_edit(toy: Any) -> None:
    recipe = toy.recipe().edited(3, SetParam("noise", 1.0)).edited(3, SetParam("noise", 2.0))
    assert recipe.edits == (Change(3, SetParam("noise", 2.0)),)


def test_other_targets_at_the_same_step_stay(toy: Any) -> None:
    recipe = toy.recipe().edited(3, SetParam("noise", 1.0)).edited(3, toy.Push(1.0))
    assert [change.edit.target for change in recipe.edits] == ["noise", "push"]


def test_an_edit_drops_later_ones(toy: Any) -> None:
    recipe = toy.recipe().edited(2, toy.Push(1.0)).edited(9, toy.Push(1.0)).edited(5, toy.Push(1.0))
    assert steps(recipe) == [2, 5]


def test_the_original_recipe_stays(toy: Any) -> None:
    recipe = toy.recipe()
    recipe.edited(3, toy.Push(1.0))
    recipe.viewed("shown", ("y",))
    assert recipe == toy.recipe()


def test_a_view_is_no_edit(toy: Any) -> None:
    recipe = toy.recipe().edited(3, toy.Push(1.0)).viewed("shown", ("y",))
    assert recipe.params.shown == ("y",)
    assert steps(recipe) == [3]


def test_a_parameter_holds_from_its_step_on(toy: Any) -> None:
    recipe = toy.recipe().edited(3, SetParam("noise", 1.0)).edited(5, SetParam("noise", 2.0))
    schedule = Schedule(recipe)
    assert [schedule.params_at(t).noise for t in (-1, 0, 2, 3, 4, 5, 99)] == [0.5, 0.5, 0.5, 1, 1, 2, 2]


def test_several_parameters_set_at_one_step_all_hold(toy: Any) -> None:
    schedule = Schedule(toy.recipe().edited(0, SetParam("noise", 1.0)).edited(0, SetParam("rule.rate", 0.5)))
    assert schedule.params_at(-1) == toy.Params()
    assert (schedule.params_at(0).noise, schedule.params_at(0).rule.rate) == (1.0, 0.5)


def test_edits_are_applied_only_at_their_step(toy: Any) -> None:
    recipe = toy.recipe().edited(4, toy.Push(10.0))
    schedule, state = Schedule(recipe), toy.start(recipe.params, _streams())
    assert schedule.apply_edits(3, state) is state
    assert (schedule.apply_edits(4, state).x - state.x).min() > 5


def test_an_array_is_set_once_a_step_and_name(toy: Any) -> None:
    recipe = toy.recipe().edited(4, SetArray("x", np.ones(3))).edited(4, SetArray("x", np.array([1.0, 2.0, 3.0])))
    assert len(recipe.edits) == 1
    state = Schedule(recipe).apply_edits(4, toy.start(recipe.params, _streams()))
    assert state.x.tolist() == [1, 2, 3]
    assert not state.x.flags.writeable


def _streams() -> Any:
    from core.run.streams import Streams

    return Streams.start(0)


def test_a_name_of_a_value_makes_no_other_run(toy: Any) -> None:
    named = replace(toy.recipe(), origins=(Origin("weights", "a.csv", ("a",)),))
    assert named == toy.recipe()
    assert hash(named) == hash(toy.recipe())


def test_a_value_keeps_its_origin_as_long_as_it_stays(toy: Any) -> None:
    origin, other_file = Origin("weights", "a.csv"), Origin("weights", "b.csv")
    params = replace(toy.recipe().params, weights=np.array([1.0, 2.0]))
    recipe = replace(toy.recipe(), params=params, origins=(origin,))
    same = replace(params, weights=np.array([1.0, 2.0]), noise=1.0)
    assert recipe.begun_with(same).origins == recipe.viewed("shown", ("y",)).origins == (origin,)
    changed = replace(params, weights=np.array([1.0, 3.0]))
    assert recipe.begun_with(changed).origins == ()
    assert recipe.begun_with(changed, (other_file,)).origins == recipe.with_params(params, (other_file,)).origins
    assert recipe.origin_of("weights", same) == origin
    assert recipe.origin_of("weights", changed) is None
    assert recipe.origin_of("shown", params) is None
