"""What is asked of the net: its sentences, how words become numbers, the sizes of its layers, how it learns.

    E is (input_dim, output_dim), a sentence input_length numbers, W (input_length·output_dim, 1)

An `input_dim` of 0 is the smallest that fits: the largest number + 1. With `hashing` any will do, for every word gets a
number below it; there 0 means as many rows as a vocabulary would need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le, Len

from core.data import sentences as texts
from core.data.sentences import Words
from core.run import streams
from core.run.parameters import LOG, RESTART, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.values import Ints, frozen, kept, locked

Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
End = Literal["pre", "post"]

MOST_SENTENCES = 20_000
MOST_WORDS = 1_000  # of one sentence
MOST_ROWS = 100_000  # of E
MOST_WEIGHTS = 1_000_000  # of each net: a kept state has some numbers for each
MOST_LOOKED_UP = 4_000_000  # numbers that a step lays out at once, of its batch or of the sentences held out
_Share = Annotated[float, Ge(0), Le(0.5), RESTART]


@frozen
class Params:
    """The sentences, their numbers, the layers, and how they learn."""

    sentences: Annotated[
        str | tuple[str, ...],
        Suggestions(texts.SHIPPED, texts.shipped_texts), Columns(2, last="labels"), Len(1, MOST_SENTENCES), RESTART,
    ] = "english"  # fmt: skip
    labels: Annotated[tuple[Annotated[int, Ge(0), Le(1)], ...] | None, Len(1, MOST_SENTENCES), RESTART] = (
        None  # of sentences of one's own
    )
    encoding: Annotated[Literal["vocabulary", "hashing"], RESTART] = "vocabulary"
    input_dim: Annotated[int, Ge(0), Le(MOST_ROWS), RESTART] = 0  # 0 = the smallest that fits
    output_dim: Annotated[int, Ge(1), Le(64), RESTART] = 8
    input_length: Annotated[int, Ge(1), Le(64), RESTART] = 4
    padding: Annotated[End, RESTART] = "pre"
    truncating: Annotated[End, RESTART] = "pre"
    batch_size: Annotated[int, Ge(0), Le(MOST_SENTENCES), RESTART] = 8  # 0 = all that are learned from
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.5
    optimizer: Annotated[Optimizer, RESTART] = "sgd"
    test_share: _Share = 0.25  # of each class of sentences of one's own
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), RESTART] = 0
    held_out: Annotated[tuple[Annotated[int, Ge(0)], ...] | None, RESTART] = None  # numbers of sentences, from 0
    twin: Annotated[bool, RESTART] = False


@dataclass(frozen=True, eq=False)
class Data:
    """The sentences as words, as numbers, and at the length that the net takes."""

    texts: Words
    words: tuple[Words, ...]
    vocabulary: Words  # in order of first appearance, hashed or not
    numbers: tuple[tuple[int, ...], ...]  # of each sentence, before it is padded or cut
    sequences: Ints  # (n, input_length)
    labels: Ints  # (n,)
    test: Ints  # numbers of the sentences held out
    rows: int  # of E: input_dim, or what stands for 0

    @cached_property
    def training(self) -> Ints:
        """The numbers of the sentences that are learned from."""
        return locked(np.setdiff1d(np.arange(len(self.texts)), self.test))

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each word."""
        pairs = zip(self.words, self.numbers, strict=True)
        return {word: k for words, numbers in pairs for word, k in zip(words, numbers, strict=True)}

    @cached_property
    def words_of(self) -> dict[int, Words]:
        """The words that have a number, by number."""
        found: dict[int, Words] = {}
        for word, number in self.number_of.items():
            found[number] = (*found.get(number, ()), word)
        return dict(sorted(found.items()))

    def word(self, number: int) -> str:
        """Return the words that have a number, with strokes between; of one that none has, and of padding, it."""
        return " / ".join(self.words_of.get(number, ())) or str(number)

    @cached_property
    def used(self) -> tuple[int, ...]:
        """The numbers of padding and of all words: other rows of E stand for nothing."""
        return (0, *self.words_of)

    @cached_property
    def shared(self) -> tuple[int, ...]:
        """The numbers that several words have, in order."""
        return tuple(number for number, words in self.words_of.items() if len(words) > 1)


@kept(8)
def data_of(params: Params) -> Data:
    """Return the sentences of parameters that pass `check`."""
    own, words = _labelled(params), _words(params.sentences)
    vocabulary = texts.vocabulary_of(words)
    rows = params.input_dim or len(vocabulary) + 1
    number = {word: _number(k, word, rows, params.encoding) for k, word in enumerate(vocabulary, 1)}
    numbers = tuple(tuple(number[word] for word in sentence) for sentence in words)
    sequences = [texts.padded(row, params.input_length, params.padding, params.truncating) for row in numbers]
    arrays = {"sequences": sequences, "labels": own.labels, "test": own.held_out}
    ints = {name: locked(np.array(values, dtype=np.int64)) for name, values in arrays.items()}
    return Data(own.texts, words, vocabulary, numbers, rows=rows, **ints)


def _number(place: int, word: str, rows: int, encoding: str) -> int:
    return texts.hashed(word, rows) if encoding == "hashing" else place


@kept(8)
def _words(given: str | Words) -> tuple[Words, ...]:
    return tuple(map(texts.words_of, texts.shipped_texts(given) if isinstance(given, str) else given))


def _labelled(params: Params) -> texts.Labelled:
    """Return texts, labels and which are held out."""
    if isinstance(params.sentences, str):
        own = texts.shipped(params.sentences)
    else:
        labels = params.labels or ()
        own = texts.Labelled(params.sentences, labels, _drawn(labels, params.test_share, params.data_seed))
    return own if params.held_out is None else replace(own, held_out=tuple(sorted(params.held_out)))


def _drawn(labels: tuple[int, ...], share: float, data_seed: int) -> tuple[int, ...]:
    """Return the sentences held out: that share of each class, rounded."""
    rng, drawn = streams.data(data_seed), []
    for label in (0, 1):
        places = np.flatnonzero(np.array(labels) == label)
        drawn += rng.permutation(places)[: round(share * len(places))].tolist()
    return tuple(sorted(drawn))


# ---- what follows from what is given


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply: other sentences let go of labels and of a split of others."""
    if "sentences" not in given:
        return params
    labels = params.labels if "labels" in given else None
    return replace(params, labels=labels, held_out=params.held_out if "held_out" in given else None)


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse sentences and labels that do not go together, a table that is too short, and more than a step bears."""
    return (
        _check_sentences(params)
        or _check_labels(params)
        or _check_held_out(params)
        or _check_rows(params)
        or _check_work(params)
    )


def _check_sentences(params: Params) -> Refusal | None:
    if isinstance(params.sentences, str):
        if params.sentences in texts.SHIPPED:
            return None
        values = {"given": params.sentences[:40], "allowed": tuple(texts.SHIPPED)}
        return Refusal("sentences", "sentences_unknown", values)
    for k, words in enumerate(_words(params.sentences), 1):
        if not words:
            return Refusal("sentences", "sentence_empty", {"given": params.sentences[k - 1][:40], "row": k})
        if len(words) > MOST_WORDS:
            return Refusal("sentences", "sentence_long", {"given": len(words), "row": k, "allowed": MOST_WORDS})
    return None


def _check_labels(params: Params) -> Refusal | None:
    if isinstance(params.sentences, str):
        return None if params.labels is None else Refusal("labels", "labels_of_a_set", {"given": params.sentences})
    count = len(params.sentences)
    if params.labels is None:
        return Refusal("labels", "labels_missing", {"allowed": count})
    if len(params.labels) != count:
        return Refusal("labels", "labels_count", {"given": len(params.labels), "allowed": count})
    if len(set(params.labels)) < 2:
        return Refusal("labels", "labels_one_class", {"given": params.labels[0]})
    return None


def _check_held_out(params: Params) -> Refusal | None:
    held = params.held_out
    if held is None:
        return None
    count = len(_labelled(params).texts)
    if (outside := [k for k in held if k >= count]) or len(set(held)) < len(held):
        twice = next((k for k in held if held.count(k) > 1), None)
        if outside:
            return Refusal("held_out", "held_out_none", {"given": outside[0], "allowed": count - 1})
        return Refusal("held_out", "held_out_twice", {"given": twice})
    return Refusal("held_out", "held_out_all", {"given": count}) if len(held) == count else None


def _check_rows(params: Params) -> Refusal | None:
    if not params.input_dim:
        return None
    is_hashed = params.encoding == "hashing"
    needed = 2 if is_hashed else len(texts.vocabulary_of(_words(params.sentences))) + 1
    if params.input_dim >= needed:
        return None
    return Refusal("input_dim", f"input_dim_{params.encoding}", {"given": params.input_dim, "allowed": needed})


def _check_work(params: Params) -> Refusal | None:
    data = data_of(params)
    largest = max(params.batch_size or len(data.training), len(data.test))
    weights = data.rows * params.output_dim
    if weights > MOST_WEIGHTS:
        values = {"given": weights, "allowed": MOST_WEIGHTS, "rows": data.rows}
        return Refusal("output_dim", "too_many_weights", values)
    looked_up = largest * params.input_length * params.output_dim
    if looked_up > MOST_LOOKED_UP:
        return Refusal("input_length", "too_much_looked_up", {"given": looked_up, "allowed": MOST_LOOKED_UP})
    laid_out = largest * params.input_length * data.rows
    if params.twin and max(laid_out / 5, params.input_length * data.rows) > MOST_LOOKED_UP:
        return Refusal("twin", "twin_too_large", {"given": laid_out, "allowed": 5 * MOST_LOOKED_UP})
    return None
