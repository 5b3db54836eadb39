"""What is claimed of Dense and its bias, in runs: D1 to D4."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import dense
from core.dense import Params, State, arrays, series
from core.dense.plane import passes
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay

NETS = ("with_bias", "without_bias")


def run(params: Params, steps: int, seed: int = 0, *changes: tuple[int, str, Any]) -> list[State]:
    edits = tuple(Change(t, SetArray(name, np.array(value, dtype=float))) for t, name, value in changes)
    return [frame.state for frame, _ in replay(dense, Recipe("dense", 1, seed, params, edits), steps)]


def test_d1_every_output_is_a_sum_over_every_input() -> None:
    params = Params(points=np.array([[1.0, 2], [0, 1], [3, -1]]), units=3, activation="linear")
    states = run(params, 1, 0, (0, "W", [[1, 0, -1], [2, 1, 1]]), (0, "b", [0.5, 0, -1]))
    assert arrays(states[1], params)["outputs"].tolist() == [[5.5, 2, 0], [2.5, 1, 0], [1.5, -1, -5]]


@pytest.mark.parametrize("seed", range(4))
def test_d2_off_no_line_parts_the_clouds_on_it_stays_above_95_percent(seed: int) -> None:
    params = Params(data_seed=seed)
    rows = [series(state, params) for state in run(params, 1000, seed)]
    off, on = (np.array([row[f"{net}.accuracy"] for row in rows[1:]], dtype=float) for net in reversed(NETS))
    assert off.max() <= 0.645
    assert 0.5 <= off[-1] <= 0.505
    below = np.flatnonzero(on < 0.95)[-1] + 1  # the last step whose weights before it were not there yet
    assert 20 <= below <= 35
    assert on[-1] >= 0.99


@pytest.mark.parametrize(("function", "is_nailed"), [("tanh", True), ("relu", True), ("sigmoid", False)])
def test_d2_a_hidden_layer_frees_the_boundary_only_where_f_of_0_is_not_0(function: Any, is_nailed: bool) -> None:
    params = Params(hidden=(8,), hidden_activation=function, optimizer="adam", learning_rate=0.02)
    last = run(params, 500, 1)[-1]
    right = float(series(last, params)["without_bias.accuracy"])
    at_0 = {"tanh": 0.0, "relu": 0.0, "sigmoid": 0.5}[function]
    origin = 1 / (1 + np.exp(-np.full(8, at_0) @ arrays(last, params)["without_bias.W"]))
    assert (origin[0] == 0.5) == is_nailed
    if function == "relu":
        assert right <= 0.75
    else:
        assert right >= 0.99
    assert is_nailed or origin[0] < 0.05


def test_d3_the_gates_are_passed_with_a_bias_and_by_no_weight_alone() -> None:
    """The unit has one input, a point at each gate; its weights are those of the run, put in by hand."""
    params = Params(points=np.array([[2.0], [4.0]]), targets=np.array([0.0, 1.0]))
    state = run(params, 1, 0, (0, "W", [[3.0]]), (0, "b", [-9.0]))[-1]
    low, high = arrays(state, params)["outputs"].ravel()
    assert low < 0.05
    assert high > 0.95
    for w in np.linspace(-50, 50, 41):
        low, high = arrays(run(params, 1, 0, (0, "W", [[w]]))[-1], params)["outputs"].ravel()
        assert (low < 0.05 and high > 0.95) == passes(float(w), 0.0) is False


@pytest.mark.parametrize("units", [1, 4, 16])
def test_d4_the_bias_is_one_more_number_a_unit(units: int) -> None:
    params = Params(points=np.ones((2, 3)), units=units, activation="linear")
    row = series(run(params, 0)[0], params)
    assert [row[f"{net}.parameters"] for net in NETS] == [4 * units, 3 * units]
