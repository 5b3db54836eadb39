"""How many factors are enough: each count is one run to its end, measured on both kinds of ratings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import ratings
from core.ratings.settings import Params
from core.ratings.studies import DESCENTS, HALF_PASSES, MOST_FACTORS, MOST_STEPS, by_factors, steps_of
from core.run.recipe import Recipe
from core.run.streams import Streams

ALS = Params(ratings="films", held_out=0.2, regularization=0.05, method="als")


def test_each_count_is_a_run_of_its_own() -> None:
    fits = list(by_factors(Recipe("ratings", ratings.VERSION, 3, ALS)).results())
    assert [fit.n_factors for fit in fits] == list(range(1, MOST_FACTORS + 1))
    params = replace(ALS, n_factors=4)
    state = ratings.start(params, Streams.start(3))
    for t in range(1, HALF_PASSES + 1):
        state = ratings.step(state, params, Streams.step(3, t))
    row = ratings.series(state, params)
    assert (fits[3].known, fits[3].held) == (row["rmse"], row["test_rmse"])


def test_known_errors_fall_with_every_factor_and_held_out_ones_fork_off() -> None:
    fits = list(by_factors(Recipe("ratings", ratings.VERSION, 0, replace(ALS, regularization=0.02))).results())
    assert fits[-1].known < 0.5 * fits[1].known
    assert fits[-1].held > 1.1 * fits[1].held


def test_where_nothing_is_held_out_a_fifth_is() -> None:
    recipes = by_factors(Recipe("ratings", ratings.VERSION, 0, Params())).recipes
    assert {recipe.params.held_out for recipe in recipes} == {0.2}


@pytest.mark.parametrize(("method", "steps"), [("als", HALF_PASSES), ("dense", DESCENTS), ("sgd", 35 * 216)])
def test_a_run_has_as_many_steps_as_its_method_needs(method: str, steps: int) -> None:
    assert steps_of(replace(ALS, method=method)) == steps  # type: ignore[arg-type]


def test_a_run_is_never_longer_than_the_most() -> None:
    many = Params(ratings=np.ones((300, 300)))
    assert steps_of(many) == MOST_STEPS


def test_what_diverged_has_no_errors() -> None:
    wild = Params(learning_rate=10.0)
    (fit, *_) = by_factors(Recipe("ratings", ratings.VERSION, 0, wild)).results()
    assert np.isnan([fit.known, fit.held]).all()
