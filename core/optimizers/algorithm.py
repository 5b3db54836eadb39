"""Seven ways down a loss: every update rule starts at one point of one surface and takes one step per step.

    sgd        x ← x − η·g(x)
    momentum   v ← μv − η·g(x);         x ← x + v
    nesterov   v ← μv − η·g(x + μv);    x ← x + v
    adagrad    G ← G + g²;              x ← x − η·g/(√G + ε)
    rmsprop    s ← ρs + (1 − ρ)g²;      x ← x − η·g/(√s + ε)
    adam       m̂, v̂ of the moments;     x ← x − η·m̂/(√v̂ + ε)
    newton     x ← x − η·(H + damping·I)⁻¹g

The rules live in `core.nn.update_rules`, where every topic that trains finds them. All share one draw of noise and, on
a regression, one mini-batch per step. A method whose point or loss leaves ±10¹² stays at its last good point.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args

import numpy as np
from annotated_types import Ge, Le
from numpy.typing import NDArray

from core.nn.update_rules import SGD, AdaGrad, Adam, Curved, Memory, Momentum, Nesterov, Newton, RMSProp
from core.nn.update_rules_explained import effective_step, eigenvalues
from core.optimizers import expression, regression
from core.optimizers.surfaces import SURFACES, Loss
from core.run.parameters import RESTART, VIEW, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, kept, locked

VERSION = 1
Method = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"]
METHODS: tuple[Method, ...] = get_args(Method)
IRIS = ("iris", "iris:petal_length,petal_width", "iris:sepal_length,sepal_width", "iris:sepal_length,virginica")
FLAT = 1e-6  # a slope below this is called level
ALL_ROWS = locked(np.empty(0, dtype=np.int64))  # the batch of a step that uses all rows, or a function without data
Coordinate = Annotated[float, Ge(-LARGEST), Le(LARGEST)]


@frozen
class Params:
    """The surface, the start, and the settings of each rule."""

    function: Annotated[str, Suggestions((*SURFACES, *regression.KINDS)), RESTART] = "himmelblau"
    start: Annotated[tuple[Coordinate, Coordinate], RESTART] = (-4.6, 0.4)
    methods: Annotated[tuple[Method, ...], VIEW] = METHODS
    sgd: SGD = SGD(0.006)
    momentum: Momentum = Momentum(0.003)
    nesterov: Nesterov = Nesterov(0.003)
    adagrad: AdaGrad = AdaGrad(0.5)
    rmsprop: RMSProp = RMSProp(0.1)
    adam: Adam = Adam(0.2)
    newton: Newton = Newton(1.0)
    noise: Annotated[float, Ge(0), Le(1000)] = 0.0  # standard deviation, in units of the gradient
    data: Annotated[str | Array, Suggestions(IRIS), Columns(2), RESTART] = "iris"
    batch_size: Annotated[int, Ge(0), Le(1_000_000)] = 0  # 0 = all rows
    standardise: Annotated[bool, RESTART] = False


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

        Raises ValueError where the function has no finite value.
        """
        x = np.array([self.x, self.y])
        if not is_sound(params, self.x, self.y):
            raise ValueError("the function has no finite value there")
        racer: Racer = getattr(state, self.method)
        if racer.status == "running":
            moved = replace(racer, x=x)
        else:
            moved = Racer(x, np.zeros(2), getattr(params, self.method).start(x))
        changes: dict[str, Any] = {self.method: moved}
        return replace(state, **changes)


EDITS = (MovePoint,)
CONSTANT_ARRAYS = frozenset({"data"})


@kept(16)
def _loss(function: str, data: str | Floats, standardise: bool) -> Loss:
    if function in SURFACES:
        return SURFACES[function]
    if function in regression.KINDS:
        return regression.fitted_to(function, data, standardise)
    return expression.parse(function)


def loss_of(params: Params) -> Loss:
    """Return the function of (x, y) that the race goes down. Raises Refusal for a text that is none."""
    return _loss(params.function, params.data, params.standardise)


def check(params: Params) -> Refusal | None:
    """Refuse an expression that cannot be read, data that fit no regression, and a start outside the function."""
    try:
        loss_of(params)
    except Refusal as refusal:
        return refusal
    if not is_sound(params, *params.start):
        return Refusal("start", "start_outside", {"given": list(params.start), "function": params.function})
    return None


def is_sound(params: Params, x: float, y: float) -> bool:
    """Tell whether the function has a finite value at (x, y)."""
    return _sound(loss_of(params).value(x, y))


def _sound(number: float) -> bool:
    return -LARGEST <= number <= LARGEST  # false for nan, too


def start(params: Params, rng: Streams) -> State:
    """Return all methods at the start point, remembering nothing."""
    x = np.array(params.start, dtype=float)
    racers = {method: Racer(x, np.zeros(2), getattr(params, method).start(x)) for method in METHODS}
    return State(0, 0, ALL_ROWS, **racers)


def step(state: State, params: Params, rng: Streams) -> State:
    """Return every method one update further."""
    loss = loss_of(params)
    batch, seen = _next_batch(state, params, loss, rng)
    gradient = _gradient(loss, batch, params.noise * rng.generator.standard_normal(2) if params.noise else None)

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


def _gradient(loss: Any, batch: NDArray[np.int64], noise: Floats | None) -> Any:
    """Return the gradient as the methods ask for it: of the mini-batch, with this step's noise."""
    only = (batch,) if batch.size else ()  # rows, an argument that a regression alone takes

    def gradient(x: Floats) -> Floats:
        g = np.array(loss.gradient(*x.tolist(), *only))
        return g if noise is None else g + noise

    return gradient


def _advance(racer: Racer, rule: Any, loss: Loss, gradient: Any, hessian: Any) -> Racer:
    """Return the racer after one update, or frozen at its last good point if that update leaves all bounds."""
    if racer.status != "running":
        return racer if racer.status == "out" else replace(racer, status="out")
    curvature = (hessian,) if isinstance(rule, Newton) else ()
    x, memory = rule.step(racer.x, racer.memory, gradient, *curvature)
    a, b = x.tolist()
    if not (_sound(a) and _sound(b) and _sound(loss.value(a, b))):
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
_REMEMBERED: dict[Method, tuple[str, ...]] = {  # of each rule, along both axes; of Newton's Hessian both eigenvalues
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
    remembered = [f"{name}_{axis}" for name in _REMEMBERED[method] for axis in axes]
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
    for name in _REMEMBERED[method]:
        if t == 0 and name in _MADE:
            numbers += [NOTHING] * 2
        else:
            numbers += eigenvalues(memory.hessian) if name == "eigenvalue" else getattr(memory, name).tolist()
    return numbers


def arrays(state: State, params: Params) -> Arrays:
    """Return the data (n, 2) of a regression and the rows (b,) its last mini-batch used; nothing on a surface."""
    loss = loss_of(params)
    if not isinstance(loss, regression.Regression):
        return {}
    return {"data": np.column_stack([loss.u, loss.t]), "batch": state.batch}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return who diverged, came to a level place or met a singular matrix, and `end` once all chosen have diverged.

    A level place is one of the step's end; where the curvature tells what it is, a second key says so.
    """
    loss = loss_of(params)
    keys = [key for method in METHODS if method in params.methods for key in _began(method, before, after, loss)]
    if keys and not any(getattr(after, method).status == "running" for method in params.methods):
        keys.append("end")
    return tuple(keys)


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
    return math.hypot(*loss.gradient(*racer.x.tolist())) < FLAT


def _level_place(loss: Loss, x: Floats) -> Literal["minimum", "saddle", "top", ""]:
    """Return what a level place (2,) is by its two curvatures, or nothing where one of them is level, too."""
    xx, xy, yy = loss.hessian(*x.tolist())
    low, high = eigenvalues(np.array([[xx, xy], [xy, yy]]))
    if low > FLAT:
        return "minimum"
    if high < -FLAT:
        return "top"
    return "saddle" if low < -FLAT and high > FLAT else ""
