"""The beats of a step: composed they are the step, to the byte; fewer of them move nothing."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import pytest

from core.nn.update_rules import FIRST_ORDER
from core.ratings import Params, State, beats, composed, implied, start, step
from core.ratings.beats import parts
from core.run.streams import Streams

FACTORS: list[dict[str, Any]] = [
    {"method": method, "train": train, "regularization": penalty, "learning_rate": rate, "held_out": 0.2}
    for method, train, penalty, rate in product(
        ("sgd", "als", "dense"), ("both", "users", "items"), (0.0, 0.3), (0.05, 50.0)
    )
]
NETS: list[dict[str, Any]] = [
    {"model": "candidates", "optimizer": optimizer, "output_bias": bias, "hidden": hidden}
    for optimizer, (bias, hidden) in product(FIRST_ORDER, ((True, (4,)), (False, (3, 2))))
]


def run(params: Params, steps: int) -> list[State]:
    states = [start(params, Streams.start(3))]
    for t in range(1, steps + 1):
        states.append(step(states[-1], params, Streams.step(3, t)))
    return states


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
@pytest.mark.parametrize("given", [*FACTORS, *NETS])
def test_composed_they_give_the_next_state_to_the_byte(given: Any) -> None:
    params = implied(Params(**given), frozenset(given))
    for before, after in pairwise(run(params, 8)):
        rng = Streams.step(3, after.t)
        assert composed(before, params, rng, beats(params)) == after
        for count in range(len(beats(params))):
            assert composed(before, params, rng, beats(params)[:count]) is before


@pytest.mark.parametrize("given", [{"method": "sgd"}, {"method": "als"}, {"method": "dense"}, {"model": "candidates"}])
def test_the_parts_of_a_step_are_known_from_its_two_states(given: Any) -> None:
    params = implied(Params(**given), frozenset(given))
    for before, after in pairwise(run(params, 4)):
        made = parts(before, after, params)
        assert made is not None
        if given == {"model": "candidates"}:
            assert (made.made.weights == after.learned.weights).all()  # type: ignore[union-attr]


def test_no_parts_of_a_step_that_diverged() -> None:
    params = Params(learning_rate=100.0)
    states = run(params, 10)
    assert states[-1].diverged
    assert parts(states[-2], states[-1], params) is None
