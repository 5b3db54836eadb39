"""Two things beside each other in one run: they take turns, their ratio is asserted, milliseconds are only printed.

`python -m pytest tests/benchmarks` runs them one after the other and prints all ratios at the end. The folder is left
out of the other tests: a ratio wants the machine to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg  # whole, before the program takes what it uses of it
import pytest

from core import optimizers
from core.run.recipe import Recipe
from core.run.timeline import Timeline

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from playground.playback.player import Player
    from playground.tab.topic_tab import TopicTab

_HERE = Path(__file__).parent
LONGEST = 200_000
Rounds = Sequence[Sequence[float]]  # seconds of every call, by round
_Ratio = tuple[str, float, float, str]
_RATIOS = pytest.StashKey[list[_Ratio]]()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Undo what pyproject says of the other tests; this file is only read when its folder is named."""
    config.option.numprocesses = None
    config.option.ignore = [path for path in config.option.ignore or () if Path(path).absolute() != _HERE]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_RATIOS] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    terminalreporter.section("ratios")
    terminalreporter.write_line(f"{'':56} {'ratio':>8} {'limit':>8}")
    for name, ratio, limit, remark in config.stash[_RATIOS]:
        sign = " " if ratio <= limit else ">"
        terminalreporter.write_line(f"{name:56} {ratio:8.3f} {sign}{limit:7.3f}   {remark}")


@dataclass
class Bench:
    """Takes times and notes ratios."""

    noted: list[_Ratio] = field(default_factory=list)

    def in_turn(
        self, rounds: int, repeats: int, *things: Callable[[], object], clock: Callable[[], float] = perf_counter
    ) -> list[list[list[float]]]:
        """Return the seconds of every call: by thing, by round, in the order of calls. One round more warms up.

        What only computes is best timed by the processor's own clock, which others on the machine do not move.
        """
        times: list[list[list[float]]] = [[] for _ in things]
        for _ in range(rounds + 1):
            for kept, thing in zip(times, things, strict=True):
                kept.append([_seconds(thing, clock) for _ in range(repeats)])
        return [kept[1:] for kept in times]

    def judge(self, *ratios: _Ratio) -> None:
        """Note ratios (name, ratio, limit, remark) for the table, and fail if one is above its limit."""
        self.noted.extend(ratios)
        missed = [f"{name}: {ratio:.3f}, allowed are {limit}" for name, ratio, limit, _ in ratios if ratio > limit]
        assert not missed, "; ".join(missed)

    def judge_frames(self, name: str, ref: Rounds, frames: Rounds) -> None:
        """Judge the frames of a tab that plays beside REF, by the middle one and by the slow ones."""
        ratios, unit = _per_round(frames, ref), 1e3 * median(map(median, ref))
        p50, p95 = median(ratios), _percentile(ratios, 0.95)
        self.judge(
            (f"{name}, p50 / REF", p50, 9.0, f"{p50 * unit:.1f} ms, REF {unit:.2f} ms"),
            (f"{name}, p95 / REF", p95, 14.0, f"{p95 * unit:.1f} ms"),
        )


def _per_round(candidate: Rounds, reference: Rounds) -> list[float]:
    """Return the times of one thing as multiples of the other's median in the same round: noise falls on both."""
    return [seconds / median(other) for own, other in zip(candidate, reference, strict=True) for seconds in own]


def _percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _seconds(thing: Callable[[], object], clock: Callable[[], float]) -> float:
    begin = clock()
    thing()
    return clock() - begin


@pytest.fixture
def wait(qapp: QApplication) -> Callable[[int], None]:
    """Let the window live for some ms; unlike QTest.qWait, which looks every 10 ms, this sleeps as the program does."""
    from PySide6.QtCore import QEventLoop, QTimer

    def live(ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    return live


@pytest.fixture
def bench(pytestconfig: pytest.Config) -> Bench:
    return Bench(pytestconfig.stash[_RATIOS])


@pytest.fixture
def reference(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """REF: a new curve of 1,000 points, 1 px wide, in a bare pyqtgraph plot of 600 by 400 px, set and painted."""
    import numpy as np

    plot = pg.PlotWidget(background="w")
    plot.resize(600, 400)
    plot.setRange(xRange=(0, 1000), yRange=(-1.2, 1.2), padding=0)
    x = np.arange(1000.0)
    curves = [np.sin(x / 100 + phase / 10) for phase in range(50)]
    item = plot.plot(x, curves[0], pen=pg.mkPen("k", width=1))
    plot.show()
    qapp.processEvents()
    shown = 0

    def frame() -> None:
        nonlocal shown
        shown += 1
        item.setData(x, curves[shown % len(curves)])
        plot.viewport().repaint()

    yield frame
    plot.close()
    plot.deleteLater()


@pytest.fixture(scope="session")
def long_run() -> Timeline[Any, Any]:
    """A run of the default race as long as the window records: 200,000 steps."""
    made: Timeline[Any, Any] = Timeline(optimizers, Recipe("optimizers", optimizers.VERSION, 0, optimizers.Params()))
    for _ in range(LONGEST):
        made.extend()
    return made


@pytest.fixture
def percentile() -> Callable[[Sequence[float], float], float]:
    return _percentile


@pytest.fixture
def per_round() -> Callable[[Rounds, Rounds], list[float]]:
    return _per_round


@pytest.fixture
def by_hand(player: Player) -> Callable[[TopicTab], Callable[[], None]]:
    """Play a tab at 60 steps a second, but not by the clock: a call is one tick, one step, and the paint after it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def play(tab: TopicTab) -> Callable[[], None]:
        box = tab.transport.speed_box
        box.setCurrentIndex(box.findData(60))
        player.set_speed(None, 1)
        player.play()
        clock: Any = player.findChild(QTimer)
        clock.stop()

        def once() -> None:
            clock.timeout.emit()
            QApplication.processEvents()

        return once

    return play
