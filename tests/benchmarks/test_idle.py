"""Paused, the program does nothing: no timer runs, and the processor rests."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

from PySide6.QtCore import QTimer

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
