"""What a sentence about a step of word2vec says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import word2vec
from core.data.corpora import read_corpus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.word2vec import Params, explained_beats
from core.word2vec.algorithm import examples

SAMPLES = 25  # steps of a run
BEATS_EVERY = 3  # steps of which the beats are told, too
TEXTS = (
    "kings-and-cats",
    "The old cat sees a dog. A dog sees the cat! She runs.",
    "the cat the cat the cat",
    "我 爱 猫。猫 爱 我。",
)


def params_of(rng: Any) -> Params:
    """Return a random net on a small text, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    model = choose("cbow", "skip-gram")
    return Params(
        corpus=choose(*TEXTS), model=model, window=choose(1, 2, 3), batch=choose(1, 1, 4),
        examples=choose("pair", "centre") if model == "skip-gram" else "pair",
        vector_size=choose(1, 2, 6), learning_rate=float(10 ** rng.uniform(-3, 1)), negative=choose(1, 5),
        optimizer=choose("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"),
        output=choose("softmax", "negative sampling"),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(12), 0
    while done < count:
        params = params_of(rng)
        shape = read_corpus(params.corpus).size, params.vector_size
        edit = Change(SAMPLES // 2, SetArray("W", 10 ** rng.uniform(-1, 7) * rng.standard_normal(shape)))
        before = None
        for frame, _ in replay(word2vec, Recipe("word2vec", 1, int(rng.integers(99)), params, (edit,)), SAMPLES):
            step = before.state if before else None, frame.made, frame.used
            yield word2vec.explain(*step, None), step
            if done % BEATS_EVERY == 0:
                yield from ((explained_beats.explain(*step, None, beat), step) for beat in word2vec.beats(params))
            before, done = frame, done + 1


def begins(before: Any, *_: Any) -> dict[str, Any]:
    assert before is None
    return {}


def stands(before: Any, after: Any, params: Any) -> dict[str, Any]:
    assert np.array_equal(before.vectors, after.vectors)
    assert np.isfinite(after.vectors).all()
    return {}


def first_centre(params: Params, t: int) -> tuple[int, list[int]]:
    """Return the centre and the contexts of the first example of the step into t, found by walking over the text."""
    corpus = read_corpus(params.corpus)
    found = []
    for i, centre in enumerate(corpus.tokens.tolist()):
        near = [j for j in range(i - params.window, i + params.window + 1) if j != i and 0 <= j < len(corpus.tokens)]
        words = [int(corpus.tokens[j]) for j in near if corpus.sentences[j] == corpus.sentences[i]]
        found += [(centre, words)] if words else []
    return found[(t - 1) * params.batch % len(found)]


def summed(state: Any, after: Any, params: Params) -> tuple[dict[int, float], float]:
    """Return the errors of a centre and all its contexts, added up by word, and the sum of the losses, pair by pair."""
    centre, contexts = first_centre(params, after.t)
    is_sampled, errors, loss = params.output == "negative sampling", dict[int, float](), 0.0
    for k, target in enumerate(contexts):
        drawn = after.negatives[k].tolist() if is_sampled else []
        words = [target, *drawn] if is_sampled else list(range(read_corpus(params.corpus).size))
        outputs, of_pair = given(state, [centre], words, words.index(target), is_sampled)
        loss += of_pair
        for place, (word, p) in enumerate(zip(words, outputs, strict=True)):
            errors[word] = errors.get(word, 0.0) + float(p) - (place == words.index(target))
    return errors, loss


def learns_centre(before: Any, after: Any, params: Any) -> dict[str, Any]:
    centre, contexts = first_centre(params, after.t)
    losses = [summed(state, after, params)[1] for state in (before, after)]
    return {
        "centre": read_corpus(params.corpus).vocabulary[centre], "count": str(len(contexts)), "loss": losses[0],
        "after": losses[1], "batch": str(params.batch), "mean": after.loss,
    }  # fmt: skip


def reads_centre(before: Any, after: Any, params: Any) -> dict[str, Any]:
    centre, contexts = first_centre(params, after.t)
    errors, vocabulary = summed(before, after, params)[0], read_corpus(params.corpus).vocabulary
    told = {"centre": vocabulary[centre], "contexts": str(len(contexts))}
    return {**told, "scored": str(len(errors)), "all": str(len(vocabulary))}


def errs_by_word(before: Any, after: Any, params: Any) -> dict[str, Any]:
    (_, contexts), (errors, _) = first_centre(params, after.t), summed(before, after, params)
    rest = sum(error for word, error in errors.items() if word not in contexts)
    target = read_corpus(params.corpus).vocabulary[contexts[0]]
    return {"count": str(len(contexts)), "target": target, "e": errors[contexts[0]], "rest": rest}


def first_example(params: Params, t: int) -> tuple[list[int], int, int]:
    """Return the words that go in, the target and the centre of the first example of the step into t, read anew."""
    if params.examples == "centre":
        one, contexts = first_centre(params, t)
        return [one], contexts[0], one
    first = examples(params).batch((t - 1) * params.batch, 1)
    around = [int(word) for word in first.contexts[0] if word >= 0]
    centre = int(first.centres[0])
    return (around, centre, centre) if params.model == "cbow" else ([centre], around[0], centre)


def log_sigmoid(x: float) -> float:
    return min(x, 0.0) - float(np.log1p(np.exp(-abs(x))))


def scores(state: Any, inputs: list[int], words: list[int]) -> Any:
    hidden = sum(state.W[i] for i in inputs) / len(inputs)
    return np.array([float(state.C[:, word] @ hidden) for word in words])


def given(state: Any, inputs: list[int], words: list[int], place: int, is_sampled: bool) -> tuple[Any, float]:
    """Return what the net gives words, and its loss where the one at `place` is right."""
    s = scores(state, inputs, words)
    if is_sampled:
        loss = -sum(log_sigmoid(x if i == place else -x) for i, x in enumerate(s))
        return np.exp([log_sigmoid(x) for x in s]), loss
    power = np.exp(s - s.max())
    return power / power.sum(), float(np.log(power.sum()) + s.max() - s[place])


def learns(before: Any, after: Any, params: Any) -> dict[str, Any]:
    """Compute both sides of the step anew; what stands too close to tell is left to the count that was told."""
    inputs, target, centre = first_example(params, after.t)
    is_sampled, vocabulary = params.output == "negative sampling", read_corpus(params.corpus).vocabulary
    words = [target, *after.negatives[0].tolist()] if is_sampled else list(range(len(vocabulary)))
    place = words.index(target)
    (was, loss), (now, _) = (given(state, inputs, words, place, is_sampled) for state in (before, after))
    others = [i for i in range(len(words)) if i != place]
    surely, at_most = (sum(now[i] < was[i] * (1 + gap) for i in others) for gap in (-1e-12, 1e-12))
    return {
        "target": vocabulary[target], "centre": vocabulary[centre], "p": float(was[place]),
        "after": float(now[place]), "words": str(len(inputs)), "fell": Between(surely, at_most),
        "others": str(len(others)), "batch": str(params.batch), "loss": loss, "mean": after.loss,
    }  # fmt: skip


def scored_by(after: Any, params: Any) -> tuple[list[int], int, list[int], tuple[str, ...]]:
    """Return what goes in, the target, the words that are scored, each once, and the vocabulary."""
    inputs, target, _ = first_example(params, after.t)
    vocabulary = read_corpus(params.corpus).vocabulary
    is_sampled = params.output == "negative sampling"
    words = [target, *after.negatives[0].tolist()] if is_sampled else list(range(len(vocabulary)))
    return inputs, target, [int(word) for word in words], vocabulary


def is_read(before: Any, after: Any, params: Any) -> dict[str, Any]:
    inputs, target, words, vocabulary = scored_by(after, params)
    return {
        "count": str(len(inputs)), "target": vocabulary[target], "scored": str(len(words)), "all": str(len(vocabulary)),
    }  # fmt: skip


def goes_forward(before: Any, after: Any, params: Any) -> dict[str, Any]:
    inputs, target, words, vocabulary = scored_by(after, params)
    outputs, _ = given(before, inputs, words, words.index(target), params.output == "negative sampling")
    return {"target": vocabulary[target], "p": float(outputs[words.index(target)]), "all": str(len(vocabulary))}


def errs(before: Any, after: Any, params: Any) -> dict[str, Any]:
    inputs, target, words, _ = scored_by(after, params)
    outputs, _ = given(before, inputs, words, words.index(target), params.output == "negative sampling")
    others = {word: float(p) for word, p in zip(words, outputs, strict=True) if word != target}
    return {"e": float(outputs[words.index(target)]) - 1, "rest": sum(others.values())}


def goes_back(before: Any, after: Any, params: Any) -> dict[str, Any]:
    inputs, target, _, vocabulary = scored_by(after, params)
    told = {"input": f"W[{vocabulary[inputs[0]]}]", "target": f"C[:, {vocabulary[target]}]"}
    return {**told, "batch": str(params.batch)}


class Between:
    """Equal to the text of a whole number from low to high."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __eq__(self, other: object) -> bool:
        return self.low <= int(str(other)) <= self.high

    def __repr__(self) -> str:
        return f"{self.low} to {self.high}"


MODELS = "cbow", "skip-gram"
KEYS = [f"{model}.{output}{batch}" for model in MODELS for output in ("softmax", "sampled") for batch in ("", ".batch")]
CHECKERS: dict[str, Any] = {
    "read": is_read, "forward.softmax": goes_forward, "forward.negative sampling": goes_forward, "error": errs,
    "backward": goes_back, "backward.batch": goes_back, **dict.fromkeys(KEYS, learns),
    **{f"{model}.rule": begins for model in MODELS}, "diverged": stands,
    "read.centre": reads_centre, "error.centre": errs_by_word,
    "skip-gram.centre": learns_centre, "skip-gram.centre.batch": learns_centre,
}  # fmt: skip


@pytest.mark.parametrize("steps", [2000])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("word2vec", steps_of(steps), CHECKERS) == set(CHECKERS)
