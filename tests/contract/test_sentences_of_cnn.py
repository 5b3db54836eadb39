"""What a sentence about a step of the CNN says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from core import cnn
from core.cnn import Params
from core.cnn.algorithm import stack_of as stack_of_run
from core.cnn.explained_beats import step_of
from core.data.digits import digits
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D, stack_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay

Floats = NDArray[np.float64]
SAMPLES = 4  # steps of a run
LAST = Dense(10, activation="softmax")
STACKS: tuple[Any, ...] = (
    Params().layers,
    (
        Conv2D(2, 3, strides=2, padding="same", activation="tanh"), AveragePooling2D(3, strides=1, padding="same"),
        Conv2D(3, 2, activation="elu"), Flatten(), Flatten(), Dense(4, activation="relu"), LAST,
    ),
    (MaxPooling2D(3, padding="same"), Conv2D(2, 3, padding="same", use_bias=False), Flatten(), LAST),
)  # fmt: skip


def params_of(rng: Any) -> Params:
    """Return a random net with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    return Params(
        layers=choose(*STACKS), batch_size=choose(1, 7, 20), learning_rate=float(10 ** rng.uniform(-4, 1)),
        optimizer=choose("sgd", "adam", "momentum", "nesterov"), shown=int(rng.integers(1797)),
        picture=choose(None, None, rng.uniform(0, 1, (8, 8))), push=choose((0, 0), (1, -2)),
    )  # fmt: skip


def focus_of(rng: Any, params: Params) -> Focus | None:
    if rng.integers(3) == 0:
        return None
    k = int(rng.integers(1, len(params.layers) + 1))
    sizes = [axis.size for axis in shapes_of(params)[k][1:]]
    return Focus("cell", (k, *(int(rng.integers(size)) for size in sizes)))


def shapes_of(params: Params) -> Any:
    first, *others = params.layers
    fields = {name: getattr(first, name) for name in type(first).__dataclass_fields__ if name != "type"}
    return stack_of((type(first)(**{**fields, "input_shape": (8, 8, 1)}), *others)).shapes


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(7), 0
    while done < count:
        params = params_of(rng)
        far = Change(3, SetArray("layer_2.W", rng.normal(size=(2, 1, 3, 3)) * 1e12))
        changes = (far,) if params.layers is STACKS[2] else ()
        before = None
        for frame, _ in replay(cnn, Recipe("cnn", 1, int(rng.integers(99)), params, changes), SAMPLES):
            focus = focus_of(rng, params)
            step = before.state if before else None, frame.made, frame.used, focus, ""
            yield cnn.explain(*step[:4]), step
            beats = cnn.beats(params)
            beat = beats[int(rng.integers(len(beats)))]
            yield cnn.explain(*step[:4], beat), (*step[:4], beat)
            before, done = frame, done + 1


# ---- the same numbers, computed anew


def picture(params: Params) -> Floats:
    x = digits().images[params.shown] if params.picture is None else params.picture
    (down, right), made = params.push, np.zeros((8, 8))
    for row, column in np.ndindex(8, 8):
        if 0 <= row - down < 8 and 0 <= column - right < 8:
            made[row, column] = x[row - down, column - right]
    return made


FUNCTIONS: dict[str | None, Any] = {
    "relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "softmax": lambda z: special.softmax(z, axis=-1),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), None: lambda z: z,
}  # fmt: skip


def window(layer: Any, x: Floats, row: int, column: int) -> tuple[Floats, NDArray[np.bool_]]:
    """What a window holds of x (channels, rows, columns), and which of its cells lie in x; padding as Keras does it."""
    sizes = np.array([getattr(layer, "kernel_size", None) or layer.pool_size] * 2)
    strides = np.array([layer.strides or sizes[0]] * 2)
    begin = np.array([row, column]) * strides
    if layer.padding == "same":
        n = np.array(x.shape[1:])
        begin -= np.maximum((np.ceil(n / strides).astype(int) - 1) * strides + sizes - n, 0) // 2
    made, inside = np.zeros((len(x), *sizes)), np.zeros(sizes, dtype=bool)
    for a, b in np.ndindex(*sizes):
        r, c = begin[0] + a, begin[1] + b
        if 0 <= r < x.shape[1] and 0 <= c < x.shape[2]:
            made[:, a, b], inside[a, b] = x[:, r, c], True
    return made, inside


def forward(state: Any, params: Params, x: Floats) -> list[Floats]:
    """The picture, what each layer gives, and last the scores."""
    held, outputs, shapes = cnn.arrays(state, params), [x[None]], shapes_of(params)
    for k, layer in enumerate(params.layers, 1):
        y = np.empty([axis.size for axis in shapes[k][1:]])
        match layer:
            case Conv2D() | MaxPooling2D() | AveragePooling2D():
                for row, column in np.ndindex(*y.shape[1:]):
                    seen, inside = window(layer, outputs[-1], row, column)
                    y[:, row, column] = of_window(layer, held, k, seen, inside)
            case Flatten():
                y = outputs[-1].ravel()
            case _:
                y = outputs[-1] @ held[f"layer_{k}.W"] + held[f"layer_{k}.b"]
                scores = y
        outputs.append(FUNCTIONS[getattr(layer, "activation", None)](y))
    return [*outputs, scores]


def of_window(layer: Any, held: Any, k: int, seen: Floats, inside: NDArray[np.bool_]) -> Floats:
    if isinstance(layer, MaxPooling2D):
        return np.asarray(seen[:, inside].max(axis=1))
    if isinstance(layer, AveragePooling2D):
        return np.asarray(seen[:, inside].mean(axis=1))
    bias = held[f"layer_{k}.b"] if layer.use_bias else 0.0
    return np.asarray(np.tensordot(held[f"layer_{k}.W"], seen, 3) + bias)


# ---- what is said


def begins(before: Any, after: Any, params: Params, _focus: Any, _beat: str) -> dict[str, Any]:
    assert before is None
    assert all(not array.any() for name, array in cnn.arrays(after, params).items() if name.endswith(".b"))
    return {}


def stands(before: Any, after: Any, params: Params, _focus: Any, _beat: str) -> dict[str, Any]:
    assert np.isnan(float(cnn.series(after, params)["loss"]))
    assert before.weights is after.weights
    return {}


def steps(before: Any, after: Any, params: Params, _focus: Any, _beat: str) -> dict[str, Any]:
    was, now = (forward(state, params, picture(params))[-2] for state in (before, after))
    which = int(now.argmax()) if params.picture is not None else int(digits().labels[params.shown])
    return {**of_batch(before, after, params), "digit": str(which), "was": float(was[which]), "now": float(now[which])}


def of_batch(before: Any, after: Any, params: Params) -> dict[str, Any]:
    batch = after.batch[after.batch >= 0]
    scores = np.array([forward(before, params, digits().images[i])[-1] for i in batch])
    labels = digits().labels[batch]
    losses = special.logsumexp(scores, axis=1) - scores[np.arange(len(batch)), labels]
    right = int((scores.argmax(axis=1) == labels).sum())
    return {"count": str(len(batch)), "loss": float(losses.mean()), "right": str(right)}


def cell(after: Any, params: Params, focus: Any) -> dict[str, Any]:
    k, *place = focus.at
    outputs = forward(after, params, picture(params))
    told = {"y": float(outputs[k][tuple(place)]), **dict(zip(("map", "row", "column"), map(str, place), strict=False))}
    return {**told, "outputs": outputs, "k": k, "place": place}


def sees(_before: Any, after: Any, params: Params, focus: Any, _beat: str) -> dict[str, Any]:
    told = cell(after, params, focus)
    _, inside = window(params.layers[told["k"] - 1], told["outputs"][told["k"] - 1], *told["place"][1:])
    return {**told, "seen": str(inside.sum()), "padded": str((~inside).sum())}


def sees_maps(_before: Any, after: Any, params: Params, focus: Any, _beat: str) -> dict[str, Any]:
    told = cell(after, params, focus)
    k, (map_, row, column) = told["k"], told["place"]
    seen, _ = window(params.layers[k - 1], told["outputs"][k - 1], row, column)
    shares = (seen * cnn.arrays(after, params)[f"layer_{k}.W"][map_]).sum(axis=(1, 2))
    most = int(np.abs(shares).argmax())
    span = [(row, row), (column, column)]
    shapes = shapes_of(params)
    for j in range(k, 0, -1):
        layer: Any = params.layers[j - 1]
        given = [axis.size for axis in shapes[j - 1][2:]]
        size = getattr(layer, "kernel_size", None) or layer.pool_size
        stride, before = layer.strides or size, 0
        if layer.padding == "same":
            before = max((-(-given[0] // stride) - 1) * stride + size - given[0], 0) // 2
        span = [(a * stride - before, b * stride - before + size - 1) for a, b in span]
    inside = [(max(a, 0), min(b, 7)) for a, b in span]
    (rows, columns), (in_rows, in_columns) = ([str(b - a + 1) for a, b in pair] for pair in (span, inside))
    sizes = {"rows": rows, "columns": columns, "in_rows": in_rows, "in_columns": in_columns}
    return {**told, "most": str(most), "share": float(shares[most]), **sizes}


def pools(_before: Any, after: Any, params: Params, focus: Any, _beat: str) -> dict[str, Any]:
    told = cell(after, params, focus)
    layer, (map_, row, column) = params.layers[told["k"] - 1], told["place"]
    x = told["outputs"][told["k"] - 1]
    seen, inside = window(layer, x, row, column)
    told["count"] = str(inside.sum())
    if isinstance(layer, MaxPooling2D):
        numbered = np.arange(1.0, x[0].size + 1).reshape(1, *x.shape[1:])
        places = window(layer, numbered, row, column)[0][0]
        first = int(places[inside][seen[map_][inside].argmax()]) - 1
        told |= {"at_row": str(first // x.shape[2]), "at_column": str(first % x.shape[2])}
    return told


def lays(_before: Any, after: Any, params: Params, focus: Any, _beat: str) -> dict[str, Any]:
    told = cell(after, params, focus)
    place, shape = told["place"][0], told["outputs"][told["k"] - 1].shape
    if len(shape) == 1:
        return {"y": told["y"], "place": str(place)}
    rest, column = divmod(place, shape[2])
    map_, row = divmod(rest, shape[1])
    return {"y": told["y"], "place": str(place), "map": str(map_), "row": str(row), "column": str(column)}


def adds_up(_before: Any, after: Any, params: Params, focus: Any, _beat: str) -> dict[str, Any]:
    told = cell(after, params, focus)
    held, x, k, unit = cnn.arrays(after, params), told["outputs"][told["k"] - 1], told["k"], told["place"][0]
    z = float(x @ held[f"layer_{k}.W"][:, unit] + held[f"layer_{k}.b"][unit])
    return {"unit": str(unit), "inputs": str(len(x)), "zeros": str((x == 0).sum()), "z": z, "y": told["y"]}


def scores(_before: Any, after: Any, params: Params, focus: Any, _beat: str) -> dict[str, Any]:
    z, p, digit = (*forward(after, params, picture(params))[:-3:-1], focus.at[1])
    other = int(np.argmax(np.where(np.arange(10) == digit, -np.inf, z)))
    return {"digit": str(digit), "p": float(p[digit]), "other": str(other), "gap": abs(float(z[digit] - z[other]))}


def is_first(*step: Any) -> dict[str, Any]:
    z = forward(step[1], step[2], picture(step[2]))[-1]
    assert z[step[3].at[1]] == z.max()
    return scores(*step)


def is_other(*step: Any) -> dict[str, Any]:
    z = forward(step[1], step[2], picture(step[2]))[-1]
    assert z[step[3].at[1]] < z.max()
    return scores(*step)


def digit_of(after: Any, params: Params) -> int:
    is_in = params.picture is None and params.shown in after.batch
    return params.shown if is_in else int(after.batch[0])


def goes_forward(before: Any, after: Any, params: Params, _focus: Any, beat: str) -> dict[str, Any]:
    digit, k = digit_of(after, params), int(beat.partition("_")[2])
    y = forward(before, params, digits().images[digit])[k]
    shape = (*y.shape[1:], y.shape[0])
    return {
        "digit": str(digit), "label": str(digits().labels[digit]), "layer": params.layers[k - 1].type,
        "shape": str(shape), "zeros": str((y == 0).sum()), "cells": str(y.size), "high": float(y.max()),
    }  # fmt: skip


def errs(before: Any, after: Any, params: Params, _focus: Any, _beat: str) -> dict[str, Any]:
    digit = digit_of(after, params)
    label = int(digits().labels[digit])
    z = forward(before, params, digits().images[digit])[-1]
    own = {"digit": str(digit), "label": str(label), "p": float(special.softmax(z)[label])}
    return {**own, "own": float(special.logsumexp(z) - z[label]), **of_batch(before, after, params)}


def goes_back(before: Any, after: Any, params: Params, _focus: Any, beat: str) -> dict[str, Any]:
    """Slopes are held to central differences by the topic's own tests; here to their lengths, layer after layer."""
    made = step_of(before, after, params)
    assert made is not None
    k = int(beat.partition("_")[2])
    came, passed = (float(np.sqrt((made.made.slopes[i] ** 2).sum())) for i in (k, k - 1))
    told: dict[str, Any] = {"layer": params.layers[k - 1].type, "came": came, "passed": passed}
    named = stack_of_run(params).named(made.made.gradient)
    own = [array for name, array in named.items() if name.startswith(f"layer_{k}.")]
    if own:
        told["weights"] = str(sum(array.size for array in own))
        told["gradient"] = float(np.sqrt(sum((array**2).sum() for array in own)))
    return told


def updates(before: Any, after: Any, params: Params, _focus: Any, _beat: str) -> dict[str, Any]:
    names = cnn.settable(params)
    held = (cnn.arrays(state, params) for state in (before, after))
    was, now = (np.concatenate([arrays[name].ravel() for name in names]) for arrays in held)
    moved, length = (float(np.sqrt((vector**2).sum())) for vector in (now - was, was))
    return {"weights": str(len(was)), "moved": moved, "length": length}


CHECKERS: dict[str, Any] = {
    "rule": begins, "step": steps, "step.drawn": steps, "diverged": stands, "window": sees, "windows": sees_maps,
    "largest": pools, "mean": pools, "flatten": lays, "flatten.row": lays, "unit": adds_up, "score.first": is_first,
    "score.other": is_other, "forward": goes_forward, "loss": errs, "back": goes_back, "back.weights": goes_back,
    "update": updates,
}  # fmt: skip


@pytest.mark.parametrize("steps", [500])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("cnn", steps_of(steps), CHECKERS) == set(CHECKERS)
