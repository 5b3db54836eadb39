"""What is marked of the race is so in its numbers, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.topics.optimizers import conditions

Record = Callable[..., Timeline[Any, Any]]


@pytest.fixture
def run(record: Record) -> Timeline[Any, Any]:
    return record(40, function="ravine", start=(-4.0, 1.0))


def told(run: Timeline[Any, Any], name: str, holds: Callable[[float, float], bool], t: int) -> list[int]:
    rows = [run.series.row(step)[name] for step in range(t + 1)]
    return [step for step in range(1, t + 1) if holds(rows[step - 1], rows[step])]


@pytest.mark.parametrize("t", [0, 1, 17, 40])
def test_steps_are_those_in_which_the_numbers_say_so(run: Timeline[Any, Any], t: int) -> None:
    rose = conditions.loss_rose(run, t, "momentum", "adam")
    for method in ("momentum", "adam"):
        expected = told(run, f"{method}.loss", lambda before, after: after > before, t)
        assert rose.steps_of(f"{method}.loss").tolist() == expected
    crossed = told(run, "momentum.y", lambda before, after: before * after < 0, t)
    assert conditions.crossed(run, t, "momentum").steps_of("momentum").tolist() == crossed
    grew = conditions.effective_step_grew(run, t, "rmsprop")
    expected = told(run, "rmsprop.rate_y", lambda before, after: after > before, t)
    assert grew.steps_of("rmsprop.rate_y").tolist() == expected
    assert len(grew.steps_of("rmsprop.rate_x")) == 0  # the claim is of y


def test_the_farthest_step_lies_beyond_the_floor(run: Timeline[Any, Any]) -> None:
    (step,) = conditions.farthest_beyond(run, 20, "momentum").steps_of("momentum").tolist()
    ys = [run.series.row(t)["momentum.y"] for t in range(21)]
    beyond = [abs(y) for y in ys if y < 0]
    assert abs(ys[step]) == max(beyond)
    assert not conditions.farthest_beyond(run, 1, "momentum")  # it has not crossed yet


def test_the_first_step_is_the_first(run: Timeline[Any, Any]) -> None:
    assert conditions.first_step(run, 9, "adam").all_steps == (1,)
    assert not conditions.first_step(run, 0, "adam")


def test_who_is_at_rest_has_no_slope(run: Timeline[Any, Any]) -> None:
    assert conditions.at_rest(run, 1, "sgd", "newton").things == {Focus("newton")}
    assert not conditions.at_rest(run, 0, "sgd", "newton")


def test_away_from_the_ridge_is_beyond_one(record: Record) -> None:
    run = record(60, function="saddle", start=(1.5, 0.001))
    steps = conditions.away_from_the_ridge(run, 60, "adam").steps_of("adam")
    ys = np.array([run.series.row(t)["adam.y"] for t in range(61)])
    assert set(steps.tolist()) == set(np.flatnonzero(np.abs(ys) > 1).tolist()) != set()
