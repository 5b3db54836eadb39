"""Both nets against a published step, central differences, scikit-learn, plain loops, and a bias put in by hand."""

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

from core import dense
from core.dense import Params, State, arrays, events, series, start
from core.dense.nets import NETS, named, rule_of
from core.dense.settings import data_of
from core.nn.update_rules import FIRST_ORDER
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.replay import replay
from core.run.streams import Streams
from core.run.timeline import Timeline

Floats = NDArray[np.float64]
RULES = pytest.mark.parametrize("optimizer", FIRST_ORDER)


def recipe(params: Params, seed: int = 0, *changes: tuple[int, str, Any]) -> Recipe[Params]:
    edits = (Change(t, SetArray(name, np.array(value, dtype=float))) for t, name, value in changes)
    return Recipe("dense", 1, seed, params, tuple(edits))


def run(params: Params, steps: int, seed: int = 0, *changes: tuple[int, str, Any]) -> list[State]:
    return [frame.state for frame, _ in replay(dense, recipe(params, seed, *changes), steps)]


def own(seed: int, n: int, features: int, units: int = 1, classes: bool = False, **given: Any) -> Params:
    rng = np.random.default_rng(seed)
    t = rng.integers(0, max(units, 2), n).astype(float) if classes else rng.normal(size=(n, units))
    return Params(points=rng.normal(size=(n, features)), targets=t, units=units, **given)


# ---- a step is the textbook's


PUBLISHED = Params(
    points=np.array([[0.05, 0.10]]), targets=np.array([[0.01, 0.99]]), units=2, hidden=(2,),
    hidden_activation="sigmoid", learning_rate=0.5, train_bias=False,
)  # fmt: skip
FIRST = {"hidden_1.W": [[0.15, 0.25], [0.20, 0.30]], "hidden_1.b": [0.35, 0.35],
         "W": [[0.40, 0.50], [0.45, 0.55]], "b": [0.60, 0.60]}  # fmt: skip


def test_the_published_step_to_all_printed_digits() -> None:
    """Mazur (2015), A step by step backpropagation example: each layer has one bias for both units, none is trained."""
    params = PUBLISHED
    states = run(params, 2, 0, *((0, name, value) for name, value in FIRST.items()))
    losses = [f"{series(state, params)['with_bias.loss']:.9f}" for state in states[1:]]
    assert losses == ["0.298371109", "0.291027774"]
    np.testing.assert_allclose(arrays(states[1], params)["outputs"], [[0.751365070, 0.772928465]], atol=5e-10)
    after = named(states[1].with_bias.weights, "with_bias", params)
    printed = {"W": ["0.35891648", "0.511301270", "0.408666186", "0.561370121"],
               "hidden_1.W": ["0.149780716", "0.24975114", "0.19956143", "0.29950229"]}  # fmt: skip
    for name, numbers in printed.items():
        for value, text in zip(after[name].ravel().tolist(), numbers, strict=True):
            assert abs(value - float(text)) <= 0.5001 * 10.0 ** -len(text.partition(".")[2])
    assert after["b"].tolist() == [0.60, 0.60]
    assert after["hidden_1.b"].tolist() == [0.35, 0.35]


def test_the_published_error_after_that_step_is_of_other_weights_than_those_it_prints() -> None:
    """0.291027924 is printed. It comes out where W has moved before the error goes back through it to the hidden layer;

    the weights printed beside it, and ours, have the error go back through the old W, as the text says.
    """
    first = {name: np.array(value) for name, value in FIRST.items()}
    x, t = data_of(PUBLISHED).x, data_of(PUBLISHED).t
    h = 1 / (1 + np.exp(-(x @ first["hidden_1.W"] + first["hidden_1.b"])))
    y = 1 / (1 + np.exp(-(h @ first["W"] + first["b"])))
    error = (y - t) * y * (1 - y)
    last = first["W"] - 0.5 * h.T @ error
    for through, printed in ((first["W"], "0.291027774"), (last, "0.291027924")):
        back = error @ through.T * h * (1 - h)
        moved = {**first, "W": last, "hidden_1.W": first["hidden_1.W"] - 0.5 * x.T @ back}
        assert f"{mean_loss(moved, PUBLISHED):.9f}" == printed


def curve(name: str, z: float) -> float:
    return {"sigmoid": lambda: 1 / (1 + math.exp(-z)), "tanh": lambda: math.tanh(z), "relu": lambda: max(z, 0.0),
            "linear": lambda: z, "softplus": lambda: math.log(1 + math.exp(z))}[name]()  # fmt: skip


def mean_loss(weights: dict[str, Floats], params: Params) -> float:
    """The loss by plain loops, point by point and unit by unit."""
    data, losses = data_of(params), []
    for x, t in zip(data.x, data.t, strict=True):
        h = list(map(float, x))
        for layer in [*(f"hidden_{k}." for k in range(1, len(params.hidden) + 1)), ""]:
            w, b = weights[f"{layer}W"], weights.get(f"{layer}b", np.zeros(99))
            h = [sum(a * float(w[i, j]) for i, a in enumerate(h)) + float(b[j]) for j in range(w.shape[1])]
            h = [curve(params.hidden_activation, z) for z in h] if layer else h
        if params.activation == "softmax":
            losses.append(math.log(sum(map(math.exp, h))) - h[int(t)])
        elif params.activation == "sigmoid" and params.units == 1:
            losses.append(math.log(1 + math.exp(h[0])) - float(np.ravel(t)[0]) * h[0])
        else:
            errors = (curve(params.activation, z) - u for z, u in zip(h, np.ravel(t).tolist(), strict=True))
            losses.append(sum(e * e for e in errors) / len(h))
    return sum(losses) / len(losses)


@pytest.mark.parametrize("hidden", [(), (3,), (2, 3, 2)])
@pytest.mark.parametrize(
    ("activation", "units", "classes"),
    [("sigmoid", 1, True), ("softmax", 3, True), ("sigmoid", 2, False), ("tanh", 1, False), ("linear", 2, False)],
)
def test_a_step_goes_against_the_slope_by_central_differences(
    hidden: Any, activation: Any, units: int, classes: bool
) -> None:
    between: Any = "softplus" if len(hidden) > 1 else "tanh"
    params = own(5, 6, 3, units, classes, activation=activation, hidden=hidden, hidden_activation=between,
                 learning_rate=1.0)  # fmt: skip
    before, after = run(params, 2, 3)[1:]
    for net in NETS:
        old, new = (named(getattr(state, net).weights, net, params) for state in (before, after))
        assert series(after, params)[f"{net}.loss"] == pytest.approx(mean_loss(old, params), rel=1e-12)
        for name, place in [(name, place) for name, array in old.items() for place in np.ndindex(array.shape)]:
            near = []
            for h in (1e-4, -1e-4):
                moved = old[name].copy()
                moved[place] += h
                near.append(mean_loss({**old, name: moved}, params))
            slope = (near[0] - near[1]) / 2e-4
            assert old[name][place] - new[name][place] == pytest.approx(slope, abs=1e-8), name


@RULES
def test_a_bias_is_the_weight_of_an_input_that_is_always_1(optimizer: Any) -> None:
    params = own(2, 40, 2, 3, True, activation="softmax", optimizer=optimizer, learning_rate=0.05)
    assert isinstance(params.points, np.ndarray)
    with_ones = replace(params, points=np.column_stack([params.points, np.ones(40)]))
    first = named(run(params, 0)[0].with_bias.weights, "with_bias", params)["W"]
    longer = np.concatenate([first, np.zeros((1, 3))])
    ours, other = run(params, 30)[-1], run(with_ones, 30, 0, (0, "without_bias.W", longer))[-1]
    weights = named(ours.with_bias.weights, "with_bias", params)
    bare = named(other.without_bias.weights, "without_bias", with_ones)["W"]
    np.testing.assert_allclose(np.concatenate([weights["W"], [weights["b"]]]), bare, rtol=1e-9, atol=1e-12)


def test_one_unit_comes_to_the_logistic_regression_of_scikit_learn() -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    params = Params(points="overlapping", spread=1.6, data_seed=4, learning_rate=2.0)
    data = data_of(params)
    last = run(params, 3000)[-1]
    for net in NETS:
        model = linear_model.LogisticRegression(C=np.inf, fit_intercept=net == "with_bias", tol=1e-10, max_iter=1000)
        model.fit(data.x, data.t)
        weights = named(getattr(last, net).weights, net, params)
        np.testing.assert_allclose(weights["W"].ravel(), model.coef_.ravel(), rtol=1e-4)
        if "b" in weights:
            np.testing.assert_allclose(weights["b"], model.intercept_, rtol=1e-3, atol=1e-4)
        assert series(last, params)[f"{net}.accuracy"] == model.score(data.x, data.t)


# ---- what tells both nets apart is the bias alone


@RULES
@pytest.mark.parametrize("hidden", [(), (4,)])
def test_with_biases_held_at_0_both_nets_are_one(optimizer: Any, hidden: Any) -> None:
    params = Params(points="moons", hidden=hidden, optimizer=optimizer, train_bias=False, batch_size=32)
    for state in run(params, 12, 5):
        row = series(state, params)
        np.testing.assert_equal(row["with_bias.loss"], row["without_bias.loss"])
        one, other = (named(getattr(state, net).weights, net, params) for net in NETS)
        for name, array in other.items():
            np.testing.assert_array_equal(one[name], array)
        assert all(not one[name].any() for name in one if name.endswith("b"))


def test_the_bias_may_be_held_and_let_go_in_mid_run() -> None:
    edits = (Change(3, SetParam("train_bias", False)), Change(6, SetParam("train_bias", True)))
    states = [frame.state for frame, _ in replay(dense, Recipe("dense", 1, 0, Params(), edits), 9)]
    b = [float(named(state.with_bias.weights, "with_bias", Params())["b"][0]) for state in states]
    assert b[3] == b[4] == b[5] == b[6]
    assert len({*b[:4]}) == 4
    assert b[7] != b[6]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999), st.sampled_from(["tanh", "relu", "gelu", "linear"]), st.integers(0, 3))
def test_without_biases_the_origin_gets_a_half_whatever_is_learned(seed: int, function: Any, layers: int) -> None:
    params = Params(points="rings", hidden=(3,) * layers, hidden_activation=function, n_samples=20)
    last = run(params, 5, seed)[-1]
    learned = named(last.without_bias.weights, "without_bias", params)
    bare = replace(params, points=np.zeros((1, 2)), n_samples=2)
    state = run(bare, 1, seed, *((0, name, array) for name, array in learned.items()))[-1]
    assert arrays(state, bare)["outputs"].tolist() == [[0.5]]


# ---- what a row tells


def test_row_0_is_the_start() -> None:
    params = Params(units=2, activation="softmax")
    state = start(params, Streams.start(7))
    row, held = series(state, params), arrays(state, params)
    assert all(math.isnan(float(row[f"{net}.{name}"])) for net in NETS for name in ("loss", "accuracy"))
    assert [row[f"{net}.parameters"] for net in NETS] == [6, 4]
    assert held["outputs"].shape == (200, 2)
    assert np.isnan(held["outputs"]).all()
    assert (held["batch"] == -1).all()
    assert held["b"].tolist() == [0, 0]
    np.testing.assert_array_equal(held["W"], held["without_bias.W"])


def test_first_weights_are_half_a_normal_and_those_of_hidden_layers_glorot() -> None:
    params = Params(hidden=(16, 16), units=16, activation="softmax")
    many = [named(start(params, Streams.start(seed)).with_bias.weights, "with_bias", params) for seed in range(60)]
    last, first = (np.array([weights[name] for weights in many]) for name in ("W", "hidden_1.W"))
    assert last.std() == pytest.approx(0.5, rel=0.03)
    assert abs(last).max() > 1.5
    assert abs(first).max() == pytest.approx(math.sqrt(6 / 18), rel=0.01)


def test_loss_and_outputs_are_those_before_the_update_weights_those_after() -> None:
    params = own(1, 5, 2, activation="linear", learning_rate=0.1)
    data = data_of(params)
    states = run(params, 4)
    for before, after in pairwise(states):
        held = arrays(before, params)
        y = data.x @ held["W"] + held["b"]
        np.testing.assert_allclose(arrays(after, params)["outputs"], y, rtol=1e-12)
        loss = series(after, params)["with_bias.loss"]
        assert loss == pytest.approx(float(((y - data.t) ** 2).mean()), rel=1e-12)
        assert math.isnan(float(series(after, params)["with_bias.accuracy"]))  # of numbers there is none
        assert (arrays(after, params)["batch"] == np.arange(5)).all()


def test_an_edit_at_a_row_leaves_what_the_step_told() -> None:
    plain, edited = run(Params(), 4), run(Params(), 4, 0, (3, "W", [[9], [9]]))
    assert series(edited[3], Params()) == series(plain[3], Params())
    ours, theirs = (arrays(states[3], Params()) for states in (edited, plain))
    np.testing.assert_array_equal(ours["outputs"], theirs["outputs"])
    assert ours["W"].tolist() == [[9], [9]]
    assert series(edited[4], Params()) != series(plain[4], Params())


@pytest.mark.parametrize(("n", "batch_size"), [(10, 4), (10, 5), (3, 7)])
def test_an_epoch_uses_every_point_once_in_an_order_of_its_own(n: int, batch_size: int) -> None:
    params = Params(n_samples=n, batch_size=batch_size)
    steps = -(-n // batch_size)
    told = list(replay(dense, recipe(params), 3 * steps))
    rows = [arrays(frame.state, params)["batch"] for frame, _ in told]
    assert all(row.shape == (batch_size,) for row in rows)
    assert (rows[0] == -1).all()
    orders = [np.concatenate(rows[1 + e * steps : 1 + (e + 1) * steps]) for e in range(3)]
    for order in orders:
        assert sorted(order[order >= 0].tolist()) == list(range(n))
    assert len({tuple(order) for order in orders}) > 1
    assert [frame.t for frame, keys in told if keys == ("epoch",)] == [steps, 2 * steps, 3 * steps]
    assert [series(frame.state, params)["epoch"] for frame, _ in told] == [t // steps for t in range(3 * steps + 1)]


def test_loss_and_accuracy_are_those_of_the_batch() -> None:
    params = Params(points="overlapping", n_samples=30, batch_size=8, spread=2.0)
    states = run(params, 5)
    for before, after in pairwise(states):
        held, data = arrays(before, params), data_of(params)
        batch = arrays(after, params)["batch"]
        batch = batch[batch >= 0]
        z, t = (data.x[batch] @ held["W"] + held["b"])[:, 0], data.t[batch]
        row = series(after, params)
        assert row["with_bias.loss"] == pytest.approx(float(np.mean(np.logaddexp(0, z) - t * z)), rel=1e-12)
        assert row["with_bias.accuracy"] == np.mean((z >= 0) == t)
        assert arrays(after, params)["outputs"].shape == (30, 1)  # of all points


def test_points_without_targets_are_only_carried_forward() -> None:
    params = own(0, 4, 3, activation="tanh")
    params = replace(params, targets=None)
    told = list(replay(dense, recipe(params), 3))
    assert [keys for _, keys in told] == [(), ("no_targets",), (), ()]
    for frame, _ in told:
        held, row = arrays(frame.state, params), series(frame.state, params)
        np.testing.assert_array_equal(held["W"], arrays(told[0][0].state, params)["W"])
        assert np.isnan(held["targets"]).all()
        assert all(math.isnan(float(row[f"{net}.loss"])) for net in NETS)
    np.testing.assert_allclose(held["outputs"], np.tanh(held["points"] @ held["W"]), rtol=1e-12)


# ---- weights put in by hand


def test_at_the_start_w_sets_both_nets_unless_one_is_set_for_itself() -> None:
    both, other = [[1.0], [2.0]], [[3.0], [4.0]]
    for changes, bare in (
        (((0, "W", both),), both),
        (((0, "W", both), (0, "without_bias.W", other)), other),
        (((0, "without_bias.W", other), (0, "W", both)), other),
    ):
        held = arrays(run(Params(), 0, 0, *changes)[0], Params())
        assert held["W"].tolist() == both
        assert held["without_bias.W"].tolist() == bare
    later = arrays(run(Params(), 2, 0, (2, "W", both))[2], Params())
    assert later["W"].tolist() == both
    assert later["without_bias.W"].tolist() != both


def test_that_holds_for_hidden_layers_too_each_by_itself() -> None:
    params = Params(hidden=(2, 3))
    ones, other = np.ones((2, 2)), np.full((2, 3), 5.0)
    held = arrays(run(params, 0, 0, (0, "hidden_1.W", ones), (0, "without_bias.hidden_2.W", other))[0], params)
    assert (held["without_bias.hidden_1.W"] == 1).all()
    assert (held["without_bias.hidden_2.W"] == 5).all()
    assert (held["hidden_2.W"] != 5).all()
    biased = arrays(run(params, 0, 0, (0, "hidden_2.b", [1, 2, 3]))[0], params)
    assert biased["hidden_2.b"].tolist() == [1, 2, 3]


def test_every_array_can_be_set_at_any_step_and_nothing_else_changes() -> None:
    params = Params(hidden=(2, 3, 2), units=2, activation="softmax", optimizer="adam")
    for t, name in product((1, 5), dense.settable(params)):
        plain = arrays(run(params, t)[t], params)
        held = arrays(run(params, t, 0, (t, name, plain[name] + 1))[t], params)
        for key, value in held.items():
            np.testing.assert_array_equal(value, plain[key] + 1 if key == name else plain[key], err_msg=key)


@pytest.mark.parametrize("name", ["W", "b", "without_bias.W"])
def test_another_shape_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must keep its shape"):
        start(Params(), Streams.start(0)).with_array(name, np.ones((3, 1)), Params())


# ---- beyond all bounds


def explosive(**given: Any) -> Params:
    return Params(points=np.array([[3.0, 1.0], [1.0, 9.0]]), targets=np.array([5.0, -2.0]), activation="linear",
                  learning_rate=100.0, **given)  # fmt: skip


def test_a_net_that_diverges_stays_at_its_last_sound_weights_and_the_other_goes_on() -> None:
    params = Params(points=np.zeros((2, 1)), targets=np.array([1e6, 1e6]), activation="linear", learning_rate=100.0)
    told = list(replay(dense, recipe(params), 9))
    at = next(frame.t for frame, keys in told if "diverged: with_bias" in keys)
    before, now, then = (told[t][0].state for t in (at - 1, at, at + 1))
    assert all("end" not in keys for _, keys in told)  # at 0 there is no slope for W
    np.testing.assert_array_equal(arrays(now, params)["b"], arrays(before, params)["b"])
    assert math.isnan(float(series(now, params)["with_bias.loss"]))
    assert np.isnan(arrays(now, params)["outputs"]).all()
    assert np.isnan(arrays(then, params)["b"]).all()
    assert math.isfinite(float(series(then, params)["without_bias.loss"]))
    assert events(now, then, params) == ()


def test_a_run_ends_when_both_have_diverged() -> None:
    told = list(replay(dense, recipe(explosive()), 40))
    keys = [key for _, began in told for key in began]
    assert sorted(keys) == ["diverged: with_bias", "diverged: without_bias", "end"]
    assert "end" in told[-1][1]
    assert told[-1][0].t < 40


def test_new_weights_bring_a_diverged_net_back() -> None:
    params = Params(points=np.zeros((2, 1)), targets=np.array([1e6, 1e6]), activation="linear", learning_rate=100.0,
                    optimizer="momentum")  # fmt: skip
    at = next(frame.t for frame, keys in replay(dense, recipe(params), 9) if keys)
    states = run(params, at + 2, 0, (at + 1, "b", [999_999.0]))
    assert math.isnan(float(series(states[at + 1], params)["with_bias.loss"]))
    assert series(states[at + 2], params)["with_bias.loss"] == 1.0
    assert states[at + 1].with_bias.memory == rule_of(params).start(states[at + 1].with_bias.weights)


# ---- a run is a function of its recipe


@RULES
def test_a_frame_is_the_same_however_it_is_reached(optimizer: Any) -> None:
    params = Params(points="xor", hidden=(4, 3), optimizer=optimizer, batch_size=16, learning_rate=0.1)
    frames = {frame.t: frame for frame, _ in replay(dense, recipe(params, 2, (9, "hidden_2.b", [1, 2, 3])), 20)}
    timeline = Timeline(dense, recipe(params, 2, (9, "hidden_2.b", [1, 2, 3])), 1)
    for t in (13, 2, 20, 9, 10, 0, 19):
        assert timeline.frame(t) == frames[t]


def test_the_seed_draws_weights_and_order_the_data_seed_the_points() -> None:
    params = Params(batch_size=16)
    one, other = (arrays(run(params, 1, seed)[1], params) for seed in (0, 1))
    np.testing.assert_array_equal(one["points"], other["points"])
    assert (one["batch"] != other["batch"]).any()
    assert (one["W"] != other["W"]).any()
    other_data = replace(params, data_seed=1)
    moved = arrays(run(other_data, 1)[1], other_data)
    assert (moved["points"] != one["points"]).any()
    np.testing.assert_array_equal(moved["batch"], one["batch"])
