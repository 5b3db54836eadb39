"""A frame of the default panels at 1440 by 900, as the window plays it: one step, setters, paint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from time import perf_counter, process_time
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

ROUNDS, REPEATS = 20, 12
PLAYED_MS = 4000
FAR = 20_000


class _Seen(QObject):
    """Notes when each tick begins, and counts how often each view is painted."""

    def __init__(self, window: Any, player: Any) -> None:
        super().__init__(window)
        self.ticks: list[float] = []
        self.paints: Counter[QObject] = Counter()
        player.findChild(QTimer).installEventFilter(self)
        for panel in window.tab.plots().values():
            if isinstance(panel, QAbstractScrollArea):
                panel.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Timer:
            self.ticks.append(perf_counter())
        elif event.type() == QEvent.Type.Paint:
            self.paints[watched] += 1
        return False

    def forget(self) -> None:
        self.ticks.clear()
        self.paints.clear()


def test_frames_while_two_runs_are_compared(
    bench: Any, window: Any, by_hand: Any, reference: Callable[[], None]
) -> None:
    window.tab.run.pin()
    window.tab.set_parameter("adam.learning_rate", 0.5)
    tick = by_hand(window.tab)
    ref, frames = bench.in_turn(ROUNDS, REPEATS, reference, tick, clock=process_time)
    bench.judge_frames("frame of two compared runs", ref, frames)


@pytest.mark.parametrize(("far", "where"), [(0, ""), (FAR, f" at {FAR}")])
def test_frames_while_playing(
    bench: Any, window: Any, by_hand: Any, reference: Callable[[], None], far: int, where: str
) -> None:
    tick = by_hand(window.tab)
    window.tab.run.advance(far)
    ref, frames = bench.in_turn(ROUNDS, REPEATS, reference, tick, clock=process_time)
    bench.judge_frames(f"frame while playing{where}", ref, frames)


@pytest.mark.parametrize("speed", [60, "fastest"])
def test_a_tick_comes_in_time_and_paints_each_view_once(
    bench: Any, window: Any, player: Any, wait: Callable[[int], None], percentile: Any, speed: Any
) -> None:
    box = window.tab.transport.speed_box
    box.setCurrentIndex(box.findData(speed))
    player.play()
    seen = _Seen(window, player)
    wait(500)
    seen.forget()
    wait(PLAYED_MS)
    ticks, paints = seen.ticks, max(seen.paints.values()) - 1  # one belongs to the tick before
    player.pause()
    assert paints > 100, "nothing was played"
    interval = 1e3 * percentile([after - before for before, after in pairwise(ticks)], 0.95)
    steps = f"{window.tab.run.position} steps"
    bench.judge(
        (f"interval p95 / 16 ms, speed {speed}", interval / 16, 1.06, f"{interval:.2f} ms"),
        (f"paints of a view a tick, speed {speed}", paints / len(ticks), 1.0, steps),
    )


@pytest.mark.slow
def test_any_frame_of_a_long_run_is_shown_at_once(
    bench: Any, window: Any, long_run: Any, reference: Callable[[], None]
) -> None:
    """Anywhere in 200,000 steps: 80 REF are about 50 ms."""
    run = window.tab.run
    run.load(long_run)
    places = iter([(7919 * i) % long_run.recorded for i in range(1, 1000)])

    def seek() -> None:
        run.seek(next(places))
        QApplication.processEvents()

    ref, frames = bench.in_turn(10, 4, reference, seek, clock=process_time)
    unit = median(map(median, ref))
    worst = max(map(max, frames))
    bench.judge(("slowest frame of 200,000 steps / REF", worst / unit, 80.0, f"{1e3 * worst:.1f} ms"))
