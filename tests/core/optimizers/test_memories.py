"""What is set by hand at any step: places and memories."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import optimizers
from core.nn.update_rules import SGD
from core.optimizers import Params
from core.run.recipe import SetArray
from tests.core.optimizers.runs import BOWL, recipe, states, table


def test_every_memory_that_is_set_is_what_the_next_step_works_with() -> None:
    """Each rule by hand on x² + y² at (3, −2), gradient (6, −4), from memories as an exercise prints them."""
    values = {
        "momentum.velocity": [0.5, -0.25], "nesterov.velocity": [0.5, -0.25], "adagrad.sum": [9.0, 4.0],
        "rmsprop.average": [4.0, 1.0], "adam.m": [0.5, -0.25], "adam.v": [0.01, 0.04], "adam.steps": [9.0],
    }  # fmt: skip
    edits = [(0, SetArray(name, np.array(value))) for name, value in values.items()]
    rows, _ = table(recipe(BOWL, *edits), 1)
    g = np.array([6.0, -4.0])
    assert (rows[0]["momentum.velocity_x"], rows[0]["adam.v_y"]) == (0.5, 0.04)
    v = np.array([0.5, -0.25])
    moves = {
        "momentum": 0.9 * v - 0.003 * g,
        "nesterov": 0.9 * v - 0.003 * 2 * (np.array([3.0, -2.0]) + 0.9 * v),
        "adagrad": -0.5 * g / (np.sqrt(np.array([9.0, 4.0]) + g**2) + 1e-8),
        "rmsprop": -0.1 * g / (np.sqrt(0.9 * np.array([4.0, 1.0]) + 0.1 * g**2) + 1e-8),
    }
    m, s = 0.9 * v + 0.1 * g, 0.999 * np.array([0.01, 0.04]) + 0.001 * g**2
    moves["adam"] = -0.2 * (m / (1 - 0.9**10)) / (np.sqrt(s / (1 - 0.999**10)) + 1e-8)
    for method, move in moves.items():
        step = [rows[1][f"{method}.step_x"], rows[1][f"{method}.step_y"]]
        assert step == pytest.approx(move.tolist(), rel=1e-12)


def test_places_are_set_one_by_one_and_one_that_was_out_begins_anew() -> None:
    params = Params(function="bowl", start=(3.0, -2.0), sgd=SGD(9.0))
    edits = [
        (30, SetArray("sgd.position", np.array([0.5, 0.0]))),
        (30, SetArray("adam.position", np.array([1.0, 1.0]))),
    ]
    frames = states(recipe(params, *edits), 31)
    assert frames[29].sgd.status == "out"
    assert frames[30].sgd.x.tolist() == [0.5, 0.0]
    assert optimizers.arrays(frames[30], params)["adam.steps"] == 30  # what a rule remembers stays
    assert frames[31].sgd.x.tolist() == [0.5 - 9.0, 0.0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("adam.v", [1.0, -1.0]), ("adagrad.sum", [-1e-9, 0.0]), ("rmsprop.average", [0.0, -2.0]),
        ("adam.steps", [1.5]), ("adam.steps", [-1.0]), ("sgd.position", [1e12, 1e12]),
    ],
)  # fmt: skip
def test_what_no_run_could_remember_is_refused(name: str, value: list[float]) -> None:
    with pytest.raises(ValueError, match=r"wanted|negative|no value"):
        states(recipe(BOWL, (0, SetArray(name, np.array(value)))), 0)


def test_all_that_may_be_set_is_exported() -> None:
    state = states(recipe(BOWL), 2)[2]
    assert set(optimizers.settable(BOWL)) == set(optimizers.arrays(state, BOWL))
    assert optimizers.arrays(state, BOWL)["adam.steps"].tolist() == [2.0]
    given = replace(BOWL, function="gradients", gradients=np.ones((1, 2)))
    assert not any(name.startswith("newton") for name in optimizers.settable(given))
