from __future__ import annotations

import math

from core import optimizers
from core.run.recipe import Recipe
from playground.export.rows import rows


def test_arrays_are_made_only_when_wanted() -> None:
    recipe = Recipe("optimizers", 1, 0, optimizers.Params(function="linear-regression"))
    assert [sorted(row.arrays) for row in rows(optimizers, recipe, 1, 1, arrays=True)] == [["batch", "data"]] * 2
    assert [row.arrays for row in rows(optimizers, recipe, 1, 1, arrays=False)] == [{}, {}]


def test_what_is_infinite_is_not_there() -> None:
    recipe = Recipe("optimizers", 1, 0, optimizers.Params(function="sqrt(x)", start=(0.0, 0.0)))
    first = next(rows(optimizers, recipe, 1, 1, arrays=False))
    assert math.isnan(float(first.series["sgd.grad_x"]))
