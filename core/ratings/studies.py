"""A question that no single run answers: how many factors are enough to fill gaps, and how many only learn by heart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core import ratings
from core.ratings.factors import Factors, held_in, known_in, rmse_of
from core.ratings.settings import Params, ratings_of
from core.run.recipe import Recipe
from core.run.studies import Study
from core.run.timeline import Frame

MOST_FACTORS = 10
HELD_OUT = 0.2  # where the recipe holds nothing out
EPOCHS, HALF_PASSES, DESCENTS = 35, 40, 800  # of sgd, als and dense
MOST_STEPS = 8_000


@dataclass(frozen=True)
class Fit:
    """How well so many factors tell what they learned from, and what they did not."""

    n_factors: int
    known: float  # root mean square
    held: float  # nan where a run diverged, as the other one


def by_factors(recipe: Recipe[Params]) -> Study[Fit]:
    """Return the study of 1 to 10 factors, one run each, on the ratings that a recipe begins with."""
    params = replace(recipe.params, held_out=recipe.params.held_out or HELD_OUT)
    recipes = tuple(replace(recipe, params=replace(params, n_factors=f), edits=()) for f in range(1, MOST_FACTORS + 1))
    return Study(ratings, recipes, steps_of(params), "diverged", _fit)


def steps_of(params: Params) -> int:
    """Return how many steps a run of the study has: about as many as its method needs."""
    if params.method != "sgd":
        return HALF_PASSES if params.method == "als" else DESCENTS
    known = np.count_nonzero(~np.isnan(ratings_of(params).values))
    return min(MOST_STEPS, EPOCHS * int(known))


def _fit(recipe: Recipe[Any], frame: Frame[Any, Any]) -> Fit:
    params, learned = recipe.params, frame.state.learned
    assert isinstance(learned, Factors)
    if frame.state.diverged:
        return Fit(params.n_factors, float("nan"), float("nan"))
    known = rmse_of(learned, known_in(learned, params).mask)
    return Fit(params.n_factors, known, rmse_of(learned, held_in(learned, params)))
