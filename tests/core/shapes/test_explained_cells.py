"""The line of a cell, computed by hand from what is printed, gives the number in the cell."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core import shapes
from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
)
from core.nn.layers.shapes import as_written
from core.run.explanation import Focus
from core.run.streams import Streams
from core.shapes.algorithm import State, tensors
from core.shapes.cells import comes_from
from core.shapes.explained_cells import MOST_PRODUCTS
from core.shapes.settings import Params, stack

STACKS: dict[str, tuple[Any, ...]] = {
    "dense": (Dense(3, input_shape=(4,)), Dense(2, use_bias=False, activation="relu")),
    "places": (Dense(3, input_shape=(2, 4), activation="linear"),),
    "sequence": (SimpleRNN(3, return_sequences=True, input_shape=(4, 2)), SimpleRNN(2, activation=None)),
    "words": (Embedding(30, 3, input_length=4), Flatten(), Dense(2, activation="sigmoid")),
    "picture": (
        Conv2D(2, 2, padding="same", strides=2, input_shape=(6, 5, 2), activation="relu"),
        AveragePooling2D(2, strides=1, padding="same"), Flatten(),
    ),
    "holes": (Conv2D(1, (2, 3), dilation_rate=2, input_shape=(6, 5, 3)), MaxPooling2D((2, 1))),
    "film": (
        TimeDistributed(Conv2D(2, 2), input_shape=(2, 4, 3, 1)), TimeDistributed(MaxPooling2D((3, 1))),
        TimeDistributed(Flatten()), TimeDistributed(Dense(2)),
    ),
}  # fmt: skip

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "relu": lambda z: max(z, 0.0), "tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
}  # fmt: skip


def walked(params: Params) -> State:
    state = shapes.start(params, Streams.start(5))
    for t in range(1, len(params.layers) + 1):
        state = shapes.step(state, params, Streams.step(5, t))
    rng = np.random.default_rng(0)  # biases are 0 at the start, which would hide them
    for name in shapes.settable(params):
        state = state.with_array(name, rng.normal(size=shapes.arrays(state, params)[name].shape), params)
    return state


def text_of(line: Any) -> str:
    return "".join(str(term.value) for term in line)


def by_hand(text: str) -> float:
    """Return what the arithmetic in a text comes to."""
    code = text.replace("−", "-").replace("×", "*").replace("·", "*")
    assert re.fullmatch(r"(?:max)?[-+*/(). ,\de]+", code), code
    return float(eval(code))


def cells() -> Any:
    for name, layers in STACKS.items():
        made = stack(Params(layers=layers))
        for k, shape in enumerate(made.shapes[1:], 1):
            sizes = tuple(as_written(np.zeros([1, *(axis.size or 0 for axis in shape[1:])])).shape[1:])
            yield from (pytest.param(layers, k, at, id=f"{name} {k} {at}") for at in np.ndindex(sizes))


@pytest.mark.parametrize(("layers", "k", "at"), list(cells()))
def test_every_cell_by_hand(layers: Any, k: int, at: tuple[int, ...]) -> None:
    params = Params(layers=layers)
    state = walked(params)
    before = shapes.start(params, Streams.start(5))
    value = float(as_written(tensors(state, params)[k][None])[0][at])
    told = shapes.explain(before, state, params, Focus("cell", (k, *at)))
    rows = {label: columns[0] for label, columns in told.rows if label != "shape"}
    if isinstance(layers[k - 1], Flatten | Embedding) or "Flatten" in str(layers[k - 1]):
        check_place(text_of(rows["cell"]), state, params, k, at)
        return
    name, middle, result = text_of(rows["cell"]).split(" = ")
    assert name in (f"y{list(at)}", f"z{list(at)}")
    assert by_hand(middle) == pytest.approx(by_hand(result), rel=3e-3, abs=3e-3)
    function = getattr(layers[k - 1], "activation", None)
    if function in FUNCTIONS:
        assert text_of(rows["function"]).startswith(f"y{list(at)} = {function}({name}) = ")
        assert by_hand(text_of(rows["function"]).split(" = ")[-1]) == pytest.approx(value, rel=1e-3)
        assert FUNCTIONS[function](by_hand(result)) == pytest.approx(value, rel=1e-2, abs=1e-3)
    else:
        assert set(rows) == {"cell"}
        assert by_hand(result) == pytest.approx(value, rel=1e-3)


def check_place(text: str, state: State, params: Params, k: int, at: tuple[int, ...]) -> None:
    x, y = (as_written(tensors(state, params)[i][None])[0] for i in (k - 1, k))
    if found := re.fullmatch(r"y\[(.*)\] = E\[(\d+), (\d+)\] = (\S+)", text):
        assert found[1] == ", ".join(map(str, at))
        assert (int(found[2]), int(found[3])) == (x[at[:-1]], at[-1])
        assert by_hand(found[4]) == pytest.approx(float(y[at]), rel=1e-3)
    else:
        place, sum = text.split(" = ")
        assert int(place) == by_hand(sum) == at[-1]


@pytest.mark.parametrize("name", STACKS)
def test_terms_are_marked_with_the_cells_they_come_from(name: str) -> None:
    """What a line marks are the cells that its cell comes from; of a recurrent layer those of its own time alone."""
    params = Params(layers=STACKS[name])
    state, made = walked(params), stack(params)
    for k, layer in enumerate(params.layers, 1):
        shape = as_written(tensors(state, params)[k][None])[0].shape
        at = tuple(n - 1 for n in shape)
        told = shapes.explain(state, state, params, Focus("cell", (k, *at)))
        marks = {term.mark for _, columns in told.rows for line in columns for term in line if term.mark}
        cells = {mark.at[1:] for mark in marks if mark.kind == "cell" and mark.at[0] == k - 1}
        seen = set(map(tuple, np.argwhere(comes_from(made, k, at)[k - 1]).tolist()))
        if layer.type == "SimpleRNN":
            seen = {place for place in seen if place[0] == len(tensors(state, params)[k - 1]) - 1}
        assert cells == shown_of(seen, told)


def shown_of(seen: set[Any], told: Any) -> set[Any]:
    """Return the marked cells of those seen: a long sum marks its middle as the rest."""
    rest = {term.value for _, columns in told.rows for line in columns for term in line if str(term.mark) == "rest"}
    if not rest:
        return seen
    cells = [
        t.mark.at[1:] for _, columns in told.rows for line in columns for t in line if t.mark and t.mark.kind == "cell"
    ]
    assert 2 <= len(cells) <= 4
    assert set(cells) <= seen
    return set(cells)


def test_a_long_sum_is_not_told() -> None:
    for inputs, rows in ((MOST_PRODUCTS, ["shape", "cell"]), (MOST_PRODUCTS + 1, ["shape"])):
        params = Params(layers=(Dense(2, input_shape=(inputs,)),))
        state = walked(params)
        assert [label for label, _ in shapes.explain(state, state, params, None).rows] == rows


def test_of_a_large_window_only_the_largest_is_printed() -> None:
    params = Params(layers=(MaxPooling2D(4, input_shape=(4, 4, 1)),))
    state = walked(params)
    text = text_of(dict(shapes.explain(state, state, params, None).rows)["cell"][0])
    assert text.startswith("y[0, 0, 0] = max(…) = ")
    assert by_hand(text.split(" = ")[-1]) == pytest.approx(float(state.x.max()))


def test_a_window_in_the_padding_alone_sums_to_its_bias() -> None:
    layer = Conv2D(1, 2, dilation_rate=4, padding="same", input_shape=(2, 2, 1), use_bias=False)
    params = Params(layers=(layer,))
    state = walked(params)
    texts = [
        text_of(dict(shapes.explain(state, state, params, Focus("cell", (1, r, 0, 0))).rows)["cell"][0]) for r in (0, 1)
    ]
    assert texts == ["y[0, 0, 0] = 0 = 0", "y[1, 0, 0] = 0 = 0"]
