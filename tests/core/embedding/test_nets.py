"""The chain of layers, its shapes, and why there is none without a fixed length; each control changes one size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.embedding import Params
from core.embedding.nets import chain, net_of, nets_of
from core.nn.layers import Stack, written
from core.run.refusal import Refusal


def sizes(params: Params) -> dict[str, Any]:
    stack = net_of(params, "embedding").stack
    table, w = (stack.places[name][1] for name in ("layer_1.E", "layer_3.W"))
    return {"rows": table[0], "columns": table[1], "looked up": written(stack.shapes[1])[1:], "W": w[0]}


def test_four_rows_of_eight_become_thirty_two() -> None:
    made = chain(Params())
    assert isinstance(made, Stack)
    assert [written(shape) for shape in made.shapes] == [(None, 4), (None, 4, 8), (None, 32), (None, 1)]
    assert [count.total for count in made.counts] == [328, 0, 33]


def test_without_a_fixed_length_dense_cannot_be_built_behind_flatten() -> None:
    why = chain(Params(), is_fixed=False)
    assert isinstance(why, Refusal)
    assert {"layer": "Dense", "after": "Flatten", "place": 3}.items() <= why.values.items()
    assert why.values["given"] == "(None, None)"


@pytest.mark.parametrize(
    ("change", "sizes_then"),
    [
        ({"input_dim": 50}, {"rows": 50, "columns": 8, "looked up": (4, 8), "W": 32}),
        ({"output_dim": 3}, {"rows": 41, "columns": 3, "looked up": (4, 3), "W": 12}),
        ({"input_length": 7}, {"rows": 41, "columns": 8, "looked up": (7, 8), "W": 56}),
    ],
)  # fmt: skip
def test_each_control_changes_its_own_sizes(change: dict[str, Any], sizes_then: dict[str, Any]) -> None:
    assert sizes(Params()) == {"rows": 41, "columns": 8, "looked up": (4, 8), "W": 32}
    assert sizes(replace(Params(), **change)) == sizes_then


def test_the_twin_has_a_weight_for_each_number_at_each_place() -> None:
    params = Params(twin=True)
    assert nets_of(params) == ("embedding", "one_hot")
    assert net_of(params, "one_hot").stack.places["layer_1.W"][1] == (4 * 41, 1)
    assert nets_of(Params()) == ("embedding",)
