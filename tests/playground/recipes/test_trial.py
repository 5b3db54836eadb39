from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.optimizers import Params
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.values import Array, Ints, frozen
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
