"""A recurrent net that learns sequences: one cell goes along time and carries a state.

    one step    takes a batch of sequences, new ones or the next pieces of endless ones
                h_t = f(x_t·W + h_{t−1}·U + b),  o_t = h_t·V + c;  L = mean loss over batch and times
                g = ∂L/∂(W, U, b, V, c), back through time;  if ‖g‖ > clip it is shortened to that
                W, U, b, V, c ← one update of the chosen rule

A batch begins with h = 0, or `stateful` with the state the last one ended with; no gradient flows into that. States and
outputs are kept nowhere: they follow from the weights a step saw, its place in the run and what it went on from.
Sources: Elman (1990); Werbos (1990) for the way back; Pascanu, Mikolov & Bengio (2013), algorithm 1, for the clipping.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np

from core.nn.training import Look, clipped
from core.nn.update_rules import Memory, needed
from core.rnn.net import NAMES, by_time, grad_by_lag, look, named, net_of, right, rule_of, unrolled
from core.rnn.recurrence import with_radius
from core.rnn.settings import Params, Radius, sizes_of
from core.rnn.tasks import ANEW, Batch, draw
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Same, frozen, locked

VERSION = 1
UNSEEN = locked(np.empty(0))
CONSTANT_ARRAYS: frozenset[str] = frozenset()


@frozen
class State:
    """The weights, what the rule remembers, and all from which the step that led here can be shown again."""

    t: int
    seed: int  # of the run: with t it draws the step's batch
    weights: Array  # W, U, b, V, c in one vector
    memory: Memory  # of the rule, without what only shows a step
    seen: Array  # the weights that the step worked with; empty where there was none
    began: Array  # the states that its batch began with, (batch, units); empty: 0
    ended: Array  # those the next one begins with; empty: 0
    went_on_from: Array  # of the batch's sequences, see `core.rnn.tasks`; empty: anew
    goes_on_from: Array  # of the next one's
    right: Array  # share of right answers by time, (length,) or of many-to-one (1,); empty at the start
    loss: float = 0.0  # of the batch, before the update
    accuracy: float = 0.0
    grad_norm: float = 0.0  # before it was clipped
    diverged: bool = False

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights; what the rule remembers stays, but for a run that had diverged.

        Raises ValueError for another shape.
        """
        where, shape = net_of(params).stack.places[NAMES[name]]
        if value.shape != shape:
            raise ValueError(f"{name} must keep its shape {shape}")
        weights = self.weights.copy()
        weights[where] = value.ravel()
        memory = needed(rule_of(params).start(weights)) if self.diverged else self.memory
        return replace(self, weights=weights, memory=memory, diverged=False)


@frozen
class SetRadius:
    """The learner pulls the ring through U's largest |λ|: U is made longer or shorter until it is there."""

    part_of: ClassVar[str] = "U"

    radius: Radius
    kind: Literal["set radius"] = "set radius"

    @property
    def target(self) -> str:
        """The radius of U."""
        return "radius of U"

    def apply(self, state: State, params: Params, rng: Streams) -> State:
        """Return the state with that U. Raises ValueError where every eigenvalue of U is 0."""
        return state.with_array("U", with_radius(named(state.weights, params)["U"], self.radius), params)


EDITS = (SetRadius,)


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: all weights."""
    return tuple(NAMES)


# ---- the start


def start(params: Params, rng: Streams) -> State:
    """Return first weights: W and V glorot, U `radius` times a rotation, b and c 0."""
    stack = net_of(params).stack
    weights = stack.start(rng.generator)
    weights[stack.places[NAMES["U"]][0]] *= params.radius
    memory = needed(rule_of(params).start(weights))
    return State(0, rng.seed, weights, memory, UNSEEN, ANEW, ANEW, ANEW, ANEW, UNSEEN)


# ---- a step


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step is made of: composed in this order they are the step."""

    batch: Batch
    seen: Look  # forward along time; the loss and ∂L/∂o
    gradient: Floats  # back: ∂L/∂weights where the rule asked for it, before it is clipped
    weights: Floats  # update
    memory: Memory  # with what it shows of the step


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the state after one update; the weights stay as they are where it would leave all bounds."""
    if state.diverged:
        return replace(state, t=state.t + 1)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        return moved(state, params, taken_apart(state, params, next_batch(state, params, rng)))


def next_batch(state: State, params: Params, rng: Streams) -> Batch:
    """Return the sequences of the step from a state."""
    return _drawn(Same(params, state.goes_on_from), rng.seed, state.t + 1)


@lru_cache(4)
def _drawn(given: Same, seed: int, t: int) -> Batch:
    """Return the sequences of step t that go on from others; the last ones are kept, for they are shown."""
    params, begin = given.values
    return draw(params, Streams.step(seed, t).generator, begin)


def taken_apart(state: State, params: Params, batch: Batch) -> Parts:
    """Return the parts of one update of the rule against the gradient of the batch's loss."""
    seen, asked = look(params, state.weights, batch.x, batch.t, state.ended), []

    def slope(at: Floats) -> Floats:
        here = seen if at is state.weights else look(params, at, batch.x, batch.t, state.ended)
        asked.append(here.gradient)
        return clipped(here.gradient, params.clip)

    weights, memory = rule_of(params).step(state.weights, state.memory, slope)
    return Parts(batch, seen, asked[-1], weights, memory)


def moved(state: State, params: Params, made: Parts) -> State:
    """Return the state that the parts of a step make; it keeps its weights where they would leave ±10¹²."""
    norm = float(np.linalg.norm(made.gradient))
    if not (made.seen.loss <= LARGEST and norm <= LARGEST and np.abs(made.weights).max() <= LARGEST):  # nan, too
        return replace(state, t=state.t + 1, seen=UNSEEN, diverged=True)
    shares = right(made.seen, made.batch.t)
    return State(
        state.t + 1, state.seed, made.weights, needed(made.memory), state.weights,
        began=state.ended, ended=unrolled(made.seen).last if params.stateful else ANEW,
        went_on_from=state.goes_on_from, goes_on_from=made.batch.end, right=shares,
        loss=made.seen.loss, accuracy=float(shares.mean()), grad_norm=norm,
    )  # fmt: skip


# ---- what the step into a state saw


def batch_of(state: State, params: Params) -> Batch | None:
    """Return the sequences of the step that led to a state, or None where there was none."""
    if not state.seen.size:
        return None
    return _drawn(Same(params, state.went_on_from), state.seed, state.t)


def seen_in(state: State, params: Params) -> Look | None:
    """Return what the step that led to a state saw, made again; None where there was none."""
    batch = batch_of(state, params)
    return None if batch is None else look(params, state.seen, batch.x, batch.t, state.began)


def seen_with(now: State, state: State, params: Params) -> Look | None:
    """Return what the weights of a state make of the sequences of the step that led to another; None without one."""
    batch = batch_of(state, params)
    if batch is None:
        return None
    with np.errstate(all="ignore"):
        return look(params, now.weights, batch.x, batch.t, state.began)


# ---- what a row tells


def series(state: State, params: Params) -> Series:
    """Return loss, accuracy and the length of the gradient, and `accuracy_t`, the accuracy at each time t.

    Of many-to-one that exists at the last time alone.
    """
    if not state.seen.size:
        told, shares = [NOTHING] * 3, [NOTHING] * params.length
    else:
        told = [state.loss, state.accuracy, state.grad_norm]
        shares = by_time(state.right, params.length).tolist()
    row: Series = dict(zip(("loss", "accuracy", "grad_norm"), told, strict=True))
    return row | dict(zip(names_by_time(params.length), shares, strict=True))


def names_by_time(length: int) -> tuple[str, ...]:
    """Return the series of the accuracy at each time: the map of steps and times is made of them."""
    return tuple(f"accuracy_{t}" for t in range(length))


def arrays(state: State, params: Params) -> Arrays:
    """Return the weights, and of the step that led here its sequences, states and outputs, before its update."""
    batch, seen = batch_of(state, params), seen_in(state, params)
    told = dict(named(state.weights, params))
    if batch is None or seen is None:
        return told | _of_no_step(params)
    return told | {
        "inputs": batch.x[:, :1] if params.mode == "one-to-many" else batch.x,
        "targets": batch.t,
        "h": unrolled(seen).h,
        "outputs": seen.outputs,
        "accuracy_by_time": by_time(state.right, params.length),
        "grad_by_lag": grad_by_lag(seen),
    }


def _of_no_step(params: Params) -> Arrays:
    """Return what a step would tell, in its shapes, with nothing in it; −1 is no class."""
    batch, length, sizes = params.batch_size, params.length, sizes_of(params)
    times = () if params.mode == "many-to-one" else (length,)
    shapes = {
        "inputs": (batch, 1 if params.mode == "one-to-many" else length, sizes.features),
        "targets": (batch, *times) if sizes.has_classes else (batch, *times, sizes.outputs),
        "h": (batch, length + 1, params.units),
        "outputs": (batch, *times, sizes.outputs),
        "accuracy_by_time": (length,),
        "grad_by_lag": (length,),
    }
    empty: Arrays = {name: np.full(shape, NOTHING) for name, shape in shapes.items()}
    return empty | ({"targets": np.full(shapes["targets"], -1)} if sizes.has_classes else {})


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return `diverged` with `end` when the run must stop."""
    return ("diverged", "end") if after.diverged and not before.diverged else ()
