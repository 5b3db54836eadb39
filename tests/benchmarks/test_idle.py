"""Paused, the program does nothing: no timer runs, and the processor rests. What is built at rest is built in bits."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

from PySide6.QtCore import QTimer

from playground.start.ahead import steps

SECONDS = 5


def test_paused_nothing_runs(bench: Any, window: Any, player: Any, wait: Callable[[int], None]) -> None:
    player.play()
    wait(500)
    player.pause()
    wait(500)  # what may follow a pause is over
    window.statusBar().clearMessage()  # one about an event goes by itself after a while
    assert window.tab.run.position > 0, "nothing was played"
    running = [timer.objectName() or str(timer.parent()) for timer in window.findChildren(QTimer) if timer.isActive()]
    assert not running
    begin = process_time()
    wait(1000 * SECONDS)
    used = process_time() - begin
    bench.judge(("paused: % of a core", 100 * used / SECONDS, 0.2, f"{1e3 * used:.1f} ms in {SECONDS} s"))


def test_tabs_are_built_ahead_in_short_bits(bench: Any, window: Any, reference: Callable[[], None]) -> None:
    """No bit, be it of a tab or a module, holds up the window for longer than two frames."""
    bits = [_seconds(step) for step in steps(window.build_ahead)]
    [[refs]] = bench.in_turn(1, 20, reference, clock=process_time)
    longest, unit = max(bits), median(refs)
    bench.judge(("longest bit built ahead / REF", longest / unit, 95.0, f"{1e3 * longest:.1f} ms of {sum(bits):.2f} s"))


def _seconds(do: Callable[[], object]) -> float:
    begin = process_time()
    do()
    return process_time() - begin
