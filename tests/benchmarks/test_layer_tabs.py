"""Frames of the tabs that show nets beside REF: alone, of two runs, of large nets; a while of playing by the clock."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter, process_time, sleep, thread_time
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

ROUNDS, TICKS = 20, 12
OTHERWISE: dict[str, dict[str, Any]] = {  # what is changed in the second of two compared runs
    "shapes": {"batch_size": 4},
    "dense": {"learning_rate": 0.1},
    "activations": {"learning_rate": 0.05},
    "loss-metrics": {"loss": "mse"},
    "cnn": {"learning_rate": 0.005},
    "rnn": {"learning_rate": 0.02},
    "ratings": {"regularization": 0.1},
    "transe": {"learning_rate": 0.02},
    "embedding": {"learning_rate": 0.2},
}
PLAYED = 60.0  # s by the clock
NOTHING = 50e-6  # s: a look for events that finds none takes some of them
LOOK = 0.5e-3  # s between two looks
WITHOUT_END: dict[str, dict[str, Any]] = {"cnn": {"epochs": 100}, "rnn": {}}  # what lets a run last so long
FACTS = [[f"{i % 150}", f"r{i % 6}", f"{150 + (7 * i + i // 150) % 150}"] for i in range(500)]  # of 300 names
RATED = [[(3 * i + 5 * j) % 9 / 2 + 1 if (7 * i + 11 * j) % 10 < 4 else None for j in range(200)] for i in range(200)]
LARGE: dict[str, dict[str, Any]] = {
    "dense": {"hidden": [8, 8]},
    "activations": {"units": 8, "layers": 2, "functions": ["sigmoid", "tanh", "relu", "leaky-relu"]},
    "ratings": {"ratings": RATED, "held_out": 0.2},
    "transe": {"triples": FACTS},
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


@pytest.fixture
def settled(window: Any) -> Iterator[None]:
    """Let a search for garbage pass over all that is loaded, as the program does: tests have loaded much more."""
    gc.freeze()
    yield
    gc.unfreeze()


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
def test_frames_of_what_is_large(window: Any, judged: Any, id: str) -> None:
    tab = window.visit(id)
    tab.run.restart_with(LARGE[id])
    QApplication.processEvents()
    judged(tab, f"{id}, frame of a large one")


@pytest.mark.slow
@pytest.mark.parametrize("id", WITHOUT_END)
@pytest.mark.parametrize("two", [False, True], ids=["alone", "two"])
@pytest.mark.usefixtures("settled")
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
    clock = player.findChild(QTimer)
    _pass_until(perf_counter() + 1.0, clock)  # what its first pictures did without comes
    player.play()
    frames = _pass_until(perf_counter() + PLAYED, clock)
    steps = tab.run.position
    player.pause()
    unit, runs = median(map(median, refs)), "two runs" if two else "alone"
    remark = f"{1e3 * max(frames):.1f} ms, p50 {1e3 * median(frames):.1f} ms; {steps} steps in {PLAYED:.0f} s"
    bench.judge((f"{id} {runs}, longest frame / REF", max(frames) / unit, 80.0, remark))


def _pass_until(end: float, clock: QTimer) -> list[float]:
    """Let the window live until a time; return how long it was busy with each frame, in s by the clock.

    A frame is a tick of the clock and all that follows it, until the window rests or the next tick comes. That it
    waits for a step made beside counts. What the dispatcher tells of waking and blocking cannot say this: that of glib
    is awake only once timers and sockets have been served, and such a time would lie outside of every tick.
    """
    busy, ticks = [0.0], list[None]()
    counts = clock.timeout.connect(lambda: ticks.append(None))
    while (begin := perf_counter()) < end:
        known = len(ticks)
        QApplication.processEvents()
        took = perf_counter() - begin
        if len(ticks) > known:
            busy.append(took)
        elif took > NOTHING:
            busy[-1] += took
        else:
            busy.append(0.0)
            sleep(LOOK)
    clock.timeout.disconnect(counts)
    return [time for time in busy if time]


def test_what_a_timer_does_is_seen_with_what_follows_from_it(qapp: QApplication) -> None:
    """The measure by itself: a tick of 10 ms that asks for 5 ms more, as steps do for a paint, is one frame."""

    def tick() -> None:
        sleep(0.010)
        QTimer.singleShot(0, lambda: sleep(0.005))

    timer = QTimer(interval=30)
    timer.timeout.connect(tick)
    timer.start()
    busy = [time for time in _pass_until(perf_counter() + 0.5, timer) if time > 0.004]
    timer.stop()
    assert len(busy) > 5
    assert 0.015 <= median(busy) < 0.025
