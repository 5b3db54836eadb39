"""The lines of a cell, computed by hand from what is printed, give what is printed; and the sum is the layer's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import cnn
from core.cnn import Params
from core.cnn.algorithm import outputs_of
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
from core.run.explanation import Explanation, Focus, number
from core.run.streams import Streams

LAST = Dense(10, activation="softmax")
STACKS: dict[str, Any] = {
    "default": Params().layers,
    "strides": (
        Conv2D(2, (2, 3), strides=2, padding="same"), AveragePooling2D(3, strides=1, padding="same"),
        Conv2D(12, 2, use_bias=False, activation="tanh"), Conv2D(2, 1, activation="elu"), Flatten(), Flatten(),
        Dense(4, activation="linear"), LAST,
    ),
    "wide": (MaxPooling2D(5, strides=3), Conv2D(2, 5, padding="same", activation="relu"), Flatten(), LAST),
}  # fmt: skip


def told_of(name: str) -> Iterator[tuple[Explanation, Any, tuple[int, ...]]]:
    params = Params(layers=STACKS[name], shown=11, learning_rate=0.01)
    state = cnn.start(params, Streams.start(4))
    for t in range(1, 9):
        state = cnn.step(state, params, Streams.step(4, t))
    rng, outputs = np.random.default_rng(0), outputs_of(state.weights, params)
    for k in range(1, len(params.layers) + 1):
        for _ in range(20):
            place = tuple(int(rng.integers(n)) for n in outputs[k].shape)
            told = cnn.explain(None, state, params, Focus("cell", (k, *place)))
            yield told, outputs[k], place


def text_of(line: Any) -> str:
    return "".join(f"{term.value:.12g}" if isinstance(term.value, float) else term.value for term in line)


def by_hand(text: str) -> float:
    """Return what the arithmetic in a text comes to."""
    code = text.replace("−", "-").replace("×", "*")
    assert re.fullmatch(r"(?:max)?[-+*/(). ,\de]+", code), code
    return float(eval(code))


@pytest.mark.parametrize("name", STACKS)
def test_what_is_printed_gives_what_is_printed(name: str) -> None:
    for told, y, place in told_of(name):
        for label, (line,) in told.rows:
            if label in ("function", "odds") or "x[" in text_of(line) or "…" in text_of(line):
                continue
            text = text_of(line)
            left, result = text.split(" = ")[::-1] if label.startswith("row_") else text.rsplit(" = ", 1)
            assert abs(by_hand(left.rpartition("= ")[2]) - by_hand(result)) <= 2.1 * last_digit(result), text
        if told.sentence in ("largest", "mean", "flatten", "flatten.row"):
            assert told.sentence == "mean" or text_of(told.rows[-1][1][0]).endswith(f"= {number(float(y[place]))}")


def last_digit(text: str) -> float:
    mantissa, _, power = text.partition("e")
    return 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))


@pytest.mark.parametrize("name", STACKS)
def test_the_sum_and_its_function_are_those_of_the_layer(name: str) -> None:
    functions: dict[str, Any] = {
        "relu": lambda z: max(z, 0), "tanh": np.tanh, "elu": lambda z: z if z > 0 else np.expm1(z),
    }  # fmt: skip
    for told, y, place in told_of(name):
        rows = {label: text_of(line) for label, (line,) in told.rows}
        label = next((one for one in ("cell", "by_map", "products") if one in rows), None)
        if label is None or "max" in rows[label] or "x[" in rows[label]:
            continue
        total = by_hand(rows[label].rpartition(" = ")[2])
        if "function" in rows:
            function, z, value = re.fullmatch(r"y = (\w+)\((.*)\) = (.*)", rows["function"]).groups()  # type: ignore[union-attr]
            assert by_hand(z) == pytest.approx(total, rel=2e-3, abs=1e-3)
            assert by_hand(value) == pytest.approx(y[place], rel=1e-9)
            assert functions[function](total) == pytest.approx(y[place], rel=2e-3, abs=1e-3)
        elif "odds" not in rows:
            assert total == pytest.approx(y[place], rel=2e-3, abs=1e-3)


def test_a_window_over_one_map_is_told_row_by_row_and_padding_is_left_out() -> None:
    params = Params()
    state = cnn.start(params, Streams.start(0))
    inner, corner = (cnn.explain(None, state, params, Focus("cell", (1, 2, i, i))) for i in (4, 0))
    assert [label for label, _ in inner.rows] == ["row_0", "row_1", "row_2", "cell", "function"]
    assert [label for label, _ in corner.rows] == ["row_1", "row_2", "cell", "function"]
    assert (corner.values["seen"], corner.values["padded"]) == ("4", "5")
    assert text_of(inner.rows[0][1][0]).count("×") == 3
    assert text_of(corner.rows[0][1][0]).count("×") == 2


def test_of_many_products_the_ten_largest_are_told_and_the_others_as_one() -> None:
    params = Params()
    state = cnn.start(params, Streams.start(0))
    told = cnn.explain(None, state, params, Focus("cell", (6, 3)))
    (line,) = dict(told.rows)["products"]
    marks = [term.mark for term in line if term.mark]
    assert [mark.kind for mark in marks] == ["cell"] * 10 + ["others", "bias"]
    products = cnn.arrays(state, params)["layer_6.W"][:, 3] * outputs_of(state.weights, params)[5]
    largest = sorted(np.argsort(-np.abs(products), kind="stable")[:10].tolist())
    assert [mark.at for mark in marks[:10]] == [(5, i) for i in largest]
    maps = cnn.explain(None, state, params, Focus("cell", (3, 0, 1, 1)))
    assert [term.mark.kind for term in dict(maps.rows)["by_map"][0] if term.mark] == ["map"] * 8 + ["bias"]


def test_log_odds_are_those_against_the_strongest_other_digit() -> None:
    params = Params(shown=360)
    state = cnn.start(params, Streams.start(0))
    p = outputs_of(state.weights, params)[-1]
    for digit in range(10):
        told = cnn.explain(None, state, params, Focus("cell", (7, digit)))
        other = int(np.argmax(np.where(np.arange(10) == digit, 0, p)))
        gap = np.log(p[digit] / p[other])
        assert told.sentence == ("score.first" if gap >= 0 else "score.other")
        assert told.values["other"] == str(other)
        assert told.values["gap"] == pytest.approx(abs(gap))
        assert dict(told.rows)["odds"][0][0].value == pytest.approx(gap)
