"""The beats of a step: of one rating, of half a pass, of the Dense layer, of the net."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.nn import beats as of_net
from core.ratings import candidates, factors
from core.ratings.algorithm import Learned, Parts, State, moved, step, taken_apart, trained
from core.ratings.candidates import Candidates
from core.ratings.settings import Params, examples_of
from core.run.streams import Streams
from core.run.values import kept

ONE_RATING = ("error", "gradients", "update")
HALF_PASS = ("system", "solution", "update")


def beats(params: Params, /) -> tuple[str, ...]:
    """Return the names of the beats, by model and method."""
    return _names(params)


def _names(params: Params) -> tuple[str, ...]:
    if params.model == "candidates":
        return of_net.BEATS
    return HALF_PASS if params.method == "als" else ONE_RATING


@kept(4)
def parts(before: State, after: State, params: Params) -> Parts | None:
    """Return the parts of the step between two states, computed again; None where none was made."""
    if after.diverged:
        return None
    now, then = before.learned, after.learned
    with np.errstate(all="ignore"):
        if isinstance(now, Candidates):
            assert isinstance(then, Candidates)
            return trained(now, params, _examples(then, params))
        assert not isinstance(then, Candidates)
        if params.method == "sgd":
            return factors.one_rating(now, params, then.user, then.item)
        if params.method == "als":
            return factors.half_pass(now, params, factors.side_of(after.t))
        return factors.as_dense(now, params)


def _examples(learned: Candidates, params: Params) -> candidates.Indices:
    """Return examples with the people and targets of a step: of targets watched twice it is all the same which."""
    known = examples_of(params)
    width = known.x.shape[1]
    keys, order = known.person * width + known.target, np.argsort(known.person * width + known.target, kind="stable")
    return np.asarray(order[np.searchsorted(keys, learned.person * width + learned.target, sorter=order)])


def composed(state: State, params: Params, rng: Streams, beats: Sequence[str], /) -> State:
    """Return what the first beats of a step make of a state: only the last, the update, moves anything."""
    if tuple(beats) != _names(params):
        return state
    if state.diverged:
        return step(state, params, rng)
    with np.errstate(all="ignore"):
        made = taken_apart(state, params, rng)
        return moved(state, params, _by_gradient_shown(state, params, made) if isinstance(made, Learned) else made)


def _by_gradient_shown(state: State, params: Params, made: Learned) -> Learned:
    """Return the net's update by the gradient that was shown, wherever the rule looks."""
    now, shown = state.learned, made.made
    assert isinstance(now, Candidates)
    weights, memory = of_net.updated(candidates.rule_of(params), now.weights, now.memory, shown.gradient)
    return replace(made, made=replace(shown, weights=weights, memory=memory))
