"""Word2vec beside others: softmax pair by pair in plain Python, negative sampling in gensim; frames, replay."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import word2vec
from core.data.corpora import read_corpus
from core.run.recipe import Recipe
from core.run.streams import Streams
from core.run.timeline import Timeline
from core.word2vec import Params
from core.word2vec.algorithm import examples
from core.word2vec.examples import noise_words
from core.word2vec.net import Batch, forward

Floats = NDArray[np.float64]
ROUNDS = 7


def steps(params: Params, count: int) -> word2vec.State:
    """Return the state after some steps from the start."""
    state = word2vec.start(params, Streams.start(0))
    for t in range(1, count + 1):
        state = word2vec.step(state, params, Streams.step(0, t))
    return state


# A pass through a small text.


def pair_by_pair(pairs: list[tuple[int, int]], w: list[list[float]], c: list[list[float]], rate: float) -> float:
    """Go through all pairs as wevi does: loops over words and units, one pair after the other. Return the mean loss."""
    total = 0.0
    units = range(len(w[0]))
    for centre, context in pairs:
        hidden = w[centre]
        scores = [sum(hidden[k] * column[k] for k in units) for column in c]
        powers = [math.exp(score - max(scores)) for score in scores]
        whole = sum(powers)
        errors = [power / whole for power in powers]
        total -= math.log(errors[context])
        errors[context] -= 1.0
        slope = [sum(error * column[k] for error, column in zip(errors, c, strict=True)) for k in units]
        for error, column in zip(errors, c, strict=True):
            for k in units:
                column[k] -= rate * error * hidden[k]
        for k in units:
            hidden[k] -= rate * slope[k]
    return total / len(pairs)


def test_a_pass_of_softmax_beside_plain_loops(bench: Any) -> None:
    """All pairs of a small text in batches, beside the same pairs one by one in Python."""
    params = Params(batch=424, vector_size=6)
    all_of_them = examples(params).batch(0, params.batch)
    pairs = list(zip(all_of_them.centres.tolist(), all_of_them.contexts[:, 0].tolist(), strict=True))
    assert len(pairs) == params.batch
    state = word2vec.start(params, Streams.start(0))
    w, c = state.W.tolist(), state.C.T.tolist()

    def ours() -> None:
        nonlocal state
        state = word2vec.step(state, params, Streams.step(0, state.t + 1))

    times = bench.in_turn(ROUNDS, 3, ours, lambda: pair_by_pair(pairs, w, c, 0.1), clock=process_time)
    own, other = (median(map(median, kept)) for kept in times)
    size = read_corpus(params.corpus).size
    bench.judge(
        (f"softmax, a pass, V = {size} / pair by pair", own / other, 0.3, f"{1e3 * own:.2f} ms, {1e3 * other:.1f} ms")
    )


# Negative sampling on a text of many words.

TOKENS, SIZE, NEGATIVE, WINDOW, RATE, EPOCHS = 40_000, 16, 5, 5, 0.025, 2


def zipf_text(tokens: int, words: int) -> str:
    """Return sentences of twelve words, drawn as often as words are in a language, each near some others."""
    rng = np.random.default_rng(5)
    shares = 1.0 / np.arange(3, words + 3)
    topics = rng.permutation(words).reshape(-1, 50)
    sentences = []
    for _ in range(tokens // 12):
        own = topics[rng.integers(len(topics))]
        drawn = rng.choice(words, 12, p=shares / shares.sum())
        drawn[::2] = rng.choice(own, 6, p=shares[own] / shares[own].sum())
        sentences.append(" ".join(f"w{i}" for i in drawn))
    return "\n".join(sentences)


def loss_of(w: Floats, c: Floats, params: Params) -> float:
    """Return the mean loss of both tables on pairs of the text, with the same negatives for whoever is judged."""
    places = np.random.default_rng(1).integers(0, len(examples(params)), 20_000)
    drawn = examples(params).at(places)
    targets = drawn.targets
    negatives = noise_words(read_corpus(params.corpus)).draw(targets, NEGATIVE, np.random.default_rng(2))
    batch = Batch.of(drawn.inputs, targets, negatives)
    return float(forward(np.concatenate([w, c]), len(w), batch, True).losses.mean())


def test_negative_sampling_beside_gensim(bench: Any) -> None:
    """Words a second of skip-gram, ours in batches; a step's gradient is a mean, so that its rate is multiplied."""
    models = pytest.importorskip("gensim.models", reason="gensim, of the extra `benchmark`, is not installed")
    batch = 400
    params = Params(
        corpus=zipf_text(TOKENS, 2000), window=WINDOW, vector_size=SIZE, batch=batch, learning_rate=RATE * batch,
        output="negative sampling", negative=NEGATIVE,
    )  # fmt: skip
    corpus, count = read_corpus(params.corpus), EPOCHS * len(examples(params)) // batch
    begin = process_time()
    ours = steps(params, count)
    own = EPOCHS * len(corpus.tokens) / (process_time() - begin)
    sentences = [line.split() for line in params.corpus.split("\n")]
    settings = {"sg": 1, "hs": 0, "negative": NEGATIVE, "window": WINDOW, "vector_size": SIZE, "min_count": 1,
                "sample": 0, "alpha": RATE, "min_alpha": RATE, "workers": 1, "shrink_windows": False}  # fmt: skip
    model = models.Word2Vec(**settings)
    model.build_vocab(sentences)
    begin = process_time()
    model.train(sentences, total_examples=len(sentences), epochs=EPOCHS)
    other = EPOCHS * len(corpus.tokens) / (process_time() - begin)
    order = [model.wv.key_to_index[word] for word in corpus.vocabulary]
    theirs = model.wv.vectors[order].astype(float), model.syn1neg[order].astype(float)
    losses = loss_of(ours.W, ours.C.T, params), loss_of(*theirs, params)
    remark = f"{own:,.0f} and {other:,.0f} words/s, loss {losses[0]:.2f} and {losses[1]:.2f}"
    # What holds it back: negatives are found by binary search, sums by row made with bincount, the vectors copied.
    bench.judge(
        ("words/s of gensim / ours", other / own, 6.0, remark), ("loss / gensim's", losses[0] / losses[1], 1.02, "")
    )


# A long run with many words.


@pytest.mark.slow
def test_any_state_of_a_long_run_with_many_words(bench: Any, reference: Callable[[], None]) -> None:
    """Anywhere in 50,000 steps with 2,000 words and vectors of 16: 80 REF are about 50 ms."""
    params = Params(corpus=zipf_text(40_000, 2000), vector_size=16)
    timeline: Timeline[Any, Any] = Timeline(word2vec, Recipe("word2vec", word2vec.VERSION, 0, params))
    for _ in range(50_000):
        timeline.extend()
    last = timeline.stride - 1  # the state that is farthest from the kept one before it
    places = iter([(7919 * i) % timeline.recorded // timeline.stride * timeline.stride + last for i in range(1, 999)])
    ref, frames = bench.in_turn(10, 3, reference, lambda: timeline.frame(next(places)), clock=process_time)
    unit, worst = median(map(median, ref)), max(map(max, frames))
    remark = f"{1e3 * worst:.1f} ms, median {1e3 * median(map(median, frames)):.1f} ms, every {timeline.stride}th kept"
    bench.judge(("slowest state of 50,000 steps, V = 2,000 / REF", worst / unit, 80.0, remark))


# Frames of the tab.


@pytest.mark.parametrize("far", [0, 20_000])
def test_frames_while_playing(bench: Any, window: Any, by_hand: Any, reference: Callable[[], None], far: int) -> None:
    tab = window.visit("word2vec")
    tick = by_hand(tab)
    tab.run.advance(far)
    ref, frames = bench.in_turn(20, 12, reference, tick, clock=process_time)
    bench.judge_frames(f"word2vec, frame at {far}", ref, frames)
