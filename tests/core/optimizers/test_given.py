"""Gradients that are given, and no function."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from core import optimizers
from core.optimizers import Params
from core.run.streams import Streams
from tests.core.optimizers.runs import FIRST_ORDER, recipe, states, table

GIVEN = Params(function="gradients", gradients=np.array([[1.0, -2.0], [0.5, 0.0], [0.0, 1.0]]), start=(1.0, 1.0))


def test_step_t_uses_the_row_before_it_for_every_method_and_then_it_ends() -> None:
    rows, events = table(recipe(GIVEN), 3)
    assert GIVEN.gradients is not None
    for method in FIRST_ORDER:
        used = [(row[f"{method}.step_grad_x"], row[f"{method}.step_grad_y"]) for row in rows[1:]]
        assert used == [tuple(pair) for pair in GIVEN.gradients.tolist()]
        assert all(math.isnan(row[f"{method}.{name}"]) for row in rows for name in ("loss", "grad_x"))
    assert rows[2]["sgd.x"] == 1.0 - 0.006 * 1.5
    assert all(math.isnan(value) for row in rows for name, value in row.items() if name.startswith("newton."))
    assert events == [(), (), (), ("end",)]


def test_gradients_imply_their_function_and_another_function_lets_go_of_them() -> None:
    alone = replace(GIVEN, function="bowl")
    assert optimizers.implied(alone, frozenset({"gradients"})).function == "gradients"
    assert optimizers.implied(alone, frozenset({"function"})).gradients is None
    refusal = optimizers.check(optimizers.implied(alone, frozenset({"function", "gradients"})))
    assert refusal is not None
    assert refusal.key == "gradients_alone"


def test_beyond_the_last_gradient_all_stay() -> None:
    last = states(recipe(GIVEN), 3)[-1]
    after = optimizers.step(last, GIVEN, Streams.step(0, 4))
    assert replace(after, t=last.t) == last
