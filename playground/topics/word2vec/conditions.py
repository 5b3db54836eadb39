"""What the claims of word2vec speak of: words that went into a step, were scored in it, moved or are near."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.nn.similarity import neighbours
from core.run.explanation import Focus
from core.word2vec.explained import Example
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline


def rows_moved(run: Timeline, t: int) -> Members:
    """The words whose rows of W the step moved."""
    if not t:
        return Members()
    before, after = run.frame(t - 1).state.W, run.frame(t).made.W
    return Members(_words(np.flatnonzero((before != after).any(axis=1)).tolist()))


def went_in(run: Timeline, t: int) -> Members:
    """The words whose rows of W made h in the step."""
    return Members(_words(_example(run, t).inputs if t else ()))


def scored(run: Timeline, t: int) -> Members:
    """The target of the step and the words drawn beside it."""
    step = _example(run, t) if t else None
    return Members(_words((*step.targets, *step.negatives) if step else ()))


def target(run: Timeline, t: int) -> Members:
    """The word that was to be predicted in the step."""
    return Members(_words(_example(run, t).targets if t else ()))


def last_pass(run: Timeline, t: int) -> Members:
    """The mean loss of the last finished pass, where its line ends."""
    return Members(frozenset({Focus("mean")}) if run.frame(t).state.epoch_loss > 0 else frozenset())


def nearest_to(run: Timeline, t: int, word: str) -> Members:
    """The word nearest to another by the cosine of their rows."""
    number = Focus.of(word)
    assert number is not None
    return Members(_words(other for other, _ in neighbours(run.frame(t).state.W, number.at[0], 1)))


def _example(run: Timeline, t: int) -> Example:
    frame = run.frame(t)
    return Example.of(run.frame(t - 1).state, frame.made, frame.used)


def _words(numbers: Iterable[int]) -> frozenset[Focus]:
    return frozenset(Focus("word", (int(number),)) for number in numbers)
