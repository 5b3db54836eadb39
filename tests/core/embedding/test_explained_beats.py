"""What is said of each beat: rows of words and numbers, then of E, the loss, the gradient, the update."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import embedding
from core.embedding import Params
from core.embedding.settings import data_of
from core.run.explanation import Focus


def said(told: Any) -> list[tuple[str, list[str]]]:
    return [(key, ["".join(str(term.value) for term in line) for line in cells]) for key, cells in told.rows]


@pytest.fixture
def steps(run: Any) -> Any:
    """Two states of a run with sentences to be cut, and the beats told between them."""
    before, after = run(Params(), 9)[-2:]
    return lambda beat, focus=None: embedding.explain(before, after, Params(), focus, beat), after


def test_a_sentence_becomes_words_and_numbers(steps: Any) -> None:
    explain, after = steps
    data, k = data_of(Params()), int(after.batch[0])
    assert said(explain("tokens")) == [("words", ["  ".join(data.words[k])])]
    assert said(explain("numbers"))[1] == ("numbers", ["  ".join(map(str, data.numbers[k]))])
    assert said(explain("padding"))[1] == ("sequence", ["  ".join(map(str, data.sequences[k]))])
    assert said(explain("flatten")) == [("cells", ["4·8 = 32"])]


def test_the_loss_is_that_of_the_sentence(steps: Any) -> None:
    explain, after = steps
    held, told = embedding.arrays(after, Params()), explain("loss")
    p, label = float(held["probabilities"][0]), held["labels"][int(after.batch[0])]
    assert told.values["loss"] == pytest.approx(-np.log(p if label else 1 - p))


def test_a_beat_tells_of_what_the_step_read(steps: Any) -> None:
    explain, after = steps
    outside = next(k for k in range(60) if k not in after.batch)
    inside = int(after.batch[2])
    assert explain("tokens", Focus("sentence", (outside,))) == explain("tokens")
    assert explain("tokens", Focus("sentence", (inside,))).values["text"] == data_of(Params()).texts[inside]


def test_without_a_step_the_whole_is_told(run: Any) -> None:
    state = run(Params(), 0)[0]
    assert embedding.explain(None, state, Params(), None, "loss").sentence == "rule"
