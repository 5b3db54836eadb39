"""Someone new beside the films as they are, the mean, and the pushes of all ratings: against NumPy's own."""

from __future__ import annotations

import numpy as np
import pytest

from core.ratings import Params, start, step
from core.ratings.algorithm import State, series
from core.ratings.factors import Factors, as_dense, error_of_mean, held_in, known_in, newcomer, pushes_of_all
from core.ratings.settings import of_newcomer
from core.run.streams import Streams

FILMS = Params(ratings="films", held_out=0.2, regularization=0.05)


def run(params: Params, steps: int) -> State:
    state = start(params, Streams.start(0))
    for t in range(1, steps + 1):
        state = step(state, params, Streams.step(0, t))
    return state


def learned(params: Params, steps: int = 20) -> Factors:
    made = run(params, steps).learned
    assert isinstance(made, Factors)
    return made


@pytest.mark.parametrize("penalty", [0.0, 0.05, 2.0])
@pytest.mark.parametrize("rated", [((0.0, 5.0),), ((0.0, 5.0), (7.0, 1.0)), ((2.0, 3.0), (5.0, 4.0), (11.0, 2.5))])
def test_a_newcomer_is_least_squares_with_the_penalty(penalty: float, rated: tuple[tuple[float, ...], ...]) -> None:
    now = learned(FILMS)
    films, given = [int(film) for film, _ in rated], [rating for _, rating in rated]
    left = np.vstack([now.items.T[films], np.sqrt(penalty * len(films)) * np.eye(2)])
    expected = np.linalg.lstsq(left, np.append(given, np.zeros(2)), rcond=None)[0]
    vector = newcomer(now, of_newcomer(Params(ratings="films", newcomer=rated)), penalty)
    np.testing.assert_allclose(vector, expected, rtol=1e-9, atol=1e-12)


def test_who_rated_nothing_has_no_length() -> None:
    assert newcomer(learned(FILMS), of_newcomer(FILMS), 0.05).tolist() == [0.0, 0.0]


def test_nothing_is_learned_from_a_newcomer() -> None:
    rated = Params(ratings="films", held_out=0.2, regularization=0.05, newcomer=((0.0, 5.0), (5.0, 1.0)))
    assert run(FILMS, 30) == run(rated, 30)


@pytest.mark.parametrize("n_factors", [1, 2, 5])
def test_single_ratings_added_up_are_the_slope_of_the_layer(n_factors: int) -> None:
    params = Params(ratings="films", held_out=0.2, n_factors=n_factors)
    now = learned(params, 50)
    made, count = as_dense(now, params), known_in(now, params).count
    users, items = pushes_of_all(now, params)
    np.testing.assert_allclose(-2 / count * users, made.by_users, atol=1e-12)
    np.testing.assert_allclose(-2 / count * items, made.by_items, atol=1e-12)


def test_the_mean_is_judged_by_what_is_held_out_or_else_by_what_is_known() -> None:
    now = learned(FILMS)
    held, known = held_in(now, FILMS), known_in(now, FILMS).mask
    values, mean = now.given.values, now.given.values[known].mean()
    assert error_of_mean(now, FILMS) == pytest.approx(np.sqrt(np.mean((values[held] - mean) ** 2)))
    notes = Params()
    of_notes = learned(notes).given.with_gaps
    assert error_of_mean(learned(notes), notes) == pytest.approx(np.nanstd(of_notes))


def test_errors_told_twice_are_those_of_the_step_in_view() -> None:
    """What is kept of a product must not be told of another step."""
    state = run(FILMS, 5)
    first = series(state, FILMS)
    after = series(step(state, FILMS, Streams.step(0, 6)), FILMS)
    again = series(state, FILMS)
    assert (again["rmse"], again["test_rmse"]) == (first["rmse"], first["test_rmse"])
    assert after["rmse"] != first["rmse"]
