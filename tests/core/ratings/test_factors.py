"""The three methods against plain loops, least squares row by row, and central differences."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.nn.layers import Dense
from core.ratings import Params, State, arrays, events, factors, series, start, step
from core.ratings.factors import Factors, as_dense, error_of_mean, held_in, known_in, newcomer, pushes_of_all
from core.ratings.settings import held_of, of_newcomer
from core.run.streams import Streams

SEEDS = range(4)


def own(seed: int, n: int = 7, m: int = 5, share: float = 0.6) -> Any:
    """Return ratings with gaps, of which one at least is known."""
    rng = np.random.default_rng(seed)
    values = rng.normal(3, 1, (n, m))
    values[rng.random((n, m)) > share] = np.nan
    values[0, 0] = 4.0
    return values


def run(params: Params, steps: int, seed: int = 0) -> State:
    state = start(params, Streams.start(seed))
    for t in range(1, steps + 1):
        state = step(state, params, Streams.step(seed, t))
    return state


def loss(users: Any, items: Any, ratings: Any, penalty: float) -> float:
    """Return the loss by loops, as the page of formulas has it."""
    told = [
        (ratings[i, j] - users[i] @ items[:, j]) ** 2 + penalty * (users[i] @ users[i] + items[:, j] @ items[:, j])
        for i in range(ratings.shape[0])
        for j in range(ratings.shape[1])
        if not np.isnan(ratings[i, j])
    ]
    return float(np.mean(told))


def test_first_numbers_lie_between_0_and_1() -> None:
    told = arrays(run(Params(ratings="films"), 0), Params(ratings="films"))
    for name in ("users", "items"):
        assert 0 <= told[name].min() < 0.2
        assert 0.8 < told[name].max() < 1
    assert (told["users"].shape, told["items"].shape) == ((30, 2), (2, 12))


# ---- one rating


@pytest.mark.parametrize("train", ["both", "users", "items"])
@pytest.mark.parametrize("f", [1, 2, 5])
def test_sgd_in_reading_order_is_the_plain_loop(train: Any, f: int) -> None:
    ratings = own(f)
    params = Params(ratings=ratings, n_factors=f, order="reading", train=train, learning_rate=0.03, regularization=0.1)
    first = arrays(run(params, 0), params)
    users, items = first["users"].copy(), first["items"].copy()
    known = np.argwhere(~np.isnan(ratings)).tolist()
    for i, j in known + known[:4]:
        u, v = users[i].copy(), items[:, j].copy()
        e = ratings[i, j] - sum(u[k] * v[k] for k in range(f))
        if train != "items":
            users[i] = [u[k] + 0.03 * (e * v[k] - 0.1 * u[k]) for k in range(f)]
        if train != "users":
            items[:, j] = [v[k] + 0.03 * (e * u[k] - 0.1 * v[k]) for k in range(f)]
    last = run(params, len(known) + 4)
    told, row = arrays(last, params), series(last, params)
    np.testing.assert_allclose(told["users"], users, rtol=0, atol=1e-12)
    np.testing.assert_allclose(told["items"], items, rtol=0, atol=1e-12)
    assert (row["user"], row["item"], row["epoch"]) == (*known[3], 1.0)
    assert row["error"] == pytest.approx(e, abs=1e-12)


def test_shuffled_takes_every_known_rating_once_an_epoch_and_no_other() -> None:
    params = Params(ratings=own(3), held_out=0.25)
    known = ~np.isnan(own(3)) & ~held_of(params)
    count, state, orders = int(known.sum()), run(params, 0), []
    for epoch in range(2):
        took = []
        for t in range(epoch * count + 1, (epoch + 1) * count + 1):
            after = step(state, params, Streams.step(0, t))
            assert events(state, after, params) == (("epoch",) if t % count == 0 else ())
            state, row = after, series(after, params)
            took.append((int(row["user"]), int(row["item"])))
        assert sorted(took) == list(map(tuple, np.argwhere(known).tolist()))
        orders.append(took)
    assert orders[0] != orders[1]


# ---- half a pass


def least_squares(rows: Any, ratings: Any, old: Any, penalty: float) -> Any:
    """Return each row's solution by `lstsq` on the known ratings alone, the penalty as further equations."""
    solved = old.copy()
    for i, own_ratings in enumerate(ratings):
        known = ~np.isnan(own_ratings)
        if known.any():
            more = np.sqrt(penalty * known.sum()) * np.eye(rows.shape[1])
            equations = np.vstack([rows[known], *([more] if penalty else [])])
            wanted = np.append(own_ratings[known], np.zeros(rows.shape[1] if penalty else 0))
            solved[i] = np.linalg.lstsq(equations, wanted, rcond=None)[0]
    return solved


@pytest.mark.parametrize("penalty", [0.0, 1e-12, 1e-4, 0.02, 10.0])
@pytest.mark.parametrize(("n", "m", "f"), [(7, 5, 2), (4, 9, 1), (6, 6, 8), (1, 3, 2)])
def test_als_is_least_squares_row_by_row(penalty: float, n: int, m: int, f: int) -> None:
    ratings = own(n + m, n, m)
    if n > 1:
        ratings[1], ratings[:, 2] = np.nan, np.nan  # nobody to learn from: the rows stay
    params = Params(ratings=ratings, n_factors=f, method="als", regularization=penalty)
    before = arrays(run(params, 0), params)
    first, second = run(params, 1), run(params, 2)
    users = least_squares(before["items"].T, ratings, before["users"], penalty)
    np.testing.assert_allclose(arrays(first, params)["users"], users, rtol=1e-7, atol=1e-8)
    assert (arrays(first, params)["items"] == before["items"]).all()
    if n > 1:
        assert (arrays(first, params)["users"][1] == before["users"][1]).all()
    items = least_squares(arrays(first, params)["users"], ratings.T, before["items"].T, penalty).T
    np.testing.assert_allclose(arrays(second, params)["items"], items, rtol=1e-7, atol=1e-8)
    assert [series(run(params, t), params)["phase"] for t in range(3)] == ["start", "users", "items"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loss_of_als_never_rises(seed: int) -> None:
    params = Params(ratings=own(seed, 12, 9), method="als", regularization=0.05)
    losses = [float(series(run(params, t, seed), params)["loss"]) for t in range(12)]
    assert all(after <= before + 1e-12 for before, after in pairwise(losses))


def test_only_the_side_that_is_trained_is_solved() -> None:
    params = Params(method="als", train="items")
    first, second = run(params, 1), run(params, 2)
    assert (arrays(first, params)["users"] == arrays(run(params, 0), params)["users"]).all()
    assert (arrays(second, params)["items"] != arrays(first, params)["items"]).all()


# ---- as a Dense layer


@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_dense_goes_down_the_slope_of_the_loss(penalty: float) -> None:
    ratings = own(2)
    params = Params(ratings=ratings, method="dense", regularization=penalty, learning_rate=1.0)
    before, after = (arrays(run(params, t), params) for t in (0, 1))
    for name in ("users", "items"):
        slopes = np.zeros_like(before[name])
        for place in np.ndindex(slopes.shape):
            ends = []
            for shift in (1e-5, -1e-5):
                moved = before[name].copy()
                moved[place] += shift
                both = {**before, name: moved}
                ends.append(loss(both["users"], both["items"], ratings, penalty))
            slopes[place] = (ends[0] - ends[1]) / 2e-5
        np.testing.assert_allclose(before[name] - after[name], slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_outputs_and_slopes_are_those_of_a_layer_of_torch_with_the_gaps_masked(penalty: float) -> None:
    torch = pytest.importorskip("torch")
    params = Params(method="dense", regularization=penalty, learning_rate=1.0)
    before, after = (arrays(run(params, t), params) for t in (4, 5))
    layer = torch.nn.Linear(2, 4, bias=False, dtype=torch.float64)
    layer.weight.data = torch.tensor(before["items"].T.copy())
    users = torch.tensor(before["users"].copy(), requires_grad=True)
    given, rated = layer(users), ~np.isnan(before["ratings"])
    mask, ratings = torch.tensor(rated), torch.tensor(np.nan_to_num(before["ratings"]))
    lengths = (users**2).sum(dim=1)[:, None] + (layer.weight**2).sum(dim=1)[None]
    ((given - ratings) ** 2 + penalty * lengths)[mask].mean().backward()
    np.testing.assert_allclose(before["predicted"], given.detach().numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(before["users"] - after["users"], users.grad.numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(before["items"] - after["items"], layer.weight.grad.numpy().T, rtol=0, atol=1e-12)


def test_the_product_is_what_a_dense_layer_gives() -> None:
    params = Params()
    told = arrays(run(params, 5), params)
    given, _ = Dense(4, use_bias=False).forward({"W": told["items"]}, told["users"])
    np.testing.assert_allclose(told["predicted"], given, rtol=0, atol=1e-12)


# ---- what all methods have in common


@given(seed=st.integers(0, 99), method=st.sampled_from(["sgd", "als", "dense"]), f=st.integers(1, 4),
       penalty=st.sampled_from([0.0, 0.02, 1.0]), share=st.sampled_from([0.0, 0.3]))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_one_loss_for_all_methods_and_gaps_take_no_part(
    seed: int, method: Any, f: int, penalty: float, share: float
) -> None:
    ratings = own(seed)
    params = Params(ratings=ratings, method=method, n_factors=f, regularization=penalty, held_out=share, data_seed=seed)
    state = run(params, 3, seed)
    told, row, held = arrays(state, params), series(state, params), held_of(params)
    learned = np.where(held, np.nan, ratings)
    assert row["loss"] == pytest.approx(loss(told["users"], told["items"], learned, penalty), rel=1e-12)
    for name, mask in (("rmse", ~held), ("test_rmse", held)):
        errors = (told["predicted"] - ratings)[mask & ~np.isnan(ratings)]
        assert row[name] == pytest.approx(float(np.sqrt((errors**2).mean())) if errors.size else np.nan, nan_ok=True)
    other = np.where(held, ratings + 5, ratings)  # what is held out moves nothing
    again = run(replace(params, ratings=other), 3, seed)
    assert (arrays(again, replace(params, ratings=other))["users"] == told["users"]).all()
    np.testing.assert_array_equal(told["ratings"], ratings)


@pytest.mark.parametrize("method", ["sgd", "als", "dense"])
def test_a_rating_typed_in_takes_part_and_one_deleted_does_not(method: Any) -> None:
    params = Params(method=method, learning_rate=0.1)
    state = run(params, 2)
    typed = arrays(state, params)["ratings"].copy()
    typed[0, 2], typed[0, 0] = 2.0, np.nan
    edited = state.with_array("ratings", typed, params)
    np.testing.assert_array_equal(arrays(edited, params)["ratings"], typed)
    users, items = arrays(edited, params)["users"], arrays(edited, params)["items"]
    assert series(edited, params)["loss"] == pytest.approx(loss(users, items, typed, 0.02))


@pytest.mark.parametrize(("name", "value"), [
    ("ratings", np.ones((3, 4))), ("users", np.ones((4, 3))), ("items", np.ones((4, 2))),
    ("ratings", np.full((4, 4), np.nan)),
])  # fmt: skip
def test_arrays_keep_their_shape_and_one_rating(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match="must"):
        run(Params(), 0).with_array(name, value, Params())


def test_a_rate_too_large_ends_the_run_at_its_last_sound_numbers() -> None:
    params = Params(learning_rate=0.3)
    state = run(params, 0)
    for t in range(1, 200):
        after = step(state, params, Streams.step(0, t))
        if after.diverged:
            break
        state = after
    assert events(state, after, params) == ("diverged", "end")
    assert t < 60
    assert after.learned is state.learned
    later = step(after, params, Streams.step(0, t + 1))
    assert (later.t, events(after, later, params)) == (t + 1, ())
    assert not later.with_array("users", np.ones((4, 2)), params).diverged


@pytest.mark.parametrize("values", [np.full((3, 3), 1e12), np.full((3, 3), -1e-12)])
@pytest.mark.parametrize("method", ["sgd", "als", "dense"])
@pytest.mark.parametrize("penalty", [0.0, 1e-300, 10.0])
def test_numbers_at_the_bounds_are_learned_or_end_the_run(values: Any, method: Any, penalty: float) -> None:
    params = Params(ratings=values, method=method, regularization=penalty)
    for t in range(6):
        state = run(params, t)
        assert isinstance(state.learned, factors.Factors)
        assert np.isfinite(state.learned.users).all()


# ---- someone new, the mean, and all ratings at once

FILMS = Params(ratings="films", held_out=0.2, regularization=0.05)


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
