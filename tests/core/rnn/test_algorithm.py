"""A step of the recurrent net against plain loops and central differences; what a row tells; edits; divergence."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import rnn
from core.nn.update_rules import FIRST_ORDER
from core.rnn import Params, SetRadius, arrays, events, series, start
from core.rnn.algorithm import batch_of, names_by_time, seen_in
from core.rnn.net import NAMES, rule_of
from core.rnn.tasks import draw
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.replay import replay
from core.run.streams import Streams
from core.run.timeline import Timeline, bytes_of

TASKS = ("echo", "parity", "adding", "next-character", "sine")
MODES = ("many-to-many", "many-to-one", "one-to-many")
SMALL: dict[str, Any] = {"units": 3, "length": 4, "batch_size": 2, "text": "abcab", "optimizer": "sgd"}


def weights_of(state: Any, params: Params) -> dict[str, Any]:
    return {name: arrays(state, params)[name] for name in NAMES}


# ---- a step is the textbook's


@pytest.mark.parametrize("cell", ["tanh", "relu", "linear", "sigmoid"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("task", [*TASKS, "own"])
def test_a_step_goes_against_the_slope_by_central_differences(
    task: Any, mode: Any, cell: Any, run: Any, own: Any, mean_loss: Any
) -> None:
    """With η = 1 SGD moves by the gradient; the loss is the one of plain loops over the arrays that exports hold."""
    params = Params(task=task, mode=mode, cell=cell, learning_rate=1.0, **SMALL)
    if task == "own":
        params = own(3, mode, cell in ("tanh", "linear"), 2, cell=cell, learning_rate=1.0, units=3, optimizer="sgd")
    b = 0.3 * np.random.default_rng(1).normal(size=3)  # so that no relu stands at its kink
    before, after = run(params, 1, 4, (0, "b", b))
    old, new, seen = weights_of(before, params), weights_of(after, params), arrays(after, params)
    told = seen["inputs"], seen["targets"], seen["h"][:, 0], params
    assert series(after, params)["loss"] == pytest.approx(mean_loss(old, *told), rel=1e-12)
    for name, place in [(name, place) for name, array in old.items() for place in np.ndindex(array.shape)]:
        near = []
        for h in (1e-5, -1e-5):
            moved = old[name].copy()
            moved[place] += h
            near.append(mean_loss({**old, name: moved}, *told))
        assert old[name][place] - new[name][place] == pytest.approx((near[0] - near[1]) / 2e-5, rel=1e-8, abs=1e-9), (
            name
        )


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
def test_a_row_tells_of_its_step_with_the_weights_before_it(optimizer: Any, run: Any) -> None:
    params = Params(optimizer=optimizer, units=5, length=3, batch_size=4)
    for before, after in pairwise(run(params, 4)):
        old, told = weights_of(before, params), arrays(after, params)
        h = np.zeros((4, 5))
        for t in range(3):
            np.testing.assert_array_equal(told["h"][:, t], h)
            h = np.tanh(told["inputs"][:, t] @ old["W"] + h @ old["U"] + old["b"])
            scores = np.exp(h @ old["V"] + old["c"])
            shares = scores / scores.sum(axis=1, keepdims=True)
            np.testing.assert_allclose(told["outputs"][:, t], shares, rtol=1e-12)
            h = told["h"][:, t + 1]  # equal but for the order of additions
        right = told["outputs"].argmax(axis=2) == told["targets"]
        row = series(after, params)
        np.testing.assert_allclose(told["accuracy_by_time"], right.mean(axis=0), rtol=1e-12)
        assert row["accuracy"] == pytest.approx(right.mean(), rel=1e-12)
        assert [row[name] for name in names_by_time(3)] == told["accuracy_by_time"].tolist()
        losses = -np.log(np.take_along_axis(told["outputs"], told["targets"][:, :, None], 2))
        assert row["loss"] == pytest.approx(float(losses.mean()), rel=1e-10)


def test_accuracy_of_numbers_is_the_share_within_a_tenth(run: Any) -> None:
    params = Params(task="sine", length=5)
    after = run(params, 60)[-1]
    told = arrays(after, params)
    near = np.abs(told["outputs"] - told["targets"]) <= 0.1
    assert 0 < near.mean() < 1
    assert series(after, params)["accuracy"] == pytest.approx(near.mean(), rel=1e-12)
    np.testing.assert_allclose(told["accuracy_by_time"], near.mean(axis=(0, 2)), rtol=1e-12)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("task", [*TASKS, "own"])
def test_shapes_are_the_same_in_row_0_and_after_it(task: Any, mode: Any, run: Any, own: Any) -> None:
    params = own(0, mode, False) if task == "own" else Params(task=task, mode=mode, batch_size=5)
    first, second = run(params, 1)
    empty, told = arrays(first, params), arrays(second, params)
    assert {name: array.shape for name, array in empty.items()} == {name: a.shape for name, a in told.items()}
    assert list(series(first, params)) == list(series(second, params))
    assert all(math.isnan(float(value)) for value in series(first, params).values())
    assert all(np.isnan(a).all() or (a == -1).all() for name, a in empty.items() if name not in NAMES)
    assert told["inputs"].shape[1] == (1 if mode == "one-to-many" else params.length)
    assert np.isfinite(told["h"]).all()
    shown = np.isfinite(told["accuracy_by_time"])
    assert shown.tolist() == [mode != "many-to-one"] * (params.length - 1) + [True]


# ---- the start


def test_the_start_is_radius_times_a_rotation_and_glorot() -> None:
    params = Params(radius=0.7, units=64, symbols=10)
    own = weights_of(start(params, Streams.start(5)), params)
    np.testing.assert_allclose(own["U"] @ own["U"].T, 0.49 * np.eye(64), atol=1e-12)
    assert abs(own["W"]).max() == pytest.approx(math.sqrt(6 / 74), rel=0.02)
    assert abs(own["V"]).max() == pytest.approx(math.sqrt(6 / 74), rel=0.02)
    assert not own["b"].any()
    assert not own["c"].any()


def test_radius_0_starts_without_memory(run: Any) -> None:
    params = Params(radius=0.0)
    assert not weights_of(run(params, 0)[0], params)["U"].any()


# ---- clipping


def test_a_clipped_gradient_keeps_its_direction_and_all_five_count(run: Any) -> None:
    params = Params(optimizer="sgd", learning_rate=1.0)
    free, cut = (run(replace(params, clip=clip), 1) for clip in (0.0, 0.05))
    norm = float(series(free[1], params)["grad_norm"])
    assert series(cut[1], params)["grad_norm"] == norm > 0.05
    for name in NAMES:
        moved = [weights_of(s[1], params)[name] - weights_of(s[0], params)[name] for s in (free, cut)]
        np.testing.assert_allclose(moved[1], moved[0] * (0.05 / norm), rtol=1e-9, atol=1e-15)
    pushes = [weights_of(free[1], params)[name] - weights_of(free[0], params)[name] for name in NAMES]
    assert math.sqrt(sum(float((push**2).sum()) for push in pushes)) == pytest.approx(norm, rel=1e-9)


def test_clip_is_live(run: Any) -> None:
    edits = (Change(2, SetParam("clip", 1e-9)), Change(4, SetParam("clip", 0.0)))
    params = Params(optimizer="sgd", learning_rate=1.0)
    states = [frame.state for frame, _ in replay(rnn, Recipe("rnn", 1, 0, params, edits), 5)]
    moves = [float(np.abs(b.weights - a.weights).max()) for a, b in pairwise(states)]
    assert [move > 1e-8 for move in moves] == [True, True, False, False, True]


# ---- the state that is carried


@pytest.mark.parametrize("stateful", [False, True])
def test_a_batch_begins_with_0_or_with_what_the_last_one_ended_with(stateful: bool, run: Any) -> None:
    params = Params(stateful=stateful, length=4, consecutive=True)
    states = run(params, 5)
    assert not arrays(states[1], params)["h"][:, 0].any()
    for before, after in pairwise(states[1:]):
        begin = arrays(after, params)["h"][:, 0]
        np.testing.assert_array_equal(begin, arrays(before, params)["h"][:, -1] if stateful else np.zeros((16, 16)))


def test_no_gradient_flows_into_the_carried_state(run: Any, mean_loss: Any) -> None:
    params = Params(stateful=True, consecutive=True, learning_rate=1.0, **SMALL)
    before, after = run(params, 3, 1)[-2:]
    old, told = weights_of(before, params), arrays(after, params)
    given = told["inputs"], told["targets"], told["h"][:, 0], params
    near = []
    for h in (1e-5, -1e-5):
        moved = old["U"].copy()
        moved[0, 1] += h
        near.append(mean_loss({**old, "U": moved}, *given))
    step = old["U"][0, 1] - weights_of(after, params)["U"][0, 1]
    assert step == pytest.approx((near[0] - near[1]) / 2e-5, abs=1e-9)


# ---- edits


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at", [0, 3])
def test_every_weight_can_be_set_at_any_step_in_its_own_shape(name: str, at: int, run: Any) -> None:
    params = Params()
    value = np.random.default_rng(2).normal(size=arrays(run(params, 0)[0], params)[name].shape)
    plain, states = run(params, at + 2), run(params, at + 2, 0, (at, name, value))
    np.testing.assert_array_equal(arrays(states[at], params)[name], value)
    assert series(states[at], params) == pytest.approx(series(plain[at], params), nan_ok=True)
    for other in set(arrays(states[at], params)) - {name}:
        np.testing.assert_array_equal(arrays(states[at], params)[other], arrays(plain[at], params)[other])
    assert series(states[at + 1], params) != series(plain[at + 1], params)
    with pytest.raises(ValueError, match="must keep its shape"):
        states[0].with_array(name, np.zeros(7), params)
    assert name in rnn.settable(params)


def test_the_ring_pulls_all_eigenvalues_of_u() -> None:
    params = Params()
    edits = (Change(3, SetArray("U", np.diag(np.arange(1.0, 17.0)))), Change(3, SetRadius(0.5)))
    recipe = Recipe("rnn", 1, 0, params, edits)
    state = list(replay(rnn, recipe, 3))[-1][0].state
    np.testing.assert_allclose(arrays(state, params)["U"], np.diag(np.arange(1.0, 17.0)) / 32, rtol=1e-12)
    dragged = recipe.edited(3, SetRadius(0.25))
    assert [change.edit for change in dragged.edits] == [edits[0].edit, SetRadius(0.25)]
    typed = dragged.edited(3, SetArray("U", np.eye(16)))
    assert [change.edit.kind for change in typed.edits] == ["set array"]


# ---- divergence


EXPLOSIVE = Params(task="adding", cell="linear", radius=2.0, length=20, optimizer="sgd", learning_rate=100.0)


def test_a_run_that_diverges_stands_at_its_last_sound_weights_and_ends(run: Any) -> None:
    told = list(replay(rnn, Recipe("rnn", 1, 0, EXPLOSIVE), 60))
    assert told[-1][1] == ("diverged", "end")
    before, after = (frame.state for frame, _ in told[-2:])
    np.testing.assert_array_equal(before.weights, after.weights)
    assert all(math.isnan(float(value)) for value in series(after, EXPLOSIVE).values())
    assert np.isnan(arrays(after, EXPLOSIVE)["h"]).all()
    then = rnn.step(after, EXPLOSIVE, Streams.step(0, after.t + 1))
    assert events(after, then, EXPLOSIVE) == ()


def test_new_weights_bring_a_diverged_run_back(run: Any) -> None:
    at = list(replay(rnn, Recipe("rnn", 1, 0, EXPLOSIVE), 60))[-1][0].t
    first = weights_of(run(EXPLOSIVE, 0)[0], EXPLOSIVE)
    states = run(EXPLOSIVE, at, 0, *((at, name, array) for name, array in first.items()))
    assert math.isnan(float(series(states[at], EXPLOSIVE)["loss"]))  # the step to there was not made
    assert states[at].memory.gradient.size == 0
    then = rnn.step(states[at], replace(EXPLOSIVE, learning_rate=1e-9), Streams.step(0, at + 1))
    assert math.isfinite(float(series(then, EXPLOSIVE)["loss"]))


# ---- a run is a function of its recipe, and small


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(TASKS), st.sampled_from(MODES), st.sampled_from(list(FIRST_ORDER)), st.booleans(), st.booleans(),
    st.integers(0, 99),
)  # fmt: skip
def test_a_frame_is_the_same_however_it_is_reached(
    task: Any, mode: Any, optimizer: Any, consecutive: bool, stateful: bool, seed: int
) -> None:
    params = Params(task=task, mode=mode, optimizer=optimizer, consecutive=consecutive, stateful=stateful, units=4)
    recipe = Recipe(
        "rnn", 1, seed, params, (Change(9, SetRadius(0.5)), Change(9, SetArray("c", np.ones(_outputs(params)))))
    )
    frames = {frame.t: frame for frame, _ in replay(rnn, recipe, 20)}
    timeline = Timeline(rnn, recipe, 1)
    for t in (13, 2, 20, 9, 10, 0, 19):
        assert timeline.frame(t) == frames[t]
        told = arrays(timeline.frame(t).state, params)
        for name, array in arrays(frames[t].state, params).items():
            np.testing.assert_array_equal(told[name], array)


def _outputs(params: Params) -> int:
    return len(arrays(start(params, Streams.start(0)), params)["c"])


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["tanh", "sigmoid"]), st.floats(0, 3), st.integers(1, 100), st.integers(0, 99))
def test_a_state_of_tanh_and_sigmoid_is_bounded_and_all_shares_add_up_to_1(
    cell: Any, radius: float, length: int, seed: int
) -> None:
    params = Params(cell=cell, radius=radius, length=length, lag=1, batch_size=2)
    told = arrays(rnn.step(start(params, Streams.start(seed)), params, Streams.step(seed, 1)), params)
    assert np.abs(told["h"]).max() <= 1
    np.testing.assert_allclose(told["outputs"].sum(axis=2), 1, rtol=1e-12)
    assert (told["grad_by_lag"] >= 0).all()


def test_seeds_draw_other_weights_and_sequences_steps_other_sequences(run: Any) -> None:
    params = Params()
    one, other = run(params, 2, 0), run(params, 2, 1)
    assert (one[0].weights != other[0].weights).any()
    batches = [batch_of(state, params) for state in (one[1], one[2], other[1])]
    assert len({batch.x.tobytes() for batch in batches if batch}) == 3


@pytest.mark.parametrize("optimizer", ["adam", "nesterov"])
def test_what_a_step_saw_is_not_made_again_to_be_shown(
    optimizer: Any, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is drawn and carried through the net once, by the step that takes it."""
    drawn: list[int] = []

    def counted(params: Params, rng: Any, begin: Any) -> Any:
        drawn.append(1)
        return draw(params, rng, begin)

    monkeypatch.setattr("core.rnn.algorithm.draw", counted)
    params = Params(optimizer=optimizer, consecutive=True)
    _, before, after = run(params, 2)
    for state in (after, before):
        seen = seen_in(state, params)
        assert seen is seen_in(state, params)
        assert seen is not None
        assert seen.loss == state.loss
    assert len(drawn) == 2


def test_a_state_holds_no_batch_and_no_h(run: Any) -> None:
    params = Params(batch_size=256, length=100, text="abc")
    rule = rule_of(params).start(run(params, 0)[0].weights)
    before, after = run(params, 2)[1:]
    assert bytes_of(after, shared_with=before) < 4 * rule.m.nbytes + 4000
