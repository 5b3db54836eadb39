"""The study of factors as a panel: the fork, what it says, and that a click asks for so many factors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.ratings import VERSION
from core.ratings.studies import by_factors
from core.run.recipe import Recipe
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.points import Points

ALS = {"ratings": "films", "held_out": 0.2, "method": "als"}


@pytest.fixture
def asked(tab: Any, forward: Any) -> Any:
    tab.run.restart_with(ALS)
    tab.run.advance(2)
    forward("factors")
    tab.finish_studies()
    return tab.study


def curves(study: Any) -> dict[Any, Any]:
    (found,) = (mark for mark in study.plot.marks if isinstance(mark, Curves))
    return {curve.focus: curve for curve in found.curves}


def test_it_shows_the_study_of_the_recipe_and_says_where_held_out_is_lowest(tab: Any, asked: Any) -> None:
    fits = list(by_factors(tab.run.recipe).results())
    assert curves(asked)["known"].y.tolist() == [fit.known for fit in fits]
    assert curves(asked)["held"].y.tolist() == [fit.held for fit in fits]
    best = min(fits, key=lambda fit: fit.held)
    assert f"{best.n_factors} factors: {best.held:.2f}" in asked.note()


def test_a_click_asks_for_so_many_factors_and_the_answer_stays(tab: Any, asked: Any, settle: Any) -> None:
    asked.plot.clicked.emit(5.2, 0.3, None)
    settle()
    assert tab.run.params.n_factors == 5
    tab.study.show_recipe(tab.run.recipe)
    assert len(curves(asked)["held"].x) == 10
    (ring,) = (mark for mark in asked.plot.marks if isinstance(mark, Points) and mark.name == "now")
    assert set(ring.xy[:, 0]) == {5.0}


def test_other_settings_take_the_answer_away(tab: Any, asked: Any, settle: Any) -> None:
    tab.set_parameter("regularization", 0.1)
    settle()
    assert not curves(asked)
    assert asked.plot.empty_text


def test_where_ratings_were_typed_those_are_asked_of(tab: Any, forward: Any) -> None:
    tab.run.restart_with(ALS)
    tab.run.advance(2)
    tab.hands.rate((0, 0), 4.5)
    forward("factors")
    tab.finish_studies()
    params = replace(tab.run.params, ratings=tab.run.frame.state.learned.given.with_gaps)
    fits = list(by_factors(Recipe("ratings", VERSION, tab.run.recipe.seed, params)).results())
    assert params.ratings[0, 0] == 4.5
    assert curves(tab.study)["held"].y.tolist() == [fit.held for fit in fits]
