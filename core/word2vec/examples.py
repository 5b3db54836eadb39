"""Training examples of word2vec: which words go in, which word is to be predicted, which words stand against it.

    CBOW        one window an example:  context words → centre
    skip-gram   one pair an example:    centre → one context word; or a centre with all its pairs

A centre without context is no example. Examples come in reading order, then again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from core.data.corpora import Corpus, Indices, read_corpus
from core.run.values import Floats, locked

_BLOCK = 512  # examples that are made at once
FLATTENED = 0.75  # the power of a word's frequency by which negatives are drawn


@dataclass(frozen=True, eq=False)
class Examples:
    """The n examples of a step in order; `contexts` are filled up at the right with −1."""

    positions: Indices  # (n,) where the centre stands in the text
    centres: Indices  # (n,) words
    contexts: Indices  # (n, 2·window) of CBOW, (n, 1) of skip-gram: words, left to right
    partners: Indices  # the same shape: where they stand in the text
    is_cbow: bool
    firsts: Indices | None = None  # where the pairs of each centre begin, where those of a centre are one example

    def __len__(self) -> int:
        return len(self.centres if self.firsts is None else self.firsts)

    @property
    def of_first(self) -> int:
        """How many rows the first example has: of a centre that goes with all its contexts, several."""
        if self.firsts is None:
            return 1
        return int(self.firsts[1]) if len(self.firsts) > 1 else len(self.centres)

    def by_example(self, rows: Indices, width: int) -> Indices:
        """Return rows (n, …) by example, (len, width, …), filled up with −1; of examples of one row (len, …)."""
        if self.firsts is None:
            return rows
        example = np.searchsorted(self.firsts, np.arange(len(rows)), side="right") - 1
        table = np.full((len(self), width, *rows.shape[1:]), -1)
        table[example, np.arange(len(rows)) - self.firsts[example]] = rows
        return table

    @property
    def inputs(self) -> Indices:
        """The words that go in, (n, 2·window) or (n, 1)."""
        return self.contexts if self.is_cbow else self.centres[:, None]

    @property
    def targets(self) -> Indices:
        """The words to be predicted, (n,)."""
        return self.centres if self.is_cbow else self.contexts[:, 0]


@dataclass(frozen=True, eq=False)
class ExamplesOfText:
    """All examples of a text in order. They are made when asked for: those of a long text would take gigabytes."""

    corpus: Corpus
    reach: int
    is_cbow: bool
    begins: Indices  # (S + 1,) where each sentence begins in the text, and where the last one ends
    ends: Indices  # (T,) how many examples there are up to each token, with its own

    def __len__(self) -> int:
        return int(self.ends[-1])

    def batch(self, first: int, count: int) -> Examples:
        """Return `count` examples, beginning with the `first` since the start; after the last comes the first again."""
        return _batch(self, first % len(self), count)

    @cached_property
    def with_contexts(self) -> Indices:
        """Where the centres stand that have a context."""
        return np.flatnonzero(np.diff(self.ends, prepend=0))

    def batch_of_centres(self, first: int, count: int) -> Examples:
        """Return `count` centres with all their pairs, as `batch` does pairs."""
        return _batch_of_centres(self, first % len(self.with_contexts), count)

    def of_centre(self, position: int) -> tuple[int, int]:
        """Return the first example whose centre stands at that place in the text, and the first after them."""
        return int(self.ends[position - 1]) if position else 0, int(self.ends[position])

    def at(self, places: Indices) -> Examples:
        """Return some of the examples, by their places (n,) in the order of all."""
        positions = np.searchsorted(self.ends, places, side="right")
        left, right = _sides(self.corpus, self.begins, positions, self.reach)
        if self.is_cbow:
            nth = np.broadcast_to(np.arange(2 * self.reach), (len(places), 2 * self.reach))
        else:
            nth = (places - np.where(positions > 0, self.ends[positions - 1], 0))[:, None]
        partners = (positions - left)[:, None] + nth + (nth >= left[:, None])
        partners = np.where(nth < (left + right)[:, None], partners, -1)
        words = np.where(partners >= 0, self.corpus.tokens[partners], -1)
        return Examples(positions, self.corpus.tokens[positions], words, partners, self.is_cbow)


@lru_cache(maxsize=32)  # a step, what is told of it and its pictures ask for the same
def _batch(every: ExamplesOfText, first: int, count: int) -> Examples:
    block, begin = divmod(first, _BLOCK)
    end = begin + count
    if end > _BLOCK or first + count > len(every):
        return every.at(np.arange(first, first + count) % len(every))
    made, part = _block(every, block), slice(begin, end)
    return Examples(
        made.positions[part], made.centres[part], made.contexts[part], made.partners[part], made.is_cbow
    )  # fmt: skip


@lru_cache(maxsize=8)
def _block(every: ExamplesOfText, number: int) -> Examples:
    """Return some examples made at once, of which steps take one after the other: that is faster than each alone."""
    return every.at(np.arange(number * _BLOCK, min((number + 1) * _BLOCK, len(every))))


@lru_cache(maxsize=32)
def _batch_of_centres(every: ExamplesOfText, first: int, count: int) -> Examples:
    places = every.with_contexts
    ranges = [range(*every.of_centre(int(places[i % len(places)]))) for i in range(first, first + count)]
    pairs = every.at(np.concatenate([np.arange(pairs.start, pairs.stop) for pairs in ranges]))
    return replace(pairs, firsts=np.cumsum([0, *map(len, ranges[:-1])]))


def _sides(corpus: Corpus, begins: Indices, positions: Indices, reach: int) -> tuple[Indices, Indices]:
    """Return how many words of its sentence stand within reach left and right of each position, (n,) twice."""
    sentence = corpus.sentences[positions]
    left = np.minimum(positions - begins[sentence], reach)
    return left, np.minimum(begins[sentence + 1] - 1 - positions, reach)


@lru_cache(maxsize=4)
def examples_of(text: str, model: str, reach: int) -> ExamplesOfText:
    """Return the examples of a text for `cbow` or `skip-gram`, with `reach` words each side."""
    corpus, is_cbow = read_corpus(text), model == "cbow"
    begins = np.searchsorted(corpus.sentences, np.arange(int(corpus.sentences[-1]) + 2))
    left, right = _sides(corpus, begins, np.arange(len(corpus.tokens)), reach)
    contexts = left + right
    ends = np.cumsum(contexts > 0 if is_cbow else contexts)
    return ExamplesOfText(corpus, reach, is_cbow, locked(begins), locked(ends))


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
