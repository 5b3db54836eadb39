"""What is asked of the two nets: points and their targets, layers, the function of the last one, how they learn.

    activation               units          loss            targets
    sigmoid                  1              cross-entropy   class 0 or 1, (n,)
    softmax                  2 and more     cross-entropy   class numbers from 0, (n,)
    sigmoid                  2 and more     mse             numbers (n, units)
    linear, tanh, relu       any            mse             numbers (n, units); of one unit also (n,)

The classes of a named set are numbers where numbers are wanted: of one unit as they are, of several a 1 in the class's
own column. Points of one's own without targets are only carried forward: there is nothing to learn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le, Len

from core.data import class_sets
from core.nn.activations import Function
from core.nn.losses import Loss, Numbers
from core.run import streams
from core.run.parameters import LOG, RESTART, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.values import Array, Floats, frozen, kept, locked

Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
MOST_FEATURES = 8
MOST_POINTS = 100_000  # of one's own


@frozen
class Params:
    """Points and targets, the layers of both nets, and how they learn."""

    points: Annotated[str | Array, Suggestions(class_sets.NAMES), Columns(last="targets"), RESTART] = (
        "clouds"  # (n, features)
    )
    targets: Annotated[Array | None, RESTART] = None  # (n,) or (n, units), of points of one's own
    n_samples: Annotated[int, Ge(2), Le(5_000), LOG, RESTART] = 200  # of a set that is drawn
    spread: Annotated[float, Ge(0), Le(3), RESTART] = 1.0  # of a set that is drawn, in multiples of its own noise
    data_seed: Annotated[int, Ge(0), Le(2**31 - 1), RESTART] = 0
    units: Annotated[int, Ge(1), Le(16), RESTART] = 1
    hidden: Annotated[tuple[Annotated[int, Ge(1), Le(16)], ...], Len(0, 3), RESTART] = ()
    hidden_activation: Annotated[Function, RESTART] = "tanh"
    activation: Annotated[Literal["sigmoid", "softmax", "linear", "tanh", "relu"], RESTART] = "sigmoid"
    train_bias: bool = True
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.5
    optimizer: Annotated[Optimizer, RESTART] = "sgd"
    batch_size: Annotated[int, Ge(0), Le(MOST_POINTS), RESTART] = 0  # 0 = all points


@dataclass(frozen=True, eq=False)
class Data:
    """What both nets learn from."""

    x: Floats  # (n, features)
    t: Numbers  # (n,) or (n, units)
    has_targets: bool = True  # else they are 0, and nothing is learned from them


def loss_of(params: Params) -> Loss:
    """Return the loss that goes with the last layer."""
    is_class = params.activation == "softmax" or (params.activation == "sigmoid" and params.units == 1)
    return "cross-entropy" if is_class else "mse"


def data_of(params: Params) -> Data:
    """Return points and targets of parameters that pass `check`."""
    columns = params.units if params.units > 1 and loss_of(params) == "mse" else 0
    if isinstance(params.points, str):
        return _drawn(params.points, params.n_samples, params.spread, params.data_seed, columns)
    return _given(params.points, params.targets, columns, loss_of(params) == "cross-entropy")


@lru_cache(maxsize=8)
def _drawn(name: str, n: int, spread: float, data_seed: int, columns: int) -> Data:
    drawn = class_sets.draw(name, n, spread, streams.data(data_seed))
    return Data(locked(drawn.points), locked(_in_columns(drawn.targets, columns) if columns else drawn.targets))


def _in_columns(classes: class_sets.Targets, columns: int) -> Floats:
    """Return (n, columns) with a 1 in the column of each class."""
    return np.asarray(classes[:, None] == np.arange(columns), dtype=float)


@kept(4)
def _given(points: Floats, targets: Floats | None, columns: int, is_class: bool) -> Data:
    if targets is None:
        shape = (len(points), columns) if columns else (len(points),)
        return Data(points, locked(np.zeros(shape, np.int64 if is_class else np.float64)), has_targets=False)
    return Data(points, locked(targets.astype(np.int64)) if is_class else targets)


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply for those not given.

    Other points let go of targets that are not theirs, columns of targets or classes ask for as many units, softmax
    for two at least; one unit lets go of softmax.
    """
    if "targets" not in given and params.targets is not None and not _belong_together(params.points, params.targets):
        params = replace(params, targets=None)
    if "units" not in given:
        return replace(params, units=_units_asked_for(params, "targets" in given))
    if "activation" not in given and params.activation == "softmax" and params.units == 1:
        return replace(params, activation="sigmoid")
    return params


def _belong_together(points: str | Floats, targets: Floats) -> bool:
    return isinstance(points, np.ndarray) and points.shape[:1] == targets.shape[:1]


def _units_asked_for(params: Params, are_given: bool) -> int:
    targets, units = params.targets, params.units
    if are_given and targets is not None and targets.ndim == 2 and 1 <= targets.shape[1] <= 16:
        return int(targets.shape[1])
    if params.activation != "softmax":
        return units
    classes = int(targets.max()) + 1 if are_given and targets is not None and targets.size else 0
    return min(max(classes or units, 2), 16)


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse points and targets that are none, or that do not go with the last layer, and softmax of one unit."""
    return _check_points(params) or _check_targets(params) or _check_units(params)


def _check_points(params: Params) -> Refusal | None:
    if isinstance(params.points, str):
        if params.points in class_sets.NAMES:
            return None
        values = {"given": params.points[:40], "allowed": class_sets.NAMES}
        return Refusal("points", "points_unknown", values)
    shape = params.points.shape
    if len(shape) != 2 or not 1 <= shape[0] <= MOST_POINTS or not 1 <= shape[1] <= MOST_FEATURES:
        return Refusal("points", "points_shape", {"given": list(shape), "rows": MOST_POINTS, "columns": MOST_FEATURES})
    return None


def _check_targets(params: Params) -> Refusal | None:
    targets = params.targets
    if targets is None:
        return None
    if isinstance(params.points, str):
        return Refusal("targets", "targets_of_a_set", {"given": params.points})
    allowed = _shapes_allowed(params, len(params.points))
    if targets.shape not in allowed:
        shapes = " / ".join(str(list(shape)) for shape in allowed)
        return Refusal("targets", "targets_shape", {"given": list(targets.shape), "allowed": shapes})
    return _check_classes(params, targets) if loss_of(params) == "cross-entropy" else None


def _shapes_allowed(params: Params, n: int) -> list[tuple[int, ...]]:
    if params.units == 1:
        return [(n,), (n, 1)]
    return [(n,)] if params.activation == "softmax" else [(n, params.units)]


def _check_classes(params: Params, targets: Floats) -> Refusal | None:
    last = max(params.units - 1, 1)
    wrong = np.flatnonzero((targets < 0) | (targets > last) | (targets != np.floor(targets)))
    if not len(wrong):
        return None
    values = {"given": f"{targets.flat[wrong[0]]:g}", "row": int(wrong[0]) + 1, "allowed": last}
    return Refusal("targets", "targets_class", values)


def _check_units(params: Params) -> Refusal | None:
    if params.activation == "softmax" and params.units == 1:
        return Refusal("units", "softmax_units", {"given": params.units, "allowed": 2})
    return None
