from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.optimizers import Params
from core.optimizers.algorithm import MovePoint
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.refusal import Refusal
from playground.recipes.limits import MOST_CHANGES
from playground.recipes.plain_recipes import (
    find_parameter,
    plain_recipe,
    read_edit,
    read_params,
    read_recipe,
    with_changes,
    with_parameters,
)
from playground.recipes.plain_values import read_value
from playground.words.refusals import sentence

PLAIN: dict[str, Any] = {"topic": "optimizers", "version": 1, "seed": 0, "params": {}, "changes": []}


def refused(function: Any, *arguments: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        function(*arguments)
    return caught.value


def change(step: int, name: str = "noise", value: Any = 1.0) -> dict[str, Any]:
    return {"step": step, "name": name, "value": value}


def test_a_recipe_comes_back() -> None:
    recipe = Recipe("optimizers", 1, 4, Params(methods=("sgd",), start=(1.0, -0.0)))
    recipe = recipe.edited(3, SetParam("noise", 0.5)).edited(3, MovePoint("sgd", 1.0, 2.0))
    assert read_recipe(plain_recipe(recipe)) == recipe


def test_missing_parameters_take_their_defaults() -> None:
    assert read_recipe(PLAIN) == Recipe("optimizers", 1, 0, Params())


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("sgd.learning_rate", 1e-12, 1e-12),
        ("sgd.learning_rate", 10, 10.0),
        ("batch_size", 7, 7),
        ("standardise", True, True),
        ("start", [1, 2], (1.0, 2.0)),
        ("start", np.array([1.0, 2.0]), (1.0, 2.0)),
        ("methods", ["adam", "sgd"], ("adam", "sgd")),
        ("function", "x^2", "x^2"),
        ("data", "iris", "iris"),
    ],
)
def test_values_that_fit(name: str, value: Any, found: Any) -> None:
    read = read_value(find_parameter(optimizers, name), value)
    assert read == found
    assert type(read) is type(found)


def test_an_array_of_ones_own_is_read_and_locked() -> None:
    for given in ([[1, 2], [3, 4]], np.array([[1.0, 2.0], [3.0, 4.0]])):
        read = read_value(find_parameter(optimizers, "data"), given)
        assert read.tolist() == [[1, 2], [3, 4]]
        assert not read.flags.writeable


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sgd.learning_rate", 0),
        ("sgd.learning_rate", 10.000001),
        ("sgd.learning_rate", "0.1"),
        ("sgd.learning_rate", None),
        ("sgd.learning_rate", float("nan")),
        ("noise", True),
        ("batch_size", 1.5),
        ("batch_size", 10**30),
        ("standardise", 1),
        ("standardise", "true"),
        ("start", [1]),
        ("start", [1, 2, 3]),
        ("start", [1, 1e13]),
        ("start", np.zeros((2, 2))),
        ("methods", ["sgd", "foo"]),
        ("methods", "sgd"),
        ("data", [[1, 2], [3]]),
        ("data", [[1, 1e13]]),
        ("data", {"npy": ""}),
        ("data", 5),
    ],
)
def test_values_that_do_not_fit(name: str, value: Any) -> None:
    refusal = refused(read_value, find_parameter(optimizers, name), value)
    assert refusal.field == name
    assert refusal.values["given"]


def test_parameters_must_go_together() -> None:
    assert refused(read_params, optimizers, {"function": "log(x)"}).key == "start_outside_try"
    assert refused(with_parameters, optimizers, Params(), {"start": [1e9, 0]}).key == "start_too_high_try"


def test_an_unknown_name_is_told_the_known_ones() -> None:
    refusal = refused(read_params, optimizers, {"sgd.rate": 1})
    assert refusal.field == "sgd.rate"
    assert "sgd.learning_rate" in str(refusal.values["allowed"])


@pytest.mark.parametrize("name", ["start", "methods"])
def test_only_live_parameters_change_in_a_run(name: str) -> None:
    assert refused(read_edit, optimizers, Params(), name, ["sgd"]).key == "not_live"


def test_a_later_change_of_the_same_target_at_the_same_step_replaces_the_earlier() -> None:
    changes = [change(3), change(3, "sgd.learning_rate", 0.1), change(3, "noise", 2.0)]
    recipe = with_changes(optimizers, Recipe("optimizers", 1, 0, Params()), changes)
    assert recipe.edits == (Change(3, SetParam("sgd.learning_rate", 0.1)), Change(3, SetParam("noise", 2.0)))


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ("topic", {**PLAIN, "topic": "nothing"}),
        ("topic", {**PLAIN, "topic": ["optimizers"]}),
        ("version", {**PLAIN, "version": 2}),
        ("version", {**PLAIN, "version": True}),
        ("seed", {**PLAIN, "seed": 2**31}),
        ("seed", {**PLAIN, "seed": -1}),
        ("seed", {**PLAIN, "seed": 1.0}),
        ("params", {**PLAIN, "params": []}),
        ("params.noise", {**PLAIN, "params": {"noise": -1}}),
        ("params.noise.x", {**PLAIN, "params": {"noise.x": 1}}),
        ("changes", {**PLAIN, "changes": {}}),
        ("changes.0.change", {**PLAIN, "changes": [5]}),
        ("changes.0.change", {**PLAIN, "changes": [{**change(1), "more": 1}]}),
        ("changes.0.name", {**PLAIN, "changes": [change(1, 7)]}),  # type: ignore[arg-type]
        ("changes.1.step", {**PLAIN, "changes": [change(5), change(4)]}),
        ("changes.0.step", {**PLAIN, "changes": [change(10_000_001)]}),
        ("changes.0.noise", {**PLAIN, "changes": [change(1, "noise", "x")]}),
        ("changes.0.start", {**PLAIN, "changes": [change(1, "start", [1, 2])]}),
        ("changes.0.move point.y", {**PLAIN, "changes": [change(1, "move point", {"method": "sgd", "x": 1})]}),
        ("more", {**PLAIN, "more": 1}),
    ],
)
def test_the_field_that_does_not_fit_is_named(place: str, data: dict[str, Any]) -> None:
    assert refused(read_recipe, data).field == place


def test_many_changes_are_read_in_time_and_more_are_refused() -> None:
    changes = [change(t, "noise", t / 1000) for t in range(2_000)]
    assert len(read_recipe({**PLAIN, "changes": changes}).edits) == 2_000
    too_many = [change(0)] * (MOST_CHANGES + 1)
    assert refused(read_recipe, {**PLAIN, "changes": too_many}).key == "too_many"


class Settable:
    """Optimizers, as if their mini-batch could be set: what a topic with such an array goes through."""

    def settable(self, params: Any) -> tuple[str, ...]:
        return ("batch",)

    def __getattr__(self, name: str) -> Any:
        return getattr(optimizers, name)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("iris", "bad_value"),
        ([1, "a"], "bad_value"),
        ([[1], [1, 2]], "bad_value"),
        ([1.0, 2.0], "other_shape"),
        ([[1.0]], "other_shape"),
    ],
)
def test_an_array_that_does_not_fit_is_refused_by_its_name(value: Any, key: str) -> None:
    core: Any = Settable()
    recipe = Recipe("optimizers", 1, 0, Params(function="linear-regression"))
    refusal = refused(with_changes, core, recipe, [change(2, "batch", value)])
    assert (refusal.field, refusal.key) == ("batch", key)


def test_an_array_is_written_under_its_name() -> None:
    edit = SetArray("batch", np.array([1.0, 2.0]))
    recipe = Recipe("optimizers", 1, 0, Params()).edited(3, edit)
    written = plain_recipe(recipe)["changes"]
    assert written == [{"step": 3, "name": "batch", "value": [1.0, 2.0]}]
    core: Any = Settable()
    assert read_edit(core, Params(), "batch", written[0]["value"]) == edit


def test_a_version_of_a_newer_program_is_called_so() -> None:
    with pytest.raises(Refusal) as refused:
        read_recipe({**PLAIN, "version": 77})
    assert sentence(refused.value, language="en").startswith("Version 77 is not allowed. This program knows the topic")
