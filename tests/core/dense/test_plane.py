"""The line of a unit, the field of a net, and the two gates: against points that are put in one by one."""

from __future__ import annotations

import math
from itertools import product
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dense import Params, start, step
from core.dense.nets import net_of
from core.dense.plane import GATES, Line, field, middle, passes, scores_at, weight_through
from core.nn.activations import sigmoid
from core.run.streams import Streams

NUMBER = st.floats(-100, 100).filter(lambda x: x == 0 or abs(x) > 1e-3)


@given(NUMBER, NUMBER, NUMBER)
def test_the_foot_lies_on_the_line_along_w(u: float, v: float, b: float) -> None:
    line = Line((u, v), b)
    if not (u or v):
        assert math.isnan(line.distance)
        assert line.within((-1, -1), (1, 1)) is None
        return
    x, y = line.foot
    assert u * x + v * y + b == pytest.approx(0, abs=1e-9)
    assert math.hypot(x, y) == pytest.approx(abs(line.distance), abs=1e-9)
    assert u * y - v * x == pytest.approx(0, abs=1e-6)


@given(NUMBER, NUMBER, NUMBER)
def test_the_piece_in_a_rectangle_ends_at_its_sides(u: float, v: float, b: float) -> None:
    low, high = (-1.0, -2.0), (3.0, 5.0)
    ends = Line((u, v), b).within(low, high)
    corners = [u * x + v * y + b for x, y in product(*zip(low, high, strict=True))]
    if min(corners) < -1e-6 and max(corners) > 1e-6:  # the line goes between corners
        assert ends is not None
    if ends is None:
        return
    for x, y in np.asarray(ends).tolist():
        assert u * x + v * y + b == pytest.approx(0, abs=1e-6 * math.hypot(u, v) + 1e-9)
        assert min(abs(x - low[0]), abs(x - high[0]), abs(y - low[1]), abs(y - high[1])) < 1e-6
        assert low[0] - 1e-6 <= x <= high[0] + 1e-6


@given(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)
def test_a_line_is_turned_or_shifted_through_a_place(u: float, v: float, b: float, x: float, y: float) -> None:
    line = Line((u, v), b)
    moved = Line((u, v), line.shifted(x, y))
    assert u * x + v * y + moved.b == pytest.approx(0, abs=1e-9)
    turned = Line(line.turned(x, y), b)
    assert math.hypot(*turned.w) == pytest.approx(math.hypot(u, v))
    if (u or v) and math.hypot(x, y) >= abs(line.distance) * (1 + 1e-9) and (x or y):
        assert turned.w[0] * x + turned.w[1] * y + b == pytest.approx(0, abs=1e-5 * max(1, abs(b)))


def test_it_turns_to_the_nearer_of_both_sides_and_no_farther_than_it_can() -> None:
    assert Line((1.0, 0.0), -1.0).turned(1.0, 0.5) == pytest.approx((1.0, 0.0))
    assert Line((1.0, 0.0), -2.0).turned(0.0, 1.0) == pytest.approx((0.0, 1.0))
    assert Line((1.0, 0.0), 0.0).turned(0.0, 0.0) == (1.0, 0.0)


@given(NUMBER, NUMBER)
def test_without_a_bias_the_line_passes_through_the_origin_and_the_middle_is_there(u: float, v: float) -> None:
    if u or v:
        assert Line((u, v), 0.0).distance == 0
    if u:
        assert middle(u, 0.0) == 0


def test_in_the_middle_the_sigmoid_is_a_half() -> None:
    assert middle(6.0, -9.0) == 1.5
    assert float(sigmoid(np.array(3.0 * middle(3.0, -9.0) - 9.0))) == 0.5
    assert math.isnan(middle(0.0, 1.0))


@given(st.floats(0.1, 20), st.floats(0.01, 0.99), NUMBER)
def test_a_weight_leads_the_curve_through_a_place(x: float, p: float, b: float) -> None:
    assert float(sigmoid(np.array(weight_through(x, p, b) * x + b))) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize("hidden", [(), (4,), (8, 8)])
@pytest.mark.parametrize("units", [1, 3])
def test_the_field_is_the_net_point_by_point(hidden: Any, units: int) -> None:
    params = Params(hidden=hidden, units=units, activation="softmax" if units > 1 else "sigmoid")
    net, weights = net_of(params, "with_bias"), start(params, Streams.start(1)).with_bias.weights
    xs, ys = np.linspace(-2, 3, 61), np.linspace(0, 4, 47)  # more than one block
    seen = field(net, weights, xs, ys)
    assert seen.shape == (47, 61, units)
    for row, column in ((0, 0), (46, 60), (10, 44), (33, 2)):
        point = np.array([[xs[column], ys[row]]])
        np.testing.assert_allclose(seen[row, column], scores_at(net, weights, point)[0], rtol=1e-12)
        made = net.stack.forward(weights, point).outputs[-1][0]
        share = np.exp(seen[row, column]) / np.exp(seen[row, column]).sum() if units > 1 else sigmoid(seen[row, column])
        np.testing.assert_allclose(made, share, rtol=1e-12)


def test_d3_no_weight_alone_leads_through_both_gates() -> None:
    assert not any(passes(w, 0.0) for w in np.linspace(-50, 50, 100_001).tolist())
    assert passes(3.0, -9.0)
    assert [round(gate.value(3.0, -9.0), 4) for gate in GATES] == [0.0474, 0.9526]
    smallest = next(w for w in np.linspace(2, 4, 2001).tolist() if passes(w, -3 * w))
    assert smallest == pytest.approx(2.945, abs=1e-3)
    assert not passes(6.0, -9.0)  # steeper, but the middle has gone to 1.5


def test_a_step_and_a_field_of_100_by_100_take_little_time() -> None:
    """200 points, 2-8-8-1: about 0.2 ms and 0.5 ms; the bounds only find what has grown many times."""
    params = Params(hidden=(8, 8))
    net, state = net_of(params, "with_bias"), start(params, Streams.start(0))
    xs, times = np.linspace(-1, 6, 100), []
    for t in range(1, 41):
        begin = perf_counter()
        state = step(state, params, Streams.step(0, t))
        between = perf_counter()
        field(net, state.with_bias.weights, xs, xs)
        times.append((between - begin, perf_counter() - between))
    steps, fields = zip(*times, strict=True)
    assert min(steps) < 0.002
    assert min(fields) < 0.005
