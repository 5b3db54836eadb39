"""Training examples of word2vec: which words go in, which word is to be predicted, which words stand against it.

    CBOW        one window an example:  context words → centre
    skip-gram   one pair an example:    centre → one context word

A centre without context is no example. Examples come in reading order, then again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.data.corpora import Corpus, Indices, read_corpus, windows
from core.run.values import Floats, locked

FLATTENED = 0.75  # the power of a word's frequency by which negatives are drawn


@dataclass(frozen=True, eq=False)
class Examples:
    """The n examples of a text or of a step in order; `contexts` are filled up at the right with −1."""

    positions: Indices  # (n,) where the centre stands in the text
    centres: Indices  # (n,) words
    contexts: Indices  # (n, 2·window) of CBOW, (n, 1) of skip-gram: words, left to right
    partners: Indices  # the same shape: where they stand in the text
    is_cbow: bool

    def __len__(self) -> int:
        return len(self.centres)

    @property
    def inputs(self) -> Indices:
        """The words that go in, (n, 2·window) or (n, 1)."""
        return self.contexts if self.is_cbow else self.centres[:, None]

    @property
    def targets(self) -> Indices:
        """The words to be predicted, (n,)."""
        return self.centres if self.is_cbow else self.contexts[:, 0]

    def batch(self, first: int, count: int) -> Examples:
        """Return `count` examples, beginning with the `first` since the start; after the last comes the first again."""
        begin, end = first % len(self), first % len(self) + count
        at = slice(begin, end) if end <= len(self) else np.arange(begin, end) % len(self)  # a slice copies nothing
        return Examples(self.positions[at], self.centres[at], self.contexts[at], self.partners[at], self.is_cbow)


@lru_cache(maxsize=4)
def examples_of(text: str, model: str, reach: int) -> Examples:
    """Return the examples of a text for `cbow` or `skip-gram`, with `reach` words each side."""
    corpus = read_corpus(text)
    around, words = windows(corpus, reach)
    if model == "cbow":
        held = np.flatnonzero((around >= 0).any(axis=1))
        order = np.argsort(around[held] < 0, axis=1, kind="stable")  # what exists first, in the order it had
        around, words = (np.take_along_axis(array[held], order, axis=1) for array in (around, words))
    else:
        held, column = np.nonzero(around >= 0)
        around, words = (array[held, column][:, None] for array in (around, words))
    return Examples(locked(held), locked(corpus.tokens[held]), locked(words), locked(around), model == "cbow")


@dataclass(frozen=True, eq=False)
class NoiseWords:
    """The distribution of negatives: P(word) ∝ frequency^0.75. Source: Mikolov et al. (2013b), section 2.2."""

    shares: Floats  # (V,), sum 1
    ends: Floats  # (V,) running sums of the shares

    def draw(self, targets: Indices, count: int, rng: np.random.Generator) -> Indices:
        """Return `count` words for each target, (len(targets), count), drawn with replacement, never the target.

        One uniform number a word: it is stretched over the line of all shares with the target's part cut out.
        """
        target = targets[:, None]
        share, begin = self.shares[target], self.ends[target] - self.shares[target]
        place = rng.random((len(targets), count)) * (1.0 - share)
        place = np.where(place < begin, place, place + share)
        drawn = np.minimum(np.searchsorted(self.ends, place, side="right"), len(self.ends) - 1)
        return np.where(drawn == target, (drawn + 1) % len(self.ends), drawn)  # only where rounding met the very edge


@lru_cache(maxsize=4)
def noise_words(corpus: Corpus) -> NoiseWords:
    """Return the distribution of negatives for a text."""
    weights = corpus.counts**FLATTENED
    shares = weights / weights.sum()
    return NoiseWords(locked(shares), locked(np.cumsum(shares)))
