"""Every sentence says what the shapes of its layer show, worked out anew from the table of stacks."""

from __future__ import annotations

import math
import tomllib
from itertools import pairwise
from pathlib import Path
from string import Formatter
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
    stack_of,
)
from core.run.recipe import Recipe, SetArray
from core.run.replay import replay
from core.shapes.sentences import sentence_of
from core.shapes.settings import Params

TEXTS = tomllib.loads(Path("resources/topics/shapes.toml").read_text("utf-8"))["sentences"]
KINDS = {
    "Dense": "dense", "Conv2D": "conv2d", "MaxPooling2D": "max", "AveragePooling2D": "average", "Flatten": "flatten",
    "Embedding": "embedding", "SimpleRNN": "rnn", "TimeDistributed": "time_distributed",
}  # fmt: skip


def placeholders(key: str) -> set[str]:
    return {name for text in TEXTS[key].values() for _, name, _, _ in Formatter().parse(text) if name}


def test_what_is_said_of_every_stack(legal: Any) -> None:
    params, sizes, counts = legal
    made, before = stack_of(params.layers), None
    for frame, _ in replay(shapes, Recipe("shapes", 1, 0, params), 99):
        told = shapes.explain(before, frame.state, params, None)
        before = frame.state
        assert set(told.values) >= placeholders(told.sentence)
        if frame.t == 0:
            assert told.sentence.startswith("start.open" if sizes[0][0] is None else "start.fixed")
            assert told.values["given"] == written(sizes[0])
            assert told.values["example"] == written(sizes[0][1:])
            continue
        layer = params.layers[frame.t - 1]
        key, values = sentence_of(made, frame.t)
        assert key.split(".")[0] == KINDS[layer.type]
        check_values(layer, sizes[frame.t - 1], sizes[frame.t], counts[frame.t - 1], key, values)
        if told.sentence != "lost":
            assert (told.sentence, told.values) == (key, values)


def check_values(layer: Any, given: Any, shape: Any, weights: int, key: str, values: Any) -> None:
    expected = {
        "inputs": str(given[-1]), "outputs": str(shape[-1]), "weights": f"{weights:,}".replace(",", "\N{THIN SPACE}"),
        "before": " × ".join(map(str, given[1:-1])), "after": " × ".join(map(str, shape[1:-1])),
        "axes": " × ".join(map(str, given[1:])), "product": str(shape[-1]), "times": str(given[1:2] and given[1]),
        "rows": str(getattr(layer, "input_dim", "")),
    }  # fmt: skip
    for name in placeholders(key) & set(expected):
        if key == "embedding.computed" and name == "after":
            continue
        assert values[name] == expected[name], (key, name)
    if key.startswith("flatten") and None not in given[1:]:
        assert shape[-1] == math.prod(given[1:])
    if ".kept" in key:
        assert given[1:-1] == shape[1:-1]
    if ".changed" in key:
        assert given[1:3] != shape[1:3]
    if ".open" in key:
        assert None in given[1:]
    if key == "dense.all":
        assert len(given) == 2
    if key == "rnn.last":
        assert len(shape) == len(given) - 1


def written(sizes: Any) -> str:
    return str(tuple(sizes))


def stacks() -> list[Params]:
    """Return stacks that together make every sentence be said."""
    found = [
        Params(),
        Params(batch_size=2, data=((1, 2), (3, 4)), layers=(Dense(2, input_shape=(2,)),)),
        Params(data=((1,), (2,)), layers=(Dense(2, input_shape=(1,)),)),
        Params(batch_size=4, layers=(Dense(2, input_shape=(3, 5)), Flatten(), Flatten())),
        Params(batch_size=4, layers=(SimpleRNN(2, return_sequences=True, input_shape=(None, 5)), SimpleRNN(2))),
        Params(layers=(Flatten(input_shape=(None, 4)),)),
        Params(layers=(Flatten(input_shape=()),)),
        Params(layers=(TimeDistributed(Dense(2), input_shape=(2, 3)),)),
    ]
    for rows, padding, strides in ((9, "valid", 2), (9, "same", 1), (None, "valid", 2)):
        more: Any = {"padding": padding, "input_shape": (rows, 9, 1)}
        pools = [pool(2, strides=strides, **more) for pool in (MaxPooling2D, AveragePooling2D)]
        found += [Params(layers=(layer,)) for layer in (Conv2D(2, 3, **more), *pools)]
    return found


def test_every_sentence_can_be_said() -> None:
    said = set()
    for params in stacks():
        states = [frame.state for frame, _ in replay(shapes, Recipe("shapes", 1, 1, params), 99)]
        said |= {shapes.explain(b, a, params, None).sentence for b, a in zip([None, *states], states, strict=False)}
    said.add(sentence_of(stack_of((Dense(2, input_shape=(2,)), Embedding(9, 2))), 2)[0])
    assert said == set(TEXTS) - {"lost", "level"}


def test_numbers_that_are_lost_are_missed() -> None:
    """The layer that has no row for a number is named by itself and by those behind it; before, nothing is missing."""
    params = Params(layers=(Dense(2, input_shape=(2,)), Embedding(4, 2), Flatten()))
    edit = SetArray("layer_1.b", np.array([9.0, 9.0]))
    states = [frame.state for frame, _ in replay(shapes, Recipe("shapes", 1, 1, params).edited(0, edit), 99)]
    told = [shapes.explain(b, a, params, None) for b, a in pairwise(states)]
    assert [explanation.sentence for explanation in told] == ["dense.all", "lost", "lost"]
    assert told[1].values == {"layer": "Embedding", "place": "2", "which": "Embedding"}
    assert told[2].values == {"layer": "Flatten", "place": "2", "which": "Embedding"}
    assert [label for label, _ in told[2].rows] == ["shape"]


@pytest.mark.parametrize(
    ("layers", "key"),
    [
        ((Embedding(9, 2, input_length=3),), "embedding.row"),
        ((Flatten(input_shape=(2, 3)), Embedding(9, 2)), "embedding.row"),
        ((MaxPooling2D(input_shape=(4, 4, 1)), Flatten(), Embedding(9, 2)), "embedding.row"),
        ((Dense(3, input_shape=(2,)), Embedding(9, 2)), "embedding.computed"),
        ((TimeDistributed(Dense(3), input_shape=(2, 3)), Flatten(), Embedding(9, 2)), "embedding.computed"),
    ],
)
def test_only_numbers_that_nobody_computed_are_surely_whole(layers: Any, key: str) -> None:
    said, values = sentence_of(stack_of(layers), len(layers))
    assert said == key
    if key == "embedding.computed":
        assert values["after"] == layers[-2].type
