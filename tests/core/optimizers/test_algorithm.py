from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import optimizers
from core.nn.update_rules import SGD, AdaGrad, Adam, Momentum, Nesterov, Newton, RMSProp
from core.optimizers import Params
from core.optimizers.algorithm import MovePoint
from core.optimizers.regression import Regression
from core.optimizers.settings import METHODS, loss_of
from core.optimizers.surfaces import SURFACES
from core.run.parameters import parameters, with_value
from core.run.recipe import Recipe, SetParam
from core.run.streams import Streams
from core.run.topic import Series
from tests.core.optimizers.runs import BOWL, column, recipe, states, table

# ---- what a row holds


def test_row_0_has_the_start_and_its_gradient_but_no_step() -> None:
    rows, _ = table(recipe(BOWL), 0)
    for method in METHODS:
        got = {name.partition(".")[2]: value for name, value in rows[0].items() if name.startswith(f"{method}.")}
        assert (got["x"], got["y"], got["loss"], got["grad_x"], got["grad_y"]) == (3, -2, 13, 6, -4)
        assert all(math.isnan(got[name]) for name in ("step_x", "step_y", "step_length", "step_grad_x"))


def test_memories_are_0_in_row_0_and_what_a_step_makes_is_empty() -> None:
    row = table(recipe(BOWL), 0)[0][0]
    for name in ("momentum.velocity", "nesterov.velocity", "adagrad.sum", "rmsprop.average", "adam.m", "adam.v"):
        assert (row[f"{name}_x"], row[f"{name}_y"]) == (0, 0)
    for name in ("nesterov.ahead_x", "nesterov.ahead_y", "adam.m_hat_x", "adam.v_hat_y", "newton.eigenvalue_1"):
        assert math.isnan(row[name])


def test_a_row_tells_the_step_that_led_to_it_and_the_gradient_at_its_own_point() -> None:
    row = table(recipe(BOWL), 1)[0][1]
    expected = {"x": 2.4, "y": -1.6, "loss": 8.32, "grad_x": 4.8, "grad_y": -3.2}
    expected |= {
        "step_x": -0.6,
        "step_y": 0.4,
        "step_length": math.hypot(0.6, 0.4),
        "step_grad_x": 6,
        "step_grad_y": -4,
    }
    assert {name: row[f"sgd.{name}"] for name in expected} == pytest.approx(expected)


def test_the_contracts_names_are_there() -> None:
    row = table(recipe(BOWL), 0)[0][0]
    common = ("x", "y", "loss", "grad_x", "grad_y", "step_x", "step_y", "step_grad_x", "step_grad_y")
    own = {
        "momentum": "velocity",
        "nesterov": "velocity ahead",
        "adagrad": "sum",
        "rmsprop": "average",
        "adam": "m v m_hat v_hat",
    }
    names = {f"{method}.{name}" for method in METHODS for name in common}
    names |= {f"{m}.{name}_{axis}" for m, held in own.items() for name in held.split() for axis in "xy"}
    assert names | {"newton.eigenvalue_1", "newton.eigenvalue_2"} <= set(row)


def test_the_view_chooses_methods_and_changes_nothing_else() -> None:
    noisy = replace(BOWL, noise=1.0)
    few = replace(noisy, methods=("adam", "sgd"))
    assert states(recipe(noisy), 5) == states(recipe(few), 5)
    rows, _ = table(recipe(few), 5)
    assert {name.partition(".")[0] for name in rows[0]} == {"sgd", "adam"}


def test_eigenvalues_are_ascending_undamped_and_of_the_point_the_step_left() -> None:
    params = Params(function="saddle", start=(1.0, 0.1), newton=Newton(0.5, damping=1.0))
    rows, _ = table(recipe(params), 4)
    for before, after in pairwise(rows):
        fxx, fxy, fyy = SURFACES["saddle"].hessian(before["newton.x"], before["newton.y"])
        expected = np.linalg.eigvalsh([[fxx, fxy], [fxy, fyy]])
        assert [after["newton.eigenvalue_1"], after["newton.eigenvalue_2"]] == pytest.approx(expected)


def test_a_changed_learning_rate_is_used_by_the_next_step() -> None:
    rows, _ = table(recipe(BOWL, (2, SetParam("sgd.learning_rate", 0.25))), 3)
    assert rows[2]["sgd.step_x"] == pytest.approx(-0.1 * rows[1]["sgd.grad_x"])
    assert rows[3]["sgd.step_x"] == pytest.approx(-0.25 * rows[2]["sgd.grad_x"])


# ---- noise and mini-batches


def test_all_methods_get_the_same_noise_and_loss_and_gradient_stay_without() -> None:
    params = replace(BOWL, noise=0.5)
    rows, _ = table(recipe(params), 3)
    for method in METHODS:
        noise = rows[1][f"{method}.step_grad_x"] - 6, rows[1][f"{method}.step_grad_y"] + 4
        assert noise == pytest.approx((rows[1]["sgd.step_grad_x"] - 6, rows[1]["sgd.step_grad_y"] + 4))
        assert abs(noise[0]) > 1e-3
        assert rows[2][f"{method}.grad_x"] == 2 * rows[2][f"{method}.x"]
        assert rows[2][f"{method}.loss"] == rows[2][f"{method}.x"] ** 2 + rows[2][f"{method}.y"] ** 2


def test_the_noise_has_the_deviation_asked_for() -> None:
    rows, _ = table(recipe(replace(BOWL, noise=2.0, sgd=SGD(1e-12))), 500)
    noise = column(rows, "sgd.step_grad_x")[1:] - 6
    assert noise.std() == pytest.approx(2.0, rel=0.15)
    assert noise.mean() == pytest.approx(0.0, abs=0.4)


REGRESSION = Params(function="logistic-regression", start=(0.5, -1.0), batch_size=32)


def batches(run: Recipe[Params], steps: int) -> list[list[int]]:
    return [state.batch.tolist() for state in states(run, steps)][1:]


def test_an_epoch_uses_every_row_once_and_the_next_in_another_order() -> None:
    used = batches(recipe(REGRESSION), 10)
    assert [len(batch) for batch in used] == [32, 32, 32, 32, 22] * 2
    first, second = (list(chain(*used[i : i + 5])) for i in (0, 5))
    assert sorted(first) == sorted(second) == list(range(150))
    assert first != second


def test_the_seed_decides_the_order() -> None:
    assert batches(recipe(REGRESSION), 2) == batches(recipe(REGRESSION), 2)
    assert batches(recipe(REGRESSION), 2) != batches(recipe(REGRESSION, seed=1), 2)


def test_a_changed_batch_size_goes_on_where_the_epoch_stands() -> None:
    used = batches(recipe(REGRESSION, (2, SetParam("batch_size", 50))), 4)
    assert [len(batch) for batch in used] == [32, 32, 50, 36]
    assert sorted(chain(*used)) == list(range(150))


def test_all_rows_are_used_where_the_batch_size_is_0_or_beyond() -> None:
    for size in (0, 150, 1_000_000):
        assert batches(recipe(replace(REGRESSION, batch_size=size)), 2) == [[], []]


def test_a_step_uses_the_batchs_gradient_while_the_row_tells_that_of_all_data() -> None:
    run = recipe(REGRESSION)
    loss = loss_of(REGRESSION)
    assert isinstance(loss, Regression)
    rows, _ = table(run, 1)
    batch = states(run, 1)[1].batch
    for method in METHODS:
        got = rows[1][f"{method}.step_grad_x"], rows[1][f"{method}.step_grad_y"]
        assert got == pytest.approx(loss.gradient(0.5, -1.0, batch=batch))
        x, y = rows[1][f"{method}.x"], rows[1][f"{method}.y"]
        assert rows[1][f"{method}.loss"] == loss.value(x, y)
        assert (rows[1][f"{method}.grad_x"], rows[1][f"{method}.grad_y"]) == loss.gradient(x, y)


def test_a_regression_exports_its_data_and_batches() -> None:
    state = states(recipe(REGRESSION), 1)[1]
    arrays = optimizers.arrays(state, REGRESSION)
    assert arrays["data"].shape == (150, 2)
    assert arrays["batch"].tolist() == state.batch.tolist()
    assert "data" not in optimizers.arrays(state, BOWL)


# ---- events


def diverging(**more: Any) -> Params:
    return Params(function="bowl", start=(3.0, -2.0), sgd=SGD(9.0), **more)


def test_a_diverged_method_shows_its_last_good_point_once_and_then_nothing() -> None:
    rows, events = table(recipe(diverging()), 12)
    t = next(t for t, keys in enumerate(events) if "diverged: sgd" in keys)
    assert [k for keys in events for k in keys].count("diverged: sgd") == 1
    assert rows[t]["sgd.x"] == rows[t - 1]["sgd.x"]
    assert rows[t]["sgd.loss"] == rows[t - 1]["sgd.loss"] <= 1e12
    assert all(math.isnan(rows[t][f"sgd.{name}"]) for name in ("step_x", "step_y", "step_grad_x", "step_grad_y"))
    later = [value for row in rows[t + 1 :] for name, value in row.items() if name.startswith("sgd.")]
    assert later
    assert all(math.isnan(value) for value in later)


def test_the_others_go_on() -> None:
    rows, _ = table(recipe(diverging()), 30)
    assert np.isfinite(column(rows, "adam.x")).all()
    assert len(rows) == 31


def test_a_run_ends_when_every_chosen_method_has_diverged() -> None:
    rows, events = table(recipe(diverging(methods=("sgd",))), 100)
    assert events[-1] == ("diverged: sgd", "end")
    assert len(rows) < 20


@pytest.mark.parametrize(
    ("function", "start"), [("x**3", (-1e3, 0.0)), ("-exp(x**2)", (1.0, 0.0)), ("log(x)", (0.5, 0.0))]
)
def test_what_is_not_finite_or_beyond_1e12_diverges(function: str, start: tuple[float, float]) -> None:
    params = Params(function=function, start=start, methods=("sgd",), sgd=SGD(10.0))
    rows, events = table(recipe(params), 200)
    assert events[-1] == ("diverged: sgd", "end")
    assert math.isfinite(rows[-1]["sgd.loss"])
    assert abs(rows[-1]["sgd.loss"]) <= 1e12


def test_newton_stays_where_the_matrix_is_singular_and_says_so_once() -> None:
    rows, events = table(recipe(Params(function="x + y", start=(1.0, 2.0), methods=("newton",))), 3)
    assert [keys for keys in events if keys] == [("singular: newton",)]
    assert events[1] == ("singular: newton",)
    assert column(rows, "newton.x").tolist() == [1, 1, 1, 1]
    assert (rows[1]["newton.step_x"], rows[1]["newton.eigenvalue_1"]) == (0, 0)


def test_damping_frees_newton_and_a_later_singular_matrix_is_told_again() -> None:
    params = Params(function="x + y", start=(1.0, 2.0), methods=("newton",))
    edits = (2, SetParam("newton.damping", 1.0)), (4, SetParam("newton.damping", 0.0))
    _, events = table(recipe(params, *edits), 6)
    assert [t for t, keys in enumerate(events) if "singular: newton" in keys] == [1, 5]


def test_a_level_place_is_told_at_the_step_that_reaches_it() -> None:
    _, events = table(recipe(replace(BOWL, methods=("sgd",))), 120)
    told = [t for t, keys in enumerate(events) if "flat: sgd" in keys]
    assert len(told) == 1
    slopes = [math.hypot(3, 2) * 2 * 0.8**t for t in (told[0] - 1, told[0])]
    assert slopes[1] < 1e-6 <= slopes[0]


@pytest.mark.parametrize(
    ("function", "kinds"),
    [("x^2 + y^2", ["minimum"]), ("x^2 - y^2", ["saddle"]), ("-(x^2) - y^2", ["top"]), ("x^2 + 0*y", [])],
)
def test_a_level_place_is_named_by_its_curvature(function: str, kinds: list[str]) -> None:
    methods: Any = {"methods": ("newton",), "newton": Newton(damping=1e-3 if not kinds else 0.0)}
    _, events = table(recipe(Params(function=function, start=(1.0, 2.0), **methods)), 9)
    told = next(keys for keys in events if "flat: newton" in keys)
    assert told == ("flat: newton", *(f"{kind}: newton" for kind in kinds))


# ---- gestures


def test_a_moved_point_is_shown_at_its_row_and_stepped_from() -> None:
    rows, _ = table(recipe(BOWL, (2, MovePoint("momentum", 5.0, 1.0))), 3)
    assert (rows[2]["momentum.x"], rows[2]["momentum.y"]) == (5, 1)
    assert (rows[2]["momentum.grad_x"], rows[2]["momentum.loss"]) == (10, 26)
    assert rows[2]["momentum.step_x"] == pytest.approx(rows[2]["momentum.velocity_x"])  # what the step made
    assert rows[3]["momentum.step_grad_x"] == 10
    kept = 0.9 * rows[2]["momentum.velocity_x"]
    assert rows[3]["momentum.velocity_x"] == pytest.approx(kept - 0.003 * 10)


def test_moving_one_method_leaves_the_others_alone() -> None:
    rows, _ = table(recipe(BOWL, (2, MovePoint("sgd", 5.0, 1.0))), 6)
    plain, _ = table(recipe(BOWL), 6)
    assert column(rows, "adam.x").tolist() == column(plain, "adam.x").tolist()


def test_a_diverged_method_comes_back_where_it_is_dropped() -> None:
    rows, _ = table(recipe(diverging(), (10, MovePoint("sgd", 0.5, 0.0))), 12)
    assert rows[10]["sgd.x"] == 0.5
    assert rows[11]["sgd.x"] == pytest.approx(0.5 - 9 * 1.0)


# ---- what is refused


def test_the_defaults_are_not() -> None:
    assert optimizers.check(Params()) is None


# ---- what always holds


RATE = st.floats(1e-6, 0.5)
PARAMS = st.builds(
    Params,
    function=st.sampled_from(sorted(SURFACES)),
    start=st.tuples(st.floats(-4, 4), st.floats(-4, 4)),
    sgd=st.builds(SGD, RATE),
    momentum=st.builds(Momentum, RATE, st.floats(0, 0.99)),
    nesterov=st.builds(Nesterov, RATE, st.floats(0, 0.99)),
    adagrad=st.builds(AdaGrad, RATE, st.floats(1e-12, 1)),
    rmsprop=st.builds(RMSProp, RATE, st.floats(0, 0.99), st.floats(1e-12, 1)),
    adam=st.builds(Adam, RATE, st.floats(0, 0.99), st.floats(0, 0.999), st.floats(1e-12, 1)),
    newton=st.builds(Newton, RATE, st.floats(0, 10)),
    noise=st.sampled_from([0.0, 0.5]),
)


def pairs(rows: list[Series], method: str) -> list[tuple[Any, Any]]:
    """Return neighbouring rows in which a method made its step."""
    return [(a, b) for a, b in pairwise(rows) if not math.isnan(float(b[f"{method}.step_x"]))]


@settings(max_examples=40, deadline=None)
@given(PARAMS, st.integers(0, 2**31 - 1))
def test_rows_obey_the_rules(params: Params, seed: int) -> None:
    rows, _ = table(recipe(params, seed=seed), 12)
    for axis in "xy":
        for method in METHODS:
            for a, b in pairs(rows, method):
                assert b[f"{method}.{axis}"] == pytest.approx(a[f"{method}.{axis}"] + b[f"{method}.step_{axis}"])
        for a, b in pairs(rows, "momentum"):
            kept, push = params.momentum.momentum * a[f"momentum.velocity_{axis}"], b[f"momentum.step_grad_{axis}"]
            assert b[f"momentum.velocity_{axis}"] == pytest.approx(kept - params.momentum.learning_rate * push)
        for a, b in pairs(rows, "nesterov"):
            ahead = a[f"nesterov.{axis}"] + params.nesterov.momentum * a[f"nesterov.velocity_{axis}"]
            assert b[f"nesterov.ahead_{axis}"] == pytest.approx(ahead)
        for a, b in pairs(rows, "adagrad"):
            grown = b[f"adagrad.sum_{axis}"] - a[f"adagrad.sum_{axis}"]
            assert grown == pytest.approx(b[f"adagrad.step_grad_{axis}"] ** 2, rel=1e-6, abs=1e-9)
            assert abs(b[f"adagrad.step_{axis}"]) <= params.adagrad.learning_rate * (1 + 1e-9)
        for t, (_, b) in enumerate(pairs(rows, "adam"), 1):
            assert b[f"adam.m_hat_{axis}"] == pytest.approx(b[f"adam.m_{axis}"] / (1 - params.adam.beta_1**t))
            assert b[f"adam.v_hat_{axis}"] == pytest.approx(b[f"adam.v_{axis}"] / (1 - params.adam.beta_2**t))


@settings(max_examples=30, deadline=None)
@given(PARAMS, st.integers(0, 2**31 - 1))
def test_shown_numbers_are_within_bounds_or_not_there(params: Params, seed: int) -> None:
    rows, _ = table(recipe(params, seed=seed), 25)
    for row in rows:
        for method in METHODS:
            for name in ("x", "y", "loss"):
                value = row[f"{method}.{name}"]
                assert math.isnan(value) or abs(value) <= 1e12


@settings(max_examples=20, deadline=None)
@given(PARAMS)
def test_a_step_leaves_its_arguments_alone(params: Params) -> None:
    state = optimizers.step(optimizers.start(params, Streams.start(0)), params, Streams.step(0, 1))
    before = hash(state), hash(params)
    optimizers.step(state, params, Streams.step(0, 2))
    assert (hash(state), hash(params)) == before


@pytest.mark.parametrize("name", [p.name for p in parameters(Params) if p.name.endswith("learning_rate")])
def test_the_smallest_learning_rate_hardly_moves(name: str) -> None:
    params = with_value(Params(), name, 1e-12)
    rows, _ = table(recipe(params), 3)
    method = name.partition(".")[0]
    assert column(rows, f"{method}.x") == pytest.approx(-4.6, abs=1e-8)
