"""Layers that scenes speak of, as far as the data has come."""

from __future__ import annotations

import pytest

from core import shapes
from core.nn.layers import Conv2D, Dense, Embedding, Flatten
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.topics.shapes.conditions import has_weights, told_nothing

NET = (Conv2D(2, 3, input_shape=(5, 5, 1)), Flatten(), Dense(3))
TABLE = (Embedding(9, 2, input_length=3), Flatten(), Dense(3, input_shape=(6,)))


@pytest.mark.parametrize(
    ("condition", "layers", "expected"),
    [
        (has_weights, NET, [1, 3]), (has_weights, TABLE, [1, 3]), (told_nothing, NET, [2, 3]),
        (told_nothing, TABLE, [2]),
    ],
)  # fmt: skip
def test_which_layers_meet_a_condition(condition: object, layers: object, expected: list[int]) -> None:
    run = Timeline(shapes, Recipe("shapes", 1, 0, Params(layers=layers)))  # type: ignore[arg-type]
    run.record(3)
    for t in range(4):
        found = condition(run, t)  # type: ignore[operator]
        assert list(found.all_steps) == [k for k in expected if k <= t]
        assert found.things == {Focus("layer", (k,)) for k in expected if k <= t}
