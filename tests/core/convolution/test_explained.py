"""A step in numbers: of many products those that weigh, and no bias where there is none."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import convolution as core
from core.convolution import Params
from core.convolution.explained import explain
from core.run.explanation import REST
from core.run.streams import Streams


def lines_of(params: Params) -> list[Any]:
    before = core.start(params, Streams(0))
    return [
        line for _, cells in explain(before, core.step(before, params, Streams(0)), params, None).rows for line in cells
    ]


def test_of_many_products_those_without_a_weight_are_part_of_the_rest() -> None:
    kernel = np.zeros((3, 3, 3))
    kernel[2, 1, 1], kernel[0] = 1.0, 1.0
    first, _, last, _ = lines_of(Params(image="colour", kernel=kernel))
    shown = [str(term.value) for term in last if term.mark != REST]
    assert len(shown) == 2  # one product, and what it comes to
    assert shown[0].endswith("×1")
    assert shown[0].removesuffix("×1") == shown[1].removeprefix(" → ")
    whole = [term.value for term in last if "×" in str(term.value)]
    assert len(whole) == 9  # the tooltip has all
    assert sum(term.mark != REST and "×" in str(term.value) for term in first) == 4


def test_a_bias_is_told_where_there_is_one() -> None:
    for bias, is_told in ((0.0, False), (-1.5, True)):
        said = str(lines_of(Params(bias=bias))[-1][0].value)
        assert ("bias (−1.5)" in said) == is_told
        assert said.endswith(" = ")
