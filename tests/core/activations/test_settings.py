"""What is refused before a run, and which points the nets learn from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import Params, check
from core.activations.settings import CURVE_X, FUNCTIONS, MOST_POINTS, data_of
from core.data import class_sets
from core.nn import activations
from core.run.parameters import parameters
from core.run.streams import data

ROWS = np.array([[0.5, 1.0, 1.0], [2.0, -1.0, 0.0], [0.0, 3.0, 1.0]])


def test_the_functions_are_all_there_are_but_the_straight_one() -> None:
    assert [name for name in activations.FUNCTIONS if name != "linear"] == list(FUNCTIONS)


def test_names_defaults_limits_and_modes_are_those_agreed_on() -> None:
    told = {p.name: (p.default, p.low, p.high, p.mode) for p in parameters(Params)}
    assert told.pop("curve_x")[0].tolist() == np.linspace(-6, 6, 241).tolist()
    assert told == {
        "functions": (("sigmoid", "tanh", "relu"), None, None, "restart"),
        "dataset": ("moons", None, None, "restart"), "n_samples": (200, 2, 5000, "restart"),
        "spread": (1.0, 0, 3, "restart"), "data_seed": (0, 0, 2**31 - 1, "restart"),
        "units": (8, 1, 64, "restart"), "layers": (2, 1, 20, "restart"), "init": ("glorot", None, None, "restart"),
        "learning_rate": (0.02, 1e-12, 100, "live"), "optimizer": ("adam", None, None, "restart"),
        "batch_size": (0, 0, MOST_POINTS, "restart"), "logits": ((2.0, 1.0, 0.0, -1.0), None, None, "view"),
        "temperature": (1.0, 1e-3, 1e3, "view"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field", "key", "values"),
    [
        ({"functions": ()}, "functions", "functions_none", {"allowed": ", ".join(FUNCTIONS)}),
        ({"functions": ("relu", "tanh", "relu")}, "functions", "functions_twice", {"given": "relu"}),
        ({"dataset": "moon"}, "dataset", "dataset_unknown",
         {"given": "moon", "allowed": class_sets.NAMES}),
        ({"dataset": np.ones((4, 2))}, "dataset", "dataset_shape", {"given": [4, 2], "allowed": "[n, 3]"}),
        ({"dataset": np.ones(3)}, "dataset", "dataset_shape", {"given": [3], "allowed": "[n, 3]"}),
        ({"dataset": np.ones(())}, "dataset", "dataset_shape", {"given": [], "allowed": "[n, 3]"}),
        ({"dataset": np.ones((0, 3))}, "dataset", "dataset_shape", {"given": [0, 3], "allowed": "[n, 3]"}),
        ({"dataset": ROWS * [1, 1, 2]}, "dataset", "dataset_class", {"given": "2", "row": 1}),
        ({"dataset": np.ones((MOST_POINTS + 1, 3))}, "dataset", "dataset_large",
         {"given": MOST_POINTS + 1, "allowed": MOST_POINTS}),
        ({"curve_x": np.ones((2, 2))}, "curve_x", "curve_shape", {"given": [2, 2], "allowed": 10_000}),
        ({"curve_x": np.ones(0)}, "curve_x", "curve_shape", {"given": [0], "allowed": 10_000}),
        ({"functions": FUNCTIONS, "units": 64, "layers": 20, "n_samples": 5000}, "units", "too_much_work",
         {"given": "3.1e+09", "allowed": "5e+08", "examples": 5000}),
        ({"functions": FUNCTIONS, "units": 64, "layers": 20, "n_samples": 5000, "batch_size": 4000}, "batch_size",
         "too_much_work", {"given": "2.5e+09", "allowed": "5e+08", "examples": 4000}),
    ],
)  # fmt: skip
def test_what_does_not_go_is_refused_by_its_name(given: Any, field: str, key: str, values: Any) -> None:
    refusal = check(Params(**given))
    assert refusal is not None
    assert (refusal.field, refusal.key, dict(refusal.values)) == (field, key, values)


@pytest.mark.parametrize(
    "given",
    [{}, {"dataset": ROWS}, {"dataset": ROWS[:1]}, {"functions": FUNCTIONS}, {"units": 64, "layers": 20},
     {"n_samples": 5000}, {"batch_size": 100_000}, {"curve_x": np.ones(1)},
     {"functions": FUNCTIONS, "units": 64, "layers": 20, "n_samples": 5000, "batch_size": 600},
     *({"dataset": name} for name in class_sets.NAMES)],
)  # fmt: skip
def test_what_goes_is_taken(given: Any) -> None:
    assert check(Params(**given)) is None


@given(st.sampled_from(class_sets.NAMES), st.integers(2, 60), st.integers(0, 99), st.sampled_from([0.0, 1.0, 2.5]))
def test_a_set_is_drawn_by_its_own_seed(name: str, n: int, seed: int, spread: float) -> None:
    found = data_of(Params(dataset=name, n_samples=n, data_seed=seed, spread=spread))
    wanted = class_sets.draw(name, n, spread, data(seed))
    np.testing.assert_array_equal(found.x, wanted.points)
    np.testing.assert_array_equal(found.t, wanted.targets)
    assert not found.x.flags.writeable
    assert not found.t.flags.writeable


def test_rows_of_ones_own_are_taken_as_they_are() -> None:
    found = data_of(Params(dataset=ROWS))
    assert found.x.tolist() == ROWS[:, :2].tolist()
    assert found.t.tolist() == [1, 0, 1]


def test_equal_params_are_equal_and_others_are_not() -> None:
    assert Params() == Params(curve_x=CURVE_X.copy())
    assert Params() != replace(Params(), curve_x=CURVE_X[1:])
