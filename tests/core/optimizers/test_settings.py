"""What goes together; targets of any size; a refusal names a way out that works."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.nn.update_rules import SGD, Newton
from core.optimizers import Params
from core.optimizers.regression import Regression
from core.optimizers.settings import loss_of
from core.run.explanation import Focus
from tests.core.optimizers.runs import column, recipe, states, table


@pytest.mark.parametrize(
    ("params", "field", "key"),
    [
        (Params(function="log(x)", start=(-1.0, 0.0)), "start", "start_outside_try"),
        (Params(function="sqrt(-1-x**2)", start=(-1.0, 0.0)), "start", "start_outside"),
        (Params(function="1e9*x**2", start=(1e6, 0.0)), "start", "start_too_high_try"),
        (Params(function="1e12+x**2+y**2+1", start=(1e6, 0.0)), "start", "start_too_high"),
        (Params(methods=()), "methods", "methods_none"),
        (Params(function="gradients"), "gradients", "gradients_missing"),
        (Params(function="bowl", gradients=np.zeros((3, 2))), "gradients", "gradients_alone"),
        (Params(function="gradients", gradients=np.zeros((3, 3))), "gradients", "gradients_shape"),
        (Params(function="gradients", gradients=np.zeros((0, 2))), "gradients", "gradients_shape"),
        (Params(function="x +"), "function", "expression_syntax"),
        (Params(function="linear-regression", data="nothing"), "data", "data_unknown"),
        (Params(function="linear-regression", data=np.zeros((3, 3))), "data", "data_shape"),
        (Params(function="logistic-regression", data=np.zeros((3, 2))), "data", "data_two_values"),
    ],
)
def test_what_cannot_be_run_is_refused(params: Params, field: str, key: str) -> None:
    refusal = optimizers.check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key) == (field, key)


@pytest.mark.parametrize(
    "params",
    [
        Params(function="log(x)", start=(-1.0, 0.0)),
        Params(function="sqrt(x)", start=(-1.0, 0.0)),
        Params(function="x**64", start=(1e6, 0.0)),
        Params(function="log(-5-x)", start=(0.0, 0.0)),
        Params(function="linear-regression", data=np.array([[0.0, 1e12], [1.0, 1e12]])),
        Params(function="linear-regression", data=np.array([[0.0, 1e12], [1.0, 1e12 + 1]]), start=(1e12, 0.0)),
    ],
)
def test_the_start_that_a_refusal_names_can_be_used(params: Params) -> None:
    refusal = optimizers.check(params)
    assert refusal is not None
    named: Any = refusal.values["allowed"]
    assert optimizers.check(replace(params, start=tuple(named))) is None


@pytest.mark.parametrize("size", [1e-12, 1e-6, 1.0, 1e6, 1e11])
def test_targets_of_any_size_are_run_like_those_of_size_1(size: float) -> None:
    u = np.linspace(-1.0, 2.0, 20)
    data = np.column_stack([u, size * (0.5 * u - 0.25 + 0.1 * np.sin(9 * u))])
    one = np.column_stack([u, data[:, 1] / size])
    params = Params(function="linear-regression", start=(0.0, 0.0), sgd=SGD(0.3), newton=Newton(1.0))
    big, usual = (table(recipe(replace(params, data=array)), 60) for array in (data, one))
    for method in ("sgd", "momentum", "newton"):
        scaled = column(big[0], f"{method}.loss") / size**2
        assert scaled == pytest.approx(column(usual[0], f"{method}.loss"), rel=1e-6, abs=1e-12)
    told = [[key for key in began if key.endswith(("sgd", "newton"))] for began in big[1]]
    assert any("flat: newton" in began for began in told)
    assert not any("diverged" in key for began in told for key in began)


def test_a_regression_diverges_beyond_1e12_times_the_loss_of_the_best_constant() -> None:
    u = np.array([-1.0, 0.0, 1.0])
    for size in (1e-3, 1e4):
        data = np.column_stack([u, size * u])
        loss = loss_of(Params(function="linear-regression", data=data))
        assert loss.bound == 1e12 * max(1.0, float(np.var(data[:, 1])))
        params = Params(function="linear-regression", data=data, start=(0.0, 0.0), sgd=SGD(9.0))
        rows, events = table(recipe(params), 40)
        last = next(t for t, keys in enumerate(events) if "diverged: sgd" in keys)
        w = rows[last]["sgd.x"] - 9.0 * rows[last]["sgd.grad_x"]
        assert rows[last]["sgd.loss"] <= loss.bound < loss.value(w, 0.0)
    odds = loss_of(Params(function="logistic-regression"))
    assert isinstance(odds, Regression)
    assert odds.best_constant_loss == pytest.approx(-(math.log(1 / 3) / 3 + 2 * math.log(2 / 3) / 3))


def test_of_tiny_targets_what_still_moves_is_not_called_at_rest() -> None:
    u = np.linspace(-1.0, 2.0, 20)
    for size, key in ((1e-12, "sgd.step"), (0.0, "rest")):
        params = Params(function="linear-regression", data=np.column_stack([u, size * u]), start=(0.0, 0.0))
        before, after = states(recipe(params), 3)[-2:]
        assert optimizers.explain(before, after, params, Focus("sgd")).sentence == key
