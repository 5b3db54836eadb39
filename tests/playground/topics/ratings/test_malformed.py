"""Tables and settings that are none: each is refused with one line at its place, and the run stays as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

FACTORS: dict[str, Any] = {}
CANDIDATES = {"model": "candidates"}
MALFORMED: dict[str, tuple[dict[str, Any], str, Any, str]] = {
    "rows of different lengths": (FACTORS, "ratings", [[5, 4], [3]], "not allowed"),
    "a word in a cell": (FACTORS, "ratings", [[5, "good"], [3, 1]], "good"),
    "a truth in a cell": (FACTORS, "ratings", [[5, True], [3, 1]], "not allowed"),
    "a rating beyond all bounds": (FACTORS, "ratings", [[1e13, 1], [3, 1]], "not allowed"),
    "nothing but gaps": (FACTORS, "ratings", [[None, None], [None, None]], "empty"),
    "no table": (FACTORS, "ratings", [], "not allowed"),
    "a table of tables": (FACTORS, "ratings", [[[5, 4]], [[3, 1]]], "not allowed"),
    "a set of ratings there is not": (FACTORS, "ratings", "movies", "no ratings called movies"),
    "as many people as cannot be": (FACTORS, "ratings", [[1.0]] * 501, "501"),
    "no factor": (FACTORS, "n_factors", 0, "1"),
    "half a factor": (FACTORS, "n_factors", 2.5, "2.5"),
    "a penalty below 0": (FACTORS, "regularization", -0.1, "0"),
    "all ratings held out": ({"ratings": [[5.0]]}, "held_out", 0.9, "none to learn from"),
    "a newcomer's rating without a film": (FACTORS, "newcomer", [[5]], "Each needs two"),
    "a newcomer's film there is not": (FACTORS, "newcomer", [[4, 5]], "no film 4"),
    "a newcomer's film between two": (FACTORS, "newcomer", [[0.5, 5]], "no film 0.5"),
    "a newcomer's film rated twice": (FACTORS, "newcomer", [[1, 5], [1, 2]], "rated twice"),
    "a history of one video": (CANDIDATES, "histories", [[0, 1], [2]], "Person 2 watched 1"),
    "a video below 0": (CANDIDATES, "histories", [[0, -1]], "-1"),
    "nothing watched": (CANDIDATES, "watched", [], "not allowed"),
    "a video watched that there is not": (CANDIDATES, "watched", [24], "no video 24"),
    "four hidden layers": (CANDIDATES, "hidden", [8, 8, 8, 8], "3"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_it_is_refused_at_its_place_and_the_run_stays(tab: Any, case: str) -> None:
    before, name, value, said = MALFORMED[case]
    if before:
        tab.run.restart_with(before)
    tab.run.advance(2)
    recipe, step = tab.run.recipe, tab.run.position
    tab.set_parameter(name, value)
    error = tab.findChild(QLabel, f"param.{name}.error").text().replace("−", "-")
    assert said in error, error
    assert "\n" not in error
    assert (tab.run.recipe, tab.run.position) == (recipe, step)
    tab.run.advance(1)


def test_the_last_rating_to_learn_from_cannot_be_emptied(tab: Any) -> None:
    tab.run.restart_with({"ratings": [[5.0, None], [None, None]]})
    tab.run.advance(2)
    tab.hands.rate((0, 0), float("nan"))
    assert tab.findChild(QLabel, "param.ratings.error").text().startswith("No rating would be left")
    assert not tab.run.recipe.edits
    tab.hands.rate((1, 1), 3.0)
    tab.hands.rate((0, 0), float("nan"))
    assert np.isnan(tab.run.frame.state.learned.given.with_gaps).sum() == 3
