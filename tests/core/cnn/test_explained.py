"""What is said of a whole step, and what can be asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import cnn
from core.cnn import Params, State
from core.cnn.algorithm import outputs_of
from core.cnn.explained import Chosen
from core.data.digits import digits
from core.run.explanation import Focus
from core.run.streams import Streams


def two(params: Params, steps: int = 4) -> tuple[State, State]:
    before = after = cnn.start(params, Streams.start(2))
    for t in range(1, steps + 1):
        before, after = after, cnn.step(after, params, Streams.step(2, t))
    return before, after


def test_the_digit_shown_is_told_before_and_after() -> None:
    params = Params(shown=360, push=(0, 1))
    before, after = two(params)
    told = cnn.explain(before, after, params, None)
    was, now = (outputs_of(state.weights, params)[-1][6] for state in (before, after))
    assert (told.sentence, told.values["digit"]) == ("step", "6")
    assert (told.values["was"], told.values["now"]) == (was, now)
    for (label, (p, loss)), value in zip(told.rows, (was, now), strict=True):
        assert label in ("before", "after")
        assert p[1].value == value
        assert loss[-1].value == pytest.approx(-np.log(value))
    assert told.values["right"] == str(round(after.accuracy * 64))
    assert told.values["loss"] == after.loss


def test_a_drawn_picture_is_told_as_what_it_is_read_as() -> None:
    params = Params(picture=np.eye(8))
    before, after = two(params)
    told = cnn.explain(before, after, params, None)
    p = outputs_of(after.weights, params)[-1]
    assert (told.sentence, told.values["digit"]) == ("step.drawn", str(p.argmax()))
    assert told.values["now"] == p.max()


def test_at_the_start_and_after_divergence_no_step_is_told() -> None:
    params = Params()
    before, after = two(params)
    assert cnn.explain(None, before, params, None).sentence == "rule"
    gone = State(5, after.batch, after.weights, after.memory, status="diverged")
    for beat in ("", *cnn.beats(params)):
        assert cnn.explain(after, gone, params, None, beat).sentence == "diverged"


@pytest.mark.parametrize(
    ("focus", "chosen"),
    [
        (None, None), (Focus("layer", (3,)), Chosen(3, None)), (Focus("layer", (8,)), None),
        (Focus("cell", (1, 7, 7, 7)), Chosen(1, (7, 7, 7))), (Focus("cell", (1, 8, 0, 0)), None),
        (Focus("cell", (1, 0, 0)), None), (Focus("cell", (6, 63)), Chosen(6, (63,))), (Focus("cell", (6, -1)), None),
        (Focus("layer", (0,)), None), (Focus("point", (1,)), None), (Focus("cell", (0, 0, 1, 1)), None),
        (Focus("cell"), None),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_chosen(focus: Any, chosen: Any) -> None:
    assert Chosen.of(focus, Params()) == chosen
    state = cnn.start(Params(), Streams.start(0))
    assert cnn.explain(None, state, Params(), focus).sentence == ("rule" if chosen is None else _KINDS[chosen.k])


_KINDS = {1: "window", 3: "windows", 6: "unit"}


def test_of_a_layer_the_largest_cell_is_told() -> None:
    params = Params(shown=int(digits().test[3]))
    state = cnn.start(params, Streams.start(0))
    told = cnn.explain(None, state, params, Focus("layer", (3,)))
    y = outputs_of(state.weights, params)[3]
    assert told.values["y"] == y.max()
    place = [int(str(told.values[name])) for name in ("map", "row", "column")]
    assert y[tuple(place)] == y.max()
    assert told.source == "core.nn.layers.convolution:Conv2D"
