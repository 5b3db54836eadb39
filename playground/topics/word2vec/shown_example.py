"""The step in view as its tab shows it: words by their roles, the weights it worked with, and what it made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import numpy as np

from core.data.corpora import read_corpus
from core.nn.activations import sigmoid
from core.run.values import Floats
from core.word2vec.explained import Example
from playground.playback.view import View
from widgets.grids.share_bars import Bar

CENTRE, CONTEXT, NEGATIVE = "blue", "vermillion", "purple"  # the colour of a word in every picture


@dataclass(frozen=True, eq=False)
class Step(Example):
    """The first example of the step in view; before the first step there is none, and `inputs` is empty."""

    @classmethod
    def in_view(cls, view: View) -> Step:
        """Return the step that led to the frame in view."""
        frame, before = view.frame, view.before
        if before is None or frame.made.diverged:
            return cls(read_corpus(frame.params.corpus), frame.params, frame.state.W, frame.state.C)
        return cls.of(before.state, frame.made, frame.params)

    def colour(self, index: int) -> str:
        """The series colour of a word's role in this step, "" where it has none."""
        if index == self.target:
            return CENTRE if self.params.model == "cbow" else CONTEXT
        if index in self.inputs:
            return self.input_colour
        return NEGATIVE if index in self.negatives else ""

    @property
    def input_colour(self) -> str:
        """The colour of the words that go in."""
        return CONTEXT if self.params.model == "cbow" else CENTRE

    @cached_property
    def outputs(self) -> Floats:
        """What the net gave each word (V,): p, or with negative sampling σ(score); nan where it did not look at it."""
        if self.probabilities.size:
            return self.probabilities
        shares = np.full(self.corpus.size, np.nan)
        if self.inputs:
            scored = [self.target, *self.negatives]
            shares[scored] = sigmoid(self.hidden @ self.C[:, scored])
        return shares

    def words_that_matter(self, room: int) -> list[int]:
        """Return at most `room` words in order of the vocabulary: those of the step, the likeliest, the commonest."""
        size = self.corpus.size
        if size <= room:
            return list(range(size))
        first = [self.target, *self.inputs, *self.negatives] if self.inputs else []
        common = np.argsort(-self.corpus.counts, kind="stable")[:room].tolist()
        return sorted(list(dict.fromkeys([*first, *self.likeliest(room // 3), *common]))[:room])

    def likeliest(self, count: int) -> list[int]:
        """Return at most `count` words that the net gave most, those it looked at only, the likeliest first."""
        known = np.flatnonzero(~np.isnan(self.outputs))
        order = np.argsort(-self.outputs[known], kind="stable")[:count]
        return known[order].tolist()  # type: ignore[no-any-return]

    def output(self, word: int) -> float | None:
        """Return what the net gave a word, None where it did not look at it."""
        value = float(self.outputs[word])
        return None if isnan(value) else value

    def bars(self, words: Sequence[int]) -> list[Bar]:
        """Return what the net gave these words; the target ought to have had all."""
        return [Bar(self.word(w), self.output(w), self.colour(w), 1.0 if w == self.target else None) for w in words]
