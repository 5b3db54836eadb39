"""A sentence put together by hand goes the way of those given: numbers, zeros, what is cut, what has no number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.embedding import Params
from core.embedding.sentence import PAD, by_hand, given
from core.embedding.settings import data_of


@pytest.mark.parametrize("length", [1, 4, 7])
@pytest.mark.parametrize("padding", ["pre", "post"])
@pytest.mark.parametrize("truncating", ["pre", "post"])
@pytest.mark.parametrize("encoding", ["vocabulary", "hashing"])
def test_words_of_a_given_sentence_by_hand_are_the_same_row(
    length: int, padding: Any, truncating: Any, encoding: Any
) -> None:
    params = replace(Params(), input_length=length, padding=padding, truncating=truncating, encoding=encoding)
    for k in range(0, 60, 7):
        own, made = given(k, params), by_hand(data_of(params).words[k], params)
        assert np.array_equal(made.sequence, own.sequence)
        assert (made.places, made.numbers, made.cut) == (own.places, own.numbers, own.cut)


def test_every_word_that_stays_has_its_number_at_its_place() -> None:
    own = by_hand(("in", "the", "end", "it", "was", "good"), Params())
    assert own.cut == ("in", "the")
    assert own.places == (None, None, 0, 1, 2, 3)
    assert [own.sequence[place] for place in own.places if place is not None] == list(own.known[2:])
    assert own.label is None


def test_words_that_the_vocabulary_does_not_know_are_left_out() -> None:
    own = by_hand(("the", "film", "was", "weird"), Params())
    assert (own.numbers, own.left_out, own.cut) == ((1, 2, 3, None), ("weird",), ())
    assert own.sequence.tolist() == [0, 1, 2, 3]
    assert own.places == (1, 2, 3, None)
    assert by_hand(("good", "weird"), Params(encoding="hashing", input_dim=98)).numbers[0] == 69
    assert by_hand(("never", "seen"), Params(encoding="hashing")).left_out == ()


def test_a_pad_put_between_words_is_a_zero_there() -> None:
    own = by_hand(("good", PAD, "film"), Params())
    assert own.sequence.tolist() == [0, 4, 0, 2]
    assert (own.text, own.word_at(1), own.word_at(2)) == ("good film", "good", PAD)
    full = by_hand(("the", "film", "was", PAD, "good"), Params())
    assert full.cut == ("the",)
