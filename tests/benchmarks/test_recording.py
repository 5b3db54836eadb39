"""What recording adds to the bare step with its series, and what a frame costs anywhere in a long record."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import Any

import pytest

from core import optimizers
from core.run.recipe import Recipe
from core.run.streams import Streams
from core.run.timeline import Timeline

STEPS, ROUNDS = 1000, 15
PARAMS = optimizers.Params()


def test_recording_beside_the_bare_step(bench: Any) -> None:
    """Thousands of steps with the collector of garbage on, since a growing record is what it walks through."""
    timeline: Timeline[Any, Any] = Timeline(optimizers, Recipe("optimizers", optimizers.VERSION, 0, PARAMS))
    state = optimizers.start(PARAMS, Streams.start(0))

    def record() -> None:
        for _ in range(STEPS):
            timeline.extend()

    def step() -> None:
        nonlocal state
        for _ in range(STEPS):
            state = optimizers.step(state, PARAMS, Streams.step(0, state.t + 1))
            optimizers.series(state, PARAMS)

    recorded, bare = bench.in_turn(ROUNDS, 1, record, step, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(recorded, bare, strict=True))
    own, other = (1e6 * median(map(median, times)) / STEPS for times in (recorded, bare))
    bench.judge(("recording / bare step with its series", ratio, 1.15, f"{own:.0f} µs, {other:.0f} µs"))


@pytest.mark.slow
def test_any_frame_of_a_long_record(bench: Any, long_run: Any) -> None:
    """The state anywhere in 200,000 steps, in steps that are as long to make: 300 are about 50 ms."""
    places = iter([(7919 * i) % long_run.recorded for i in range(1, 1000)])
    state = optimizers.start(PARAMS, Streams.start(0))

    def frame() -> None:
        long_run.frame(next(places))

    def step() -> None:
        optimizers.series(optimizers.step(state, PARAMS, Streams.step(0, 1)), PARAMS)

    frames, steps = bench.in_turn(20, 5, frame, step, clock=process_time)
    worst = max(map(max, frames))
    ratio = worst / median(map(median, steps))
    bench.judge(("slowest state of 200,000 steps / bare step", ratio, 300.0, f"{1e3 * worst:.1f} ms"))
