"""The step in view as its tab shows it: words by their roles, the weights it worked with, and what it made of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core import word2vec as core
from core.data.corpora import Corpus
from core.nn.activations import sigmoid
from core.run.values import Floats
from playground.playback.view import View
from widgets.grids.share_bars import Bar

CENTRE, CONTEXT, NEGATIVE = "blue", "vermillion", "purple"  # the colour of a word in every picture


@dataclass(frozen=True, eq=False)
class Step:
    """The first example of the step in view; before the first step there is none, and `inputs` is empty.

    W and C are the weights the step worked with: those before its update.
    """

    corpus: Corpus
    params: core.Params
    t: int
    W: Floats
    C: Floats
    position: int = 0  # of the centre in the text
    partners: tuple[int, ...] = ()  # positions of its context
    inputs: tuple[int, ...] = ()
    target: int = -1
    negatives: tuple[int, ...] = ()
    hidden: Floats | None = None
    outputs: Floats | None = None  # (V,) p of every word; with negative sampling σ(score) of those drawn, else nan

    @classmethod
    def of(cls, view: View) -> Step:
        """Return the step that led to the frame in view."""
        frame, before = view.frame, view.before
        params: core.Params = frame.used if before else frame.params
        corpus, state = core.corpus_of(params), frame.made
        if before is None or state.diverged:
            return cls(corpus, params, frame.t, frame.state.W, frame.state.C)
        all_of_them = core.examples(params)
        place = int(all_of_them.places((frame.t - 1) * params.batch, 1)[0])
        centre, context = int(all_of_them.centres[place]), _existing(all_of_them.contexts[place])
        inputs, target = (context, centre) if params.model == "cbow" else ((centre,), context[0])
        old = before.state
        hidden = old.W[list(inputs)].mean(axis=0)
        negatives = _existing(state.negatives[0])
        return cls(
            corpus, params, frame.t, old.W, old.C, int(all_of_them.positions[place]),
            _existing(all_of_them.partners[place]), inputs, target, negatives, hidden,
            _outputs(state.probabilities[0], old.C, hidden, (target, *negatives)),
        )  # fmt: skip

    def word(self, index: int) -> str:
        """The word of an index."""
        return self.corpus.vocabulary[index]

    def colour(self, index: int) -> str:
        """The series colour of a word's role in this step, "" where it has none."""
        if not self.inputs:
            return ""
        if index == self.target:
            return self.target_colour
        if index in self.inputs:
            return self.input_colour
        return NEGATIVE if index in self.negatives else ""

    @property
    def input_colour(self) -> str:
        """The colour of the words that go in."""
        return CONTEXT if self.params.model == "cbow" else CENTRE

    @property
    def target_colour(self) -> str:
        """The colour of the word that is to come out."""
        return CENTRE if self.params.model == "cbow" else CONTEXT

    @property
    def main(self) -> int:
        """The word whose neighbours are shown where none was chosen: the centre, or the first of the text."""
        return int(self.corpus.tokens[self.position])

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
        if self.outputs is None:
            return []
        known = np.flatnonzero(~np.isnan(self.outputs))
        order = np.argsort(-self.outputs[known], kind="stable")[:count]
        return known[order].tolist()  # type: ignore[no-any-return]

    def output(self, word: int) -> float | None:
        """Return what the net gave a word, None where it did not look at it."""
        value = math.nan if self.outputs is None else float(self.outputs[word])
        return None if math.isnan(value) else value

    def bars(self, words: Sequence[int]) -> list[Bar]:
        """Return what the net gave these words; the target ought to have had all."""
        return [Bar(self.word(w), self.output(w), self.colour(w), 1.0 if w == self.target else None) for w in words]


def _existing(indices: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(indices[indices >= 0].tolist())


def _outputs(probabilities: Floats, columns: Floats, hidden: Floats, scored: tuple[int, ...]) -> Floats:
    """Return what the net gives each word (V,), nan where it did not look at it."""
    if probabilities.size:
        return probabilities
    shares = np.full(columns.shape[1], np.nan)
    shares[list(scored)] = sigmoid(hidden @ columns[:, list(scored)])
    return shares
