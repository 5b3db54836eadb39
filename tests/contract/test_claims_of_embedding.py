"""The claims of the Embedding layer in the set-ups in which they were seen to hold, without a window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import embedding
from core.data.sentences import shipped
from core.embedding import Params, State
from core.embedding.settings import data_of
from core.embedding.votes import score
from core.run.recipe import Recipe
from core.run.replay import replay

KEPT_AWAY = {"good", "lovely", "bad", "dreadful"}  # from their places in templates 2 to 4
NEW_PLACES = tuple(
    k for k, text in enumerate(shipped("english").texts) if 16 <= k < 40 and set(text.split()) & KEPT_AWAY
)
NOT = tuple(
    (f"the {thing} is {word}", int(word in ("good", "not bad")))
    for thing in ("film", "book", "song", "meal", "game", "trip")
    for word in ("good", "bad", "not good", "not bad")
)


def run(params: Params, seed: int, steps: int) -> tuple[State, list[Any]]:
    """The last state, and every step's row."""
    assert embedding.check(params) is None
    rows = []
    for frame, _ in replay(embedding, Recipe("embedding", 1, seed, params), steps):
        state = frame.state
        rows.append(embedding.series(state, params))
    return state, rows


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sentences", ["english", "chinese"])
def test_held_out_sentences_are_called_rightly(sentences: Any, seed: int) -> None:
    """E6."""
    _, rows = run(Params(sentences=sentences), seed, 500)
    assert rows[-1]["test_accuracy"] >= 0.85


def test_post_padding_learns_later() -> None:
    """E6: with length 8 the word that decides wanders over the places behind padding."""
    first = {}
    for padding in ("pre", "post"):
        _, rows = run(Params(input_length=8, padding=padding), 0, 300)
        good = [row["test_accuracy"] >= 0.85 for row in rows]
        first[padding] = len(good) - good[::-1].index(False)
    assert first["pre"] < 60 < first["post"] < 300


@pytest.mark.parametrize("seed", [0, 1])
def test_a_word_is_known_at_a_place_where_it_was_never_trained(seed: int) -> None:
    """E8."""
    assert len(NEW_PLACES) == 12
    _, rows = run(Params(held_out=NEW_PLACES, twin=True), seed, 400)
    assert rows[-1]["test_accuracy"] >= 0.95
    assert rows[-1]["one_hot.test_accuracy"] == 0.5


@pytest.mark.parametrize(("sentences", "worst"), [("english", 0.8), ("chinese", 0.8)])
def test_cutting_the_end_cuts_the_word_that_says_it(sentences: Any, worst: float) -> None:
    """E2."""
    held = {end: run(Params(sentences=sentences, truncating=end), 0, 800)[1][-1] for end in ("pre", "post")}
    assert held["pre"]["test_accuracy"] >= 0.85
    assert held["post"]["test_accuracy"] < worst
    assert held["post"]["loss"] > 0.1 > held["pre"]["loss"]


def accuracy_in_training(state: State, params: Params) -> float:
    data = data_of(params)
    calls = [score(state, params, data.sequences[k]) >= 0 for k in data.training]
    return float(np.mean(np.array(calls) == data.labels[data.training]))


def opposite_pairs(params: Params) -> int:
    """How many pairs of sentences are the same numbers with opposite labels."""
    data = data_of(params)
    alike = (data.sequences[:, None] == data.sequences[None]).all(axis=2)
    return int((alike & (data.labels[:, None] > data.labels[None])).sum())


@pytest.mark.parametrize(
    ("sentences", "rows", "pairs"), [("english", 98, 6), ("english", 64, 0), ("chinese", 20, 10), ("chinese", 50, 0)]
)
def test_words_that_collide_cannot_be_told_apart(sentences: Any, rows: int, pairs: int) -> None:
    """E1."""
    params = Params(sentences=sentences, encoding="hashing", input_dim=rows)
    right = accuracy_in_training(run(params, 0, 800)[0], params)
    assert right < 0.95 if pairs else right == 1
    if sentences == "english" or rows == 20:
        assert opposite_pairs(params) == pairs


@pytest.mark.parametrize("seed", [0, 1])
def test_not_needs_a_place_of_its_own(seed: int) -> None:
    """A failure: in front padding the score is a sum in which "not" adds the same to good and to bad."""
    texts, labels = zip(*NOT, strict=True)
    params = Params(
        sentences=texts,
        labels=labels,
        test_share=0.0,
        input_length=5,
        optimizer="adam",
        learning_rate=0.05,
        batch_size=0,
    )
    before = run(params, seed, 600)[1]
    behind = run(replace(params, padding="post"), seed, 1500)[1]
    assert max(row["accuracy"] for row in before[1:]) <= 0.75
    assert behind[-1]["accuracy"] >= 0.95


def test_meaning_is_bound_to_the_place_it_was_learned_at() -> None:
    """A failure: trained at length 8, "good" alone is understood where padding stands before it, not behind it."""
    p = {}
    for padding in ("pre", "post"):
        params = Params(input_length=8, padding=padding)
        state, good = run(params, 0, 800)[0], data_of(params).number_of["good"]
        alone = (0,) * 7 + (good,) if padding == "pre" else (good,) + (0,) * 7
        p[padding] = 1 / (1 + np.exp(-score(state, params, np.array(alone))))
    assert p["pre"] > 0.95
    assert 0.3 < p["post"] < 0.7
