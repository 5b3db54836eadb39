from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from core import activations, kmeans, optimizers
from core.optimizers import Params
from core.run.recipe import Recipe, SetArray
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.values import Array, Ints, frozen
from playground.recipes.plain_recipes import with_changes
from playground.recipes.trial import Trial, misfit


@frozen
class Part:
    x: Array
    many: tuple[float, ...] = ()


@frozen
class Whole:
    part: Part
    batch: Ints
    maybe: Array | None = None


START = Whole(Part(np.zeros(2), (1.0, 2.0)), np.empty(0, dtype=np.int64))


def test_what_fits_has_no_misfit() -> None:
    assert misfit(START, START) == ""
    later = Whole(Part(np.ones(2), (3.0, 4.0)), np.arange(5), np.zeros(7))
    assert misfit(later, START) == ""


@pytest.mark.parametrize(
    ("state", "place"),
    [
        (replace(START, part=Part(np.zeros(3), (1.0, 2.0))), "part.x"),
        (replace(START, part=Part(np.zeros((2, 1)), (1.0, 2.0))), "part.x"),
        (replace(START, part=Part(np.zeros(2, dtype=np.int64), (1.0, 2.0))), "part.x"),
        (replace(START, part=Part(np.zeros(2), (1.0,))), "part.many"),
        (replace(START, part=Part(np.zeros(2), (1.0, "2"))), "part.many.1"),  # type: ignore[arg-type]
        (replace(START, batch=np.zeros((0, 2), dtype=np.int64)), "batch"),
        (replace(START, part=START), "part"),  # type: ignore[arg-type]
        ("no state", "state"),
    ],
)
def test_the_first_misfit_is_named(state: Any, place: str) -> None:
    assert misfit(state, START) == place


@dataclass(frozen=True)
class Misshape:
    kind: str = "misshape"
    target: str = "sgd"

    def apply(self, state: Any, params: Params, rng: Streams) -> Any:
        return replace(state, sgd=replace(state.sgd, x=np.zeros(3)))


@dataclass(frozen=True)
class Stumble(Misshape):
    def apply(self, state: Any, params: Params, rng: Streams) -> Any:
        return state.nothing[5] / 0


@dataclass(frozen=True)
class Divide(Misshape):
    def apply(self, state: Any, params: Params, rng: Streams) -> Any:
        return [5][7]


@pytest.mark.parametrize(("gesture", "key"), [(Misshape(), "other_form"), (Divide(), "bad_value")])
def test_a_gesture_that_does_not_fit_is_refused(gesture: Any, key: str) -> None:
    trial = Trial(optimizers, Recipe("optimizers", 1, 0, Params()))
    with pytest.raises(Refusal) as refused:
        trial.apply(gesture, Params())
    assert (refused.value.field, refused.value.key) == ("misshape", key)


def test_a_fault_of_the_program_is_not_blamed_on_the_file() -> None:
    with pytest.raises(AttributeError):
        Trial(optimizers, Recipe("optimizers", 1, 0, Params())).apply(Stumble(), Params())


# ---- what may gain and lose rows


def changed(*changes: tuple[int, str, Any]) -> Any:
    recipe = Recipe("kmeans", 1, 0, kmeans.Params())
    return with_changes(kmeans, recipe, [{"step": t, "name": name, "value": value} for t, name, value in changes])


def moved(cluster: int) -> dict[str, Any]:
    return {"cluster": cluster, "x": 1.0, "y": 1.0}


FIVE, THREE = [[float(i), 0.0] for i in range(5)], [[float(i), 1.0] for i in range(3)]


def test_later_gestures_are_tried_on_the_rows_there_are_then() -> None:
    edits = changed((2, "centroids", FIVE), (4, "move centroid", moved(4)), (6, "centroids", THREE)).edits
    assert [change.step for change in edits] == [2, 4, 6]
    with pytest.raises(Refusal):
        changed((2, "move centroid", moved(4)))
    with pytest.raises(Refusal):
        changed((2, "centroids", THREE), (4, "move centroid", moved(3)))


def test_a_whole_array_covers_what_moved_in_it_as_in_the_window() -> None:
    edits = changed((2, "centroids", FIVE), (2, "move centroid", moved(4)), (2, "centroids", THREE)).edits
    assert [change.edit.kind for change in edits] == ["set array"]


@pytest.mark.parametrize("value", [[[0.0, 0.0]] * 21, [[0.0, 0.0, 0.0]] * 4, [[0.0, 0.0]] * 5])
def test_other_arrays_and_other_columns_are_refused(value: list[list[float]]) -> None:
    name = "points" if len(value) == 5 else "centroids"
    with pytest.raises(Refusal) as refused:
        changed((2, name, value))
    assert refused.value.key in ("other_shape", "other_rows", "bad_value")


def test_the_model_of_a_later_state_has_the_rows_of_its_step() -> None:
    trial = Trial(kmeans, changed((2, "centroids", FIVE)))
    assert [len(Trial(kmeans, changed((2, "centroids", FIVE))).model(t).centroids) for t in (2, 3)] == [4, 5]
    assert len(trial.start.centroids) == 4


def test_an_array_that_stands_for_several_is_tried_too() -> None:
    """`layer_1.W` is set in every net; the state knows its shape."""
    params = activations.Params(units=3)
    trial = Trial(activations, Recipe("activations", 1, 0, params))
    trial.apply(SetArray("layer_1.W", np.ones((2, 3))), params)
    with pytest.raises(Refusal) as refused:
        trial.apply(SetArray("layer_1.W", np.ones((3, 2))), params)
    assert (refused.value.field, refused.value.key) == ("layer_1.W", "other_shape")
    assert refused.value.values == {"given": [3, 2], "allowed": [2, 3]}


@pytest.mark.parametrize("given", [[[0.0, 0.0, 0.0]], [], [1.0, 2.0]])
def test_rows_that_may_come_and_go_are_not_said_to_be_fixed(given: list[Any]) -> None:
    changes = [{"step": 2, "name": "centroids", "value": given}]
    with pytest.raises(Refusal) as refused:
        with_changes(kmeans, Recipe("kmeans", 1, 0, kmeans.Params()), changes)
    assert refused.value.key == "other_rows"
    fewer = [{"step": 2, "name": "centroids", "value": [[0.0, 0.0]]}]
    assert with_changes(kmeans, Recipe("kmeans", 1, 0, kmeans.Params()), fewer).edits


def test_a_gesture_that_fails_is_quoted_as_it_was_typed() -> None:
    changes = [{"step": 2, "name": "move centroid", "value": {"cluster": 9, "x": 1.0, "y": 2.0}}]
    with pytest.raises(Refusal) as refused:
        with_changes(kmeans, Recipe("kmeans", 1, 0, kmeans.Params()), changes)
    assert refused.value.values["given"] == '{"cluster": 9, "x": 1.0, "y": 2.0}'


@pytest.mark.parametrize(("value", "steps"), [(7, 7), ([7.0], 7)])
def test_of_an_array_of_one_number_the_brackets_may_be_left_out(value: Any, steps: int) -> None:
    start = Recipe("optimizers", 1, 0, optimizers.Params())
    made = with_changes(optimizers, start, [{"step": 0, "name": "adam.steps", "value": value}])
    assert made.edits[0].edit.value.tolist() == [steps]
    with pytest.raises(Refusal):
        with_changes(optimizers, start, [{"step": 0, "name": "adam.v", "value": value}])
