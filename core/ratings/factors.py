"""Ratings as a product of two matrices: r ≈ u·v, u a row of `users`, v a column of `items`.

    loss = mean over known ratings of (r − u·v)² + λ(|u|² + |v|²)          the same for all methods

    sgd     one known rating:  e = r − u·v;   u ← u + η(e·v − λu),  v ← v + η(e·u − λv), both from the old u, v
    als     every person, then every item:  (Σ v·vᵀ + λ·n·1)·u = Σ r·v over the n ratings that are known
    dense   all people through Dense(items, no bias), whose weights the items are; users and items ← − η·∂loss

Gaps take no part. Sources: Koren, Bell & Volinsky (2009), eq. 2 and the two methods after it; Zhou et al. (2008),
section 3.1, for λ times the number of ratings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from core.nn.layers import Dense
from core.nn.training import Indices, batch_of
from core.ratings.settings import Booleans, Params, held_of, ratings_of
from core.run.streams import Streams
from core.run.values import Array, Floats, Ints, frozen, kept, locked

Side = Literal["users", "items"]
SAFE = 1e-8  # as large a share of the largest sum of squares must λ be for equations to be solved as they stand
NOBODY = -1


@frozen
class Given:
    """Ratings as two matrices without gaps: what was rated, and whether it was."""

    values: Array  # (n, m), 0 where nothing was rated
    known: Ints  # (n, m), 1 or 0

    @property
    def with_gaps(self) -> Floats:
        """The ratings, nan where nothing was rated."""
        return np.where(self.known == 1, self.values, np.nan)


def given_by(ratings: Floats) -> Given:
    """Return ratings (n, m) with nan where nothing was rated as two matrices."""
    known = ~np.isnan(ratings)
    return Given(np.where(known, ratings, 0.0), known.astype(np.int64))


@frozen
class Factors:
    """Both matrices, the ratings, and of the step that led here what cannot be computed from them any more."""

    users: Array  # (n, f)
    items: Array  # (f, m)
    given: Given  # the ratings
    user: int = NOBODY  # whose rating the step took
    item: int = NOBODY
    error: float = 0.0  # of that rating, before the update


@dataclass(frozen=True, eq=False)
class Known:
    """The ratings that are learned from."""

    mask: Booleans  # (n, m)
    values: Floats  # (n, m), 0 where there is none
    users: Indices  # (k,) of each, in reading order
    items: Indices

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.users)

    @cached_property
    def of_each_user(self) -> Indices:
        """How many each person has, (n,)."""
        return locked(self.mask.sum(axis=1))

    @cached_property
    def of_each_item(self) -> Indices:
        """How many each thing has, (m,)."""
        return locked(self.mask.sum(axis=0))

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest of them."""
        values = self.values[self.mask]
        return float(values.min()), float(values.max())

    @property
    def largest(self) -> float:
        """The largest size of a rating."""
        return max(map(abs, self.ends))


def known_in(now: Factors, params: Params) -> Known:
    """Return the ratings that are known and not held out."""
    return _known(now.given, held_of(params))


def held_in(now: Factors, params: Params) -> Booleans:
    """Return which ratings (n, m) are known and held out."""
    return _held(now.given, held_of(params))


@kept(4)
def _held(given: Given, held: Booleans) -> Booleans:
    return locked(held & (given.known == 1))


@kept(4)
def _known(given: Given, held: Booleans) -> Known:
    mask = (given.known == 1) & ~held
    users, items = np.nonzero(mask)
    return Known(locked(mask), locked(np.where(mask, given.values, 0.0)), locked(users), locked(items))


def start(params: Params, rng: Streams) -> Factors:
    """Return users and items drawn evenly from [0, 1)."""
    ratings, f = ratings_of(params).values, params.n_factors
    users = rng.generator.uniform(size=(len(ratings), f))
    return Factors(users, rng.generator.uniform(size=(f, ratings.shape[1])), _begun(params))


@kept(4)
def _begun(params: Params) -> Given:
    return given_by(ratings_of(params).values)


# ---- one rating


@dataclass(frozen=True, eq=False)
class OneRating:
    """A step of sgd taken apart: the rating, its error, and how far its two vectors are pushed."""

    user: int
    item: int
    error: float
    push_user: Floats  # (f,) e·v − λu, before the rate
    push_item: Floats  # (f,) e·u − λv


def one_rating(now: Factors, params: Params, user: int, item: int) -> OneRating:
    """Return the parts of the step from one known rating."""
    u, v = now.users[user], now.items[:, item]
    error, penalty = float(now.given.values[user, item] - u @ v), params.regularization
    return OneRating(user, item, error, error * v - penalty * u, error * u - penalty * v)


def next_rating(now: Factors, params: Params, t: int, rng: Streams) -> tuple[int, int]:
    """Return person and item of the rating that step t takes."""
    known = known_in(now, params)
    shuffled = params.order == "shuffled"
    place = int(batch_of(t, known.count, 1, rng)[0]) if shuffled else (t - 1) % known.count
    return int(known.users[place]), int(known.items[place])


def pushed(now: Factors, params: Params, made: OneRating) -> Factors:
    """Return both vectors after the step."""
    users, items = now.users, now.items
    if params.train != "items":
        users = users.copy()
        users[made.user] += params.learning_rate * made.push_user
    if params.train != "users":
        items = items.copy()
        items[:, made.item] += params.learning_rate * made.push_item
    return Factors(users, items, now.given, made.user, made.item, made.error)


# ---- half a pass


@dataclass(frozen=True, eq=False)
class HalfPass:
    """A step of als taken apart: the equations of every row of one side, and their solutions."""

    side: Side
    systems: Floats  # (rows, f, f)
    sums: Floats  # (rows, f)
    solved: Floats  # (rows, f)


def side_of(t: int) -> Side:
    """Return which side step t solves: people in odd steps, items in even ones."""
    return "users" if t % 2 else "items"


def half_pass(now: Factors, params: Params, side: Side) -> HalfPass:
    """Return the equations of one side and what solves them; the row of one without ratings stays."""
    known = known_in(now, params)
    if side == "users":
        return _solved(side, known.mask, known.values, now.users, now.items.T, params.regularization)
    return _solved(side, known.mask.T, known.values.T, now.items.T, now.users, params.regularization)


def _solved(side: Side, mask: Booleans, ratings: Floats, old: Floats, given: Floats, penalty: float) -> HalfPass:
    """Return least squares for each row of `old` (n, f) beside `given` (m, f), with mask and ratings (n, m)."""
    f, counts = given.shape[1], mask.sum(axis=1)
    products = (given[:, :, None] * given[:, None, :]).reshape(-1, f * f)
    systems = (mask.astype(float) @ products).reshape(-1, f, f) + (penalty * counts)[:, None, None] * np.eye(f)
    sums = ratings @ given
    if penalty > SAFE * systems.max(initial=0.0):
        systems_of_all = np.where(counts[:, None, None] > 0, systems, np.eye(f))
        solved = np.linalg.solve(systems_of_all, sums[:, :, None])[:, :, 0]
    else:
        solved = _shortest(mask[:, :, None] * given, ratings, penalty * counts)
    return HalfPass(side, systems, sums, np.where(counts[:, None] > 0, solved, old))


def _shortest(given: Floats, ratings: Floats, penalties: Floats) -> Floats:
    """Return the shortest least squares solutions of given (n, m, f) · x = ratings (n, m), each with its penalty.

    By singular values, so that no digit is lost where a penalty is too small to be seen beside the squares.
    """
    left, s, right = np.linalg.svd(given, full_matrices=False)
    counted = s > np.finfo(float).eps * max(given.shape[1:]) * s[:, :1]
    by = np.divide(s, s * s + penalties[:, None], out=np.zeros_like(s), where=counted)
    along = (ratings[:, None, :] @ left)[:, 0] * by
    return np.asarray((along[:, None, :] @ right)[:, 0])


def replaced(now: Factors, params: Params, made: HalfPass) -> Factors:
    """Return the side solved; one that is not trained stays."""
    if params.train not in ("both", made.side):
        return Factors(now.users, now.items, now.given)
    if made.side == "users":
        return Factors(made.solved, now.items, now.given)
    return Factors(now.users, np.ascontiguousarray(made.solved.T), now.given)


# ---- as a Dense layer


@dataclass(frozen=True, eq=False)
class AsDense:
    """A step of dense taken apart: what the layer gave, and the slopes of its input and its weights."""

    predicted: Floats  # (n, m)
    by_users: Floats  # ∂loss/∂users
    by_items: Floats


def as_dense(now: Factors, params: Params) -> AsDense:
    """Return the forward and backward pass of all people through the layer; gaps send nothing back."""
    known, layer = known_in(now, params), Dense(now.items.shape[1], use_bias=False)
    weights = {"W": now.items}
    predicted, held = layer.forward(weights, now.users)
    slope = np.where(known.mask, 2.0 / known.count * (predicted - known.values), 0.0)
    by_users, slopes = layer.backward(weights, held, slope)
    penalty = 2.0 * params.regularization / known.count
    by_users = by_users + penalty * known.of_each_user[:, None] * now.users
    return AsDense(predicted, by_users, slopes["W"] + penalty * known.of_each_item * now.items)


def descended(now: Factors, params: Params, made: AsDense) -> Factors:
    """Return both matrices a step down their slopes."""
    users = now.users if params.train == "items" else now.users - params.learning_rate * made.by_users
    items = now.items if params.train == "users" else now.items - params.learning_rate * made.by_items
    return Factors(users, items, now.given)


def pushes_of_all(now: Factors, params: Params) -> tuple[Floats, Floats]:
    """Return what sgd would push people (n, f) and things (f, m) by, added up over all known ratings.

    Times −2 and divided by their number it is the slope of `as_dense`.
    """
    known, penalty = known_in(now, params), params.regularization
    u, v = now.users[known.users], now.items.T[known.items]
    errors = (known.values[known.users, known.items] - (u * v).sum(axis=1))[:, None]
    users, items = np.zeros_like(now.users), np.zeros_like(now.items.T)
    np.add.at(users, known.users, errors * v - penalty * u)
    np.add.at(items, known.items, errors * u - penalty * v)
    return users, items.T


# ---- someone new


def newcomer(now: Factors, rated: Floats, penalty: float) -> Floats:
    """Return the vector (f,) of a person beside the things as they are, from ratings (m,) with nan in the gaps."""
    solved: Floats = beside(now, rated, penalty).solved[0]
    return solved


def beside(now: Factors, rated: Floats, penalty: float) -> HalfPass:
    """Return the one row that als would solve for such a person; who rated nothing has the length 0."""
    mask = ~np.isnan(rated)[None]
    nothing = np.zeros((1, now.items.shape[0]))
    return _solved("users", mask, np.where(mask, rated, 0.0), nothing, now.items.T, penalty)


# ---- how well they do


def loss_of(now: Factors, params: Params) -> float:
    """Return the loss of the heading."""
    known = known_in(now, params)
    squared = _errors(now, known.mask) ** 2
    lengths = known.of_each_user @ (now.users**2).sum(axis=1), known.of_each_item @ (now.items**2).sum(axis=0)
    return float((squared.sum() + params.regularization * sum(lengths)) / known.count)


def _errors(now: Factors, mask: Booleans) -> Floats:
    """Return r − u·v of each rating of a mask, (k,)."""
    return _masked(now.given.values, now.users, now.items, mask)


@kept(4)
def _masked(values: Floats, users: Floats, items: Floats, mask: Booleans) -> Floats:
    """Kept, as a step asks for the same ones three times: for its bounds, the loss and the error."""
    return locked(np.asarray(values[mask] - (users @ items)[mask]))


def rmse_of(now: Factors, mask: Booleans) -> float:
    """Return √(mean of squared errors) of the ratings of a mask, all of them known; nan where there is none."""
    return float(np.sqrt((_errors(now, mask) ** 2).mean())) if mask.any() else float("nan")


def error_of_mean(now: Factors, params: Params) -> float:
    """Return the error of saying the mean of the known ratings, for what is held out, or else for those themselves."""
    known, held = known_in(now, params), held_in(now, params)
    mean = now.given.values[known.mask].mean()
    asked = now.given.values[held if held.any() else known.mask]
    return float(np.sqrt(((asked - mean) ** 2).mean()))
