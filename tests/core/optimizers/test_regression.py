import math
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import linear_model, metrics

from core.data.table import code_target, shipped
from core.optimizers.regression import (
    KINDS,
    Floats,
    LinearRegression,
    LogisticRegression,
    Regression,
    fitted_to,
    sigmoid,
    standardise,
)
from core.run.refusal import Refusal


def random_rows(seed: int, n: int = 60) -> tuple[Floats, Floats]:
    """A column and a target that leans on it, noisy enough for the classes to overlap."""
    draw = np.random.default_rng(seed)
    u = draw.normal(3.0, 2.0, n)
    return u, (0.8 * u - 2 + draw.normal(0, 2, n) > 0).astype(float)


def losses() -> list[Regression]:
    return [
        *(fitted_to(kind, "iris", standardised) for kind in KINDS for standardised in (False, True)),
        LinearRegression(*random_rows(1)),
        LogisticRegression(*random_rows(1)),
    ]


each_loss = pytest.mark.parametrize("loss", losses(), ids=lambda loss: f"{type(loss).__name__} {loss.rows}")


def test_linear_loss_worked_by_hand() -> None:
    loss = LinearRegression(np.array([1.0, 2.0]), np.array([1.0, 4.0]))  # residuals at (1, 1): 1, −1
    assert loss.value(1.0, 1.0) == 1.0
    assert loss.gradient(1.0, 1.0) == (-1.0, 0.0)
    assert loss.hessian(1.0, 1.0) == (5.0, 3.0, 2.0)
    assert loss.minimum() == (3.0, -2.0)


def test_logistic_loss_at_the_origin_is_log_2() -> None:
    loss = LogisticRegression(np.array([-1.0, 0.5, 1.0]), np.array([0.0, 0.0, 1.0]))
    assert loss.value(0.0, 0.0) == pytest.approx(math.log(2), rel=1e-15)
    assert loss.gradient(0.0, 0.0) == pytest.approx(((-0.5 + 0.25 - 0.5) / 3, 0.5 / 3))


@pytest.mark.parametrize("point", [(0.0, 0.0), (1.5, -4.0), (-2.0, 3.0)])
def test_losses_are_those_of_scikit_learn(point: tuple[float, float]) -> None:
    w, b = point
    linear, logistic = (fitted_to(kind, "iris") for kind in KINDS)
    assert linear.value(w, b) == pytest.approx(metrics.mean_squared_error(linear.t, w * linear.u + b), rel=1e-13)
    chance = 1 / (1 + np.exp(-(w * logistic.u + b)))
    assert logistic.value(w, b) == pytest.approx(metrics.log_loss(logistic.t, chance), rel=1e-12)


@each_loss
@settings(max_examples=25)
@given(st.floats(-3, 3), st.floats(-3, 3))
def test_gradient_and_hessian_are_limits_of_differences(loss: Regression, w: float, b: float) -> None:
    h = 1e-5
    slope = [loss.value(w + h, b) - loss.value(w - h, b), loss.value(w, b + h) - loss.value(w, b - h)]
    assert loss.gradient(w, b) == pytest.approx(np.array(slope) / (2 * h), rel=1e-6, abs=1e-8)
    by_w = (np.array(loss.gradient(w + h, b)) - loss.gradient(w - h, b)) / (2 * h)
    by_b = (np.array(loss.gradient(w, b + h)) - loss.gradient(w, b - h)) / (2 * h)
    assert loss.hessian(w, b) == pytest.approx((by_w[0], by_w[1], by_b[1]), rel=1e-6, abs=1e-8)
    assert by_w[1] == pytest.approx(by_b[0], rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_linear_minimum_is_scikit_learns(seed: int | None) -> None:
    loss = fitted_to("linear-regression", "iris") if seed is None else LinearRegression(*random_rows(seed))
    judge = linear_model.LinearRegression().fit(loss.u[:, None], loss.t)
    assert loss.minimum() == pytest.approx((judge.coef_[0], judge.intercept_), rel=1e-10)


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_logistic_minimum_is_scikit_learns(seed: int | None) -> None:
    loss = fitted_to("logistic-regression", "iris") if seed is None else LogisticRegression(*random_rows(seed))
    judge = linear_model.LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000, solver="newton-cholesky")
    judge.fit(loss.u[:, None], loss.t)
    assert loss.minimum() == pytest.approx((judge.coef_[0, 0], judge.intercept_[0]), rel=1e-7)


@each_loss
def test_the_minimum_is_level_and_nothing_near_it_is_lower(loss: Regression) -> None:
    minimum = loss.minimum()
    assert minimum is not None
    assert loss.gradient(*minimum) == pytest.approx((0, 0), abs=1e-13)
    w, b = minimum
    around = loss.value(w + np.linspace(-1, 1, 21)[:, None], b + np.linspace(-1, 1, 21))
    assert around.min() >= loss.value(w, b) * (1 - 1e-12)


@pytest.mark.parametrize("shift", [0.0, 1e6, -1e9])
def test_the_minimum_is_found_far_from_the_origin(shift: float) -> None:
    u, t = random_rows(4)
    for kind in (LinearRegression, LogisticRegression):
        here, there = kind(u, t).minimum(), kind(u * 1e-3 + shift, t).minimum()
        assert here is not None
        assert there is not None
        assert there[0] == pytest.approx(here[0] * 1e3, rel=1e-3)


def test_almost_separable_classes_still_have_a_minimum() -> None:
    u = np.concatenate([np.linspace(-5, -0.01, 200), [0.0, 0.02], np.linspace(0.03, 5, 200)])
    t = (np.arange(402) > 200).astype(float)
    t[200], t[201] = 1, 0  # one pair the wrong way round
    loss = LogisticRegression(u, t)
    minimum = loss.minimum()
    assert minimum is not None
    assert loss.gradient(*minimum) == pytest.approx((0, 0), abs=1e-12)


def test_far_outliers_do_not_throw_newtons_method_off() -> None:
    u = np.append(np.linspace(-2.8, 1.9, 100), [-320, -30, 2.2, 2.7])
    loss = LogisticRegression(u, np.append(np.zeros(100), np.ones(4)))
    minimum = loss.minimum()  # full steps from the origin end where no curvature is left
    assert minimum is not None
    assert loss.gradient(*minimum) == pytest.approx((0, 0), abs=1e-12)


@pytest.mark.parametrize("t", [[0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 1, 1]])
def test_separable_classes_have_no_minimum(t: list[float]) -> None:
    assert LogisticRegression(np.array([1.0, 2.0, 2.0, 3.0]), np.array(t)).minimum() is None


def test_a_constant_column_has_no_single_minimum() -> None:
    u, t = np.full(4, 0.1), np.array([0.0, 1.0, 0.0, 1.0])
    assert LinearRegression(u, t).minimum() is None
    assert LogisticRegression(u, t).minimum() is None


@each_loss
def test_a_batch_uses_its_rows_only_and_all_rows_are_the_whole(loss: Regression) -> None:
    rows = np.array([3, 0, 57])
    part = LinearRegression(loss.u[rows], loss.t[rows])
    if isinstance(loss, LinearRegression):
        assert loss.gradient(0.5, -1.0, rows) == part.gradient(0.5, -1.0)
    halves = np.split(np.arange(loss.rows), 2)
    mean = np.mean([loss.gradient(0.5, -1.0, batch=half) for half in halves], axis=0)
    assert mean == pytest.approx(loss.gradient(0.5, -1.0), rel=1e-12)
    assert loss.gradient(0.5, -1.0, rows) != loss.gradient(0.5, -1.0)


@each_loss
def test_a_grid_gets_the_values_of_its_points(loss: Regression) -> None:
    w, b = np.linspace(-2, 3, 7)[:, None], np.linspace(-5, 5, 400)
    grid = loss.value(w, b)
    assert grid.shape == (7, 400)
    for i, j in ((0, 0), (3, 200), (6, 399)):
        assert grid[i, j] == pytest.approx(loss.value(float(w[i, 0]), float(b[j])), rel=1e-14)
    assert loss.value(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)


def test_a_grid_over_many_rows_takes_little_memory() -> None:
    loss = LogisticRegression(*random_rows(5, 20_000))
    axis = np.linspace(-1, 1, 40)
    tracemalloc.start()
    loss.value(axis[:, None], axis)  # 40 · 40 · 20,000 doubles would be 256 MB
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24e6


def test_far_outside_nothing_is_raised_or_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for loss in losses():
            for w in (1e12, -1e200, 1e308, math.inf, math.nan):
                assert type(loss.value(w, 1.0)) is float
                assert len(loss.gradient(w, 1.0)) + len(loss.hessian(w, 1.0)) == 5
                loss.value(np.array([w]), np.array([1.0]))


def test_cross_entropy_keeps_its_digits_where_the_answer_is_certain() -> None:
    loss = LogisticRegression(np.array([-1.0, 1.0]), np.array([0.0, 1.0]))
    assert loss.value(50.0, 0.0) == pytest.approx(math.exp(-50), rel=1e-12, abs=0)
    assert loss.value(-1e6, 0.0) == 1e6
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_a_loss_keeps_its_own_locked_copy_of_the_data() -> None:
    u, t = random_rows(1)
    loss = LinearRegression(u, t)
    before = loss.value(1.0, 1.0)
    u[:] = 0
    assert loss.value(1.0, 1.0) == before
    with pytest.raises(ValueError, match="read-only"):
        loss.u[0] = 1.0


def test_standardise_has_mean_0_and_standard_deviation_1() -> None:
    assert standardise(np.array([1.0, 2.0, 3.0])) == pytest.approx([-math.sqrt(1.5), 0, math.sqrt(1.5)])
    loss = fitted_to("linear-regression", "iris", standardised=True)
    assert (loss.u.mean(), loss.u.std()) == pytest.approx((0, 1))
    np.testing.assert_array_equal(loss.t, fitted_to("linear-regression", "iris").t)  # u only


@pytest.mark.parametrize("value", [0.0, 0.1, 1e12])
def test_a_constant_column_cannot_be_standardised(value: float) -> None:
    with pytest.raises(Refusal) as caught:
        standardise(np.full(7, value))
    assert (caught.value.field, caught.value.key) == ("data", "data_constant")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([0.0, 1.0, 0.0]), [0, 1, 0]),
        (np.array([10.0, 9.0]), [1, 0]),
        (np.array([-1.0, -3.0]), [1, 0]),
        (("virginica", "setosa", "virginica"), [1, 0, 1]),
        (("ja", "nein"), [0, 1]),
        (("正面", "负面", "正面"), [1, 0, 1]),
    ],
)
def test_the_last_of_two_values_in_sorted_order_is_1(values: Floats | tuple[str, ...], expected: list[int]) -> None:
    assert code_target(values).tolist() == expected


@pytest.mark.parametrize("values", [(), ("a",), ("a", "b", "c"), np.zeros(3), np.arange(3.0)])
def test_another_number_of_values_is_refused(values: Floats | tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="data_two_values"):
        code_target(values)


def test_targets_other_than_0_and_1_are_coded() -> None:
    u = np.array([1.0, 2.0, 3.0, 4.0])
    assert LogisticRegression(u, np.array([2.0, 1.0, 1.0, 2.0])).t.tolist() == [1, 0, 0, 1]
    assert LinearRegression(u, np.array([2.0, 1.0, 1.0, 2.0])).t.tolist() == [2, 1, 1, 2]


def test_species_by_name_give_the_same_regression_as_their_code() -> None:
    table = shipped("iris")
    length, species = table.numbers("petal_length"), table.columns["species"]
    assert isinstance(species, tuple)
    kept = np.array([name != "setosa" for name in species])
    target = code_target([name for name in species if name != "setosa"])
    np.testing.assert_array_equal(target, table.numbers("virginica")[kept])
    assert LogisticRegression(length[kept], target).minimum() is not None


def test_shipped_iris_is_used_as_promised() -> None:
    table = shipped("iris")
    for kind, target in (("linear-regression", "petal_width"), ("logistic-regression", "virginica")):
        loss = fitted_to(kind, "iris")
        np.testing.assert_array_equal(loss.u, table.numbers("petal_length"))
        np.testing.assert_array_equal(loss.t, table.numbers(target))


@pytest.mark.parametrize(
    ("kind", "data", "key"),
    [
        ("linear-regression", "nowhere", "data_unknown"),
        ("linear-regression", "../iris", "data_unknown"),
        ("linear-regression", np.zeros(4), "data_shape"),
        ("linear-regression", np.zeros((4, 3)), "data_shape"),
        ("linear-regression", np.zeros((1, 2)), "data_shape"),
        ("linear-regression", np.zeros((0, 2)), "data_shape"),
        ("logistic-regression", np.arange(8.0).reshape(4, 2), "data_two_values"),
        ("logistic-regression", np.zeros((4, 2)), "data_two_values"),
    ],
)
def test_data_that_fit_no_regression_are_refused(kind: str, data: str | Floats, key: str) -> None:
    with pytest.raises(Refusal) as caught:
        fitted_to(kind, data)
    assert (caught.value.field, caught.value.key) == ("data", key)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(Refusal, match="data_shape"):
        LinearRegression(np.zeros(3), np.zeros(4))
