"""What a slider costs at every place it is dragged to, where much data or a long record hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QSlider

from core.run.timeline import Timeline

ROUNDS, REPEATS = 15, 6


def dragged(tab: Any, name: str) -> Callable[[], None]:
    """Return what drags the slider of a parameter a little further and paints what follows."""
    slider = tab.findChild(QSlider, f"param.{name}.slider")
    slider.setSliderDown(True)
    places = cycle(range(slider.minimum() + 1, slider.maximum()))

    def drag() -> None:
        slider.setSliderPosition(next(places))
        QApplication.processEvents()

    return drag


def judge(bench: Any, per_round: Any, reference: Callable[[], None], drag: Callable[[], None], where: str) -> None:
    ref, events = bench.in_turn(ROUNDS, REPEATS, reference, drag, clock=process_time)
    ratio, ms = median(per_round(events, ref)), 1e3 * median(map(median, events))
    bench.judge((f"a slider's event {where}, p50 / REF", ratio, 25.0, f"{ms:.1f} ms"))


def test_a_slider_with_many_points(bench: Any, window: Any, reference: Any, per_round: Any) -> None:
    tab = window.visit("kmeans")
    tab.set_parameter("points", np.random.default_rng(0).normal(size=(100_000, 2)))
    tab.run.advance(4)
    QApplication.processEvents()
    judge(bench, per_round, reference, dragged(tab, "n_clusters"), "with 100,000 points")


@pytest.mark.slow
def test_a_slider_after_a_long_run(
    bench: Any, window: Any, reference: Any, per_round: Any, long_run: Timeline[Any, Any]
) -> None:
    tab = window.visit("optimizers")
    tab.run.load(long_run, long_run.recorded)
    QApplication.processEvents()
    name = "momentum.learning_rate"
    judge(bench, per_round, reference, dragged(tab, name), "after 200,000 recorded steps")
    assert tab.run.recipe.edits  # it was an edit at the end of the record
