"""A sentence on its way to the net: its words, their numbers, and where each stands at the length of the net.

It is one of the sentences given, or words put together by hand, which nothing is learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data import sentences as texts
from core.data.sentences import Words
from core.embedding.settings import Data, Params, data_of
from core.run.values import Ints, kept, locked

PAD = ""  # among words put together by hand: a 0 that stands between them


@dataclass(frozen=True, eq=False)
class Sentence:
    """Words in a row, each with its number and its place."""

    text: str
    words: Words
    numbers: tuple[int | None, ...]  # None of a word that the vocabulary does not have; it is left out
    places: tuple[int | None, ...]  # None of one left out or cut off
    sequence: Ints  # (input_length,)
    label: int | None  # None of one put together by hand

    @property
    def known(self) -> tuple[int, ...]:
        """The numbers of all words that have one, before it is padded or cut."""
        return tuple(number for number in self.numbers if number is not None)

    @property
    def left_out(self) -> Words:
        """The words that have no number."""
        return tuple(word for word, number in zip(self.words, self.numbers, strict=True) if number is None)

    @property
    def cut(self) -> Words:
        """The words that are cut off."""
        whole = zip(self.words, self.numbers, self.places, strict=True)
        return tuple(word for word, number, place in whole if number is not None and place is None)

    def word_at(self, place: int) -> str:
        """Return the word at a place; of padding nothing."""
        return self.words[self.places.index(place)] if place in self.places else PAD


@kept(8)
def given(k: int, params: Params) -> Sentence:
    """Return one of the sentences given, counted from 0."""
    data = data_of(params)
    own: tuple[int | None, ...] = data.numbers[k]
    return Sentence(data.texts[k], data.words[k], own, _places(own, params), data.sequences[k], int(data.labels[k]))


@kept(8)
def by_hand(words: Words, params: Params) -> Sentence:
    """Return words put together by hand; `PAD` among them is a 0 that stands there."""
    data = data_of(params)
    numbers = tuple(_number(word, data, params) for word in words)
    known = [number for number in numbers if number is not None]
    sequence = texts.padded(known, params.input_length, params.padding, params.truncating)
    text = " ".join(word for word in words if word != PAD)
    return Sentence(text, words, numbers, _places(numbers, params), locked(np.array(sequence, dtype=np.int64)), None)


def _number(word: str, data: Data, params: Params) -> int | None:
    """Return the number of any word: by hashing each has one, by vocabulary only those that stand in it."""
    if word == PAD:
        return 0
    return texts.hashed(word, data.rows) if params.encoding == "hashing" else data.number_of.get(word)


def _places(numbers: Sequence[int | None], params: Params) -> tuple[int | None, ...]:
    """Return where each word stands after padding and cutting."""
    n = params.input_length
    known = [k for k, number in enumerate(numbers) if number is not None]
    stay = known[max(0, len(known) - n) :] if params.truncating == "pre" else known[:n]
    first = n - len(stay) if params.padding == "pre" else 0
    place = {k: first + i for i, k in enumerate(stay)}
    return tuple(place.get(k) for k in range(len(numbers)))
