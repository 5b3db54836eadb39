"""The lines of a step hold by arithmetic, and which of them are there."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import Any

import numpy as np
import pytest

from core import transe
from core.run.by_hand import digits_of
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.replay import replay
from core.transe import Params, beats, explain


def steps(params: Params, count: int = 40) -> Any:
    return pairwise([frame.state for frame, _ in replay(transe, Recipe("transe", 1, 3, params), count)])


@pytest.mark.parametrize("norm", [1, 2])
def test_the_distance_is_what_its_terms_give(norm: int) -> None:
    params = Params(dim=3, norm=norm)
    for before, after in steps(params):
        told = explain(before, after, params, None)
        line = dict(told.rows)["true"][0]
        numbers = [term.value for term in line[1:] if not isinstance(term.value, str)]
        result = sum(numbers) if norm == 1 else sqrt(sum(x * x for x in numbers) / 2)
        assert line[0].value == pytest.approx(result) == after.distance
        assert digits_of(line, 3)[1] == 0


def test_the_relation_moves_by_the_line_that_is_printed() -> None:
    params, moved = Params(), 0
    for before, after in steps(params):
        columns = dict(explain(before, after, params, None).rows)["true"]
        assert len(columns) == (3 if after.loss else 2)
        if after.loss:
            new, old, eta, u, v = (term.value for term in columns[2] if not isinstance(term.value, str))
            relation = after.triple[1]
            assert new == pytest.approx(old - eta * (u - v), abs=1e-15)
            assert (new, old) == (after.relations[relation, 0], before.relations[relation, 0])
            moved += 1
    assert moved > 5


def test_a_triple_in_focus_is_told_of_whatever_the_beat() -> None:
    params = Params()
    before, after = list(steps(params, 3))[-1]
    for beat in ("", *beats(params)):
        told = explain(before, after, params, Focus("triple", (5,)), beat)
        assert told.sentence == "triple"
        assert told.values["tail"] == "Thailand"
        assert told.values["rank_now"] == f"{transe.arrays(after, params)['ranks'][5]:g}"
    assert explain(before, after, params, Focus("triple", (99,))).sentence != "triple"


def test_beats_show_the_slopes_and_the_rows() -> None:
    params = Params(margin=5.0)
    before, after = list(steps(params, 3))[-1]
    shown = {beat: explain(before, after, params, None, beat) for beat in beats(params)}
    assert [key for key, _ in shown["gradients"].rows] == ["true", "corrupted", "gradient"]
    assert [key for key, _ in shown["update"].rows] == ["before", "after"]
    r = after.relations[after.triple[1]]
    printed = [float(str(term.value).replace("−", "-")) for term in dict(shown["update"].rows)["after"][0][1:]]
    np.testing.assert_allclose(printed, r, atol=5e-4)
