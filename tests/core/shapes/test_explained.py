"""Columns and rows of a step, and which layer and cell are told of."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from core import shapes
from core.nn.layers import Conv2D, Dense, Flatten, SimpleRNN, TimeDistributed, stack_of
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.replay import replay
from core.shapes.settings import Params


def steps(params: Params) -> list[Any]:
    return [frame.state for frame, _ in replay(shapes, Recipe("shapes", 1, 0, params), 99)]


def told(params: Params, t: int, focus: str = "") -> list[str]:
    """Return the rule and the rows of a step as they are read, columns apart by a bar."""
    states = steps(params)
    explanation = shapes.explain(states[t - 1] if t else None, states[t], params, Focus.of(focus))
    columns = [("rule", explanation.rule), *explanation.rows]
    lines = [" | ".join("".join(str(term.value) for term in line) for line in row) for _, row in columns]
    return [f"{label}: {line}" for (label, _), line in zip(columns, lines, strict=True)]


def test_the_step_of_the_picture() -> None:
    assert told(Params(), 2, "cell 2 13") == [
        "rule: place = t·8 + f | weights = 0",
        "shape: (None, 4, 8) → (None, 32) | 0",
        "cell: 13 = 1·8 + 5",
    ]
    dense = told(Params(), 3)
    assert dense[:2] == [
        "rule: y[…, u] = Σᵢ x[…, i]·W[i, u] + b[u] | weights = (inputs + 1)·units",
        "shape: (None, 32) → (None, 16) | 528 = (32 + 1)·16",
    ]
    assert dense[2].startswith("cell: y[7] = ")
    assert len(dense) == 3


def test_row_0_tells_what_was_told() -> None:
    assert told(Params(batch_size=32), 0) == ["rule: shape = (batch, *input_shape)", "shape: (32, 4)"]


def test_weights_are_counted_as_the_table_says(legal: Any) -> None:
    params, _, counts = legal
    for t, count in enumerate(counts, 1):
        line = told(params, t)[1].partition(" | ")[2]
        total, _, formula = line.partition(" = ")
        assert total == (f"{count:,}".replace(",", "\N{THIN SPACE}"))  # as panels group it
        if formula:
            assert eval(formula.replace("·", "*")) == count


@pytest.mark.parametrize(
    ("layer", "rule"),
    [
        (Dense(2, use_bias=False, input_shape=(3,)), "weights = inputs·units"),
        (SimpleRNN(2, input_shape=(3, 4)), "weights = (features + units + 1)·units"),
        (SimpleRNN(2, use_bias=False, input_shape=(3, 4)), "weights = (features + units)·units"),
        (Conv2D(2, 2, input_shape=(3, 3, 1)), "weights = (rows·columns·channels + 1)·filters"),
        (TimeDistributed(Dense(2), input_shape=(3, 4)), "weights = (inputs + 1)·units"),
    ],
)
def test_how_weights_are_counted_in_names(layer: Any, rule: str) -> None:
    assert told(Params(layers=(layer,)), 1)[0].partition(" | ")[2] == rule


def test_a_focus_may_be_another_layer() -> None:
    params = Params()
    assert told(params, 3, "layer 2") == told(params, 2)
    assert told(params, 1, "layer 3")[1:] == ["shape: (None, 32) → (None, 16) | 528 = (32 + 1)·16"]  # no numbers yet
    for gone in (
        "layer 4",
        "layer 0",
        "cell 3 16",
        "cell 3 -1",
        "cell 3 1 1",
        "cell 0 9",
        "axis 4 0",
        "axis 0 2",
        "unit 3",
    ):
        assert told(params, 3, gone) == told(params, 3)
    for gone in ("cell 0 9", "axis 4 0", "axis 0 2"):
        assert told(params, 3, gone) == told(params, 3)


def test_an_axis_is_told_with_all_its_places_and_the_layer_that_ends_it() -> None:
    params = Params()
    dense = [told(params, 3)[0], "shape: (None, 32) → (None, 16) | 528 = (32 + 1)·16"]
    assert told(params, 3, "axis 0 1") == [*dense, "axis: 4 → 4 → 32"]
    assert told(params, 0, "axis 2 1")[-1] == "axis: 4 → 4 × 8 → 32"
    assert told(params, 3, "axis 3 1") == [*dense, "axis: 16"]
    assert told(params, 3, "axis 0 0")[-1] == "axis: None → None → None → None"
    assert told(params, 3, "axis 0 0")[0] == told(params, 0)[0]


def test_a_cell_of_the_data_is_told() -> None:
    params = Params(layers=(Dense(2, input_shape=(3,)),), data=((5, -6, 7),))
    assert told(params, 1, "cell 0 1")[-1] == "cell: x[1] = −6"
    assert told(params, 1, "cell 0 1")[:2] == told(params, 0)
    open_one = Params(layers=(SimpleRNN(2, input_shape=(None, 3)),))
    assert told(open_one, 1, "cell 0 0 1") == told(open_one, 1)


def test_beyond_the_last_layer_it_is_still_told() -> None:
    params = Params()
    last = steps(params)[-1]
    later = shapes.step(last, params, None)  # type: ignore[arg-type]
    assert shapes.explain(last, later, params, None).sentence == "dense.all"


def test_every_source_is_there() -> None:
    for layer in (Dense(2, input_shape=(3,)), Flatten(input_shape=(2,)), Conv2D(1, 1, input_shape=(2, 2, 1))):
        params = Params(layers=(layer,))
        for before, after in ((None, steps(params)[0]), tuple(steps(params))):
            module, _, name = shapes.explain(before, after, params, None).source.partition(":")
            assert callable(getattr(import_module(module), name))


def test_axes_are_laid_out_channel_by_channel() -> None:
    layers = (Conv2D(3, 2, input_shape=(4, 5, 1)), Flatten())
    assert [axis.size for axis in stack_of(layers).shapes[1]] == [None, 3, 3, 4]
    assert told(Params(layers=layers), 2, "cell 2 29") == [
        "rule: place = (k·3 + r)·4 + c | weights = 0",
        "shape: (None, 3, 4, 3) → (None, 36) | 0",
        "cell: 29 = (2·3 + 1)·4 + 1",
    ]
