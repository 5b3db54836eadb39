"""Word2vec against finite differences, autograd, plain loops, and the rules it is trained by."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core import optimizers, word2vec
from core.data.corpora import read_corpus
from core.nn.update_rules import FIRST_ORDER, first_order
from core.run.recipe import Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams
from core.run.timeline import Timeline
from core.word2vec import Params, State, arrays, check, series, start, step
from core.word2vec.algorithm import TURNED_EVERY, examples, used, word_map
from core.word2vec.examples import examples_of, noise_words
from core.word2vec.net import Batch, forward, gradient

Floats = NDArray[np.float64]
TEXT = "The old cat sees a dog. A dog sees the cat the cat! She runs."
MODELS = ("cbow", "skip-gram")
OUTPUTS = ("softmax", "negative sampling")
BOTH = pytest.mark.parametrize(("model", "output"), list(product(MODELS, OUTPUTS)))


def run(params: Params, steps: int, seed: int = 0) -> list[State]:
    return [frame.state for frame, _ in replay(word2vec, Recipe("word2vec", 1, seed, params), steps)]


# What is learned from.


def test_cbow_goes_window_by_window_in_reading_order() -> None:
    found = examples_of("a b c. d. e f", "cbow", 1).batch(0, 5)
    assert found.positions.tolist() == [0, 1, 2, 4, 5]  # d stands alone: no example
    assert found.contexts.tolist() == [[1, -1], [0, 2], [1, -1], [5, -1], [4, -1]]


def test_skip_gram_goes_pair_by_pair_contexts_left_to_right() -> None:
    found = examples_of("a b c. d. e f", "skip-gram", 2).batch(0, 8)
    pairs = list(zip(found.centres.tolist(), found.contexts[:, 0].tolist(), strict=True))
    assert pairs == [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (4, 5), (5, 4)]
    assert (found.partners[:, 0] == [1, 2, 0, 2, 0, 1, 5, 4]).all()


@BOTH
def test_rows_tell_the_examples_again_and_again(model: Any, output: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output, window=2)
    all_of_them = examples(params).batch(0, len(examples(params)))
    for t, state in enumerate(run(params, 2 * len(all_of_them) + 3)):
        told = arrays(state, params)
        i = (t - 1) % len(all_of_them)
        assert told["centre"] == (all_of_them.centres[i] if t else -1)
        context = all_of_them.contexts[i].tolist()
        wanted = context if model == "cbow" else context[0]
        assert told["context"].tolist() == (wanted if t else np.full_like(told["context"], -1).tolist())


def test_epochs_begin_again_at_the_first_example() -> None:
    params = Params(corpus="a b c. e f")
    count = len(examples(params))
    found = {f.t: keys for f, keys in replay(word2vec, Recipe("word2vec", 1, 0, params), 3 * count) if keys}
    assert found == {count: ("epoch",), 2 * count: ("epoch",), 3 * count: ("epoch",)}


def test_the_mean_loss_of_a_pass_is_that_of_its_steps() -> None:
    params = Params(corpus=TEXT)
    count = len(examples(params))
    rows = [series(state, params) for state in run(params, 2 * count)]
    losses = [float(row["loss"]) for row in rows[1:]]
    assert np.isnan(rows[count - 1]["epoch_loss"])
    assert rows[count]["epoch_loss"] == pytest.approx(np.mean(losses[:count]))
    assert rows[2 * count]["epoch_loss"] == pytest.approx(np.mean(losses[count:]))


# What the negatives are.


def test_negatives_are_drawn_by_the_flattened_frequency() -> None:
    noise = noise_words(read_corpus("a a a a a a a a b b b b c c d e"))
    weights = np.array([8, 4, 2, 1, 1]) ** 0.75
    for target in range(5):
        drawn = noise.draw(np.full(200, target), 500, np.random.default_rng(target)).ravel()
        wanted = np.where(np.arange(5) == target, 0, weights)
        seen = np.bincount(drawn, minlength=5) / len(drawn)
        assert seen[target] == 0
        assert np.allclose(seen, wanted / wanted.sum(), atol=0.006)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=30), st.integers(0, 2**31))
def test_the_target_is_never_drawn(counts: list[int], seed: int) -> None:
    corpus = replace(read_corpus("a b"), counts=np.array(counts))
    targets = np.arange(len(counts))
    drawn = noise_words(corpus).draw(targets, 20, np.random.default_rng(seed))
    assert not (drawn == targets[:, None]).any()
    assert ((drawn >= 0) & (drawn < len(counts))).all()


class Edge:
    """Draws the numbers at the ends of what a generator can give."""

    def random(self, shape: tuple[int, int]) -> Floats:
        return np.resize([0.0, np.nextafter(1.0, 0.0)], shape)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=30))
def test_nor_at_the_ends_of_the_line(counts: list[int]) -> None:
    targets = np.arange(len(counts))
    edge: Any = Edge()
    drawn = noise_words(replace(read_corpus("a b"), counts=np.array(counts))).draw(targets, 2, edge)
    assert not (drawn == targets[:, None]).any()
    assert ((drawn >= 0) & (drawn < len(counts))).all()


# What the net computes.


def some_batch(rng: np.random.Generator, words: int, model: str, output: str, size: int) -> Batch:
    inputs = rng.integers(0, words, (size, 4 if model == "cbow" else 1))
    if model == "cbow":
        inputs[::2, -1] = -1
        inputs[:, 1] = inputs[:, 0]  # a word that stands twice in a window counts twice
    negatives = rng.integers(0, words, (size, 3 if output == "negative sampling" else 0))
    return Batch.of(inputs, rng.integers(0, words, size), negatives)


@BOTH
@pytest.mark.parametrize("size", [1, 5])
def test_the_gradient_is_that_of_finite_differences(model: str, output: str, size: int) -> None:
    rng = np.random.default_rng(size)
    words, sampled = 7, output != "softmax"
    vectors, batch = rng.normal(size=(2 * words, 3)), some_batch(rng, words, model, output, size)

    def loss(x: Floats) -> float:
        return float(forward(x, words, batch, sampled).losses.mean())

    slope = gradient(vectors, words, batch, forward(vectors, words, batch, sampled), sampled)
    for place in np.ndindex(vectors.shape):
        nudge = np.zeros_like(vectors)
        nudge[place] = 1e-5
        assert slope[place] == pytest.approx((loss(vectors + nudge) - loss(vectors - nudge)) / 2e-5, abs=1e-8)


@BOTH
@pytest.mark.parametrize("batch", [1, 6])
def test_a_step_of_sgd_is_that_of_autograd(model: Any, output: Any, batch: int) -> None:
    torch = pytest.importorskip("torch")
    params = Params(corpus=TEXT, model=model, output=output, batch=batch, learning_rate=0.7, window=3)
    before, after = run(params, 5, seed=9)[-2:]
    told = {name: np.asarray(a) for name, a in arrays(after, params).items()}
    centre, context, negatives = (told[n] if batch > 1 else told[n][None] for n in ("centre", "context", "negatives"))
    w, c = (torch.tensor(array.copy(), requires_grad=True) for array in (before.W, before.C))
    losses = []
    for i in range(batch):
        around = [int(w) for w in np.atleast_1d(context[i]) if w >= 0]
        hidden = w[around].mean(dim=0) if model == "cbow" else w[int(centre[i])]
        target = int(centre[i]) if model == "cbow" else around[0]
        scores = hidden @ c
        if output == "softmax":
            losses.append(torch.nn.functional.cross_entropy(scores[None], torch.tensor([target])))
        else:
            against = scores[[int(n) for n in negatives[i]]]
            log_sigmoid = torch.nn.functional.logsigmoid
            losses.append(-log_sigmoid(scores[target]) - log_sigmoid(-against).sum())
    mean = torch.stack(losses).mean()
    mean.backward()
    assert after.loss == pytest.approx(mean.item())
    assert np.allclose(after.W, before.W - 0.7 * w.grad.numpy(), rtol=1e-12, atol=1e-14)
    assert np.allclose(after.C, before.C - 0.7 * c.grad.numpy(), rtol=1e-12, atol=1e-14)


def test_probabilities_are_a_softmax_and_the_loss_its_logarithm() -> None:
    special = pytest.importorskip("scipy.special")
    params = Params(corpus=TEXT, model="cbow")
    before, after = run(params, 3)[-2:]
    told = arrays(after, params)
    context = told["context"][told["context"] >= 0]
    scores = before.W[context].mean(axis=0) @ before.C
    assert np.allclose(told["probabilities"], special.softmax(scores))
    assert after.loss == pytest.approx(-special.log_softmax(scores)[told["centre"]])


@BOTH
def test_scores_of_a_thousand_do_not_overflow(model: Any, output: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output)
    state = replace(start(params, Streams.start(0)), vectors=np.full((2 * 8, 6), 15.0))
    after = step(state, params, Streams.step(0, 1))
    assert np.isfinite(after.loss)
    assert not after.diverged


# How it is trained.


def test_the_rules_are_those_of_the_race_at_its_defaults() -> None:
    for name in FIRST_ORDER:
        racing = getattr(optimizers.Params(), name)
        assert first_order(name, racing.learning_rate) == racing


@BOTH
@pytest.mark.parametrize("optimizer", list(FIRST_ORDER))
def test_every_rule_steps_as_it_does_by_itself(model: Any, output: Any, optimizer: Any) -> None:
    """The rule by itself, with all its memory and the whole gradient, comes to the same weights."""
    params = Params(corpus=TEXT, model=model, output=output, optimizer=optimizer, learning_rate=0.05)
    states = run(params, 12)
    rule: Any = FIRST_ORDER[optimizer](learning_rate=0.05)  # type: ignore[call-arg]
    x, sampled, words = states[0].vectors, output != "softmax", len(states[0].W)
    memory = rule.start(x)
    for t, state in enumerate(states[1:], 1):
        now = used(t, params)
        inputs, targets = (now.contexts, now.centres) if model == "cbow" else (now.centres[:, None], now.contexts[:, 0])
        batch = Batch.of(inputs, targets, state.negatives)

        def slope(at: Floats, batch: Batch = batch) -> Floats:
            return gradient(at, words, batch, forward(at, words, batch, sampled), sampled)

        x, memory = rule.step(x, memory, slope)
        assert np.allclose(state.vectors, x, rtol=1e-12, atol=1e-15)


@BOTH
@pytest.mark.parametrize("optimizer", list(FIRST_ORDER))
def test_only_the_rows_of_the_words_used_move_with_sgd(model: Any, output: Any, optimizer: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output, optimizer=optimizer)
    before, after = run(params, 8)[-2:]
    told = arrays(after, params)
    went_in = set(np.atleast_1d(told["context"] if model == "cbow" else told["centre"]).tolist()) - {-1}
    moved = set(np.flatnonzero((before.W != after.W).any(axis=1)).tolist())
    columns = set(np.flatnonzero((before.C != after.C).any(axis=0)).tolist())
    if optimizer in ("sgd", "adagrad", "rmsprop"):  # no velocity: what has no gradient stays
        assert moved == went_in
    else:
        assert moved > went_in
    if optimizer == "sgd" and output == "negative sampling":
        target = int(told["centre"] if model == "cbow" else told["context"])
        assert columns == {target, *told["negatives"].tolist()}
    else:
        assert len(columns) > 2


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_kept_memories_are_only_what_the_next_step_needs(optimizer: Any) -> None:
    state = run(Params(corpus=TEXT, optimizer=optimizer), 3)[-1]
    assert state.memory.gradient.size == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 30), st.sampled_from(MODELS), st.sampled_from(OUTPUTS))
def test_a_batch_is_the_mean_of_its_examples(size: int, model: Any, output: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output, batch=size)
    before, after = run(params, 2)[-2:]
    now = used(2, params)
    sampled, words = output != "softmax", len(before.W)
    slopes, losses = [], []
    for i in range(size):
        one = Batch.of(now.inputs[i : i + 1], now.targets[i : i + 1], after.negatives[i : i + 1])
        made = forward(before.vectors, words, one, sampled)
        slopes.append(gradient(before.vectors, words, one, made, sampled))
        losses.append(made.losses[0])
    assert after.loss == pytest.approx(np.mean(losses))
    assert np.allclose(after.vectors, before.vectors - 0.1 * np.mean(slopes, axis=0), atol=1e-12)


# What a frame holds.


@BOTH
@pytest.mark.parametrize("batch", [1, 3])
def test_arrays_have_a_batch_axis_only_for_batches(model: Any, output: Any, batch: int) -> None:
    params = Params(corpus=TEXT, model=model, output=output, batch=batch, window=2, negative=4, vector_size=5)
    lead = (batch,) if batch > 1 else ()
    size = read_corpus(params.corpus).size
    for state in run(params, 2):
        told = {name: array.shape for name, array in arrays(state, params).items()}
        assert told["W"] == (size, 5)
        assert told["C"] == (5, size)
        assert told["centre"] == lead
        assert told["context"] == (*lead, *((4,) if model == "cbow" else ()))
        assert told["negatives"] == (*lead, 4 if output != "softmax" else 0)
        assert told["probabilities"] == (*lead, size if output == "softmax" else 0)


def test_row_0_has_no_step() -> None:
    params = Params(corpus=TEXT)
    state = start(params, Streams.start(0))
    told, numbers = arrays(state, params), series(state, params)
    assert np.isnan([numbers["loss"], numbers["position"], numbers["epoch_loss"]]).all()
    assert np.isnan(told["probabilities"]).all()
    assert int(told["centre"]) == int(told["context"]) == -1


@pytest.mark.parametrize("name", ["W", "C"])
def test_weights_can_be_set_at_any_step(name: str) -> None:
    params = Params(corpus=TEXT)
    timeline = Timeline(word2vec, Recipe("word2vec", 1, 0, params))
    shape = arrays(timeline.frame(4).state, params)[name].shape
    value = np.arange(np.prod(shape)).reshape(shape) / 10.0
    edited = timeline.fork(timeline.recipe.edited(4, SetArray(name, value)))
    other = "C" if name == "W" else "W"
    frame = edited.frame(4)
    assert arrays(frame.state, params)[name].tolist() == value.tolist()
    assert arrays(frame.state, params)[other].tolist() == arrays(frame.made, params)[other].tolist()
    with pytest.raises(ValueError, match=name):
        frame.state.with_array(name, value[:-1], params)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_run_that_leaves_all_bounds_stays_at_its_last_good_weights(output: Any) -> None:
    params = Params(corpus=TEXT, output=output, learning_rate=10.0, optimizer="momentum")
    big = SetArray("W", np.full((8, 6), 1e11))
    timeline = Timeline(word2vec, Recipe("word2vec", 1, 0, params).edited(3, big))
    while not timeline.ended and timeline.recorded < 500:
        timeline.extend()
    end = timeline.recorded
    assert timeline.events[end] == ("diverged", "end")
    assert (timeline.frame(end).made.W == timeline.frame(end - 1).made.W).all()
    assert np.isnan(series(timeline.frame(end).made, params)["loss"])
    shown = arrays(timeline.frame(end).made, params)
    assert shown["centre"] == -1
    assert (shown["context"] == -1).all()
    assert (shown["negatives"] == -1).all()
    assert np.isnan(shown["probabilities"]).all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("optimizer", list(FIRST_ORDER))
def test_weights_at_the_limit_warn_of_nothing(output: Any, optimizer: Any) -> None:
    params = Params(corpus=TEXT, output=output, optimizer=optimizer, learning_rate=10.0)
    state = start(params, Streams.start(0)).with_array("W", np.full((8, 6), 1e12), params)
    for t in range(1, 6):
        state = step(state, params, Streams.step(0, t))
        series(state, params), arrays(state, params)
    assert np.isfinite(state.vectors).all()


@pytest.mark.parametrize("size", [1, 2, 3, 9])
def test_the_map_turns_but_never_jumps(size: int) -> None:
    params = Params(vector_size=size, learning_rate=0.5)
    states = run(params, 400)
    for before, after in pairwise(states):
        assert np.allclose(after.axes.T @ after.axes, np.diag([1.0, float(size > 1)]))
        assert (np.abs((before.axes * after.axes).sum(axis=0))[:size] > 0.99).all()
    inputs, outputs = word_map(states[-1].vectors, states[-1].axes)
    assert inputs.shape == outputs.shape == (20, 2)
    turned_last = states[-1 - (len(states) - 2) % TURNED_EVERY]
    assert np.abs(word_map(turned_last.vectors, turned_last.axes)[0]).max() == pytest.approx(turned_last.reach)
    assert turned_last.reach == states[-1].reach
    if size == 2:
        assert inputs.tolist() == states[-1].W.tolist()


# What is refused.


def test_more_probabilities_than_memory_bears_are_refused() -> None:
    text = " ".join(f"w{i}" for i in range(10_000))
    assert check(Params(corpus=text, batch=200)) is None
    refusal = check(Params(corpus=text, batch=201))
    assert refusal is not None
    assert (refusal.field, refusal.values["allowed"]) == ("batch", 200)
    assert check(Params(corpus=text, batch=512, output="negative sampling")) is None


def test_a_text_without_an_example_is_refused() -> None:
    refusal = check(Params(corpus="alone"))
    assert refusal is not None
    assert refusal.field == "corpus"


@pytest.mark.parametrize(("settings", "words"), [
    ({}, [("", ""), ("the", "king"), ("the", "wears"), ("king", "the")]),
    ({"model": "cbow"}, [("", ""), ("the", "king wears"), ("king", "the wears a")]),
    ({"batch": 3}, [("", ""), ("the", "king"), ("king", "wears")]),
    ({"examples": "centre"}, [("", ""), ("the", "king wears"), ("king", "the wears a")]),
])  # fmt: skip
def test_a_row_tells_the_words_of_its_first_example(settings: dict[str, Any], words: list[tuple[str, str]]) -> None:
    params = Params(**settings)
    told, state = [], word2vec.start(params, Streams.start(0))
    for t in range(len(words)):
        row = word2vec.series(state, params)
        told.append((row["centre_word"], row["context_words"]))
        state = word2vec.step(state, params, Streams.step(0, t + 1))
    assert told == words
