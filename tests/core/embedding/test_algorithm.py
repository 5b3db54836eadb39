"""The net against plain loops, central differences and PyTorch; batches, rows that move, divergence, arrays."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import embedding
from core.embedding import Params, State
from core.embedding.beats import parts
from core.embedding.settings import data_of
from core.run.refusal import Refusal
from core.run.streams import Streams

SMALL = Params(output_dim=3, twin=True)


def weights(state: State, params: Params) -> tuple[Any, ...]:
    """E, W and b."""
    held = embedding.arrays(state, params)
    return held["E"], held["W"], held["b"]


def loss_of(own: Sequence[Any], sequences: Any, labels: Any) -> float:
    """Sentence by sentence, place by place."""
    table, w, b = own
    total = 0.0
    for sequence, label in zip(sequences, labels, strict=True):
        flat = [number for word in sequence for number in table[word]]
        z = sum(x * w for x, w in zip(flat, w[:, 0], strict=True)) + b[0]
        p = 1 / (1 + np.exp(-z))
        total -= np.log(p if label else 1 - p)
    return float(total / len(labels))


def batch_of(state: State, params: Params) -> Any:
    data, used = data_of(params), state.batch[state.batch >= 0]
    return data.sequences[used], data.labels[used]


def test_the_start_is_that_of_keras() -> None:
    params = Params(output_dim=64, input_length=64, input_dim=2000, twin=False)
    table, w, b = weights(embedding.start(params, Streams.start(3)), params)
    assert (table.shape, w.shape, b.shape) == ((2000, 64), (4096, 1), (1,))
    assert 0.0499 < np.abs(table).max() <= 0.05
    assert abs(table.mean()) < 1e-3
    assert np.abs(w).max() <= np.sqrt(6 / 4097) < 1.01 * np.abs(w).max()
    assert b.tolist() == [0.0]


@pytest.mark.parametrize("batch_size", [8, 0])
def test_the_loss_is_that_of_plain_loops(run: Any, batch_size: int) -> None:
    params = replace(SMALL, batch_size=batch_size)
    for before, after in pairwise(run(params, 5)):
        row = embedding.series(after, params)
        assert row["loss"] == pytest.approx(loss_of(weights(before, params), *batch_of(after, params)), rel=1e-12)
        data = data_of(params)
        own = loss_of(weights(after, params), data.sequences[data.test], data.labels[data.test])
        assert row["test_loss"] == pytest.approx(own, rel=1e-12)


def test_the_gradient_is_that_of_central_differences(run: Any) -> None:
    before, after = run(SMALL, 40)[-2:]
    sequences, labels = batch_of(after, SMALL)
    made = parts(before, after, "embedding", SMALL)
    assert made is not None
    at, h = before.embedding.weights, 1e-6
    shapes = [array.shape for array in weights(before, SMALL)]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])

    def loss(vector: Any) -> float:
        pieces = np.split(vector, ends[:-1])
        return loss_of([p.reshape(s) for p, s in zip(pieces, shapes, strict=True)], sequences, labels)

    moves = np.eye(at.size)[np.random.default_rng(0).permutation(at.size)[:60]]
    slopes = [(loss(at + h * move) - loss(at - h * move)) / (2 * h) for move in moves]
    assert moves @ made.gradient == pytest.approx(np.array(slopes), rel=1e-6, abs=1e-9)


def test_a_step_is_that_of_pytorch(run: Any) -> None:
    torch = pytest.importorskip("torch")
    before, after = run(SMALL, 30)[-2:]
    sequences, labels = batch_of(after, SMALL)
    own = tuple(torch.tensor(np.array(a), dtype=torch.float64, requires_grad=True) for a in weights(before, SMALL))
    table, w, b = own
    looked = torch.nn.functional.embedding(torch.tensor(np.array(sequences)), table)
    z = (looked.reshape(len(sequences), -1) @ w + b)[:, 0]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor(np.array(labels, dtype=float)))
    loss.backward()
    for was, now in zip(own, weights(after, SMALL), strict=True):
        stepped = (was - SMALL.learning_rate * was.grad).detach().numpy()
        assert now == pytest.approx(stepped, rel=1e-12, abs=1e-15)


def test_the_twin_is_a_dense_on_one_hots_by_the_same_batches(run: Any) -> None:
    w, b = np.zeros((data_of(SMALL).rows * SMALL.input_length, 1)), 0.0
    for after in run(SMALL, 30)[1:]:
        sequences, labels = batch_of(after, SMALL)
        x = np.zeros((len(labels), len(w)))
        for i, sequence in enumerate(sequences):
            for place, number in enumerate(sequence):
                x[i, place * data_of(SMALL).rows + number] = 1.0
        p = 1 / (1 + np.exp(-(x @ w)[:, 0] - b))
        w = w - SMALL.learning_rate * x.T @ (p - labels)[:, None] / len(labels)
        b = b - SMALL.learning_rate * (p - labels).mean()
    held = embedding.arrays(after, SMALL)
    assert held["one_hot.W"] == pytest.approx(w, abs=1e-12)
    assert held["one_hot.b"] == pytest.approx(b, abs=1e-12)


def test_a_twin_beside_it_leaves_the_net_alone(run: Any) -> None:
    alone, beside = (run(Params(twin=twin), 20)[-1] for twin in (False, True))
    assert alone.embedding == beside.embedding
    assert alone.one_hot is None


def test_each_epoch_takes_every_sentence_once_and_none_held_out(run: Any) -> None:
    states = run(Params(), 12)
    used = [state.batch[state.batch >= 0] for state in states[1:]]
    for epoch in (used[:6], used[6:]):
        assert sorted(np.concatenate(epoch)) == data_of(Params()).training.tolist()
    assert [embedding.events(a, b, Params()) for a, b in pairwise(states)] == [
        *[()] * 5, ("epoch",), *[()] * 5, ("epoch",)]  # fmt: skip
    assert embedding.series(states[-1], Params())["epoch"] == 2
    assert states[6].batch.tolist()[4:] == [-1] * 4  # 44 sentences in batches of 8


def test_with_sgd_only_rows_in_the_batch_move_padding_among_them(run: Any) -> None:
    params = Params(input_length=8)
    for before, after in pairwise(run(params, 12)):
        moved = np.flatnonzero((weights(before, params)[0] != weights(after, params)[0]).any(axis=1))
        assert set(moved) == set(np.unique(batch_of(after, params)[0]))
    assert 0 in moved


def test_with_adam_rows_move_that_no_word_asked_for(run: Any) -> None:
    params = Params(input_length=8, optimizer="adam", learning_rate=0.02)
    _, before, after = run(params, 2)
    moved = np.flatnonzero((weights(before, params)[0] != weights(after, params)[0]).any(axis=1))
    assert set(moved) > set(np.unique(batch_of(after, params)[0]))


# ---- rows


def test_rows_have_the_arrays_and_series_agreed_on(run: Any) -> None:
    params = Params(batch_size=5)
    first, last = (run(params, 3)[k] for k in (0, -1))
    held = embedding.arrays(last, params)
    assert {name: array.shape for name, array in held.items()} == {
        "E": (41, 8), "W": (32, 1), "b": (1,), "one_hot.W": (0, 1), "one_hot.b": (0,), "batch": (5,),
        "probabilities": (5,), "sequences": (60, 4), "numbers": (60, 8), "labels": (60,), "test": (60,),
        "vocabulary": (40,),
    }  # fmt: skip
    assert held["numbers"][0].tolist() == [1, 2, 3, 4, -1, -1, -1, -1]
    assert (held["vocabulary"][0], int(held["test"].sum())) == ("the", 16)
    assert set(embedding.series(last, params)) == {
        "loss", "accuracy", "test_loss", "test_accuracy", "one_hot.loss", "one_hot.accuracy",
        "one_hot.test_accuracy", "epoch",
    }  # fmt: skip
    row, start = embedding.series(first, params), embedding.arrays(first, params)
    assert start["batch"].tolist() == [-1] * 5
    assert all(np.isnan([row["loss"], row["accuracy"], row["one_hot.test_accuracy"], *start["probabilities"]]))
    assert np.isfinite([row["test_loss"], row["test_accuracy"]]).all()
    with_twin = embedding.arrays(embedding.start(SMALL, Streams.start(0)), SMALL)
    assert (with_twin["one_hot.W"].shape, with_twin["one_hot.b"].shape) == ((164, 1), (1,))
    assert not with_twin["one_hot.W"].any()


def test_probabilities_are_those_before_the_update(run: Any) -> None:
    before, after = run(Params(), 9)[-2:]
    table, w, b = weights(before, Params())
    z = table[batch_of(after, Params())[0]].reshape(-1, 32) @ w + b
    assert embedding.arrays(after, Params())["probabilities"] == pytest.approx(1 / (1 + np.exp(-z[:, 0])), rel=1e-12)


def test_hashing_tells_no_vocabulary_and_nothing_held_out_no_test(run: Any) -> None:
    params = Params(encoding="hashing", held_out=())
    state = run(params, 2)[-1]
    assert embedding.arrays(state, params)["vocabulary"].shape == (0,)
    assert embedding.arrays(state, params)["E"].shape == (41, 8)
    assert np.isnan([embedding.series(state, params)[name] for name in ("test_loss", "test_accuracy")]).all()


def test_weights_can_be_set_at_any_step(run: Any) -> None:
    state = run(SMALL, 4)[-1]
    for name in embedding.settable(SMALL):
        array = embedding.arrays(state, SMALL)[name]
        changed = state.with_array(name, array + 1.0, SMALL)
        assert np.array_equal(embedding.arrays(changed, SMALL)[name], array + 1.0)
        with pytest.raises(Refusal, match="other_shape"):
            state.with_array(name, np.zeros((2, 7)), SMALL)
    assert embedding.settable(Params()) == ("E", "W", "b")


def test_a_net_that_leaves_all_bounds_stops_and_the_other_goes_on(run: Any) -> None:
    begin = embedding.start(SMALL, Streams.start(0)).with_array("E", np.full((41, 3), 1e12), SMALL)
    states = run(SMALL, 3, begin=begin.with_array("W", np.full((12, 1), 1e12), SMALL))
    told = [embedding.events(a, b, SMALL) for a, b in pairwise(states)]
    assert told[0] == ("diverged: embedding",)
    assert told[1:] == [(), ()]
    assert np.isnan(embedding.arrays(states[-1], SMALL)["E"]).all()
    assert np.isfinite(embedding.series(states[-1], SMALL)["one_hot.loss"])
    alone = replace(SMALL, twin=False)
    begin = embedding.start(alone, Streams.start(0)).with_array("E", np.full((41, 3), 1e12), alone)
    states = run(alone, 2, begin=begin.with_array("W", np.full((12, 1), 1e12), alone))
    assert embedding.events(states[0], states[1], alone) == ("diverged", "end")
    mended = states[-1].with_array("E", np.zeros((41, 3)), alone)
    assert mended.embedding.status == "start"


# ---- determinism


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 12), st.sampled_from(["english", "chinese"]),
       st.sampled_from(["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]), st.booleans())  # fmt: skip
def test_a_run_is_a_function_of_its_seed(seed: int, batch: int, sentences: Any, optimizer: Any, twin: bool) -> None:
    params = Params(sentences=sentences, batch_size=batch, optimizer=optimizer, twin=twin, learning_rate=0.05)

    def digest() -> str:
        state = embedding.start(params, Streams.start(seed))
        for t in range(1, 6):
            state = embedding.step(state, params, Streams.step(seed, t))
        held = embedding.arrays(state, params)
        return hashlib.md5(pickle.dumps([(name, array.tobytes()) for name, array in held.items()])).hexdigest()

    assert digest() == digest()
