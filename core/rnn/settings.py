"""What is asked of the recurrent net: which sequences it learns, what goes in and what comes out, how it learns.

    mode            x               outputs and targets       of a class task   of a number task
    many-to-many    at every time   at every time             (batch, length)   (batch, length, outputs)
    many-to-one     at every time   at the last time alone    (batch,)          (batch, outputs)
    one-to-many     at time 0       at every time             (batch, length)   (batch, length, outputs)

Sequences of one's own are the batch of every step. The formulas of the tasks stand in `core.rnn.tasks`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le, Len

from core.run.parameters import LOG, RESTART, TEXT
from core.run.refusal import Refusal
from core.run.values import Array, Floats, frozen, kept

Task = Literal["echo", "parity", "adding", "next-character", "sine", "own"]
Mode = Literal["many-to-many", "many-to-one", "one-to-many"]
Cell = Literal["tanh", "relu", "linear", "sigmoid"]
Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]

MOST_LENGTH, MOST_BATCH = 100, 256
MOST_FEATURES = 128  # of one's own inputs, different characters, and one's own outputs
LARGEST_RADIUS = 3.0
Radius = Annotated[float, Ge(0), Le(LARGEST_RADIUS)]


@frozen
class Params:
    """The sequences, the cell, and how it learns."""

    task: Annotated[Task, RESTART] = "echo"
    mode: Annotated[Mode, RESTART] = "many-to-many"
    cell: Annotated[Cell, RESTART] = "tanh"
    units: Annotated[int, Ge(1), Le(64), RESTART] = 16
    length: Annotated[int, Ge(1), Le(MOST_LENGTH), RESTART] = 8
    batch_size: Annotated[int, Ge(1), Le(MOST_BATCH), RESTART] = 16
    symbols: Annotated[int, Ge(2), Le(10), RESTART] = 4  # of echo
    lag: Annotated[int, Ge(1), Le(MOST_LENGTH - 1), RESTART] = 2  # of echo
    text: Annotated[str, Len(2, 10_000), TEXT, RESTART] = "the cat sat on the mat. the dog sat on the log. "
    radius: Annotated[Radius, RESTART] = 1.0  # U starts as so many times a rotation
    consecutive: Annotated[bool, RESTART] = False
    stateful: Annotated[bool, RESTART] = False
    clip: Annotated[float, Ge(0), Le(1e6)] = 0.0  # the longest gradient; 0 bounds nothing
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.01
    optimizer: Annotated[Optimizer, RESTART] = "adam"
    inputs: Annotated[Array | None, RESTART] = None  # (batch, length, features), of one-to-many (batch, 1, features)
    targets: Annotated[Array | None, RESTART] = None  # as in the table above


@dataclass(frozen=True)
class Sizes:
    """How many numbers go in and come out at a time, and whether those that come out are shares of classes."""

    features: int
    outputs: int
    has_classes: bool


def sizes_of(params: Params) -> Sizes:
    """Return the sizes of the task of parameters that pass `check`."""
    match params.task:
        case "echo":
            return Sizes(params.symbols, params.symbols, True)
        case "parity":
            return Sizes(1, 2, True)
        case "adding":
            return Sizes(1 if params.mode == "one-to-many" else 2, 1, False)
        case "next-character":
            count = len(characters_of(params.text))
            return Sizes(count, count, True)
        case "sine":
            return Sizes(1, 1, False)
    return _sizes_of_own(*own_of(params), params.mode)


def can_go_on(params: Params) -> bool:
    """Tell whether `consecutive` means anything: sums, one's own and what follows from one number begin anew."""
    if params.task in ("adding", "own"):
        return False
    return params.mode != "one-to-many" or params.task == "next-character"


def own_of(params: Params) -> tuple[Floats, Floats]:
    """Return inputs and targets of one's own, of parameters that pass `check`."""
    assert params.inputs is not None
    assert params.targets is not None
    return params.inputs, params.targets


@kept(8)
def _sizes_of_own(inputs: Floats, targets: Floats, mode: Mode) -> Sizes:
    """Return the sizes of one's own sequences; classes are at least two, since one alone is always right."""
    if are_classes(targets, mode):
        return Sizes(inputs.shape[-1], max(int(targets.max()) + 1, 2), True)
    return Sizes(inputs.shape[-1], targets.shape[-1], False)


def are_classes(targets: Floats, mode: Mode) -> bool:
    """Tell whether targets of one's own are class numbers: then they have one axis less than the outputs."""
    return targets.ndim == (1 if mode == "many-to-one" else 2)


def characters_of(text: str) -> tuple[str, ...]:
    """Return the different characters of a text in the order in which they first appear.

    >>> characters_of("banana")
    ('b', 'a', 'n')
    """
    return tuple(dict.fromkeys(text))


# ---- what follows from what is given


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply for those not given.

    Sequences of one's own are the task, and bring their batch and length; another task lets go of them. A shorter
    length shortens the lag, a longer lag lengthens the sequences.
    """
    if "task" not in given and {"inputs", "targets"} & given and params.inputs is not None:
        params = replace(params, task="own")
    params = _as_long_as_own(params, given) if params.task == "own" else _without_own(params, given)
    if "lag" not in given:
        return replace(params, lag=min(params.lag, max(params.length - 1, 1)))
    return params if "length" in given else replace(params, length=max(params.length, params.lag + 1))


def _without_own(params: Params, given: frozenset[str]) -> Params:
    inputs = params.inputs if "inputs" in given else None
    return replace(params, inputs=inputs, targets=params.targets if "targets" in given else None)


def _as_long_as_own(params: Params, given: frozenset[str]) -> Params:
    shape = _shape_of_own(params)
    if shape is None:
        return params
    batch, length = shape
    if "batch_size" not in given and 1 <= batch <= MOST_BATCH:
        params = replace(params, batch_size=batch)
    if "length" not in given and 1 <= length <= MOST_LENGTH:
        params = replace(params, length=length)
    return params


def _shape_of_own(params: Params) -> tuple[int, int] | None:
    """Return batch and length of one's own sequences, or None where there is no telling."""
    x, t = params.inputs, params.targets
    if x is None or t is None or x.ndim != 3:
        return None
    if params.mode != "one-to-many":
        return x.shape[0], x.shape[1]
    return (x.shape[0], t.shape[1]) if t.ndim > 1 else None


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse a lag beyond the sequence, a text of one character or of too many, and sequences that are none."""
    if params.task == "own":
        return _check_given(params) or _check_inputs(params) or _check_targets(params)
    for name in ("inputs", "targets"):
        if getattr(params, name) is not None:
            return Refusal(name, "own_only", {"given": params.task, "allowed": "own"})
    if params.task == "echo":
        return _check_lag(params)
    return _check_text(params.text) if params.task == "next-character" else None


def _check_lag(params: Params) -> Refusal | None:
    allowed = max(params.length - 1, 1)
    return Refusal("lag", "lag_too_long", {"given": params.lag, "allowed": allowed}) if params.lag > allowed else None


def _check_text(text: str) -> Refusal | None:
    count = len(characters_of(text))
    if 2 <= count <= MOST_FEATURES:
        return None
    return Refusal("text", "text_characters", {"given": count, "allowed": MOST_FEATURES})


def _check_given(params: Params) -> Refusal | None:
    for name in ("inputs", "targets"):
        if getattr(params, name) is None:
            return Refusal(name, "own_missing", {"given": params.task})
    return None


def _check_inputs(params: Params) -> Refusal | None:
    assert params.inputs is not None
    shape, is_one = params.inputs.shape, params.mode == "one-to-many"
    longest = 1 if is_one else MOST_LENGTH
    if (
        len(shape) != 3
        or not (1 <= shape[0] <= MOST_BATCH and 1 <= shape[1] <= longest)
        or not (1 <= shape[2] <= MOST_FEATURES)
    ):
        allowed = f"({MOST_BATCH}, {longest}, {MOST_FEATURES})"
        return Refusal("inputs", "inputs_shape", {"given": list(shape), "mode": params.mode, "allowed": allowed})
    if params.batch_size != shape[0]:
        return Refusal("batch_size", "own_size", {"given": params.batch_size, "allowed": shape[0], "name": "inputs"})
    if not is_one and params.length != shape[1]:
        return Refusal("length", "own_size", {"given": params.length, "allowed": shape[1], "name": "inputs"})
    return None


def _check_targets(params: Params) -> Refusal | None:
    assert params.targets is not None
    shape, times = params.targets.shape, () if params.mode == "many-to-one" else (params.length,)
    if params.mode == "one-to-many" and len(shape) > 1 and shape[1] != params.length and shape[1] <= MOST_LENGTH:
        return Refusal("length", "own_size", {"given": params.length, "allowed": shape[1], "name": "targets"})
    classes = (params.batch_size, *times)
    if shape == classes:
        return _check_classes(params.targets)
    if shape[:-1] == classes and 1 <= shape[-1] <= MOST_FEATURES:
        return None
    allowed = f"{list(classes)} / {[*classes, MOST_FEATURES]}"
    return Refusal("targets", "targets_shape", {"given": list(shape), "mode": params.mode, "allowed": allowed})


def _check_classes(targets: Floats) -> Refusal | None:
    wrong = targets[(targets < 0) | (targets >= MOST_FEATURES) | (targets != np.floor(targets))]
    if not wrong.size:
        return None
    return Refusal("targets", "targets_class", {"given": f"{wrong[0]:g}", "allowed": MOST_FEATURES - 1})
