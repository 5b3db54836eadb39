"""What is claimed of the recurrent net, in runs: R1 to R5. Every batch is new, so accuracy is on unseen sequences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import rnn
from core.rnn import Params, arrays, series, start
from core.rnn.algorithm import names_by_time
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams

Floats = NDArray[np.float64]
LATELY = 50  # steps whose mean is an accuracy at the end, or since when it is held
CHINESE = "床前明月光疑是地上霜举头望明月低头思故乡"


class Run:
    """A run of a seed: its series and its events."""

    def __init__(self, steps: int, seed: int = 0, **given: Any) -> None:
        self.params = Params(**given)
        assert rnn.check(self.params) is None
        told = list(replay(rnn, Recipe("rnn", 1, seed, self.params), steps))
        self.rows = [series(frame.state, self.params) for frame, _ in told[1:]]
        self.began = {key: frame.t for frame, keys in told for key in keys}
        self.last = told[-1][0].state

    def column(self, name: str) -> Floats:
        return np.array([row[name] for row in self.rows], dtype=float)

    def end(self, name: str = "accuracy") -> float:
        return float(self.column(name)[-LATELY:].mean())

    def by_time(self) -> list[float]:
        return [self.end(name) for name in names_by_time(self.params.length)]

    def reaches(self, level: float, name: str, over: int = 20) -> int:
        """Return the first step at which the mean of some steps is as high."""
        means = np.convolve(self.column(name), np.ones(over) / over, "valid")
        return int((means >= level).argmax()) + over if (means >= level).any() else 10**6


# ---- R1: one cell along time


@pytest.mark.parametrize("seed", range(2))
def test_r1_parity_is_learned_from_left_to_right(seed: int) -> None:
    run = Run(700, seed, task="parity")
    first, middle, last = (run.reaches(0.95, f"accuracy_{t}") for t in (0, 2, 7))
    assert first < middle < last < 700
    assert run.end() >= 0.97


# ---- R2: what U carries


def test_r2_a_state_of_tanh_is_bounded_that_of_a_linear_cell_is_not() -> None:
    largest, cells = {}, ("tanh", "linear")  # type: dict[str, float], tuple[Any, ...]
    for cell in cells:
        params = Params(cell=cell, radius=1.5, length=40)
        state = rnn.step(start(params, Streams.start(0)), params, Streams.step(0, 1))
        largest[cell] = float(np.abs(arrays(state, params)["h"]).max())
    assert largest["tanh"] <= 1
    assert largest["linear"] > 100


@pytest.mark.parametrize("seed", range(2))
def test_r2_what_fades_too_fast_is_not_learned(seed: int) -> None:
    small, one = (Run(500, seed, mode="many-to-one", length=11, lag=10, radius=radius) for radius in (0.2, 1.0))
    assert small.end() < 0.6
    assert one.end() > 0.97


@pytest.mark.parametrize("seed", range(3))
def test_r2_clipping_saves_a_run_that_would_diverge(seed: int) -> None:
    given: dict[str, Any] = {"cell": "linear", "radius": 1.3, "mode": "many-to-one", "length": 20,
                             "optimizer": "sgd", "learning_rate": 0.05}  # fmt: skip
    free, clipped = Run(20, seed, **given), Run(600, seed, clip=1.0, **given)
    assert free.began["diverged"] < 10
    assert "diverged" not in clipped.began
    assert clipped.end() >= 0.97
    assert clipped.column("grad_norm").max() > 100


# ---- R4: one and many


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one", "one-to-many"])
def test_r4_echo_is_learned_in_all_modes(mode: Any, seed: int) -> None:
    assert Run(400, seed, mode=mode).end() >= 0.97


def test_r4_a_target_at_every_time_teaches_what_one_at_the_end_cannot() -> None:
    every, end, short = (
        Run(steps, 0, task="parity", mode=mode, length=length)
        for steps, mode, length in ((700, "many-to-many", 8), (700, "many-to-one", 8), (400, "many-to-one", 3))
    )
    assert every.end() >= 0.97
    assert abs(end.end("loss") - np.log(2)) < 0.02
    assert short.end() >= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one"])
def test_r4_sums_are_learned(mode: Any) -> None:
    assert Run(1500, 0, task="adding", mode=mode, length=6, batch_size=32).end() >= 0.9


def test_r4_a_part_of_one_value_is_learned() -> None:
    assert Run(600, 0, task="adding", mode="one-to-many").end() >= 0.99


def test_r4_the_next_letter_is_known_once_enough_were_read() -> None:
    run = Run(600, 0, task="next-character", units=24)
    assert run.by_time()[-1] >= 0.95
    assert run.by_time()[0] < 0.8
    last = Run(300, 0, task="next-character", units=24, mode="many-to-one")
    assert last.end() >= 0.95


def test_r4_one_letter_tells_all_that_follow_only_where_none_is_twice() -> None:
    given: dict[str, Any] = {"task": "next-character", "mode": "one-to-many", "units": 24, "length": 5}
    assert Run(300, 0, text="abcdefghijklmnop", **given).end() >= 0.99
    assert 0.8 <= Run(300, 0, text=CHINESE, **given).end() <= 0.9
    assert Run(300, 0, text=CHINESE, **{**given, "mode": "many-to-many"}).end() >= 0.95


def test_r4_the_wave_goes_on() -> None:
    assert Run(600, 0, task="sine", length=12, mode="many-to-one").end() >= 0.9


# ---- R5: a state that is carried from batch to batch


@pytest.mark.parametrize("seed", range(2))
def test_r5_only_a_carried_state_knows_the_piece_before(seed: int) -> None:
    off, on = (Run(600, seed, length=4, consecutive=True, stateful=stateful) for stateful in (False, True))
    assert all(0.18 <= share <= 0.33 for share in off.by_time()[:2])
    assert min(off.by_time()[2:]) >= 0.97
    assert min(on.by_time()) >= 0.97


@pytest.mark.parametrize("seed", range(2))
def test_r5_a_foreign_past_does_harm(seed: int) -> None:
    foreign, own = (Run(600, seed, length=4, stateful=stateful) for stateful in (True, False))
    assert foreign.end() <= 0.75
    assert own.end() >= 0.97
