"""What is refused before a run, each with one clear reason; and what the parameters make of sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embedding import Params, check, implied
from core.embedding.settings import data_of
from core.run.parameters import parameters

OWN = ("a good one", "a bad one", "so good", "so bad")
LABELS = (1, 0, 1, 0)


def test_names_defaults_limits_and_modes_are_those_agreed_on() -> None:
    told = {p.name: (p.default, p.low, p.high, p.mode) for p in parameters(Params)}
    assert told == {
        "sentences": ("english", None, None, "restart"), "labels": (None, None, None, "restart"),
        "encoding": ("vocabulary", None, None, "restart"), "input_dim": (0, 0, 100_000, "restart"),
        "output_dim": (8, 1, 64, "restart"), "input_length": (4, 1, 64, "restart"),
        "padding": ("pre", None, None, "restart"), "truncating": ("pre", None, None, "restart"),
        "batch_size": (8, 0, 20_000, "restart"), "learning_rate": (0.5, 1e-12, 100, "live"),
        "optimizer": ("sgd", None, None, "restart"), "test_share": (0.25, 0, 0.5, "restart"),
        "data_seed": (0, 0, 2**31 - 1, "restart"), "held_out": (None, None, None, "restart"),
        "twin": (False, None, None, "restart"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field", "key"),
    [
        ({"sentences": "klingon"}, "sentences", "sentences_unknown"),
        ({"sentences": ""}, "sentences", "sentences_unknown"),
        ({"sentences": (*OWN[:3], "…!"), "labels": LABELS}, "sentences", "sentence_empty"),
        ({"sentences": ("", *OWN[1:]), "labels": LABELS}, "sentences", "sentence_empty"),
        ({"sentences": ("a " * 1001, "b"), "labels": (0, 1)}, "sentences", "sentence_long"),
        ({"labels": (0, 1)}, "labels", "labels_of_a_set"),
        ({"sentences": OWN}, "labels", "labels_missing"),
        ({"sentences": OWN, "labels": LABELS[:3]}, "labels", "labels_count"),
        ({"sentences": OWN, "labels": (*LABELS, 1)}, "labels", "labels_count"),
        ({"sentences": OWN, "labels": (1, 1, 1, 1)}, "labels", "labels_one_class"),
        ({"sentences": OWN, "labels": (0, 0, 0, 0)}, "labels", "labels_one_class"),
        ({"held_out": (60,)}, "held_out", "held_out_none"),
        ({"held_out": (3, 4, 3)}, "held_out", "held_out_twice"),
        ({"held_out": tuple(range(60))}, "held_out", "held_out_all"),
        ({"sentences": OWN, "labels": LABELS, "held_out": (4,)}, "held_out", "held_out_none"),
        ({"input_dim": 40}, "input_dim", "input_dim_vocabulary"),
        ({"input_dim": 1}, "input_dim", "input_dim_vocabulary"),
        ({"input_dim": 1, "encoding": "hashing"}, "input_dim", "input_dim_hashing"),
        ({"input_dim": 100_000, "output_dim": 11}, "output_dim", "too_many_weights"),
        ({"sentences": ("a", "b") * 9000, "labels": (0, 1) * 9000, "batch_size": 0, "input_length": 64},
         "input_length", "too_much_looked_up"),
        ({"input_dim": 100_000, "twin": True, "input_length": 64}, "twin", "twin_too_large"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(given: dict[str, Any], field: str, key: str) -> None:
    refusal = check(Params(**given))
    assert refusal is not None
    assert (refusal.field, refusal.key) == (field, key)


def test_the_number_needed_is_named() -> None:
    refusal = check(Params(input_dim=40))
    assert refusal is not None
    assert refusal.values == {"given": 40, "allowed": 41}
    assert check(Params(input_dim=41)) is None
    assert check(Params(input_dim=2, encoding="hashing")) is None


def test_sentences_of_ones_own_let_go_of_labels_and_a_split_of_others() -> None:
    old = Params(sentences=OWN, labels=LABELS, held_out=(1,))
    other = implied(replace(old, sentences="chinese"), frozenset({"sentences"}))
    assert (other.labels, other.held_out) == (None, None)
    assert implied(old, frozenset({"sentences", "labels"})).labels == LABELS
    assert implied(old, frozenset({"twin"})) == old


def test_of_ones_own_a_share_of_each_class_is_held_out() -> None:
    sentences = tuple(f"word{i}" for i in range(30))
    labels = (1,) * 20 + (0,) * 10
    own = Params(sentences=sentences, labels=labels, test_share=0.3)
    test = data_of(own).test
    assert (len(test), int(data_of(own).labels[test].sum())) == (9, 6)
    assert not np.array_equal(test, data_of(replace(own, data_seed=1)).test)
    assert data_of(replace(own, test_share=0.0)).test.tolist() == []
    assert data_of(replace(own, held_out=(5, 2))).test.tolist() == [2, 5]
    assert data_of(Params(test_share=0.0)).test.size == 16  # the shipped ones carry their own


@given(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=9), st.integers(1, 9))
def test_sequences_have_one_length_and_numbers_below_the_rows(words: list[str], length: int) -> None:
    data = data_of(Params(sentences=(" ".join(words), "z"), labels=(0, 1), input_length=length))
    assert data.sequences.shape == (2, length)
    assert data.rows == len(set(words)) + 2
    assert 0 <= data.sequences.min() <= data.sequences.max() < data.rows
    assert sorted(set(data.training) | set(data.test)) == [0, 1]
    assert [data.number_of[word] for word in words] == list(data.numbers[0])


def test_numbers_that_words_share_are_known_with_their_words() -> None:
    data = data_of(Params(encoding="hashing", input_dim=98))
    assert data.words_of[69] == ("good", "bad", "admire")
    assert data.shared == tuple(k for k in sorted(set(data.number_of.values())) if len(data.words_of[k]) > 1)
    assert sum(map(len, data.words_of.values())) == len(data.vocabulary)
    assert data_of(Params()).shared == ()
