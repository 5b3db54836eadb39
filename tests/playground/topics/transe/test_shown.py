"""What the pictures show of a view: the state, the triple asked, ranks of names, the plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from core.transe.algorithm import ranks_of
from playground.playback.view import View
from playground.topics.transe.shown import Shown


@pytest.mark.parametrize("settings", [{}, {"dim": 5, "norm": 1}, {"triples": "contains"}])
def test_the_rank_of_the_true_tail_is_that_of_the_run(record: Any, settings: Any) -> None:
    run = record(40, **settings)
    for i in range(5):
        shown = Shown(View(run, 40, focus=Focus("triple", (i,))))
        assert shown.rank(int(shown.asked[2])) == ranks_of(shown.state, shown.params).own[i]
        assert shown.away[shown.asked[2]] == shown.distance(shown.asked)
        assert list(shown.away[shown.order]) == sorted(shown.away)


def test_beats_before_the_update_show_the_tables_before_it(record: Any) -> None:
    run = record(5)
    for beat, t in (("error", 4), ("gradients", 4), ("update", 5), ("", 5)):
        assert Shown(View(run, 5, beat)).state is run.frame(t).state
    assert Shown(View(run, 0, "error")).state is run.frame(0).state


def test_the_triple_asked_is_the_chosen_one_else_that_of_the_step(record: Any) -> None:
    run = record(5)
    first, step = Shown(View(run, 0)), Shown(View(run, 5))
    assert first.triple is None
    assert not first.is_of_step
    assert first.graph.named(first.asked) == ("Paris", "capital of", "France")
    assert step.is_of_step
    np.testing.assert_array_equal(step.asked, run.frame(5).state.triple)
    chosen = Shown(View(run, 5, focus=Focus("triple", (13,))))
    assert chosen.graph.named(chosen.asked)[1] == "in" == chosen.graph.relations[chosen.relation]
    assert Shown(View(run, 5, focus=Focus("triple", (99,)))).is_of_step


def test_more_numbers_are_shown_in_a_plane_that_stays(record: Any) -> None:
    run = record(30, dim=6)
    shown, first = Shown(View(run, 30)), Shown(View(run, 0))
    np.testing.assert_array_equal(shown.axes, first.axes)
    np.testing.assert_allclose(shown.axes.T @ shown.axes, np.eye(2), atol=1e-12)
    tip = shown.state.entities[shown.asked[0]] + shown.state.relations[shown.asked[1]]
    np.testing.assert_allclose(shown.tip(shown.asked), tip @ shown.axes, atol=1e-12)
    assert 0 < first.share < 1
    assert Shown(View(record(1), 1)).share == pytest.approx(1.0)


def test_a_relation_that_is_not_there_any_more_is_the_first(record: Any) -> None:
    shown = Shown(View(record(1, triples="week"), 1, options={"relation": 2}))
    assert shown.relation == 0
    assert len(shown.of_relation) == 6
    assert shown.head_triples == {day: day for day in range(6)}
