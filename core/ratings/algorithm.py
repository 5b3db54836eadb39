"""Collaborative filtering: vectors of people and of things, learned from who rated or watched what.

    factors      ratings ≈ users × items; one step is one update of a method, see `core.ratings.factors`
    candidates   a net guesses the next video from those watched; one step is one mini-batch, see
                 `core.ratings.candidates`

`loss` and `rmse` are those of the row's own matrices or weights, over everything that is learned from: one rating's
loss says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.nn import training
from core.nn.training import Indices, Trained
from core.ratings import candidates, factors
from core.ratings.candidates import Candidates
from core.ratings.factors import AsDense, Factors, HalfPass, OneRating
from core.ratings.settings import Params, examples_of, held_of, histories_of, ratings_of
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Floats, frozen

VERSION = 1
EDITS = ()
CONSTANT_ARRAYS = frozenset({"held", "user_names", "item_names"})


@frozen
class State:
    """What one of the two models has learned."""

    t: int
    learned: Factors | Candidates
    diverged: bool = False

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other ratings, matrices or weights; a run that had diverged goes on.

        Raises ValueError for another shape, and where no rating would be left to learn from.
        """
        if isinstance(self.learned, Candidates):
            return replace(self, learned=_with_weights(self.learned, name, value, params), diverged=False)
        return replace(self, learned=_with_matrix(self.learned, name, value, params), diverged=False)


def _with_matrix(learned: Factors, name: str, value: Floats, params: Params) -> Factors:
    shape = learned.given.values.shape if name == "ratings" else getattr(learned, name).shape
    if value.shape != shape:
        raise ValueError(f"{name} must keep its shape {shape}")
    if name == "users":
        return replace(learned, users=value)
    if name == "items":
        return replace(learned, items=value)
    if not (~np.isnan(value) & ~held_of(params)).any():
        raise ValueError("at least one rating must be known that is not held out")
    return replace(learned, given=factors.given_by(value))


def _with_weights(learned: Candidates, name: str, value: Floats, params: Params) -> Candidates:
    where, shape = candidates.net_of(params).stack.places[candidates.in_stack(name, params)]
    if value.shape != shape:
        raise ValueError(f"{name} must keep its shape {shape}")
    weights = learned.weights.copy()
    weights[where] = value.ravel()
    return replace(learned, weights=weights)


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: ratings and both matrices, or all weights."""
    return ("ratings", "users", "items") if params.model == "factors" else candidates.names(params)


def start(params: Params, rng: Streams) -> State:
    """Return the first matrices, or the first weights."""
    return State(0, factors.start(params, rng) if params.model == "factors" else candidates.start(params, rng))


# ---- a step


@dataclass(frozen=True, eq=False)
class Learned:
    """A mini-batch of the net taken apart."""

    examples: Indices
    made: Trained


Parts = OneRating | HalfPass | AsDense | Learned


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the state after one update; what was learned stays as it is where that would leave all bounds."""
    if state.diverged:
        return replace(state, t=state.t + 1)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        return moved(state, params, taken_apart(state, params, rng))


def taken_apart(state: State, params: Params, rng: Streams) -> Parts:
    """Return the parts of the step from a state, before anything moves."""
    now, t = state.learned, state.t + 1
    if isinstance(now, Candidates):
        return trained(now, params, candidates.drawn(params, rng))
    if params.method == "sgd":
        return factors.one_rating(now, params, *factors.next_rating(now, params, t, rng))
    return (
        factors.half_pass(now, params, factors.side_of(t)) if params.method == "als" else factors.as_dense(now, params)
    )


def trained(now: Candidates, params: Params, examples: Indices) -> Learned:
    """Return the parts of a step of the net from certain examples."""
    known, rule = examples_of(params), candidates.rule_of(params)
    x, t = known.x[examples], known.target[examples]
    return Learned(examples, training.train(candidates.net_of(params), rule, now.weights, now.memory, x, t))


def moved(state: State, params: Params, made: Parts) -> State:
    """Return the state that the parts of a step make; what was learned stays where it would leave ±10¹²."""
    learned = _moved(state.learned, params, made)
    if not _is_sound(learned, params):
        return replace(state, t=state.t + 1, diverged=True)
    return State(state.t + 1, learned)


def _moved(now: Factors | Candidates, params: Params, made: Parts) -> Factors | Candidates:
    match made:
        case Learned():
            return candidates.updated(params, made.examples, made.made)
        case OneRating():
            return factors.pushed(_factors(now), params, made)
        case HalfPass():
            return factors.replaced(_factors(now), params, made)
        case AsDense():
            return factors.descended(_factors(now), params, made)


def _factors(learned: Factors | Candidates) -> Factors:
    assert isinstance(learned, Factors)
    return learned


def _is_sound(learned: Factors | Candidates, params: Params) -> bool:
    """Tell whether loss and weights are numbers within ±10¹²."""
    arrays = (learned.weights,) if isinstance(learned, Candidates) else (learned.users, learned.items)
    return all(np.abs(array).max() <= LARGEST for array in arrays) and loss_of(learned, params) <= LARGEST


# ---- what a row tells


def loss_of(learned: Factors | Candidates, params: Params) -> float:
    """Return the loss of what was learned, over all that is learned from."""
    if isinstance(learned, Factors):
        return factors.loss_of(learned, params)
    return candidates.loss_of(learned.weights, params)


def series(state: State, params: Params) -> Series:
    """Return the loss and, of factors, the errors, which half pass, and the rating that the step took."""
    learned = state.learned
    row: Series = {"loss": loss_of(learned, params), "rmse": NOTHING, "test_rmse": NOTHING, "phase": NOTHING}
    if isinstance(learned, Candidates):
        return {**row, "error": NOTHING, "epoch": NOTHING}
    row |= {"rmse": factors.rmse_of(learned, factors.known_in(learned, params).mask)}
    row |= {"test_rmse": factors.rmse_of(learned, factors.held_in(learned, params)), "phase": phase_of(state, params)}
    took = learned.user >= 0 and not state.diverged
    row |= {"user": float(learned.user) if took else NOTHING, "item": float(learned.item) if took else NOTHING}
    return {**row, "error": learned.error if took else NOTHING, "epoch": _epochs(state.t, learned, params)}


def phase_of(state: State, params: Params) -> float | str:
    """Return which half pass of als led to a state, `users` or `items`; `start`; nothing with other methods."""
    if params.method != "als":
        return NOTHING
    return factors.side_of(state.t) if state.t else "start"


def _epochs(t: int, learned: Factors, params: Params) -> float:
    if params.method != "sgd":
        return NOTHING
    return float(training.epochs_after(t, factors.known_in(learned, params).count, 1))


def arrays(state: State, params: Params) -> Arrays:
    """Return what the model learned and what follows from it; what belongs to the other one is empty."""
    learned = state.learned
    if isinstance(learned, Candidates):
        return _of_no_factors(params) | _of_candidates(learned, params)
    return _of_factors(learned, params) | _of_no_candidates(params)


def _of_factors(learned: Factors, params: Params) -> Arrays:
    begun = ratings_of(params)
    return {
        "ratings": learned.given.with_gaps, "users": learned.users, "items": learned.items,
        "predicted": learned.users @ learned.items, "held": held_of(params).astype(np.int64),
        "user_names": np.array(begun.users), "item_names": np.array(begun.items),
    }  # fmt: skip


def _of_no_factors(params: Params) -> Arrays:
    names, no_names = np.array(histories_of(params).videos), np.empty(0, dtype=np.str_)
    empty: Arrays = {name: np.empty((0, 0)) for name in ("ratings", "users", "items", "predicted")}
    return empty | {"held": np.empty((0, 0), dtype=np.int64), "user_names": no_names, "item_names": names}


def _of_candidates(learned: Candidates, params: Params) -> Arrays:
    told, videos = candidates.served(learned.weights, params), len(histories_of(params).videos)
    tops = {"softmax": told.scores, "dot": told.dots, "dot_bias": told.dots_with_bias, "euclid": -told.distances}
    return {
        **dict(candidates.named(learned.weights, params)),
        **({} if params.output_bias else {"output.b": np.full(videos, NOTHING)}),
        "person": learned.person, "target": learned.target,
        "user": told.user, "scores": told.scores, "probabilities": told.probabilities,
        **{f"top_{name}": candidates.first_of(values, params.top) for name, values in tops.items()},
    }  # fmt: skip


def _of_no_candidates(params: Params) -> Arrays:
    wide = ("videos", *(f"hidden_{k}.W" for k in range(1, len(params.hidden) + 1)), "output.W")
    long = (*(f"hidden_{k}.b" for k in range(1, len(params.hidden) + 1)), "output.b", "scores", "probabilities")
    whole = ("person", "target", "top_softmax", "top_dot", "top_dot_bias", "top_euclid")
    empty: Arrays = {name: np.empty((0, 0)) for name in wide} | {name: np.empty(0) for name in long}
    return empty | {name: np.empty(0, dtype=np.int64) for name in whole}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return that the run diverged, with `end`, or that sgd used every known rating once more."""
    if after.diverged:
        return () if before.diverged else ("diverged", "end")
    if params.method != "sgd" or isinstance(after.learned, Candidates):
        return ()
    count = factors.known_in(after.learned, params).count
    return ("epoch",) if training.ends_epoch(after.t, count, 1) else ()
