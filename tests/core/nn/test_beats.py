"""What `train` hands on of a step is what its beats show, and the update by it gives the same weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.beats import BEATS, beats, updated
from core.nn.layers import Dense, stack_of
from core.nn.training import Net, clipped, train
from core.nn.update_rules import FIRST_ORDER, first_order, needed

NET = Net(stack_of([Dense(3, activation="tanh", input_shape=(2,)), Dense(1, activation="sigmoid")]), "cross-entropy")
RNG = np.random.default_rng(1)
X, T = RNG.normal(size=(10, 2)), RNG.integers(0, 2, 10)
START = NET.stack.start(RNG)
HELD = np.arange(START.size) % 3 > 0


def test_their_names() -> None:
    assert beats(None) == BEATS == ("forward", "error", "backward", "update")


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize(("moves", "clip"), [(None, 0.0), (HELD, 0.0), (HELD, 0.01)])
def test_the_update_by_the_gradient_shown_is_the_step(optimizer: Any, moves: Any, clip: float) -> None:
    rule = first_order(optimizer, 0.1)
    weights, memory = START, rule.start(START)
    for _ in range(4):
        made = train(NET, rule, weights, memory, X, T, clip=clip, moves=moves)
        again, remembered = updated(rule, weights, memory, made.gradient, moves)
        assert again.tobytes() == made.weights.tobytes()
        assert needed(remembered) == needed(made.memory)
        weights, memory = made.weights, needed(made.memory)


def test_the_gradient_shown_is_of_the_point_where_the_rule_looked() -> None:
    rule = first_order("nesterov", 0.1)
    first = train(NET, rule, START, rule.start(START), X, T)
    assert first.gradient.tobytes() == first.seen.gradient.tobytes()  # nothing to look ahead by yet
    memory: Any = needed(first.memory)
    second = train(NET, rule, first.weights, memory, X, T)
    ahead = NET.look(first.weights + 0.9 * memory.velocity, X, T).gradient
    np.testing.assert_allclose(second.gradient, ahead, rtol=1e-12)
    assert (second.gradient != second.seen.gradient).any()


def test_the_gradient_shown_is_held_and_clipped() -> None:
    rule = first_order("sgd", 0.1)
    made = train(NET, rule, START, rule.start(START), X, T, clip=0.01, moves=HELD)
    np.testing.assert_array_equal(made.gradient, clipped(np.where(HELD, made.seen.gradient, 0.0), 0.01))
    assert np.linalg.norm(made.gradient) == pytest.approx(0.01)
