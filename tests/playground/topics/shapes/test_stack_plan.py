"""Nothing overlaps, nothing leaves the board, and the step's layer is always in view."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn.layers import (
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
    stack_of,
    text_of,
    written,
)
from playground.topics.shapes.stack_plan import FOOT, HEAD, JOINT, MOST, SLICE, Drawn, Plan, left_out
from widgets.base.labels import text_width

pytestmark = pytest.mark.usefixtures("qapp")

WORDS = (Embedding(41, 8, input_length=4), Flatten(), Dense(16))
PICTURE = (
    Conv2D(64, 3, input_shape=(224, 224, 3)), MaxPooling2D(2), Conv2D(128, 3), MaxPooling2D(2), Flatten(), Dense(9),
)  # fmt: skip
LONG = (Dense(3, input_shape=(20, 20)), *(Dense(k) for k in range(1, 30)))
OPEN = (SimpleRNN(40, return_sequences=True, input_shape=(None, 8)), Dense(3))


@given(
    layers=st.sampled_from([WORDS, PICTURE, LONG, OPEN]), t=st.integers(0, 40),
    width=st.floats(420, 1200), height=st.floats(240, 900),
)  # fmt: skip
def test_all_stands_below_each_other(layers: Any, t: int, width: float, height: float) -> None:
    made = stack_of(layers)
    plan = Plan(made, t, width, height)
    assert [place.k for place in plan.places] == list(range(plan.first, plan.last + 1))
    assert plan.first <= min(t, len(layers)) <= plan.last
    assert list(plan.joints) == list(range(plan.first + 1, plan.last + 1))
    for place, below in pairwise(plan.places):
        joint = plan.joints[below.k]
        assert place.bottom + FOOT - 1 <= joint
        assert joint + JOINT + HEAD - 1 <= below.top - (below.drawn.slices - 1) * SLICE
    for place in plan.places:
        assert place.top - (place.drawn.slices - 1) * SLICE >= HEAD - 1
        assert place.left > 0
        assert place.right <= width or place.cell[0] == 3
    if len(plan.places) > 1:
        assert plan.places[-1].bottom <= height


@pytest.mark.parametrize("width", [386.0, 500.0, 620.0])
def test_a_deep_axis_has_room_for_its_handle_and_its_size(width: float) -> None:
    layers = (Conv2D(64, 3, strides=3, input_shape=(3, 32, 32)), Flatten())
    for place in Plan(stack_of(layers), 1, width, 360).places:
        assert place.drawn.slices == 1 or place.end - place.right >= 66


def test_shapes_do_not_reach_into_their_tensors() -> None:
    made = stack_of((TimeDistributed(Conv2D(64, 3), input_shape=(10, 128, 128, 3)),), 32)
    for place, shape in zip(Plan(made, 1, 386, 360).places, made.shapes, strict=True):
        assert text_width(text_of(written(shape)), "strong") + 36 <= place.left


def test_layers_left_out_below_are_told_under_the_last_tensor() -> None:
    plan = Plan(stack_of(LONG), 1, 500, 371)
    assert plan.last < len(LONG)
    assert plan.places[-1].bottom + FOOT <= 371 - 12


def test_the_step_s_layer_is_in_view() -> None:
    for t in range(1, 31):
        plan = Plan(stack_of(LONG), t, 600, 400)
        assert t in plan.joints
        assert len(plan.places) < 31


@pytest.mark.parametrize(
    ("sizes", "drawn", "rest"),
    [
        ((), Drawn(1, 1), (0, 0)),
        ((4,), Drawn(1, 4), (0, 0)),
        ((64,), Drawn(1, 32), (0, 32)),
        ((0,), Drawn(1, 1), (0, -1)),
        ((4, 8), Drawn(4, 8), (0, 0)),
        ((40, 20), Drawn(MOST, MOST), (24, 4)),
        ((28, 9, 3), Drawn(MOST, 9, 3, True), (12, 0)),
        ((5, 28, 28, 64), Drawn(MOST, MOST, 4, True), (12, 12)),
    ],
)
def test_how_much_is_drawn_of_a_tensor(sizes: tuple[int, ...], drawn: Drawn, rest: tuple[int, int]) -> None:
    assert Drawn.of(sizes) == drawn
    assert left_out(sizes, drawn) == rest
