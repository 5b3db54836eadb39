"""Training against plain loops and scikit-learn; what a row tells and when; edits; batches; bounds."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core import loss_metrics
from core.loss_metrics import CONSTANT_ARRAYS, METRICS, Params, State, arrays, events, series, settable, start, step
from core.loss_metrics.algorithm import COUNTS
from core.loss_metrics.settings import data_of
from core.nn.losses import LOSSES
from core.nn.update_rules import FIRST_ORDER
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.replay import replay
from core.run.streams import Streams
from core.run.timeline import Timeline

Floats = NDArray[np.float64]
OF_A_STEP = ("loss", *METRICS, *COUNTS, "reach")


def recipe(params: Params, seed: int = 0, *edits: Change) -> Recipe[Params]:
    return Recipe("loss-metrics", 1, seed, params, edits)


def run(params: Params, steps: int, seed: int = 0, *edits: Change) -> list[State]:
    return [frame.state for frame, _ in replay(loss_metrics, recipe(params, seed, *edits), steps)]


def typed(t: int, *weights: float) -> Change:
    return Change(t, SetArray("weights", np.array(weights, dtype=float)))


def loss_by_hand(loss: str, weights: Floats, x: Floats, t: Any) -> float:
    total = 0.0
    for point, target in zip(x.tolist(), t.tolist(), strict=True):
        z = weights[0] * point[0] + weights[1] * point[1] + weights[2]
        e = abs(1 / (1 + math.exp(-z)) - target)
        total += {
            "mse": e * e, "mae": e, "huber": e * e / 2 if e <= 0.5 else 0.5 * (e - 0.25),
            "hinge": max(0.0, 1 - (2 * target - 1) * z), "cross-entropy": math.log(1 + math.exp(z)) - target * z,
        }[loss]  # fmt: skip
    return total / len(x)


def slope_by_hand(loss: str, weights: Floats, x: Floats, t: Any) -> Floats:
    h = 1e-5
    sides = [[loss_by_hand(loss, weights + sign * h * axis, x, t) for sign in (1, -1)] for axis in np.eye(3)]
    return np.array([(up - down) / (2 * h) for up, down in sides])


# ---- a step


@pytest.mark.parametrize(("loss", "batch_size"), list(product(LOSSES, (0, 7))))
def test_a_step_goes_against_the_slope_of_the_batchs_mean_loss(loss: Any, batch_size: int) -> None:
    params = Params(
        dataset="overlapping", n_samples=30, loss=loss, batch_size=batch_size, learning_rate=0.3, data_seed=4
    )
    states = run(params, 9, 2, typed(0, 0.3, -0.7, 0.2))
    data = data_of(params)
    for before, after in pairwise(states):
        batch = arrays(after, params)["batch"]
        taken = batch[batch >= 0]
        slope = slope_by_hand(loss, before.weights, data.points[taken], data.targets[taken])
        assert after.weights == pytest.approx(before.weights - 0.3 * slope, abs=1e-8)


@pytest.mark.parametrize("optimizer", list(FIRST_ORDER))
def test_every_rule_is_that_of_the_race(optimizer: Any) -> None:
    params = Params(dataset="overlapping", n_samples=20, optimizer=optimizer, learning_rate=0.05, loss="mse")
    data, rule = data_of(params), FIRST_ORDER[optimizer](learning_rate=0.05)  # type: ignore[call-arg]
    weights: Floats = np.zeros(3)
    memory = rule.start(weights)
    for state in run(params, 12)[1:]:
        weights, memory = rule.step(
            weights, memory, lambda at: slope_by_hand("mse", at, data.points, data.targets)
        )  # fmt: skip
        assert state.weights == pytest.approx(
            weights, abs=2e-4 if optimizer in ("adagrad", "rmsprop", "adam") else 1e-7
        )


def test_it_comes_to_the_line_of_scikit_learn() -> None:
    from sklearn.linear_model import LogisticRegression

    params = Params(dataset="overlapping", spread=1.8, learning_rate=1.0)
    data = data_of(params)
    fit = LogisticRegression(C=1e12, tol=1e-12, max_iter=10_000).fit(data.points, data.targets)
    own = run(params, 4000)[-1].weights
    assert own == pytest.approx([*fit.coef_[0], fit.intercept_[0]], abs=1e-4)


def test_everything_starts_at_0_whatever_the_seed_is() -> None:
    for seed in (0, 9):
        assert start(Params(), Streams.start(seed)).weights.tolist() == [0, 0, 0]
    assert run(Params(), 5, 0)[-1] == run(Params(), 5, 1)[-1]
    assert run(Params(batch_size=16), 5, 0)[-1] != run(Params(batch_size=16), 5, 1)[-1]
    assert run(Params(batch_size=16), 5, 3)[-1] == run(Params(batch_size=16), 5, 3)[-1]


@settings(deadline=None, max_examples=25)
@given(metric=st.sampled_from(METRICS), threshold=st.floats(0, 1), loss=st.sampled_from(LOSSES))
def test_no_metric_and_no_threshold_takes_part(metric: Any, threshold: float, loss: Any) -> None:
    plain = Params(n_samples=20, loss=loss, batch_size=6)
    assert run(replace(plain, metric=metric, threshold=threshold), 5) == run(plain, 5)


# ---- what a row tells


@pytest.mark.parametrize("batch_size", [0, 32])
def test_a_row_tells_of_the_weights_before_its_step_and_of_all_training_points(batch_size: int) -> None:
    params = Params(dataset="overlapping", n_samples=50, test_share=0.2, batch_size=batch_size, threshold=0.6)
    data, states = data_of(params), run(params, 6)
    assert len(data.points) == 40
    for before, after in pairwise(states):
        row, told = series(after, params), arrays(after, params)
        z = data.points @ before.weights[:2] + before.weights[2]
        assert told["probabilities"] == pytest.approx(1 / (1 + np.exp(-z)))
        assert row["reach"] == pytest.approx(max(abs(z)))
        assert row["loss"] == pytest.approx(loss_by_hand("cross-entropy", before.weights, data.points, data.targets))
        called = told["probabilities"] >= 0.6
        assert row["accuracy"] == (called == data.targets).mean()
        assert [row["tp"], row["fp"]] == [called[data.targets == 1].sum(), called[data.targets == 0].sum()]
        assert told["loss_values"].shape == told["loss_slopes"].shape == (5, 40)
        assert told["loss_values"][4].mean() == pytest.approx(row["loss"])
        assert told["loss_values"][0] == pytest.approx((told["probabilities"] - data.targets) ** 2)


def test_the_first_row_is_empty_but_for_what_is_its_own() -> None:
    params = Params(test_share=0.3)
    first = start(params, Streams.start(0))
    row, told = series(first, params), arrays(first, params)
    assert all(math.isnan(float(row[name])) for name in OF_A_STEP)
    assert all(np.isnan(told[name]).all() for name in ("probabilities", "loss_values", "loss_slopes"))
    assert (told["batch"] == -1).all()
    assert row["test_loss"] == pytest.approx(math.log(2))
    assert row["test_accuracy"] == data_of(params).test_targets.mean()  # p = 1/2: everything is called 1


@pytest.mark.parametrize("loss", LOSSES)
def test_the_test_part_is_measured_with_the_rows_own_weights(loss: Any) -> None:
    params = Params(dataset="far-false", loss=loss, n_samples=40)
    data = data_of(params)
    for state in run(params, 4):
        row = series(state, params)
        assert row["test_loss"] == pytest.approx(loss_by_hand(loss, state.weights, data.test_points, data.test_targets))
        z = data.test_points @ state.weights[:2] + state.weights[2]
        assert row["test_accuracy"] == ((z >= 0) == data.test_targets).mean()
    bare = series(run(Params(), 2)[-1], Params())
    assert math.isnan(float(bare["test_loss"]))
    assert math.isnan(float(bare["test_accuracy"]))


def test_names_and_shapes_stay_the_same_whatever_is_asked() -> None:
    names = None
    for params in (
        Params(),
        Params(test_share=0.5, batch_size=9, loss="hinge"),
        Params(dataset=np.array([[1.0, 2, 1]])),
    ):
        for state in run(params, 2):
            now = list(series(state, params)), list(arrays(state, params))
            assert names in (None, now)
            names = now
            n, own = len(data_of(params).points), arrays(state, params)
            assert own["weights"].shape == (3,)
            assert own["batch"].shape == (params.batch_size or n,)
            assert own["points"].shape == (n, 2)
            assert own["targets"].shape == (n,)
            assert own["targets"].dtype == own["batch"].dtype == np.int64
    assert names is not None
    assert set(OF_A_STEP) | {"test_loss", "test_accuracy", "epoch", "w_x", "w_y", "b"} == set(names[0])
    assert set(names[1]) >= CONSTANT_ARRAYS


def test_what_does_not_exist_stays_empty() -> None:
    rare = Params(imbalance=0.05)
    row = series(run(rare, 100)[-1], rare)
    assert (row["tp"], row["fp"], row["fn"], row["tn"]) == (0, 0, 10, 190)
    assert math.isnan(float(row["precision"]))
    assert (row["recall"], row["f1"], row["accuracy"]) == (0, 0, 0.95)
    ones = Params(dataset=np.array([[1.0, 2, 1], [2, 1, 1]]))
    row = series(run(ones, 3)[-1], ones)
    assert math.isnan(float(row["auc"]))
    assert row["recall"] == 1
    zeros = Params(dataset=np.array([[1.0, 2, 0], [2, 1, 0]]))
    row = series(run(zeros, 3)[-1], zeros)
    assert all(math.isnan(float(row[name])) for name in ("auc", "recall", "precision", "f1"))


def test_own_weights_of_a_row_are_those_that_the_next_one_tells_of() -> None:
    params = Params()
    states = run(params, 4, 0, typed(2, 1.0, -2.0, 3.0))
    for before, after in pairwise(states):
        row = series(before, params)
        assert [row["w_x"], row["w_y"], row["b"]] == before.weights.tolist() == after.used.tolist()


# ---- batches


def test_an_epoch_takes_every_point_once_and_its_last_batch_may_be_smaller() -> None:
    params = Params(n_samples=20, batch_size=8)
    frames = [(frame.state, began) for frame, began in replay(loss_metrics, recipe(params), 6)]
    rows = [arrays(state, params)["batch"].tolist() for state, _ in frames]
    assert rows[0] == [-1] * 8
    for epoch in (rows[1:4], rows[4:7]):
        assert sorted(i for row in epoch for i in row if i >= 0) == list(range(20))
        assert epoch[2][4:] == [-1] * 4
    assert rows[1:4] != rows[4:7]
    assert [began for _, began in frames] == [(), (), (), ("epoch",), (), (), ("epoch",)]
    assert [series(state, params)["epoch"] for state, _ in frames] == [0, 0, 0, 1, 1, 1, 2]


def test_all_points_are_taken_in_their_own_order_and_no_epoch_is_told() -> None:
    frames = list(replay(loss_metrics, recipe(Params(n_samples=10)), 3))
    assert arrays(frames[1][0].state, Params(n_samples=10))["batch"].tolist() == list(range(10))
    assert all(not began for _, began in frames)
    assert series(frames[3][0].state, Params(n_samples=10))["epoch"] == 3


# ---- edits


def test_weights_may_be_typed_into_at_any_step() -> None:
    assert settable(Params()) == ("weights",)
    params = Params()
    plain, edited = run(params, 6), run(params, 6, 0, typed(3, 5.0, 0.0, -1.0))
    assert edited[:3] == plain[:3]
    assert edited[3].weights.tolist() == [5, 0, -1]
    assert series(edited[3], params)["loss"] == series(plain[3], params)["loss"]  # told as the step made it
    assert edited[4].used.tolist() == [5, 0, -1]
    with pytest.raises(ValueError, match="shape"):
        edited[3].with_array("weights", np.zeros((3, 1)), params)


@pytest.mark.parametrize(("name", "value"), [("loss", "mse"), ("learning_rate", 2.0)])
def test_loss_and_rate_are_live(name: str, value: Any) -> None:
    plain, edited = run(Params(), 6), run(Params(), 6, 0, Change(3, SetParam(name, value)))
    assert edited[:4] == plain[:4]
    assert not np.array_equal(edited[4].weights, plain[4].weights)
    told = series(edited[3], replace(Params(), **{name: value}))["loss"]
    assert told == plain[3].loss  # of the loss that the step went by


def test_frames_are_the_same_however_they_are_reached() -> None:
    asked = recipe(Params(batch_size=16, optimizer="adam"), 3, typed(4, 1, 1, 1), Change(9, SetParam("loss", "hinge")))
    straight = {frame.t: frame for frame, _ in replay(loss_metrics, asked, 20)}
    timeline = Timeline(loss_metrics, asked)
    for t in (20, 3, 11, 0, 12, 9, 4):
        assert timeline.frame(t) == straight[t]


# ---- bounds


@pytest.mark.parametrize("batch_size", [0, 1])
def test_a_step_beyond_all_bounds_is_not_made(batch_size: int) -> None:
    rows = np.array([[1e11, 0, 0], [1e11, 1, 1]])
    params = Params(dataset=rows, loss="hinge", learning_rate=100.0, batch_size=batch_size)
    frames = list(replay(loss_metrics, recipe(params), 50))
    last, began = frames[-1]
    assert began == ("diverged", "end")
    assert np.isfinite(last.state.weights).all()
    assert np.array_equal(last.state.weights, frames[-2][0].state.weights)
    assert all(math.isnan(float(series(last.state, params)[name])) for name in OF_A_STEP)
    assert np.isnan(arrays(last.state, params)["probabilities"]).all()
    after = step(last.state, params, Streams.step(0, last.t + 1))
    assert events(last.state, after, params) == ()
    again = last.state.with_array("weights", np.array([0.0, 1, 0]), params)
    assert not again.diverged
    assert not step(again, replace(params, learning_rate=1e-12), Streams.step(0, last.t + 1)).diverged


def test_scores_far_out_stay_finite() -> None:
    for loss in LOSSES:
        params = Params(loss=loss)
        told = arrays(run(params, 2, 0, typed(0, 900.0, -900.0, 1e6))[1], params)
        assert np.isfinite(told["loss_values"]).all()
        assert np.isfinite(told["loss_slopes"]).all()
