"""The formulas of a step: the numbers are those of the step, told of the point and the unit in focus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import dense
from core.dense import Params, State, explain
from core.dense.nets import NETS, named
from core.dense.settings import data_of
from core.nn.update_rules import FIRST_ORDER
from core.run.explanation import REST, Focus, Line
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams

FAR = int(np.hypot(*data_of(Params()).x.T).argmax())  # of all points from the origin


def run(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(dense, Recipe("dense", 1, 0, params), steps)]


def marked(line: Line, mark: str) -> list[float]:
    return [float(term.value) for term in line if term.mark == Focus.of(mark)]


def text(line: Line) -> str:
    return "".join(str(term.value) for term in line)


@pytest.mark.parametrize("hidden", [(), (6,)])
@pytest.mark.parametrize(("focus", "point", "unit"), [
    (None, FAR, 0), (Focus("point", (7,)), 7, 0), (Focus("unit", (2,)), FAR, 2), (Focus("output", (5, 1)), 5, 1),
    (Focus("output", (10**6, 99)), 199, 2), (Focus("b"), FAR, 0),
])  # fmt: skip
def test_z_is_the_sum_with_the_weights_after_the_step(hidden: Any, focus: Any, point: int, unit: int) -> None:
    params = Params(units=3, activation="softmax", hidden=hidden)
    before, after = run(params, 6)[-2:]
    told = explain(before, after, params, focus)
    assert [label for label, _ in told.rows] == list(NETS)
    for net, (_, cells) in zip(NETS, told.rows, strict=True):
        own = named(getattr(after, net).weights, net, params)
        h = data_of(params).x[point]
        if hidden:
            h = np.tanh(h @ own["hidden_1.W"] + own.get("hidden_1.b", 0.0))
        b = float(own["b"][unit]) if "b" in own else 0.0
        assert marked(cells[0], "output") == [pytest.approx(float(h @ own["W"][:, unit]) + b, rel=1e-12)]
        numbers = [float(term.value) for term in cells[0] if isinstance(term.value, float)]
        assert numbers[1:-1:2] == pytest.approx(h.tolist())
        assert numbers[2:-1:2] == own["W"][:, unit].tolist()
        assert numbers[-1] == b
        assert sum(isinstance(term.value, float) and term.mark == REST for term in cells[0]) == (4 if hidden else 0)


@pytest.mark.parametrize("layer", [1, 2])
def test_of_a_hidden_unit_its_own_sum_and_bias_are_told(layer: int) -> None:
    params = Params(hidden=(3, 4))
    before, after = run(params, 6)[-2:]
    told = explain(before, after, params, Focus("hidden", (layer, 2)))
    for net, (_, cells) in zip(NETS, told.rows, strict=True):
        own, h = named(getattr(after, net).weights, net, params), data_of(params).x[FAR]
        if layer == 2:
            h = np.tanh(h @ own["hidden_1.W"] + own.get("hidden_1.b", 0.0))
        z = float(h @ own[f"hidden_{layer}.W"][:, 2]) + float(own.get(f"hidden_{layer}.b", np.zeros(4))[2])
        assert marked(cells[0], "output") == [pytest.approx(z, rel=1e-12)]
    update = told.rows[0][1][-1]
    assert float(update[0].value) == named(after.with_bias.weights, "with_bias", params)[f"hidden_{layer}.b"][2]
    letters = {1: "x₁·w₁ + x₂·w₂", 2: "h₁·w₁ + h₂·w₂ + h₃·w₃"}
    assert letters[layer] in text(told.rule[0])


def test_of_a_batch_its_own_farthest_point_is_told() -> None:
    params = Params(batch_size=5)
    before, after = run(params, 3)[-2:]
    x = data_of(params).x
    told = max(after.batch.tolist(), key=lambda i: float(np.hypot(*x[i])))
    numbers = [term.value for term in explain(before, after, params, None).rows[0][1][0]]
    assert [numbers[2], numbers[6]] == x[told].tolist()


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_the_update_is_that_of_the_bias(name: Any) -> None:
    params = Params(optimizer=name, units=2, activation="softmax", hidden=(3,))
    before, after = run(params, 6)[-2:]
    told = explain(before, after, params, Focus("unit", (1,)))
    rule = [text(column) for column in told.rule]
    assert rule[0] == "z = h₁·w₁ + h₂·w₂ + h₃·w₃ + b"
    assert rule[-1].startswith("b ← b")
    assert not any("θ" in column or "∇" in column for column in rule)
    *_, last = told.rows[0][1]
    b = [float(named(state.with_bias.weights, "with_bias", params)["b"][1]) for state in (before, after)]
    assert marked(last, "point") == [b[1]]
    assert last[2].value == b[0]


def test_the_net_without_bias_tells_of_no_update() -> None:
    before, after = run(Params(), 6)[-2:]
    rows = dict(explain(before, after, Params(), None).rows)
    assert {net: len(cells) for net, cells in rows.items()} == {"with_bias": 2, "without_bias": 1}


def test_a_bias_that_is_held_is_told_to_stay() -> None:
    params = Params(train_bias=False)
    before, after = run(params, 2)[-2:]
    told = explain(before, after, params, None)
    assert text(told.rule[1]) == "b ← b"
    assert text(told.rows[0][1][1]) == "b = 0.0"
    assert told.sentence == "line.held"


def test_a_line_is_as_far_as_a_point_of_it_that_is_nearest() -> None:
    before, after = run(Params(), 30)[-2:]
    told = explain(before, after, Params(), None)
    assert told.sentence == "line"
    for key, state in (("was", before), ("now", after)):
        own = named(state.with_bias.weights, "with_bias", Params())
        (u,), (v,) = own["W"].tolist()
        turn = np.linspace(0, 2 * np.pi, 20_001)
        reach = u * np.cos(turn) + v * np.sin(turn)  # z along a ray rises by this
        away = -float(own["b"][0]) / reach[reach * -float(own["b"][0]) > 0]
        assert told.values[key] == pytest.approx(away.min(), rel=1e-6)


def test_a_net_out_of_bounds_has_no_row() -> None:
    params = Params(points=np.zeros((2, 1)), targets=np.array([1e6, 1e6]), activation="linear", learning_rate=100.0)
    before, after = run(params, 12)[-2:]
    told = explain(before, after, params, None)
    assert [label for label, _ in told.rows] == ["without_bias"]
    assert told.sentence == "diverged.with_bias"


def test_weights_too_small_to_be_squared_are_told_of_too() -> None:
    start = dense.start(Params(), Streams.start(0)).with_array("W", np.full((2, 1), 1e-200), Params())
    told = explain(start, dense.step(start, Params(), Streams.step(0, 1)), Params(), None)
    assert told.sentence == "line"
