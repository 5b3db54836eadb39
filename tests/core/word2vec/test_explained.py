"""The formulas of a step: the numbers are those of the step, and sums that are cut are whole in the tooltip."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from core import word2vec
from core.run.explanation import REST, Focus
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams
from core.word2vec import Params, State, start, step
from core.word2vec.algorithm import used

TEXT = "The old cat sees a dog. A dog sees the cat the cat! She runs."
BOTH = pytest.mark.parametrize(
    ("model", "output"), list(product(("cbow", "skip-gram"), ("softmax", "negative sampling")))
)


def run(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(word2vec, Recipe("word2vec", 1, 0, params), steps)]


@BOTH
@pytest.mark.parametrize("size", [1, 3, 5])
def test_the_formula_shows_the_numbers_of_the_step(model: Any, output: Any, size: int) -> None:
    params = Params(corpus=TEXT, model=model, output=output, vector_size=size, batch=2)
    before, after = run(params, 4)[-2:]
    told = word2vec.explain(before, after, params, None)
    assert [label for label, _ in told.rows] == ["score", "softmax" if output == "softmax" else "loss"]
    terms = [term for _, cells in told.rows for cell in cells for term in cell if term.mark != REST]
    numbers = {term.mark: term.value for term in terms if isinstance(term.value, float) and term.mark}
    shown_terms = [term for term in told.rows[0][1][0] if term.mark != REST]
    score = [term.value for term in shown_terms if isinstance(term.value, float)]
    shown = min(size, 3)  # two, dots, the last: a sum of products must end within the strip
    assert len(score) == 2 * shown + 1
    if size == shown:
        assert score[-1] == pytest.approx(sum(a * b for a, b in zip(score[:-1:2], score[1:-1:2], strict=True)))
    if output == "softmax":
        target = used(after.t, params).targets[0]
        assert numbers[Focus("probability")] == after.probabilities[0][target]
        assert numbers[Focus("loss")] == pytest.approx(-np.log(numbers[Focus("probability")]))


@pytest.mark.filterwarnings("error")
@BOTH
def test_scores_beyond_all_powers_are_explained(model: Any, output: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output)
    before = replace(start(params, Streams.start(0)), vectors=np.full((16, 6), 30.0))
    told = word2vec.explain(before, step(before, params, Streams.step(0, 1)), params, None)
    numbers = {term.mark: term.value for _, cells in told.rows for cell in cells for term in cell}
    assert np.isfinite(numbers[Focus("loss")])


def test_the_loss_of_a_chance_too_small_to_write_is_that_of_the_step() -> None:
    params = Params(corpus=TEXT, model="cbow")
    vectors = np.full((16, 6), 30.0)
    vectors[8:] *= np.arange(1.0, 9.0)[:, None]
    before = replace(start(params, Streams.start(0)), vectors=vectors)
    after = step(before, params, Streams.step(0, 1))
    told = word2vec.explain(before, after, params, None)
    terms = [term for cell in told.rows[1][1] for term in cell]
    assert next(term.value for term in terms if term.mark == Focus("probability")) == 0.0
    assert next(term.value for term in terms if term.mark == Focus("loss")) == pytest.approx(after.loss, rel=1e-12)
