"""One picture's convolution beside SciPy's, and the frames of the tab beside REF."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from scipy.signal import correlate2d

from core.nn.convolution import Geometry, convolve

CALLS, ROUNDS = 200, 15


def test_one_picture_beside_scipy(bench: Any) -> None:
    rng = np.random.default_rng(0)
    image, kernel = rng.standard_normal((28, 28)), rng.standard_normal((3, 3))
    geometry, layers = Geometry((28, 28), (3, 3)), kernel[None, None]
    assert np.allclose(convolve(image[None], layers, geometry)[0], correlate2d(image, kernel, "valid"))

    def ours() -> None:
        for _ in range(CALLS):
            convolve(image[None], layers, geometry)

    def theirs() -> None:
        for _ in range(CALLS):
            correlate2d(image, kernel, "valid")

    times = bench.in_turn(ROUNDS, 1, ours, theirs, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(*times, strict=True))
    own, other = (1e6 * median(map(median, seconds)) / CALLS for seconds in times)
    bench.judge(("one picture 28 × 28, kernel 3 / correlate2d", ratio, 1.0, f"{own:.0f} µs, {other:.0f} µs"))


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("defaults", {}),
        ("padding 1", {"padding": 1}),
        ("colour", {"image": "colour", "padding": 1}),
        ("photo", {"image": "photo"}),
        ("learn", {"operation": "learn", "kernel": "zeros"}),
    ],
)
def test_frames_of_the_tab(
    bench: Any,
    window: Any,
    by_hand: Any,
    reference: Callable[[], None],
    name: str,
    settings: Any,
) -> None:
    """A frame as the window plays it at 60 steps a second, one step each; a run that is swept begins again."""
    tab = window.visit("convolution")
    if settings:
        tab.run.restart_with(settings)
    frame = by_hand(tab)

    def prepared() -> None:
        if not tab.run.can_step:
            tab.run.seek(0)
            by_hand(tab)
            QApplication.processEvents()

    rounds: list[list[list[float]]] = [[], []]
    for _ in range(20):
        prepared()
        for kept, times in zip(rounds, bench.in_turn(1, 12, reference, frame, clock=process_time), strict=True):
            kept.extend(times)
    bench.judge_frames(f"convolution frame, {name}", *rounds)
