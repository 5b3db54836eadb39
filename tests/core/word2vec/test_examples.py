"""The examples of a text: which there are, made when asked for, and as many as a long text has."""

from __future__ import annotations

import numpy as np
import pytest

from core.data.corpora import Corpus, read_corpus
from core.word2vec.examples import examples_of

TEXT = "a b c d e. f. g h\ni j k"
REACHES = pytest.mark.parametrize("reach", [1, 2, 5, 10])


def around(corpus: Corpus, reach: int) -> list[list[int]]:
    """Return the neighbours of each token in the plainest way."""
    tokens, sentences = corpus.tokens.tolist(), corpus.sentences.tolist()
    return [
        [
            tokens[other]
            for other in range(here - reach, here + reach + 1)
            if other != here and 0 <= other < len(tokens) and sentences[other] == sentences[here]
        ]
        for here in range(len(tokens))
    ]


@REACHES
def test_skip_gram_pairs_every_word_with_all_within_reach_in_its_sentence(reach: int) -> None:
    every, corpus = examples_of(TEXT, "skip-gram", reach), read_corpus(TEXT)
    found = every.batch(0, len(every))
    pairs = [(here, word) for here, words in enumerate(around(corpus, reach)) for word in words]
    assert list(zip(found.positions.tolist(), found.targets.tolist(), strict=True)) == pairs
    assert (corpus.tokens[found.partners] == found.contexts).all()
    assert (corpus.tokens[found.positions] == found.centres).all()


@REACHES
def test_cbow_has_a_window_for_every_word_that_has_neighbours(reach: int) -> None:
    every, corpus = examples_of(TEXT, "cbow", reach), read_corpus(TEXT)
    found = every.batch(0, len(every))
    windows = [(here, words) for here, words in enumerate(around(corpus, reach)) if words]
    known = [[word for word in row if word >= 0] for row in found.contexts.tolist()]
    assert list(zip(found.positions.tolist(), known, strict=True)) == windows
    assert ((found.partners < 0) == (found.contexts < 0)).all()
    assert (np.diff((found.contexts < 0).astype(int)) >= 0).all()  # what does not exist stands at the right


@pytest.mark.parametrize("model", ["cbow", "skip-gram"])
def test_after_the_last_comes_the_first_again(model: str) -> None:
    every = examples_of(TEXT, model, 2)
    whole = every.batch(0, len(every)).positions.tolist()
    assert every.batch(len(every) - 1, 3).positions.tolist() == [whole[-1], *whole[:2]]
    assert every.batch(5 * len(every) + 1, 2).positions.tolist() == whole[1:3]


@pytest.mark.parametrize("model", ["cbow", "skip-gram"])
@pytest.mark.parametrize("count", [1, 3, 512, 600])
def test_wherever_a_batch_begins_it_holds_the_examples_from_there_on(model: str, count: int) -> None:
    every = examples_of(f"{TEXT}\n" * 80, model, 2)
    assert len(every) > 512
    for first in (0, 1, 509, 511, 512, len(every) - 1, len(every) + 5):
        found, wanted = every.batch(first, count), every.at(np.arange(first, first + count) % len(every))
        for name in ("positions", "centres", "contexts", "partners"):
            assert np.array_equal(getattr(found, name), getattr(wanted, name))


def test_the_examples_of_one_centre_stand_together() -> None:
    every = examples_of(TEXT, "skip-gram", 2)
    positions = every.batch(0, len(every)).positions
    for position in range(len(every.corpus.tokens)):
        first, end = every.of_centre(position)
        assert np.flatnonzero(positions == position).tolist() == list(range(first, end))


def test_a_long_text_takes_little() -> None:
    """All pairs of it would take 570 MB."""
    every = examples_of("of the people by the people " * 150_000, "skip-gram", 10)
    assert len(every) > 17_000_000
    assert every.ends.nbytes + every.begins.nbytes < 20e6
    assert every.batch(len(every) - 1, 1).positions.tolist() == [len(every.corpus.tokens) - 1]
