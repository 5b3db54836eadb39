"""Lloyd's iteration beside scikit-learn's, and the frames of the K-means tab."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.kmeans.lloyd import means, nearest

ITERATIONS, K = 10, 5
ROUNDS, TICKS = 20, 24


@pytest.mark.parametrize(("n", "rounds", "limit"), [(200, 60, 1.0), (10_000, 40, 0.6), (1_000_000, 7, 1.0)])
def test_an_iteration_beside_scikit_learn(bench: Any, n: int, rounds: int, limit: float) -> None:
    """Ten times nearest and means, beside a fit of ten iterations from the same start on one thread."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    rng = np.random.default_rng(0)
    points = rng.normal(size=(n, 2)) * 3
    start = points[:K].copy()

    def ours() -> Any:
        centroids = start
        for _ in range(ITERATIONS):
            centroids, _ = means(points, nearest(points, centroids), K)
        return centroids

    def theirs() -> Any:
        model = KMeans(K, init=start, n_init=1, max_iter=ITERATIONS, tol=0, algorithm="lloyd")
        return model.fit(points).cluster_centers_

    with threadpool_limits(1), warnings.catch_warnings(action="ignore"):
        assert np.allclose(ours(), theirs())
        own, other = bench.in_turn(rounds, 1, ours, theirs, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(own, other, strict=True))
    ms = [1e3 * median(map(median, times)) / ITERATIONS for times in (own, other)]
    bench.judge((f"Lloyd iteration, {n} points / scikit-learn", ratio, limit, f"{ms[0]:.3f} ms, {ms[1]:.3f} ms"))


@pytest.fixture
def play(window: Any, player: Any, by_hand: Any) -> Callable[[int], list[float]]:
    """Play a new run for some half-steps, one a tick, and return what each tick with its paint took."""
    tab = window.visit("kmeans")

    def run(ticks: int) -> list[float]:
        tab.run.restart()
        tick = by_hand(tab)
        for _ in range(8):  # what a new start lays out anew is no frame of the play
            QApplication.processEvents()
        times = []
        for _ in range(ticks):
            begin = process_time()
            tick()
            times.append(process_time() - begin)
        assert tab.run.position == ticks
        player.pause()
        return times

    return run


def test_frames_of_k_means(bench: Any, play: Callable[[int], list[float]], reference: Callable[[], None]) -> None:
    """The default run, which takes 25 half-steps to come to rest."""
    play(TICKS)
    rounds = [(bench.in_turn(1, TICKS, reference, clock=process_time)[0][0], play(TICKS)) for _ in range(ROUNDS)]
    ref, frames = zip(*rounds, strict=True)
    bench.judge_frames("k-means frame while playing", ref, frames)


@pytest.mark.parametrize(("n", "limit"), [(10_000, 30.0), (1_000_000, 1500.0)])
def test_a_frame_of_many_points(bench: Any, window: Any, reference: Callable[[], None], n: int, limit: float) -> None:
    """With many points the window stays usable: 30 REF are about 20 ms."""
    tab = window.visit("kmeans")
    tab.set_parameter("n_samples", n)
    places = iter([1 + i % 8 for i in range(1000)])
    tab.run.advance(10)

    def seek() -> None:
        tab.run.seek(next(places))
        QApplication.processEvents()

    ref, frames = bench.in_turn(3, 4, reference, seek, clock=process_time)
    unit = median(map(median, ref))
    ratio = median(map(median, frames)) / unit
    bench.judge((f"k-means frame of {n} points / REF", ratio, limit, f"{1e3 * ratio * unit:.1f} ms"))
