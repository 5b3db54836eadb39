"""A clock that goes on only when it is told to: timers fire and deadlines pass by it, threads work when it says so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

_LOOK = 2e-4  # s that pass between two looks at the clock
_SOONEST = 1e-3  # s after which a timer without interval fires again
_MOST = 2000  # timers fired in one go: more of them wait for each other for ever


class Clock:
    """The seconds that `perf_counter` gives, the timers that wait for them, and the threads that wait."""

    def __init__(self) -> None:
        self.now = 1e3
        self.look = _LOOK
        self.timers: WeakSet[HandTimer] = WeakSet()
        self.threads: list[HandThread] = []

    def __call__(self) -> float:
        self.now += self.look
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time go by, and each timer fire when it is due."""
        end = self.now + seconds
        for _ in range(_MOST):
            due = [timer for timer in self.timers if isValid(timer) and timer.isActive() and timer.at <= end]
            if not due:
                break
            first = min(due, key=lambda timer: (timer.at, timer.number))
            self.now = max(self.now, first.at)
            first.fire()
        else:
            raise AssertionError("timers fire without end")
        self.now = max(self.now, end)

    def leap(self, seconds: float) -> None:
        """Let time go by at once, as after a hang: timers that were due meanwhile fire once."""
        self.now += seconds
        self.pass_by(0)

    def let_threads_work(self) -> None:
        """Let all that was left to threads be done."""
        while self.threads:
            self.threads[0].join()


class HandTimer(QObject):
    """Stands where a QTimer does."""

    timeout = Signal()
    clock = Clock()
    numbers = count()

    def __init__(self, parent: QObject | None = None, *, interval: int = 0, singleShot: bool = False) -> None:  # noqa: N803
        super().__init__(parent)
        self._seconds, self._once = interval / 1000, singleShot
        self.at, self.number = float("inf"), next(self.numbers)
        self.clock.timers.add(self)

    def start(self, ms: int | None = None) -> None:
        if ms is not None:
            self.setInterval(ms)
        self.at = self.clock.now + self._seconds

    def stop(self) -> None:
        self.at = float("inf")

    def isActive(self) -> bool:
        return self.at < float("inf")

    def setInterval(self, ms: int) -> None:
        self._seconds = ms / 1000

    def setTimerType(self, kind: Any) -> None:
        """A hand is exact."""

    def setSingleShot(self, once: bool) -> None:
        self._once = once

    def fire(self) -> None:
        self.at = float("inf") if self._once else self.clock.now + max(_SOONEST, self._seconds)
        self.timeout.emit()

    @classmethod
    def singleShot(cls, ms: int, context: QObject, do: Callable[[], Any]) -> None:
        timer = cls(context, interval=ms, singleShot=True)
        timer.timeout.connect(do)
        timer.timeout.connect(timer.deleteLater)
        timer.start()


class HandThread:
    """Stands where a Thread does: it works when the clock says so, or somebody waits for it."""

    def __init__(self, target: Callable[..., None], args: tuple[Any, ...] = (), **_: Any) -> None:
        self._work: Callable[[], None] | None = lambda: target(*args)

    def start(self) -> None:
        HandTimer.clock.threads.append(self)

    def join(self, timeout: float | None = None) -> None:
        work, self._work = self._work, None
        if self in HandTimer.clock.threads:
            HandTimer.clock.threads.remove(self)
        if work:
            work()

    def is_alive(self) -> bool:
        return self._work is not None


class HandWriter:
    """Stands where a ThreadPoolExecutor of one thread does; its work is done at once."""

    def __init__(self, workers: int) -> None:
        self._came: Any = None

    def submit(self, work: Callable[..., Any], *given: Any) -> HandWriter:
        self._came = work(*given)
        return self

    def result(self) -> Any:
        return self._came

    def shutdown(self) -> None:
        """Nothing is left to do."""
