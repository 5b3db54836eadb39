"""What a sentence about a step of the Embedding layer says is what the two states show, on random runs."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import embedding
from core.embedding import Params
from core.embedding.settings import data_of
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams

SAMPLES = 10  # steps of a run
OWN = ("so good", "so very bad", "a good good thing it was", "bad", "never so bad a thing was there")


def params_of(rng: Any) -> Params:
    """Return random sentences, sizes and rules, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    given: dict[str, Any] = {"sentences": choose("english", "chinese")}
    if choose(True, False, False):
        given = {"sentences": OWN, "labels": (1, 0, 1, 0, 0), "test_share": choose(0.0, 0.3)}
    encoding = choose("vocabulary", "vocabulary", "hashing")
    return Params(
        **given, encoding=encoding, input_dim=choose(0, 20) if encoding == "hashing" else 0,
        output_dim=choose(1, 3, 8), input_length=choose(1, 4, 7), padding=choose("pre", "post"),
        truncating=choose("pre", "post"), batch_size=choose(0, 2, 8), twin=choose(True, False),
        learning_rate=float(10 ** rng.uniform(-3, 2)), optimizer=choose("sgd", "sgd", "momentum", "adam"),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(5), 0
    while done < count:
        params, before = params_of(rng), None
        n, rows = len(data_of(params).texts), data_of(params).rows
        for frame, _ in replay(embedding, Recipe("embedding", 1, int(rng.integers(99)), params), SAMPLES):
            place = int(rng.integers(params.input_length))
            i, number = int(rng.integers(n)), int(rng.integers(rows))
            for focus in (None, Focus("sentence", (i,)), Focus("place", (i, place)), Focus("vote", (number, place))):
                step = before.state if before else None, frame.made, frame.used, focus
                yield embedding.explain(*step), step
            for beat in embedding.beats(params) if done % 2 else ():
                step = before.state if before else None, frame.made, frame.used, None
                yield embedding.explain(*step, beat), step
            yield from put_together(before.state if before else None, frame.made, frame.used, rng)
            before, done = frame, done + 1
    yield from far_out()


def put_together(before: Any, after: Any, params: Params, rng: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Words by hand in place of a sentence; one of them is in no vocabulary."""
    known = data_of(params).vocabulary
    words = *(known[int(k)] for k in rng.integers(len(known), size=int(rng.integers(1, 9)))), "zebra"
    step = before, after, params, words
    yield embedding.explain(before, after, params, None, by_hand=words), step
    if params.encoding == "vocabulary":
        yield embedding.explain(before, after, params, None, "numbers", words), step


def far_out() -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Steps from weights that leave all bounds: of the net, of its twin, of both."""
    params = Params(twin=True)
    for names in (("E", "W"), ("one_hot.W",), ("E", "W", "one_hot.W")):
        state = next(iter(replay(embedding, Recipe("embedding", 1, 0, params), 0)))[0].state
        for name in names:
            state = state.with_array(name, np.full(embedding.arrays(state, params)[name].shape, 1e12), params)
        step = state, embedding.step(state, params, Streams.step(0, 1)), params, None
        yield embedding.explain(*step), step


# ---- the same numbers, computed anew from what exports hold


def score(state: Any, params: Params, sequence: Any) -> float:
    held = embedding.arrays(state, params)
    flat = np.concatenate([held["E"][number] for number in sequence])
    return float(flat @ held["W"][:, 0] + held["b"][0])


def sentence(after: Any, params: Params, focus: Any) -> int:
    if focus and focus.kind in ("sentence", "place"):
        return int(focus.at[0])
    return max(int(embedding.arrays(after, params)["batch"][0]), 0)


def p_of(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    k, held = sentence(after, params, focus), embedding.arrays(after, params)
    told = {"text": data_of(params).texts[k], "label": str(held["labels"][k])}
    both = {key: score(state, params, held["sequences"][k]) for key, state in (("was", before), ("now", after))}
    return told | {key: 1 / (1 + math.exp(-z)) if z > -700 else 0.0 for key, z in both.items()}


def in_batch(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    assert sentence(after, params, focus) in embedding.arrays(after, params)["batch"]
    return p_of(before, after, params, focus)


def waiting(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    held, k = embedding.arrays(after, params), sentence(after, params, focus)
    assert k not in held["batch"]
    assert not held["test"][k]
    return p_of(before, after, params, focus)


def held_out(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    assert embedding.arrays(after, params)["test"][sentence(after, params, focus)]
    return p_of(before, after, params, focus)


def by_hand(before: Any, after: Any, params: Params, words: Any) -> dict[str, Any]:
    """By the rules written out: an unknown word is left out, then zeros or the cut."""
    given, rows = numbers(params), data_of(params).rows
    hashed = {"zebra": 1 + int(hashlib.md5(b"zebra").hexdigest(), 16) % (rows - 1)}
    given |= hashed if params.encoding == "hashing" else {}
    own, n = [given[word] for word in words if word in given], params.input_length
    own = own[-n:] if params.truncating == "pre" else own[:n]
    zeros = [0] * (n - len(own))
    sequence = zeros + own if params.padding == "pre" else own + zeros
    both = {key: score(state, params, sequence) for key, state in (("was", before), ("now", after))}
    return {"text": " ".join(words)} | {key: 1 / (1 + math.exp(-z)) if z > -700 else 0.0 for key, z in both.items()}


def leaves_out(_before: Any, _after: Any, params: Params, words: Any) -> dict[str, Any]:
    (word,) = (word for word in words if word not in numbers(params))
    return {"word": word}


def numbers(params: Params) -> dict[str, int]:
    """The number of each word, by the rules written out."""
    found: dict[str, int] = {}
    rows = params.input_dim or len({word for words in data_of(params).words for word in words}) + 1
    for words in data_of(params).words:
        for word in words:
            digest = int(hashlib.md5(word.encode()).hexdigest(), 16)
            own = 1 + digest % (rows - 1) if params.encoding == "hashing" else len(found) + 1
            found.setdefault(word, own)
    return found


def vote(before: Any, after: Any, params: Params, focus: Any) -> tuple[int, dict[str, Any]]:
    """What the number pointed at says at its place, and how often it stands there in training."""
    held, place = embedding.arrays(after, params), focus.at[1]
    number = focus.at[0] if focus.kind == "vote" else int(held["sequences"][focus.at[0], place])
    here = slice(place * params.output_dim, (place + 1) * params.output_dim)
    words = [word for word, own in numbers(params).items() if own == number]
    told: dict[str, Any] = {"word": " / ".join(words) or str(number), "place": str(place + 1)}
    for key, state in (("was", before), ("now", after)):
        own = embedding.arrays(state, params)
        told[key] = float(own["E"][number] @ own["W"][here, 0])
    count = sum(row[place] == number for row, kept in zip(held["sequences"], held["test"], strict=True) if not kept)
    if params.twin:
        told["twin"] = float(held["one_hot.W"][place * data_of(params).rows + number, 0])
    return number, {**told, "count": str(count)}


def votes(seen: bool, twin: bool | None = None, padding: bool = False) -> Any:
    def check(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
        number, told = vote(before, after, params, focus)
        assert (number == 0) == padding
        assert padding or (told["count"] != "0") == seen
        assert twin is None or twin == params.twin
        return told

    return check


def stands(*nets: str) -> Any:
    def check(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
        row = embedding.series(after, params)
        gone = [
            net for net, name in (("embedding", "loss"), ("one_hot", "one_hot.loss")) if math.isnan(float(row[name]))
        ]
        assert gone == list(nets) or (not params.twin and gone == ["embedding", "one_hot"])
        for net in nets:
            assert np.array_equal(getattr(before, net).weights, getattr(after, net).weights)
        return {}

    return check


# ---- beats, of the first sentence of the batch


def first(after: Any, params: Params) -> int:
    return int(embedding.arrays(after, params)["batch"][0])


def of_words(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    words = data_of(params).words[first(after, params)]
    told = {"text": data_of(params).texts[first(after, params)], "count": str(len(words))}
    return told | {"word": words[-1], "number": str(numbers(params)[words[-1]])}


def collide(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    assert params.encoding == "hashing"
    given = numbers(params)
    for word in data_of(params).words[first(after, params)]:
        same = [other for other, own in given.items() if own == given[word]]
        if len(same) > 1:
            return {"words": " / ".join(same), "number": str(given[word])}
    raise AssertionError("no two words share a number")


def at_length(sign: int, parameter: str = "", end: str = "") -> Any:
    def check(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
        whole = embedding.arrays(after, params)["numbers"][first(after, params)]
        more = int((whole >= 0).sum()) - params.input_length
        assert np.sign(more) == sign
        assert not parameter or getattr(params, parameter) == end
        return {"count": str(abs(more)), "length": str(params.input_length)}

    return check


def sizes(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    rows, columns = embedding.arrays(after, params)["E"].shape
    n = len(embedding.arrays(after, params)["sequences"][0])
    return {"length": str(n), "rows": str(rows), "columns": str(columns), "cells": str(n * columns),
            "products": str(n * rows * columns)}  # fmt: skip


def looks_up(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    """Of the place with the largest vote after the step."""
    held = embedding.arrays(after, params)
    sequence = held["sequences"][first(after, params)]
    by_place = held["W"].reshape(params.input_length, -1)
    own = [abs(float(held["E"][number] @ by_place[k])) for k, number in enumerate(sequence)]
    number = int(sequence[int(np.argmax(own))])
    words = [word for word, k in numbers(params).items() if k == number]
    return sizes(before, after, params, focus) | {"number": str(number), "word": " / ".join(words) or "0"}


def gives(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    held, k = embedding.arrays(after, params), first(after, params)
    p, t = float(held["probabilities"][0]), int(held["labels"][k])
    z = score(before, params, held["sequences"][k])
    mean, count = float(embedding.series(after, params)["loss"]), str(int((held["batch"] >= 0).sum()))
    loss = float(np.logaddexp(0, -z if t else z))
    return {"text": data_of(params).texts[k], "p": p, "label": str(t), "mean": mean, "loss": loss, "count": count}


def read(after: Any, params: Params) -> Any:
    held = embedding.arrays(after, params)
    return np.unique(held["sequences"][held["batch"][held["batch"] >= 0]])


def goes_back(padding: bool) -> Any:
    def check(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
        used = read(after, params)
        assert (0 in used) == padding
        return {"count": str(len(used)), "rows": str(data_of(params).rows)}

    return check


def moves(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    was, now = (embedding.arrays(state, params)["E"] for state in (before, after))
    moved = {k for k in range(len(was)) if not np.array_equal(was[k], now[k])}
    others = moved - set(read(after, params).tolist())
    return {"moved": str(len(moved)), "rows": str(len(was)), "others": str(len(others)), "zero": str(0 in moved)}


def moved_with(others: bool, padding: bool | None = None) -> Any:
    def check(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
        told = moves(before, after, params, focus)
        assert (told["others"] != "0") == others
        assert padding is None or (told["zero"] == "True") == padding
        return told

    return check


def begins(before: Any, _after: Any, _params: Any, _focus: Any) -> dict[str, Any]:
    assert before is None
    return {}


CHECKERS: dict[str, Any] = {
    "rule": begins, "in_batch": in_batch, "waiting": waiting, "held_out": held_out, "by_hand": by_hand,
    "left_out": leaves_out, "votes": votes(seen=True),
    "unseen_votes": votes(seen=False, twin=False), "unseen_twin": votes(seen=False, twin=True),
    "padding_votes": votes(seen=False, padding=True), "diverged.embedding": stands("embedding"),
    "diverged.one_hot": stands("one_hot"), "diverged.both": stands("embedding", "one_hot"), "tokens": of_words,
    "numbers": of_words, "collision": collide, "padded_pre": at_length(-1, "padding", "pre"),
    "padded_post": at_length(-1, "padding", "post"), "cut_pre": at_length(1, "truncating", "pre"),
    "cut_post": at_length(1, "truncating", "post"), "fits": at_length(0), "look_up": looks_up, "flatten": sizes,
    "dense": gives, "loss": gives, "backward": goes_back(padding=False), "backward_padding": goes_back(padding=True),
    "update": moved_with(others=False, padding=False), "update_padding": moved_with(others=False, padding=True),
    "update_others": moved_with(others=True),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("steps", [600])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("embedding", steps_of(steps), CHECKERS) == set(CHECKERS)
