"""Seven ways down a loss: every update rule starts at one point of one surface and takes one step per step.

    sgd        x ← x − η·g(x)
    momentum   v ← μv − η·g(x);         x ← x + v
    nesterov   v ← μv − η·g(x + μv);    x ← x + v
    adagrad    G ← G + g²;              x ← x − η·g/(√G + ε)
    rmsprop    s ← ρs + (1 − ρ)g²;      x ← x − η·g/(√s + ε)
    adam       m̂, v̂ of the moments;     x ← x − η·m̂/(√v̂ + ε)
    newton     x ← x − η·(H + damping·I)⁻¹g

The rules live in `core.nn.update_rules`, where every topic that trains finds them. All share one draw of noise and, on
a regression, one mini-batch per step. A method whose point or loss leaves ±10¹² stays at its last good point; on a
regression these bounds are as many times wider as the loss of the best constant is above 1. Gradients written down, one
a step, may stand in for a function: then there is no loss, and no Newton.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from core.nn.update_rules import Curved, Memory, Newton
from core.nn.update_rules_explained import effective_step, eigenvalues
from core.optimizers import memories, regression
from core.optimizers.given import GivenGradients
from core.optimizers.settings import GIVEN, METHODS, Coordinate, Method, Params, is_sound, loss_of, stands
from core.optimizers.surfaces import Loss
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import Array, Floats, Ints, frozen, locked

VERSION = 1
FLAT = 1e-6  # a slope below this is called level, in the unit of the loss
ALL_ROWS = locked(np.empty(0, dtype=np.int64))  # the batch of a step that uses all rows, or a function without data


@frozen
class Racer:
    """Where one method stands, the step that led there, and what its rule remembers."""

    x: Array  # (2,)
    step: Array  # (2,), zero at the start
    memory: Memory | Curved
    status: Literal["running", "diverged", "out"] = "running"  # diverged for one frame, then out


@frozen
class State:
    """Seven racers on one clock."""

    numbers: ClassVar[tuple[str, ...]] = (memories.COUNT,)  # arrays of one number, which may be given without brackets

    t: int
    seen: int  # rows of the data used so far
    batch: Ints  # rows of the data this step used; empty: all of them
    sgd: Racer
    momentum: Racer
    nesterov: Racer
    adagrad: Racer
    rmsprop: Racer
    adam: Racer
    newton: Racer

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with a method's `position` or one of its memories changed: `adam.v`.

        Raises ValueError for a place where the method cannot stand, and for what no run could remember.
        """
        method = name.partition(".")[0]
        racer: Racer = getattr(self, method)
        if name.endswith(".position"):
            changed = _put(racer, params, method, value)
        else:
            changed = replace(racer, memory=memories.with_memory(name, racer.memory, value))
        changes: dict[str, Any] = {method: changed}
        return replace(self, **changes)


@frozen
class MovePoint:
    """The learner drops one method at (x, y); what its rule remembers stays."""

    method: Method
    x: Coordinate
    y: Coordinate
    kind: Literal["move point"] = "move point"

    @property
    def target(self) -> str:
        """The method moved."""
        return f"point of {self.method}"

    def apply(self, state: State, params: Params, rng: Streams) -> State:
        """Return the state with that method at its new point; one that had left the race begins anew there.

        Raises ValueError where the method cannot stand.
        """
        racer: Racer = getattr(state, self.method)
        changes: dict[str, Any] = {self.method: _put(racer, params, self.method, np.array([self.x, self.y]))}
        return replace(state, **changes)


def _put(racer: Racer, params: Params, method: str, x: Floats) -> Racer:
    """Return a method at a place (2,) where the learner puts it; one that had left the race remembers nothing."""
    if method == "newton" and params.function == GIVEN:
        raise ValueError("gradients alone have no curvature, which Newton needs")
    if not is_sound(params, *x.tolist()):
        raise ValueError("the function has no value there, or one beyond all bounds")
    if racer.status == "running":
        return replace(racer, x=x)
    return Racer(x, np.zeros(2), getattr(params, method).start(x))


EDITS = (MovePoint,)
CONSTANT_ARRAYS = frozenset({"data"})


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed: where each method stands, and what its rule remembers."""
    without = ("newton",) if params.function == GIVEN else ()
    return tuple(name for method in METHODS if method not in without for name in memories.names_of(method))


def start(params: Params, rng: Streams) -> State:
    """Return all methods at the start point, remembering nothing."""
    x = np.array(params.start, dtype=float)
    racers = {method: Racer(x, np.zeros(2), getattr(params, method).start(x)) for method in METHODS}
    if params.function == GIVEN:  # gradients alone tell nothing of curvature
        racers["newton"] = replace(racers["newton"], status="out")
    return State(0, 0, ALL_ROWS, **racers)


def step(state: State, params: Params, rng: Streams) -> State:
    """Return every method one update further; where gradients that were given are used up, all stay."""
    loss = loss_of(params)
    if isinstance(loss, GivenGradients) and state.t >= len(loss.steps):
        return replace(state, t=state.t + 1)
    batch, seen = _next_batch(state, params, loss, rng)
    noise = params.noise * rng.generator.standard_normal(2) if params.noise else None
    gradient = _gradient(loss, state.t, batch, noise)

    def hessian(x: Floats) -> Floats:
        xx, xy, yy = loss.hessian(*x.tolist())
        return np.array([[xx, xy], [xy, yy]])

    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        racers = {
            method: _advance(getattr(state, method), getattr(params, method), loss, gradient, hessian)
            for method in METHODS
        }
    return State(state.t + 1, seen, batch, **racers)


def _next_batch(state: State, params: Params, loss: Loss, rng: Streams) -> tuple[NDArray[np.int64], int]:
    """Return the rows this step uses (empty: all) and the count of rows used since the start, epoch by epoch."""
    rows = getattr(loss, "rows", 0)
    if not 0 < params.batch_size < rows:
        return ALL_ROWS, state.seen + rows
    epoch, place = divmod(state.seen, rows)
    batch = rng.epoch(epoch).permutation(rows)[place : place + params.batch_size]
    return batch.astype(np.int64), state.seen + len(batch)


def _gradient(loss: Any, t: int, batch: NDArray[np.int64], noise: Floats | None) -> Any:
    """Return the gradient as the methods ask for it: of the mini-batch, or the step's own, with this step's noise."""
    given = loss.steps[t] if isinstance(loss, GivenGradients) else None
    only = (batch,) if batch.size else ()  # rows, an argument that a regression alone takes

    def gradient(x: Floats) -> Floats:
        g = np.array(loss.gradient(*x.tolist(), *only)) if given is None else given
        return g if noise is None else g + noise

    return gradient


def _advance(racer: Racer, rule: Any, loss: Loss, gradient: Any, hessian: Any) -> Racer:
    """Return the racer after one update, or frozen at its last good point if that update leaves all bounds."""
    if racer.status != "running":
        return racer if racer.status == "out" else replace(racer, status="out")
    curvature = (hessian,) if isinstance(rule, Newton) else ()
    x, memory = rule.step(racer.x, racer.memory, gradient, *curvature)
    if not stands(loss, *x.tolist()):
        return replace(racer, status="diverged")
    return Racer(x, x - racer.x, memory)


def series(state: State, params: Params) -> Series:
    """Return point, loss, gradient on all data, last step and memory of the chosen methods."""
    loss = loss_of(params)
    row: Series = {}
    for method in METHODS:
        if method in params.methods:
            numbers = _numbers(method, state, params, loss)
            row.update(zip(_names(method), numbers, strict=True))
    return row


_COMMON = ("x", "y", "loss", "grad_x", "grad_y", "step_x", "step_y", "step_length", "step_grad_x", "step_grad_y",
           "rate_x", "rate_y")  # fmt: skip
_TOLD: dict[Method, tuple[str, ...]] = {  # of each rule, along both axes; of Newton's Hessian both eigenvalues
    "sgd": (),
    "momentum": ("velocity",),
    "nesterov": ("velocity", "ahead"),
    "adagrad": ("sum",),
    "rmsprop": ("average",),
    "adam": ("m", "v", "m_hat", "v_hat"),
    "newton": ("eigenvalue",),
}
_MADE = ("ahead", "m_hat", "v_hat", "eigenvalue")  # by a step: at the start there is none


@lru_cache
def _names(method: Method) -> tuple[str, ...]:
    axes = "12" if method == "newton" else "xy"
    remembered = [f"{name}_{axis}" for name in _TOLD[method] for axis in axes]
    return tuple(f"{method}.{name}" for name in (*_COMMON, *remembered))


def _numbers(method: Method, state: State, params: Params, loss: Loss) -> list[float]:
    racer, rule, t = getattr(state, method), getattr(params, method), state.t
    if racer.status == "out":
        return [NOTHING] * len(_names(method))
    (x, y), step = racer.x.tolist(), racer.step.tolist()
    led_here = [*step, math.hypot(*step), *racer.memory.gradient.tolist()]
    if t == 0 or racer.status == "diverged":
        led_here = [NOTHING] * 5
    rates = effective_step(rule, racer.memory) if t else [NOTHING] * 2
    remembered = _remembered(method, racer.memory, t)
    return [x, y, loss.value(x, y), *loss.gradient(x, y), *led_here, *rates, *remembered]


def _remembered(method: Method, memory: Any, t: int) -> list[float]:
    numbers: list[float] = []
    for name in _TOLD[method]:
        if t == 0 and name in _MADE:
            numbers += [NOTHING] * 2
        else:
            numbers += eigenvalues(memory.hessian) if name == "eigenvalue" else getattr(memory, name).tolist()
    return numbers


def arrays(state: State, params: Params) -> Arrays:
    """Return where the chosen methods stand and what they remember, nan of those that are out; of a regression also
    the data (n, 2) and the rows (b,) its last mini-batch used.
    """
    told = {name: array for method in params.methods for name, array in held(method, state).items()}
    loss = loss_of(params)
    if not isinstance(loss, regression.Regression):
        return told
    return {"data": np.column_stack([loss.u, loss.t]), "batch": state.batch, **told}


def held(method: Method, state: State) -> dict[str, Floats]:
    """Return where a method stands and what its rule remembers, by the names under which they may be set."""
    racer: Racer = getattr(state, method)
    arrays = {name: memories.read(name, racer.x, racer.memory) for name in memories.names_of(method)}
    return arrays if racer.status != "out" else {name: np.full_like(array, NOTHING) for name, array in arrays.items()}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return who diverged, came to a level place or met a singular matrix, and `end` once nothing is left to do.

    A level place is one of the step's end; where the curvature tells what it is, a second key says so.
    """
    loss = loss_of(params)
    keys = [key for method in METHODS if method in params.methods for key in _began(method, before, after, loss)]
    all_left = keys and not any(getattr(after, method).status == "running" for method in params.methods)
    all_used = isinstance(loss, GivenGradients) and after.t == len(loss.steps)
    return (*keys, "end") if all_left or all_used else tuple(keys)


def _began(method: Method, before: State, after: State, loss: Loss) -> list[str]:
    old, new = getattr(before, method), getattr(after, method)
    if new.status != "running":
        return [f"diverged: {method}"] if new.status == "diverged" else []
    keys = []
    if _is_flat(new, loss) and not (before.t and _is_flat(old, loss)):
        kind = _level_place(loss, new.x)
        keys += [f"flat: {method}"] + ([f"{kind}: {method}"] if kind else [])
    if method == "newton" and new.memory.singular and not old.memory.singular:
        keys.append("singular: newton")
    return keys


def _is_flat(racer: Racer, loss: Loss) -> bool:
    return math.hypot(*loss.gradient(*racer.x.tolist())) < FLAT * loss.unit


def _level_place(loss: Loss, x: Floats) -> Literal["minimum", "saddle", "top", ""]:
    """Return what a level place (2,) is by its two curvatures, or nothing where one of them is level, too."""
    xx, xy, yy = loss.hessian(*x.tolist())
    low, high = eigenvalues(np.array([[xx, xy], [xy, yy]]))
    if low > FLAT:
        return "minimum"
    if high < -FLAT:
        return "top"
    return "saddle" if low < -FLAT and high > FLAT else ""
