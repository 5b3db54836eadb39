from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from core.nn import update_rules
from core.nn.update_rules import FIRST_ORDER, SGD, AdaGrad, Adam, Momentum, Nesterov, Newton, RMSProp

Floats = NDArray[np.float64]
JUDGE = json.loads(Path(__file__).with_name("torch_trajectories.json").read_text())
CASES = [(function, rule) for function, rules in JUDGE["trajectories"].items() for rule in rules]
RULES = [SGD(0.1), Momentum(0.1, 0.5), Nesterov(0.1, 0.5), AdaGrad(0.1, 1e-3), RMSProp(0.1, 0.5, 1e-3), Adam(0.1)]


def waves(p: Floats) -> Floats:
    x, y = p[0]
    by_x = 1.2 * x + 0.5 * y + 0.6 * math.cos(3 * x) * math.cos(y)
    return np.array([[by_x, 0.5 * x + 3.4 * y - 0.2 * math.sin(3 * x) * math.sin(y)]])


def tilted(p: Floats) -> Floats:
    weights = np.array([[1.0, 3.0], [0.2, 5.0], [2.0, 0.5]])
    return np.asarray(weights * np.tanh(p - 0.3) + 0.2 * p.sum())


GRADIENTS: dict[str, Callable[[Floats], Floats]] = {"waves": waves, "tilted": tilted}


def run(rule: Any, x: Floats, gradient: Callable[[Floats], Floats], steps: int) -> tuple[list[Floats], Any]:
    memory, points = rule.start(x), []
    for _ in range(steps):
        x, memory = rule.step(x, memory, gradient)
        points.append(x)
    return points, memory


@pytest.mark.parametrize(("function", "name"), CASES)
def test_torch_goes_the_same_way(function: str, name: str) -> None:
    expected = JUDGE["trajectories"][function][name]
    rule = getattr(update_rules, name)(**expected["settings"])
    start = np.array(JUDGE["starts"][function])
    points, memory = run(rule, start, GRADIENTS[function], len(expected["points"]))
    np.testing.assert_allclose(points, expected["points"], rtol=1e-9, atol=1e-12)
    for what, value in expected["memory"].items():
        np.testing.assert_allclose(getattr(memory, what), value, rtol=1e-9, atol=1e-12)


def steps_of(rule: Any, gradients: list[float]) -> tuple[list[float], Any]:
    """Return the points from 1 on that a rule visits when it is given these gradients, wherever it asks."""
    given = iter(gradients)
    points, memory = run(rule, np.array([1.0]), lambda x: np.array([next(given)]), len(gradients))
    return [float(point[0]) for point in points], memory


def test_sgd_by_hand() -> None:
    assert steps_of(SGD(0.5), [2.0, -1.0])[0] == [0.0, 0.5]


def test_momentum_by_hand() -> None:
    points, memory = steps_of(Momentum(0.5, 0.5), [2.0, -1.0])  # v = −1, then 0.5·(−1) + 0.5 = 0
    assert points == [0.0, 0.0]
    assert memory.velocity.tolist() == [0.0]
    assert memory.gradient.tolist() == [-1.0]


def test_nesterov_asks_ahead() -> None:
    asked = []

    def gradient(x: Floats) -> Floats:
        asked.append(float(x[0]))
        return 2 * x

    points, memory = run(Nesterov(0.25, 0.5), np.array([1.0]), gradient, 2)
    # v = −0.5, x = 0.5; ahead = 0.5 − 0.25 = 0.25, v = −0.25 − 0.125, x = 0.125
    assert asked == [1.0, 0.25]
    assert [float(p[0]) for p in points] == [0.5, 0.125]
    assert (memory.ahead.tolist(), memory.velocity.tolist(), memory.gradient.tolist()) == ([0.25], [-0.375], [0.5])


def test_adagrad_by_hand() -> None:
    points, memory = steps_of(AdaGrad(1.0, 1.0), [3.0, 4.0])  # 1 − 3/(3 + 1) = 0.25; − 4/(5 + 1)
    assert points == pytest.approx([0.25, 0.25 - 4 / 6])
    assert memory.sum.tolist() == [25.0]


def test_rmsprop_by_hand() -> None:
    points, memory = steps_of(RMSProp(1.0, 0.75, 1.0), [4.0, 0.0])  # s = 4: 1 − 4/(2 + 1); then s = 3, no step
    assert points == pytest.approx([1 - 4 / 3, 1 - 4 / 3])
    assert memory.average.tolist() == [3.0]


def test_adam_by_hand() -> None:
    points, memory = steps_of(Adam(0.1, 0.5, 0.75, 1.0), [2.0, 0.0])
    # t=1: m̂ = 2, v̂ = 4: − 0.1·2/(2 + 1);  t=2: m = 0.5, m̂ = 2/3, v = 0.75, v̂ = 12/7
    assert points == pytest.approx([1 - 0.2 / 3, 1 - 0.2 / 3 - 0.1 * (2 / 3) / (math.sqrt(12 / 7) + 1)])
    assert (memory.t, memory.m.tolist(), memory.v.tolist()) == (2, [0.5], [0.75])
    assert (memory.m_hat[0], memory.v_hat[0]) == (pytest.approx(2 / 3), pytest.approx(12 / 7))


def test_newton_jumps_to_the_bottom_of_a_parabola() -> None:
    matrix, bottom = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([0.5, -4.0])
    rule, x = Newton(), np.array([7.0, 3.0])
    x, memory = rule.step(x, rule.start(x), lambda p: matrix @ (p - bottom), lambda p: matrix)
    assert x == pytest.approx(bottom, abs=1e-12)
    assert not memory.singular
    np.testing.assert_array_equal(memory.hessian, matrix)


def test_damping_shortens_newtons_jump() -> None:
    rule, x = Newton(0.5, damping=2.0), np.array([3.0])
    x, memory = rule.step(x, rule.start(x), lambda p: 2 * p, lambda p: np.array([[2.0]]))
    assert x.tolist() == [3 - 0.5 * 6 / 4]
    assert memory.hessian.tolist() == [[2.0]]  # what is shown is undamped


def test_newton_stays_where_the_matrix_is_singular() -> None:
    rule, x = Newton(), np.array([3.0, 1.0])
    singular = np.array([[1.0, 2.0], [2.0, 4.0]])
    after, memory = rule.step(x, rule.start(x), lambda p: p, lambda p: singular)
    assert after.tolist() == x.tolist()
    assert memory.singular


ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=3), elements=st.floats(-100, 100))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
@given(x=ARRAYS)
def test_a_step_keeps_the_shape_and_leaves_its_arguments_alone(rule: Any, x: Floats) -> None:
    x.setflags(write=False)
    memory = rule.start(x)
    held = [getattr(memory, f.name) for f in fields(memory)]
    copies = [np.array(value) for value in held]
    after, new = rule.step(x, memory, lambda p: 2 * p)
    assert after.shape == x.shape
    assert all(getattr(new, f.name).shape == x.shape for f in fields(new) if f.name != "t")
    for value, copy in zip(held, copies, strict=True):
        np.testing.assert_array_equal(value, copy)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
@given(x=ARRAYS)
def test_where_it_is_level_nothing_moves(rule: Any, x: Floats) -> None:
    after, _ = rule.step(x, rule.start(x), np.zeros_like)
    np.testing.assert_array_equal(after, x)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
@given(x=hnp.arrays(np.float64, 4, elements=st.floats(-10, 10)))
def test_every_axis_goes_its_own_way(rule: Any, x: Floats) -> None:
    weights = np.array([1.0, 5.0, 0.1, 2.0])
    together, _ = run(rule, x, lambda p: weights * p, 5)
    alone = [run(rule, x[i : i + 1], partial(np.multiply, weights[i]), 5)[0][-1][0] for i in range(4)]
    np.testing.assert_array_equal(together[-1], alone)


@given(st.floats(1e-4, 1e4), st.booleans())
def test_adams_first_step_is_the_learning_rate(size: float, negative: bool) -> None:
    gradient = -size if negative else size
    points, _ = steps_of(Adam(0.1), [gradient])
    assert 1 - points[0] == pytest.approx(math.copysign(0.1, gradient), rel=0.01)


def test_every_first_order_rule_is_in_the_list() -> None:
    assert {rule.__name__ for rule in FIRST_ORDER.values()} == set(JUDGE["trajectories"]["waves"])
