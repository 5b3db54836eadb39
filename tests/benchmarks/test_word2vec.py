"""Word2vec beside others: softmax pair by pair in plain Python, negative sampling in gensim; frames, replay."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import word2vec
from core.run.streams import Streams
from core.word2vec import Params

Floats = NDArray[np.float64]
ROUNDS = 7


def steps(params: Params, count: int) -> word2vec.State:
    """Return the state after some steps from the start."""
    state = word2vec.start(params, Streams.start(0))
    for t in range(1, count + 1):
        state = word2vec.step(state, params, Streams.step(0, t))
    return state


# A pass through a small text.


def pair_by_pair(pairs: list[tuple[int, int]], w: list[list[float]], c: list[list[float]], rate: float) -> float:
    """Go through all pairs as wevi does: loops over words and units, one pair after the other. Return the mean loss."""
    total = 0.0
    units = range(len(w[0]))
    for centre, context in pairs:
        hidden = w[centre]
        scores = [sum(hidden[k] * column[k] for k in units) for column in c]
        powers = [math.exp(score - max(scores)) for score in scores]
        whole = sum(powers)
        errors = [power / whole for power in powers]
        total -= math.log(errors[context])
        errors[context] -= 1.0
        slope = [sum(error * column[k] for error, column in zip(errors, c, strict=True)) for k in units]
        for error, column in zip(errors, c, strict=True):
            for k in units:
                column[k] -= rate * error * hidden[k]
        for k in units:
            hidden[k] -= rate * slope[k]
    return total / len(pairs)


def test_a_pass_of_softmax_beside_plain_loops(bench: Any) -> None:
    """All pairs of a small text in batches, beside the same pairs one by one in Python."""
    params = Params(batch=424, vector_size=6)
    all_of_them = word2vec.examples(params)
    pairs = list(zip(all_of_them.centres.tolist(), all_of_them.contexts[:, 0].tolist(), strict=True))
    assert len(pairs) == params.batch
    state = word2vec.start(params, Streams.start(0))
    w, c = state.W.tolist(), state.C.T.tolist()

    def ours() -> None:
        nonlocal state
        state = word2vec.step(state, params, Streams.step(0, state.t + 1))

    times = bench.in_turn(ROUNDS, 3, ours, lambda: pair_by_pair(pairs, w, c, 0.1), clock=process_time)
    own, other = (median(map(median, kept)) for kept in times)
    size = word2vec.corpus_of(params).size
    bench.judge(
        (f"softmax, a pass, V = {size} / pair by pair", own / other, 0.3, f"{1e3 * own:.2f} ms, {1e3 * other:.1f} ms")
    )


# Frames of the tab.


@pytest.fixture
def tick(window: Any) -> Callable[[], None]:
    """One tick of the player on the tab Word2vec and the paint after it, one step each."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    window.visit("word2vec")
    box = window.tab.transport.speed_box
    box.setCurrentIndex(box.findData(60))
    window.player.set_speed(None, 1)
    window.player.play()
    clock = window.player.findChild(QTimer)
    clock.stop()

    def once() -> None:
        clock.timeout.emit()
        QApplication.processEvents()

    return once


@pytest.mark.parametrize("far", [0, 20_000])
def test_frames_while_playing(
    bench: Any, window: Any, tick: Callable[[], None], reference: Callable[[], None], per_round: Any, percentile: Any,
    far: int,
) -> None:  # fmt: skip
    window.tab.run.advance(far)
    ref, frames = bench.in_turn(20, 12, reference, tick, clock=process_time)
    ratios, unit = per_round(frames, ref), 1e3 * median(map(median, ref))
    p50, p95 = median(ratios), percentile(ratios, 0.95)
    bench.judge(
        (f"word2vec, frame at {far}, p50 / REF", p50, 9.0, f"{p50 * unit:.1f} ms, REF {unit:.2f} ms"),
        (f"word2vec, frame at {far}, p95 / REF", p95, 14.0, f"{p95 * unit:.1f} ms"),
    )
