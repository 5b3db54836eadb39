"""The step in view as its tab shows it: words by their roles, the weights it worked with, and what it made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isnan

import numpy as np

from core.data.corpora import read_corpus
from core.nn.activations import sigmoid, softmax
from core.run.values import Floats
from core.word2vec.algorithm import State, examples, is_sampled, takes_centres
from core.word2vec.explained import Example
from core.word2vec.explained_beats import gradient
from playground.playback.view import View
from widgets.grids.share_bars import Bar

CENTRE, CONTEXT, NEGATIVE = "blue", "vermillion", "purple"  # the colour of a word in every picture


@dataclass(frozen=True, eq=False)
class Step(Example):
    """The first example of the step in view; before the first step there is none, and `inputs` is empty."""

    before: State | None = None
    made: State | None = None

    @classmethod
    def in_view(cls, view: View) -> Step:
        """Return the step that led to the frame in view."""
        frame, before = view.frame, view.before
        if before is None or frame.made.diverged:
            return cls(read_corpus(frame.params.corpus), frame.params, frame.state.W, frame.state.C)
        step = cls.of(before.state, frame.made, frame.used)
        return replace(step, before=before.state, made=frame.made)

    def colour(self, index: int) -> str:
        """The series colour of a word's role in this step, "" where it has none."""
        if index in self.targets:
            return CENTRE if self.params.model == "cbow" else CONTEXT
        if index in self.inputs:
            return self.input_colour
        return NEGATIVE if index in self.negatives else ""

    @property
    def input_colour(self) -> str:
        """The colour of the words that go in."""
        return CONTEXT if self.params.model == "cbow" else CENTRE

    @property
    def kind(self) -> str:
        """What the net gives words: a `probability`, or with negative sampling the `sigmoid` of a score."""
        return "sigmoid" if is_sampled(self.params) else "probability"

    @cached_property
    def outputs(self) -> Floats:
        """What the net gave each word (V,): p, or with negative sampling σ(score); nan where it did not look at it."""
        if self.probabilities.size:
            return self.probabilities
        shares = np.full(self.corpus.size, np.nan)
        if self.inputs:
            scored = [*self.targets, *self.negatives]
            shares[scored] = sigmoid(self.hidden @ self.C[:, scored])
        return shares

    def pairs(self) -> list[tuple[str, str]]:
        """Return the words that the centre is paired with in its window, each with `done`, `now` or `ahead`.

        Only skip-gram takes them one a step; else there are none.
        """
        if self.made is None or self.params.model == "cbow" or self.params.batch > 1:
            return []
        every = examples(self.params)
        first, end = every.of_centre(self.position)
        now = (self.made.t - 1) % len(every)
        when = ["done" if i < now else "now" if i == now else "ahead" for i in range(first, end)]
        if takes_centres(self.params):
            when = ["now"] * (end - first)
        return list(zip(map(self.word, every.batch(first, end - first).targets.tolist()), when, strict=True))

    # What the step made of it.

    @cached_property
    def shifts(self) -> tuple[Floats, Floats]:
        """How far the rows of W and the columns of C moved in the step, (V,) each; 0 where there was none."""
        if self.before is None or self.made is None:
            return np.zeros(self.corpus.size), np.zeros(self.corpus.size)
        return _halves(_lengths(self.made.vectors - self.before.vectors))

    @cached_property
    def slopes(self) -> tuple[Floats, Floats]:
        """How long the gradient is in the rows of W and the columns of C, (V,) each."""
        assert self.before is not None
        assert self.made is not None
        return _halves(_lengths(gradient(self.before, self.made, self.params)))

    @cached_property
    def outputs_after(self) -> Floats:
        """What the net gives the same words with the weights after the step, (V,); nan where it is not asked."""
        assert self.made is not None
        scores = self.made.W[list(self.inputs)].mean(axis=0) @ self.made.C
        if self.probabilities.size:
            return softmax(scores)
        return np.where(np.isnan(self.outputs), np.nan, sigmoid(scores))

    def error(self, word: int) -> float | None:
        """Return ∂L/∂s of a word: what the net gave it less what was wanted, summed; None where it was not asked."""
        value = self.output(word)
        return None if value is None else self.scored(word) * value - self.wanted(word)

    def words_that_matter(self, room: int) -> list[int]:
        """Return at most `room` words in order of the vocabulary: those of the step, the likeliest, the commonest."""
        size = self.corpus.size
        if size <= room:
            return list(range(size))
        first = [*self.targets, *self.inputs, *self.negatives] if self.inputs else []
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

    def bars(self, words: Sequence[int], others: Sequence[tuple[str, Step]] = ()) -> list[Bar]:
        """Return what the net gave these words, and the nets of other runs; the targets ought to have had all."""
        return [
            Bar(self.word(w), self.output(w), self.colour(w), self.share_wanted(w),
                tuple((letter, other.output(w)) for letter, other in others))
            for w in words
        ]  # fmt: skip

    def share_wanted(self, word: int) -> float | None:
        """Return what the net ought to have given a target: σ = 1, or the share of the targets it is; else None."""
        wanted = self.wanted(word)
        return (1.0 if is_sampled(self.params) else wanted / len(self.targets)) if wanted else None

    def reads_as(self, other: Step) -> bool:
        """Whether another run learned from the same words, and gave them shares of the same kind."""
        return (self.corpus, self.inputs, self.targets, self.kind) == (
            other.corpus, other.inputs, other.targets, other.kind
        )  # fmt: skip


def _lengths(vectors: Floats) -> Floats:
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)))


def _halves(both: Floats) -> tuple[Floats, Floats]:
    return both[: len(both) // 2], both[len(both) // 2 :]
