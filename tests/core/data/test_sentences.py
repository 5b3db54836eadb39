"""The shipped sentences are balanced; numbers are those of Keras's documented rules, written out as plain loops."""

from __future__ import annotations

import hashlib
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.sentences import (
    SHIPPED,
    expected_loss,
    hashed,
    padded,
    shipped,
    shipped_texts,
    vocabulary_of,
    words_of,
)

WORDS = st.text(st.characters(categories=("Ll", "Lo")), min_size=1, max_size=8)


@pytest.mark.parametrize(("id", "words"), [("english", 40), ("chinese", 53)])
def test_shipped_sentences_are_balanced_and_every_word_held_out_is_trained(id: str, words: int) -> None:
    own = shipped(id)
    tokens = [words_of(text) for text in own.texts]
    trained = {word for k, sentence in enumerate(tokens) if k not in own.held_out for word in sentence}
    assert (len(own.texts), len(set(own.texts)), sum(own.labels)) == (60, 60, 30)
    assert (len(own.held_out), sum(own.labels[k] for k in own.held_out)) == (16, 8)
    assert (len(vocabulary_of(tokens)), set(vocabulary_of(tokens))) == (words, trained)
    assert {len(sentence) for sentence in tokens} == {4, 5, 6, 7, 8}


def test_shipped_sentences_are_those_of_the_templates() -> None:
    english, chinese = shipped("english").texts, shipped("chinese").texts
    assert english[:5] == (
        "the film was good", "the book was lovely", "the song was brilliant", "the meal was funny", "the film was bad",
    )  # fmt: skip
    assert (english[25], english[48], english[-1]) == (
        "in the end it was a lovely book", "i love this film", "all of us regret the trip",
    )  # fmt: skip
    assert (chinese[0], chinese[16], chinese[-1]) == ("电影真好看", "这节目太好看了", "大家都嫌弃它")
    assert shipped_texts("chinese") == chinese
    assert not any("awful" in text for text in english)
    assert SHIPPED == ("english", "chinese")


def test_words_of_a_text_with_several_sentences_stand_in_a_row() -> None:
    assert words_of("Good. The END, isn't it?") == ("good", "the", "end", "isn't", "it")
    assert words_of("天霸动霸tuang") == ("天", "霸", "动", "霸", "tuang")
    assert len(words_of("灰鸡公尾灰")) == 5
    assert words_of("… 😀 !") == ()


def test_the_vocabulary_is_in_order_of_first_appearance() -> None:
    sentences, number = [("b", "a", "b"), ("c", "a")], dict[str, int]()
    for sentence in sentences:
        for word in sentence:
            if word not in number:
                number[word] = len(number) + 1
    assert vocabulary_of(sentences) == tuple(number)


@given(WORDS, st.integers(2, 1000))
def test_hashing_is_keras_s_hashing_trick(word: str, rows: int) -> None:
    digest = hashlib.md5(word.encode()).hexdigest()  # hash_function='md5'
    assert hashed(word, rows) == int(digest, 16) % (rows - 1) + 1
    assert 1 <= hashed(word, rows) < rows


def test_words_meet_at_the_numbers_that_were_seen() -> None:
    english = vocabulary_of([words_of(text) for text in shipped("english").texts])
    assert hashed("good", 98) == hashed("bad", 98) == 69
    assert [len({hashed(word, rows) for word in english}) for rows in (98, 64, 40)] == [33, 30, 24]
    assert hashed("enjoy", 1000) == hashed("hate", 1000) == 541
    assert [hashed(word, 20) for word in "好难看"] == [11, 11, 11]
    assert [hashed(word, 8) for word in words_of("天霸动霸tuang")] == [7, 7, 4, 7, 1]


@pytest.mark.parametrize(("rows", "told"), [(20, 23.2), (50, 12.5), (100, 7.0), (500, 1.5)])
def test_the_expected_loss_is_that_of_many_draws(rows: int, told: float) -> None:
    rng = np.random.default_rng(0)
    drawn = np.mean([40 - len(np.unique(rng.integers(1, rows, 40))) for _ in range(4000)])
    assert expected_loss(40, rows) == pytest.approx(told, abs=0.05)
    assert expected_loss(40, rows) == pytest.approx(float(drawn), abs=0.15)


def pad_sequences(row: list[int], maxlen: int, padding: str, truncating: str) -> list[int]:
    """Keras's, as it is documented, number by number."""
    row = list(row)
    while len(row) > maxlen:
        row.pop(0 if truncating == "pre" else -1)
    while len(row) < maxlen:
        row.insert(0 if padding == "pre" else len(row), 0)
    return row


ENDS = st.sampled_from(["pre", "post"])


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.integers(1, 10), ENDS, ENDS)
def test_padding_and_cutting_are_keras_s_pad_sequences(row: Any, length: int, padding: str, truncating: str) -> None:
    assert list(padded(row, length, padding, truncating)) == pad_sequences(row, length, padding, truncating)


@pytest.fixture
def keras(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    return pytest.importorskip("keras", reason="Keras, of the extra `benchmark`, is not installed")


def test_keras_itself_pads_and_cuts_the_same(keras: Any) -> None:
    rows = [[hashed(word, 98) for word in words_of(text)] for text in shipped("english").texts]
    for length, padding, truncating in product((3, 5, 9), ("pre", "post"), ("pre", "post")):
        theirs = keras.utils.pad_sequences(rows, length, padding=padding, truncating=truncating).tolist()
        assert theirs == [list(padded(row, length, padding, truncating)) for row in rows]


def test_keras_itself_numbers_words_the_same() -> None:
    """Keras 2 alone has it."""
    text = pytest.importorskip("keras.preprocessing.text", exc_type=ImportError)
    for sentence in shipped("english").texts:
        numbers = [hashed(word, 98) for word in words_of(sentence)]
        assert text.hashing_trick(sentence, 98, hash_function="md5") == numbers
