"""What is asked of the nets: one for each function, the points all of them learn from, their size, how they learn.

Every net has `layers` hidden layers of `units` units each, and then one unit with sigmoid that tells class 1 from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Literal, get_args

import numpy as np
from annotated_types import Ge, Le, Len

from core.data import class_sets
from core.data.class_sets import ClassSet, Targets
from core.nn.layers.layer import Start
from core.run import streams
from core.run.parameters import LOG, RESTART, VIEW, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.values import LARGEST, Array, Floats, frozen, kept, locked

Function = Literal["sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "swish", "softplus"]
Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)
FEATURES = 2  # of a point
MOST_POINTS = 100_000  # of one's own
MOST_ON_CURVE = 10_000  # points at which the curves are computed
MOST_PRODUCTS = 500_000_000  # of a step, forwards: some tenths of a second
CURVE_X: Floats = locked(np.linspace(-6.0, 6.0, 241))

Logit = Annotated[float, Ge(-LARGEST), Le(LARGEST)]


@frozen
class Params:
    """The functions, the points, the size of the nets, how they learn; logits and curves are there to be looked at."""

    functions: Annotated[tuple[Function, ...], RESTART] = ("sigmoid", "tanh", "relu")
    dataset: Annotated[str | Array, Suggestions(class_sets.NAMES), Columns(3, ("x", "y", "class")), RESTART] = "moons"
    n_samples: Annotated[int, Ge(2), Le(5_000), LOG, RESTART] = 200  # of a set that is drawn
    spread: Annotated[float, Ge(0), Le(3), RESTART] = 1.0  # of a set that is drawn, in multiples of its own noise
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), RESTART] = 0
    units: Annotated[int, Ge(1), Le(64), RESTART] = 8
    layers: Annotated[int, Ge(1), Le(20), RESTART] = 2
    init: Annotated[Start, RESTART] = "glorot"
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.02
    optimizer: Annotated[Optimizer, RESTART] = "adam"
    batch_size: Annotated[int, Ge(0), Le(MOST_POINTS), RESTART] = 0  # 0 = all points
    logits: Annotated[tuple[Logit, ...], Len(2, 12), VIEW] = (2.0, 1.0, 0.0, -1.0)
    temperature: Annotated[float, Ge(1e-3), Le(1e3), LOG, VIEW] = 1.0
    curve_x: Annotated[Array, Columns(1), VIEW] = field(default_factory=lambda: CURVE_X)


@dataclass(frozen=True, eq=False)
class Data:
    """What all nets learn from."""

    x: Floats  # (n, 2)
    t: Targets  # (n,) of 0 and 1


def data_of(params: Params) -> Data:
    """Return points and targets of parameters that pass `check`."""
    if isinstance(params.dataset, str):
        return _drawn(params.dataset, params.n_samples, params.spread, params.data_seed)
    return _given(params.dataset)


@lru_cache(maxsize=8)
def _drawn(name: str, n: int, spread: float, data_seed: int) -> Data:
    return _locked(class_sets.draw(name, n, spread, streams.data(data_seed)))


@kept(4)
def _given(rows: Floats) -> Data:
    return _locked(class_sets.given(rows, "dataset"))


def _locked(found: ClassSet) -> Data:
    return Data(locked(found.points), locked(found.targets))


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse no functions or one twice, points that are none, a curve without places, more work than a step bears."""
    return (
        _check_functions(params.functions) or _check_data(params) or _check_curve(params.curve_x) or _check_work(params)
    )


def _check_functions(functions: tuple[Function, ...]) -> Refusal | None:
    if not functions:
        return Refusal("functions", "functions_none", {"allowed": ", ".join(FUNCTIONS)})
    twice = next((name for i, name in enumerate(functions) if name in functions[:i]), None)
    return Refusal("functions", "functions_twice", {"given": twice}) if twice else None


def _check_data(params: Params) -> Refusal | None:
    try:
        n = len(data_of(params).x)
    except Refusal as refusal:
        return refusal
    return Refusal("dataset", "dataset_large", {"given": n, "allowed": MOST_POINTS}) if n > MOST_POINTS else None


def _check_curve(x: Floats) -> Refusal | None:
    if x.ndim == 1 and 1 <= len(x) <= MOST_ON_CURVE:
        return None
    return Refusal("curve_x", "curve_shape", {"given": list(x.shape), "allowed": MOST_ON_CURVE})


def _check_work(params: Params) -> Refusal | None:
    """Refuse a step that takes too many products: it could not be made while somebody waits."""
    n = len(data_of(params).x)
    examples = min(params.batch_size or n, n)
    weights = FEATURES * params.units + (params.layers - 1) * params.units**2 + params.units
    products = examples * weights * len(params.functions)
    if products <= MOST_PRODUCTS:
        return None
    values = {"given": f"{products:.2g}", "allowed": f"{MOST_PRODUCTS:.0g}", "examples": examples}
    return Refusal("batch_size" if params.batch_size else "units", "too_much_work", values)
