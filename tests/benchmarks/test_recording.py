"""What recording adds to the bare step with its series, and what a frame costs anywhere in a long record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import Any

import pytest

from core import cnn, optimizers, rnn
from core.nn.layers import Conv2D, Dense, Flatten, MaxPooling2D
from core.run.recipe import Recipe
from core.run.streams import Streams
from core.run.timeline import BUDGET, Timeline, bytes_of
from playground.playback.player import WORK

STEPS, ROUNDS, FEW = 1000, 15, 200
# A step is never cut: that of the largest CNN at the end of an epoch, which reads 360 digits, is 35 ms by itself.
LONGEST_SLICE = {"cnn": 160.0, "rnn": 80.0}
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


def _large(id: str) -> tuple[Any, Any, int]:
    """Return the algorithm, the params of a large net, and after how many steps a run of it is long."""
    if id == "rnn":
        return rnn, rnn.Params(units=64, length=100), 20_000
    conv = partial(Conv2D, 64, (3, 3), padding="same", activation="relu")
    last = Flatten(), Dense(128, activation="relu"), Dense(10, activation="softmax")
    layers = conv(), MaxPooling2D(), conv(), MaxPooling2D(), *last
    return cnn, cnn.Params(layers=layers, epochs=100), 2000


@pytest.mark.slow
@pytest.mark.parametrize("id", ["cnn", "rnn"])
def test_a_large_nets_run_is_sought_through_in_slices(bench: Any, reference: Any, id: str) -> None:
    """So many steps that states stand as far apart as those of a long run do in 256 MiB; the player's slices of a way.

    Between two slices the window answers; what it shows in the meantime is a step near by.
    """
    core, params, long = _large(id)
    record: Timeline[Any, Any] = Timeline(core, Recipe(id, core.VERSION, 0, params), BUDGET * FEW // long)
    record.record(FEW)
    (refs,) = bench.in_turn(21, 3, reference, clock=process_time)
    ways = []
    for place in [(37 * i) % FEW for i in range(1, 13)]:
        ways.append([*_slices(record, place)])
    unit, longest, there = median(map(median, refs)), max(map(max, ways)), max(map(sum, ways))
    state = bytes_of(record.made(FEW)) / 2**20
    remark = f"{1e3 * longest:.0f} ms, there after {1e3 * there:.0f}; {state:.2f} MiB each {record.stride} steps"
    bench.judge((f"large {id}, slice of the way to a step / REF", longest / unit, LONGEST_SLICE[id], remark))


def _slices(record: Timeline[Any, Any], place: int) -> Iterator[float]:
    """Come nearer to a step as the player does; yield the seconds of each slice."""
    is_there = False
    while not is_there:
        begin = process_time()
        is_there = record.come_nearer(place, perf_counter() + WORK)
        yield process_time() - begin
