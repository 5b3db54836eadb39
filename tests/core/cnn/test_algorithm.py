"""The run on the digits: against loops written down once more, central differences, and what was agreed on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage, signal

from core import cnn
from core.cnn import Params, State, arrays, series, step
from core.cnn.algorithm import accuracy_on_test, last_step, pushed, scores_on_test, shown
from core.cnn.settings import net
from core.data.digits import digits
from core.nn.layers import Conv2D, Dense, Flatten, MaxPooling2D
from core.nn.update_rules import FIRST_ORDER
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.refusal import Refusal
from core.run.replay import replay
from core.run.streams import Streams
from core.run.timeline import BUDGET, KEPT_EVERY, Timeline, bytes_of

Floats = NDArray[np.float64]
SMALL = (
    Conv2D(2, 3, padding="same", activation="tanh"), MaxPooling2D(2), Conv2D(3, 2, activation="elu"), Flatten(),
    Dense(4, activation="softplus"), Dense(10, activation="softmax"),
)  # fmt: skip


def run(params: Params, steps: int, seed: int = 0, *changes: tuple[int, str, Any]) -> list[State]:
    edits = tuple(Change(t, SetArray(name, np.array(value, dtype=float))) for t, name, value in changes)
    return [frame.state for frame, _ in replay(cnn, Recipe("cnn", 1, seed, params, edits), steps)]


# ---- the default run


@pytest.mark.parametrize("seed", [0, 3])
def test_the_default_run_reads_95_of_100_held_out_digits_after_each_of_its_last_epochs(seed: int) -> None:
    states = run(Params(), 500, seed)
    assert len(states) == 461  # 20 epochs of 23 steps, and the start
    read = [state.test_accuracy for state in states[::23]]
    assert min(read[-3:]) >= 0.95
    assert read[0] < 0.3


# ---- a step is the textbook's


def probabilities(row: Any, x: Floats) -> Floats:
    """What the default net makes of one digit (8, 8), window by window."""
    y = x[None]
    for k in (1, 3):
        kernels, b = row[f"layer_{k}.W"], row[f"layer_{k}.b"]
        pairs = ([signal.correlate2d(y[c], K[c], mode="same") for c in range(len(y))] for K in kernels)
        y = np.maximum([sum(seen) + b[m] for m, seen in enumerate(pairs)], 0)
        y = y.reshape(len(y), y.shape[1] // 2, 2, y.shape[2] // 2, 2).max(axis=(2, 4))
    hidden = np.maximum(y.ravel() @ row["layer_6.W"] + row["layer_6.b"], 0)
    z = hidden @ row["layer_7.W"] + row["layer_7.b"]
    return np.asarray(np.exp(z - z.max()) / np.exp(z - z.max()).sum())


def test_loss_accuracy_and_outputs_are_those_of_scipys_correlation() -> None:
    params = Params(batch_size=5, shown=77, push=(2, -1))
    before, after = run(params, 3)[-2:]
    row = arrays(before, params)
    told = [probabilities(row, digits().images[i]) for i in after.batch]
    labels = digits().labels[after.batch]
    losses = [-np.log(p[t]) for p, t in zip(told, labels, strict=True)]
    assert series(after, params)["loss"] == pytest.approx(np.mean(losses), rel=1e-12)
    assert series(after, params)["accuracy"] == np.mean([p.argmax() == t for p, t in zip(told, labels, strict=True)])
    moved = ndimage.shift(digits().images[77], (2, -1), order=0, cval=0.0)
    np.testing.assert_allclose(row["layer_7.output"], probabilities(row, moved), rtol=1e-12)
    read = np.mean([probabilities(row, digits().images[i]).argmax() == digits().labels[i] for i in digits().test[:40]])
    ours = scores_on_test(before.weights, params.layers)[:40].argmax(axis=1)
    assert read == np.mean(ours == digits().labels[digits().test[:40]])


@pytest.mark.parametrize("layers", [SMALL, Params().layers])
def test_the_step_of_plain_descent_is_the_central_difference_of_the_loss(layers: Any) -> None:
    params = Params(layers=layers, optimizer="sgd", learning_rate=1.0, batch_size=6)
    before = run(params, 4)[-1]
    after = step(before, params, Streams.step(0, 5))
    x, t = digits().images[after.batch][:, None], digits().labels[after.batch]
    rng = np.random.default_rng(0)
    for where, _ in net(layers).stack.places.values():
        for place in rng.integers(where.start, where.stop, 4):
            near = []
            for side in (1e-5, -1e-5):
                weights = before.weights.copy()
                weights[place] += side
                near.append(net(layers).look(weights, x, t).loss)
            moved = before.weights[place] - after.weights[place]
            assert moved == pytest.approx((near[0] - near[1]) / 2e-5, abs=2e-9)


# ---- epochs, batches, ends


@pytest.mark.parametrize(("batch_size", "steps"), [(64, 23), (0, 1), (1000, 2), (1437, 1)])
def test_an_epoch_uses_every_digit_that_is_learned_from_once(batch_size: int, steps: int) -> None:
    params = Params(layers=(Flatten(), SMALL[-1]), batch_size=batch_size, epochs=2)
    assert last_step(params) == 2 * steps
    frames = list(replay(cnn, Recipe("cnn", 1, 5, params), 99))
    assert len(frames) == 2 * steps + 1
    batches = [frame.state.batch for frame, _ in frames]
    assert all(len(batch) == (batch_size or 1437) for batch in batches)
    assert (batches[0] == -1).all()
    epochs = [np.concatenate(batches[1 + e * steps :][:steps]) for e in range(2)]
    for used in epochs:
        assert sorted(used[used >= 0]) == sorted(digits().training)
    assert batch_size == 0 or epochs[0].tolist() != epochs[1].tolist()
    assert [t for t, (_, began) in enumerate(frames) if "epoch" in began] == [steps, 2 * steps]
    assert [began for _, began in frames if "end" in began] == [("epoch", "end")]
    assert [series(frame.state, params)["epoch"] for frame, _ in frames] == [t // steps for t in range(2 * steps + 1)]


def test_held_out_digits_are_read_at_the_start_and_after_each_epoch_and_kept_between() -> None:
    params = Params(layers=SMALL, batch_size=500)
    states = run(params, 7)
    for t, state in enumerate(states):
        read = states[t - t % 3]
        assert series(state, params)["test_accuracy"] == accuracy_on_test(read.weights, params)
    assert np.isnan(float(series(states[0], params)["loss"]))
    assert np.isnan(float(series(states[0], params)["accuracy"]))


@pytest.mark.parametrize("at", [0, 2, 3])
def test_every_weight_can_be_set_at_the_start_and_in_mid_run(at: int) -> None:
    params, rng = Params(layers=SMALL, batch_size=500), np.random.default_rng(1)
    plain = run(params, 5)
    for name in cnn.settable(params):
        value = rng.normal(size=arrays(plain[0], params)[name].shape)
        states = run(params, 5, 0, (at, name, value))
        np.testing.assert_array_equal(arrays(states[at], params)[name], value)
        assert states[:at] == plain[:at]
        assert states[-1] != plain[-1]
        is_read = at % 3 == 0  # an epoch has three steps
        weights = states[at].weights if is_read else plain[0].weights
        assert states[at].test_accuracy == accuracy_on_test(weights, params)
    with pytest.raises(Refusal, match="other_shape"):
        plain[0].with_array("layer_1.W", np.zeros((2, 1, 3)), params)


def test_a_run_that_leaves_all_bounds_stops_at_its_last_good_weights_and_can_be_set_right() -> None:
    params = Params(layers=SMALL, optimizer="sgd", learning_rate=100.0, batch_size=0)
    frames = list(
        replay(cnn, Recipe("cnn", 1, 0, params, (Change(1, SetArray("layer_6.W", np.full((4, 10), 1e12))),)), 40)
    )
    last, began = frames[-1]
    assert began == ("diverged", "end")
    assert last.state.weights is frames[-2][0].state.weights
    assert np.isnan(float(series(last.state, params)["loss"]))
    healed = last.state.with_array("layer_6.W", np.zeros((4, 10)), params)
    assert step(healed, replace(params, learning_rate=1e-3), Streams.step(0, 9)).status == "running"


def test_maps_that_all_die_are_no_divergence() -> None:
    params = Params(optimizer="sgd", learning_rate=3.0)
    last = run(params, 110)[-1]
    assert last.status == "running"
    assert last.test_accuracy < 0.2


# ---- a frame is a function of its recipe


def test_the_same_recipe_gives_the_same_bytes_and_another_seed_does_not() -> None:
    params = Params(layers=SMALL)
    assert run(params, 30, 4) == run(params, 30, 4)
    assert run(params, 30, 4)[-1] != run(params, 30, 5)[-1]


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
def test_any_recorded_frame_is_made_again_to_the_byte(optimizer: Any) -> None:
    params = Params(layers=SMALL, optimizer=optimizer, learning_rate=0.01)
    changes = (Change(9, SetParam("learning_rate", 0.1)), Change(12, SetArray("layer_5.b", np.ones(4))))
    recipe = Recipe("cnn", 1, 2, params, changes)
    timeline, told = Timeline(cnn, recipe), [frame.state for frame, _ in replay(cnn, recipe, 40)]
    timeline.record(40)
    for t in np.random.default_rng(0).permutation(41).tolist():
        assert timeline.frame(t).state == told[t]


def test_what_is_shown_changes_no_run() -> None:
    params = Params(layers=SMALL)
    other = replace(params, shown=9, picture=np.eye(8), push=(1, 1))
    assert run(params, 12) == run(other, 12)
    assert series(run(params, 5)[-1], other) == series(run(params, 5)[-1], params)


def test_a_kept_state_is_weights_and_what_adam_remembers_of_them() -> None:
    """So that 2,000 steps of the default net are kept every eighth step: seven steps lead to any of them."""
    before, after = run(Params(), 9)[-2:]
    assert bytes_of(after, shared_with=before) < 1.02 * 3 * 8 * 6058
    assert 2000 / KEPT_EVERY * bytes_of(after) < BUDGET / 4


# ---- what is shown


@pytest.mark.parametrize("push", [(0, 0), (1, 0), (0, -1), (-3, 2), (7, -7)])
def test_ink_that_is_pushed_over_the_edge_is_lost_and_comes_back(push: tuple[int, int]) -> None:
    picture = digits().images[360]
    np.testing.assert_array_equal(pushed(picture, push), ndimage.shift(picture, push, order=0, cval=0.0))
    np.testing.assert_array_equal(shown(Params(shown=360)), picture)
    np.testing.assert_array_equal(shown(Params(picture=np.eye(8), push=push)), pushed(np.eye(8), push))
