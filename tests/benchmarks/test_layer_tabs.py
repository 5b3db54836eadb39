"""Frames of the tabs that show nets beside REF: alone, of two runs, of large nets; a while of playing by the clock."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time, thread_time
from typing import Any

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop
from PySide6.QtWidgets import QApplication

ROUNDS, TICKS = 20, 12
OTHERWISE: dict[str, dict[str, Any]] = {  # what is changed in the second of two compared runs
    "shapes": {"batch_size": 4},
    "dense": {"learning_rate": 0.1},
    "activations": {"learning_rate": 0.05},
    "loss-metrics": {"loss": "mse"},
    "cnn": {"learning_rate": 0.005},
    "rnn": {"learning_rate": 0.02},
    "embedding": {"learning_rate": 0.2},
}
PLAYED = 60.0  # s by the clock
WITHOUT_END: dict[str, dict[str, Any]] = {"cnn": {"epochs": 100}, "rnn": {}}  # what lets a run last so long
LARGE: dict[str, dict[str, Any]] = {
    "dense": {"hidden": [8, 8]},
    "activations": {"units": 8, "layers": 2, "functions": ["sigmoid", "tanh", "relu", "leaky-relu"]},
}
every_tab = pytest.mark.parametrize("id", OTHERWISE)


@pytest.fixture
def judged(bench: Any, window: Any, by_hand: Any, reference: Callable[[], None]) -> Callable[[Any, str], None]:
    """Judge the frames of a tab as the window plays it, one step a frame; a run that has ended begins again."""

    def judge(tab: Any, name: str) -> None:
        tick = by_hand(tab)
        rounds: list[list[list[float]]] = [[], []]
        for _ in range(ROUNDS):
            for kept, thing in zip(rounds, (reference, tick), strict=True):
                kept.append([_seconds(tab, thing, by_hand) for _ in range(TICKS)])
        bench.judge_frames(name, *rounds)

    return judge


def _seconds(tab: Any, thing: Callable[[], None], by_hand: Any) -> float:
    if not tab.run.can_step:
        tab.run.seek(0)
        by_hand(tab)
        QApplication.processEvents()
    begin = thread_time()  # of the window's thread: the step to come is made beside
    thing()
    return thread_time() - begin


@every_tab
def test_frames(window: Any, judged: Any, id: str) -> None:
    judged(window.visit(id), f"{id}, frame")


@every_tab
def test_frames_with_two_runs_compared(window: Any, judged: Any, id: str) -> None:
    tab = window.visit(id)
    tab.run.pin()
    tab.run.restart_with(OTHERWISE[id])
    QApplication.processEvents()
    judged(tab, f"{id}, frame of two compared runs")


@pytest.mark.parametrize("id", LARGE)
def test_frames_of_a_large_net(window: Any, judged: Any, id: str) -> None:
    tab = window.visit(id)
    tab.run.restart_with(LARGE[id])
    QApplication.processEvents()
    judged(tab, f"{id}, frame of a large net")


@pytest.mark.slow
@pytest.mark.parametrize("id", WITHOUT_END)
@pytest.mark.parametrize("two", [False, True], ids=["alone", "two"])
def test_no_frame_is_long_while_it_plays_at_its_own_speed(
    bench: Any, window: Any, player: Any, reference: Callable[[], None], id: str, two: bool
) -> None:
    """Steps, paints and all else that the window does at once: 80 REF are about 26 ms, after which it would stutter."""
    tab = window.visit(id)
    tab.run.restart_with(WITHOUT_END[id])
    if two:
        tab.run.pin()
        tab.run.restart_with(OTHERWISE[id])
    (refs,) = bench.in_turn(21, 3, reference, clock=process_time)
    _pass_until(perf_counter() + 1.0)  # what its first pictures did without comes
    player.play()
    longest = max(_pass_until(perf_counter() + PLAYED))
    steps = tab.run.position
    player.pause()
    unit, runs = median(map(median, refs)), "two runs" if two else "alone"
    remark = f"{1e3 * longest:.1f} ms; {steps} steps in {PLAYED:.0f} s"
    bench.judge((f"{id} {runs}, longest frame / REF", longest / unit, 80.0, remark))


def _pass_until(end: float) -> list[float]:
    """Let the window live until a time; return how long it was busy between two rests, each time, in s by the clock.

    That it waits for a step made beside counts.
    """
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None
    woke, rested = [perf_counter()], list[float]()
    wakes = dispatcher.awake.connect(lambda: woke.append(perf_counter()))
    rests = dispatcher.aboutToBlock.connect(lambda: rested.append(perf_counter() - woke[-1]))
    while perf_counter() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    dispatcher.awake.disconnect(wakes)
    dispatcher.aboutToBlock.disconnect(rests)
    return rested
