"""The formulas of a step: the numbers are those of the step, told of the sentence and the place in focus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import embedding
from core.embedding import Params
from core.embedding.explained import Chosen
from core.embedding.settings import data_of
from core.run.explanation import Focus, Line


def marked(line: Line, mark: str) -> list[float]:
    return [float(term.value) for term in line if term.mark == Focus(mark)]


@pytest.mark.parametrize(
    "focus", [None, Focus("sentence", (5,)), Focus("place", (5, 1)), Focus("vote", (6, 2)), Focus("b")]
)
def test_vote_score_and_p_are_those_before_and_after(run: Any, focus: Any) -> None:
    (before, after), params = run(Params(), 30)[-2:], Params()
    told, chosen = embedding.explain(before, after, params, focus), Chosen.of(focus, after, params)
    assert [key for key, _ in told.rows] == ["before", "after"]
    assert len(told.rule) == 3
    for state, (_, cells) in zip((before, after), told.rows, strict=True):
        held = embedding.arrays(state, params)
        e, w = held["E"][chosen.number], held["W"][chosen.place * 8 : chosen.place * 8 + 8, 0]
        assert marked(cells[0], "place") == [pytest.approx(float(e @ w), rel=1e-12)]
        numbers = [float(term.value) for term in cells[0] if isinstance(term.value, float)]
        assert numbers[1::2] == e.tolist() or len(numbers) == 17
        z = float(held["E"][chosen.sequence(params)].ravel() @ held["W"][:, 0] + held["b"][0])
        assert marked(cells[1], "score") == [pytest.approx(z, rel=1e-9)]
        assert marked(cells[1], "bias") == held["b"].tolist()
        assert marked(cells[2], "output") == [pytest.approx(1 / (1 + np.exp(-z)), rel=1e-9)]


def test_what_is_chosen_stays_within_the_sentences_and_places(run: Any) -> None:
    after, params = run(Params(), 2)[-1], Params()
    assert Chosen.of(Focus("sentence", (10**6,)), after, params).sentence == 59
    far = Chosen.of(Focus("vote", (10**6, 10**6)), after, params)
    assert (far.number, far.place) == (40, 3)
    assert Chosen.of(None, after, params).sentence == after.batch[0]
    assert not Chosen.of(None, after, params).is_pointed


def test_at_the_start_the_rule_alone_is_told(run: Any) -> None:
    told = embedding.explain(None, run(Params(), 0)[0], Params(), None)
    assert (told.rows, told.sentence) == ((), "rule")


def test_words_of_one_number_are_told_together() -> None:
    params = Params(encoding="hashing", input_dim=98)
    assert data_of(params).word(69) == "good / bad / admire"
    assert data_of(params).word(0) == "0"
    data = data_of(Params())
    assert data.word(data.number_of["lovely"]) == "lovely"
